// Processes are killed while requests are on their way to a payer: none is sent twice, none is lost, doubt is told and settled.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awaited } from '../../runtime/demo/surfaces.ts';
import { placesHolding } from '../harness/canary.ts';
import { type DemoStack, startDemoStack } from '../harness/demo-stack.ts';
import { FaultClinic, type Submission, rowsOf, settledStates, shortenConnection } from './clinic.ts';
import { fullPlan, shortPlan } from './plan.ts';
import { sumsOf, tableOf, writeReport } from './report.ts';
import { type Played, type Result, play, resultOf, unsettled } from './rounds.ts';

const minutes = 60_000;
const cycles = Number(process.env['GAIT_FAULT_ROUNDS'] ?? '0');
const seed = Number(process.env['GAIT_FAULT_SEED'] ?? '1');
const isFull = cycles > 0;
const plan = isFull ? fullPlan(cycles, seed) : shortPlan(3);
const canary = `Qf${Date.now().toString(36)}Kz`;
const started = Date.now();

let own: DemoStack;
let clinic: FaultClinic;
let submissions: Submission[];
const played: Played[] = [];
const results: Result[] = [];
let heldOnceAtTheEnd = 0;

beforeAll(async () => {
  own = await startDemoStack({
    // A process that is killed may lose nothing it has committed.
    durable: true,
    environment: { GAIT_STEP_DEADLINE_SECONDS: '20' },
  });
  await shortenConnection(own.stack);
  clinic = await FaultClinic.open(own);
  submissions = await clinic.prepare(
    plan.reduce((all, round) => all + round.submissions, 0),
    canary,
  );
}, 10 * minutes);

afterAll(async () => {
  await own?.remove();
}, minutes);

test.each(plan)(
  'round $number: SIGKILL of $victim, $moment ($manner), $submissions submissions at once',
  async (round) => {
    const begin = plan.slice(0, round.number - 1).reduce((all, one) => all + one.submissions, 0);
    const of = submissions.slice(begin, begin + round.submissions);
    const result = await play(own.stack, clinic, round, of);
    played.push(result);
    expect(result.submissions).toHaveLength(round.submissions);
    // The window was hit: something was on its way, on the side of the payer's acceptance that the round is about.
    if (round.moment !== 'any') expect(result.inFlight.length).toBeGreaterThan(0);
    if (round.moment === 'before') expect(result.acceptedAtKill).toBe(0);
    if (round.moment === 'after') expect(result.acceptedAtKill).toBeGreaterThan(0);
    // In a long run the next kill waits until this one is dealt with; in a short one they overlap.
    if (isFull) expect(await unsettled(clinic, of, 300)).toEqual([]);
  },
  8 * minutes,
);

test(
  'every submission is with the payer or in the hands of a person: never two requests, never a lost one',
  async () => {
    const open = await unsettled(clinic, submissions, 240);
    for (const one of played) results.push(await resultOf(clinic, one, open));
    expect(results).toHaveLength(plan.length);
    expect(await clinic.standing(submissions.filter((one) => open.includes(one.authorization)))).toEqual([]);
    expect(sumsOf(results)).toMatchObject({ duplicates: 0, lost: 0, submissions: submissions.length });
    const doubts = await clinic.doubts();
    const accepted = await clinic.accepted(submissions);
    const notSent = submissions.filter((_, index) => accepted[index] === 0);
    // What never reached the payer is an item, and the payer has everything else exactly once.
    expect(notSent.map((one) => one.authorization).filter((ref) => !doubts.has(ref))).toEqual([]);
    console.log(tableOf(results));
  },
  6 * minutes,
);

test('no round left more effects in doubt than calls were in flight at its kill', () => {
  for (const { uncertain, inFlight, victim, moment } of results)
    expect(uncertain, `${victim}, ${moment}`).toBeLessThanOrEqual(inFlight);
});

test('a call cut off after the payer accepted is in doubt, and the inquiry settles it without a person', () => {
  const cut = results.filter((one) => one.victim === 'server' && one.moment === 'after');
  expect(cut.length).toBeGreaterThan(0);
  for (const { uncertain, resolvedByInquiry, inFlight, byPerson } of cut) {
    expect(uncertain).toBe(inFlight);
    expect(resolvedByInquiry).toBe(inFlight);
    expect(byPerson).toBe(0);
  }
});

test(
  'a biller says what the payer said, and then the payer holds every request exactly once',
  async () => {
    const doubts = await clinic.doubts();
    const asked = submissions.filter((one) => doubts.has(one.authorization));
    for (const one of asked) await clinic.settleDoubt(one, doubts.get(one.authorization) ?? '');
    const states = (await clinic.effects(asked)).map((effect) => effect.state);
    expect(states.filter((state) => state === 'uncertain')).toEqual([]);
    // The step asks again after its pause; a short run does not wait for it.
    if (isFull)
      await awaited('submission of what had not been sent', 480, async () => {
        const now = await clinic.states();
        return asked.every((one) => settledStates.includes(now.get(one.authorization) ?? '')) ? true : null;
      });
    const accepted = await clinic.accepted(submissions);
    heldOnceAtTheEnd = accepted.filter((count) => count === 1).length;
    expect(accepted.filter((count) => count > 1)).toEqual([]);
    if (isFull) expect(heldOnceAtTheEnd).toBe(submissions.length);
  },
  10 * minutes,
);

test(
  'the audit chain is whole, and of the planted identifiers nothing is found, crashed executions included',
  async () => {
    expect(await clinic.brokenAudit()).toBeNull();
    const crashed = await rowsOf<{ status: string; count: string }>(
      own.stack.n8nDatabaseUrl,
      'select status, count(*) from execution_entity group by status',
    );
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(searched).toBeGreaterThan(300);
    expect(found).toEqual([]);
    console.log(`Executions left in n8n: ${crashed.map((one) => `${one.count} ${one.status}`).join(', ') || 'none'}.`);
    if (!isFull) return;
    await writeReport({
      seed,
      cycles,
      minutes: Math.round((Date.now() - started) / minutes),
      results,
      heldOnceAtTheEnd,
      canaryPlacesSearched: searched,
      canaryPlacesFound: found.length,
    });
  },
  5 * minutes,
);

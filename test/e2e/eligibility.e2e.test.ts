// Coverage of a night's patients through four clearinghouses with their faults, on the real stack, while n8n and the worker are killed.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import { clearinghouses } from '../../runtime/demo/connections.ts';
import type { Json, Person, SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { asFlow, awaited, list, sandbox, signIn } from '../../runtime/demo/surfaces.ts';
import { payers } from '../../sandbox/clinic/payers.ts';
import { circumstances, inWords, writeProof } from '../../runtime/proof-report.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';
import { swapClearinghouse } from '../harness/clearinghouses.ts';

const canary = `Qe${Date.now().toString(36)}Kx`;
const minutes = 60_000;
/** The demo clinic has sixty of its own. */
const newcomers = Number(process.env['GAIT_NIGHT_PATIENTS'] ?? '80') - 60;
const patients = 60 + newcomers;
/** So many answers are there when the processes are killed. */
const beforeTheKill = 20;
let own: TestStack;
let settings: SurfaceSettings;
let desk: Person;
let db: pg.Client;

beforeAll(async () => {
  // A flow that was killed while it asked is noticed after half a minute instead of three.
  own = await startTestStack({ environment: { GAIT_STEP_DEADLINE_SECONDS: '30' } });
  const { stack } = own;
  await createDemoClinic(stack);
  await installTemplate(stack, 'eligibility');
  settings = surfacesOf(stack);
  desk = await signIn(settings, 'frontdesk@example.org');
  db = new pg.Client({ connectionString: stack.databaseUrl });
  await db.connect();
}, 6 * minutes);

afterAll(async () => {
  await db?.end();
  await own?.remove();
}, minutes);

/** The checks of the clinic, by state. */
async function states(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await db.query<{ state: string; count: string }>(
    'select state, count(*) from eligibility_checks group by state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

const settled = (counts: Readonly<Record<string, number>>): number =>
  Object.entries(counts).reduce((sum, [state, count]) => (['open', 'pending'].includes(state) ? sum : sum + count), 0);

/** Waits until so many checks are over. */
function untilSettled(count: number, seconds: number): Promise<number> {
  return awaited(`${count} checks that are over`, seconds, async () => {
    const done = settled(await states());
    return done >= count ? done : null;
  });
}

/** The answers so far: which check, and when. */
async function answers(): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ ref: string; at: string }>(
    "select ref, settled_at::text as at from eligibility_checks where state = 'answered'",
  );
  return new Map(rows.map(({ ref, at }) => [ref, at]));
}

/** The report of a full-scale run. */
async function writeNight(night: {
  patients: number;
  states: Readonly<Record<string, number>>;
  beforeTheKill: number;
}) {
  const now = circumstances();
  const rows = Object.entries(night.states).map(([state, count]) => `| ${state} | ${count} |`);
  const page = [
    '# A night of coverage checks under faults',
    '',
    inWords(now),
    '',
    `${night.patients} patients, four payers through Availity, Change Healthcare, Stedi and X12 files, each with faults; n8n and the worker were killed`,
    `(SIGKILL) after ${night.beforeTheKill} checks were over. Every check is over, no earlier answer changed, none was answered twice, and each without an answer has an item.`,
    '',
    '| state | checks |',
    '| --- | --- |',
    ...rows,
    '',
    'Run it again: `npm run proof`. Data: [eligibility-night.json](eligibility-night.json).',
    '',
  ].join('\n');
  await writeProof('eligibility-night', page, { ...now, ...night });
}

test(
  'every patient ends with a summary or a named exception, whatever the vendors and the machine do',
  async () => {
    await swapClearinghouse(
      own.stack,
      Object.values(payers).map(({ id }, index) => ({ payer: id, through: clearinghouses[index] ?? 'Availity' })),
    );
    const today = todayIn(demo.timezone, new Date());
    await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary, newcomers });
    await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
    await sandbox(settings, '/availity/faults', {
      next: [
        { fault: 'throttled', on: 'coverage' },
        { fault: 'notReady', on: 'coverage' },
        { fault: 'gatewayTimeoutAfterAccepting', on: 'coverage' },
        { fault: 'malformed', on: 'coverageGet' },
      ],
    });
    for (const vendor of ['change-healthcare', 'stedi'])
      await sandbox(settings, `/${vendor}/faults`, {
        next: [{ fault: 'throttled' }, { fault: 'gatewayTimeoutAfterAccepting' }, { fault: 'malformed' }],
      });
    await sandbox(settings, '/x12-files/faults', {
      next: [{ fault: 'halfWritten' }, { fault: 'duplicate' }, { fault: 'late' }],
    });

    await asFlow(settings, '/v1/eligibility/batches', { kind: 'overnight' });
    const drawn = await awaited('the night', 60, async () => {
      const { rows } = await db.query<{ count: string }>('select count(*) from eligibility_checks');
      const count = Number(rows[0]?.count);
      return count >= patients ? count : null;
    });
    expect(drawn).toBe(patients);

    await untilSettled(beforeTheKill, 180);
    const early = await answers();
    await own.stack.kill('n8n', 'SIGKILL');
    await own.stack.kill('worker', 'SIGKILL');
    await Promise.all([own.stack.restart('worker'), own.stack.restart('n8n')]);
    await untilSettled(patients, 480);

    // What was answered before the kill is the same answer, and each check has exactly one.
    const late = await answers();
    for (const [check, at] of early) expect(late.get(check)).toBe(at);
    const { rows: twice } = await db.query(
      "select subject from audit_entries where action = 'eligibility.answered' group by subject having count(*) > 1",
    );
    expect(twice).toEqual([]);

    const counts = await states();
    expect(settled(counts)).toBe(patients);
    const { rows: nameless } = await db.query(
      `select c.ref, c.state, c.code from eligibility_checks c
       where c.state <> 'answered'
         and not exists (select 1 from work_items w where w.subject = c.ref and w.status = 'open')`,
    );
    expect(nameless).toEqual([]);
    const { rows: bare } = await db.query(
      `select c.ref from eligibility_checks c
       where c.state = 'answered' and not exists (select 1 from eligibility_summaries s where s.check_ref = c.ref)`,
    );
    expect(bare).toEqual([]);
    const { rows: wires } = await db.query<{ connection: string }>(
      "select distinct connection from eligibility_checks where state = 'answered'",
    );
    expect(wires).toHaveLength(4);
    // The faults were met, not only queued.
    expect(list((await sandbox(settings, '/availity/faults'))['next'])).toEqual([]);
    expect(list((await sandbox(settings, '/stedi/faults'))['next'])).toEqual([]);
    if (process.env['GAIT_NIGHT_PATIENTS'] !== undefined) await writeNight({ patients, states: counts, beforeTheKill });
  },
  16 * minutes,
);

test(
  'every summary reaches those who bill, and a call completes what the payer left out',
  async () => {
    const answered = (await states())['answered'] ?? 0;
    await awaited('deliveries', 240, async () => {
      const { rows } = await db.query<{ count: string }>(
        'select count(*) from eligibility_checks where delivered_at is not null',
      );
      return Number(rows[0]?.count) >= answered ? true : null;
    });
    const { items } = await desk.get('/v1/console/eligibility/checks?state=exception&limit=500');
    const call = list(items).find(
      (one) => one['state'] === 'answered' && (one['workItem'] as Json)['kind'] === 'eligibility.call',
    );
    const item = String((call?.['workItem'] as Json)['id']);
    const page = await desk.get(`/v1/console/work-items/${item}`);
    await desk.post(`/v1/console/work-items/${item}/decisions`, {
      decision: 'called',
      hash: (page['revision'] as Json)['hash'],
      outcome: {
        at: new Date().toISOString(),
        answeredBy: 'Pat',
        reference: 'R-1',
        coverages: [{ coverage: 0, answers: { authorizationRequired: true } }],
      },
    });
    await awaited('the call delivered', 120, async () => {
      const { rows } = await db.query(
        "select 1 from eligibility_checks where reasons = '{called}' and delivered_at is not null",
      );
      return rows.length > 0 ? true : null;
    });
  },
  8 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name, number or word of a patient',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(500);
  },
  3 * minutes,
);

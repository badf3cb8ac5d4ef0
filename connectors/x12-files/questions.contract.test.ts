// Questions that are asked and answered by files: asked once, answered to the one who asked, whatever befalls the files on their way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { Outcome } from '../connector.ts';
import type { EligibilityCheckResult } from '../payer-operations.ts';
import { sampleClaimStatusRequest, sampleEligibilityRequest } from '../testing/requests.ts';
import { x12FilesOperations } from './operations.ts';
import type { TestClearinghouse, Transport } from './testing/clearinghouse.ts';
import { startClearinghouse } from './testing/clearinghouse.ts';

const eligibility = x12FilesOperations['x12Files.eligibility.check'];
const claimStatus = x12FilesOperations['x12Files.claimStatus.check'];
const fetchFiles = x12FilesOperations['x12Files.files.fetch'];

let house: TestClearinghouse;
afterEach(() => house.stop());

const request = (trace: string, changes: Partial<EligibilityRequest> = {}): EligibilityRequest =>
  sampleEligibilityRequest({ trace, ...changes });

const ask = (trace: string, vendorRequestId: string | null = null) =>
  eligibility.run(house.context(), { request: request(trace), vendorRequestId });

/** The person the answer is about, by what the payer gave back. */
function personOf(outcome: Outcome<EligibilityCheckResult>) {
  if (outcome.kind !== 'done' || outcome.result.kind !== 'answered')
    throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  return outcome.result.answer.people;
}

const askedFor = () => house.store.journal().flatMap(({ traces }) => traces);

const pending = (trace: string) => ({
  kind: 'done',
  result: { kind: 'pending', vendorRequestId: trace, retryAfterSeconds: 60 },
});

describe.each<Transport>(['folder', 'sftp'])('over %s', (transport) => {
  beforeEach(async () => {
    house = await startClearinghouse(transport);
  });

  test('a question leaves as a 270 under its trace, stays pending, and is answered by the 271 with that trace', async () => {
    expect(await ask('CHECK1')).toEqual(pending('CHECK1'));
    expect(house.names('outbox')).toEqual(['270-CHECK1.x12']);
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
    house.sweep();
    const outcome = await ask('CHECK1', 'CHECK1');
    expect(personOf(outcome)).toMatchObject([{ role: 'subscriber', trace: 'CHECK1', memberId: 'HBR900100200' }]);
    expect(outcome).toMatchObject({ result: { answer: { wire: 'x12.271', payer: { id: 'harbor-health' } } } });
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toEqual(personOf(outcome));
    expect(askedFor()).toEqual(['CHECK1']);
  });

  test('asked anew with the same trace, as after a crash, the payer is asked once', async () => {
    await Promise.all([ask('CHECK1'), ask('CHECK1')]);
    house.sweep();
    expect((await ask('CHECK1')).kind).toBe('done');
    expect(askedFor()).toEqual(['CHECK1']);
  });

  test('of many answers each goes to its own question, and other files wait for whoever fetches', async () => {
    const traces = ['CHECK1', 'CHECK2', 'CHECK3', 'CHECK4'];
    for (const trace of traces) {
      const subscriber = { ...request(trace).subscriber, memberId: `HBR${trace}` };
      await eligibility.run(house.context(), { request: request(trace, { subscriber }), vendorRequestId: null });
    }
    house.sweep();
    const outcomes = await Promise.all(traces.map((trace) => ask(trace, trace)));
    expect(outcomes.map((outcome) => personOf(outcome).map(({ memberId }) => memberId))).toEqual(
      traces.map((trace) => [`HBR${trace}`]),
    );
    const fetched = await fetchFiles.run(house.context(), {});
    if (fetched.kind !== 'done') throw new Error('not fetched');
    expect(fetched.result.files.map(({ kinds }) => kinds.join())).not.toContain('271');
    expect(fetched.result.files).toHaveLength(8);
  });

  test('an answer that was fetched by somebody else is found all the same', async () => {
    await ask('CHECK1');
    house.sweep();
    expect(await fetchFiles.run(house.context(), {})).toMatchObject({ kind: 'done', result: { answers: 1 } });
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toHaveLength(1);
  });

  test('a late answer is waited for', async () => {
    house.fail({ fault: 'late', milliseconds: 5000 });
    await ask('CHECK1');
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
    house.pass(5000);
    house.sweep();
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toHaveLength(1);
  });

  test('a half-written answer is not read before it is whole', async () => {
    house.fail({ fault: 'halfWritten', milliseconds: 1000 });
    await ask('CHECK1');
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
    house.pass(1000);
    house.sweep();
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toHaveLength(1);
  });

  test('an answer that comes twice is one answer', async () => {
    house.fail({ fault: 'duplicate' });
    await ask('CHECK1');
    house.sweep();
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toHaveLength(1);
    expect(house.names('inbox')).toEqual([]);
  });

  test('an answer that was cut off for good is no answer: it is handed out as damaged', async () => {
    house.fail({ fault: 'truncated' });
    await ask('CHECK1');
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
    house.pass(601_000);
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
    const fetched = await fetchFiles.run(house.context(), {});
    if (fetched.kind !== 'done') throw new Error('not fetched');
    const damaged = fetched.result.files.filter(({ kinds }) => kinds.includes('271'));
    expect(damaged.flatMap(({ findings }) => findings.map(({ code }) => code))).toContain('truncated');
  });

  test("an answer under another trace is nobody's", async () => {
    house.fail({ fault: 'wrongControl' });
    await ask('CHECK1');
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toEqual(pending('CHECK1'));
  });

  test.each([
    ['ta1Rejected', 'TA1-022'],
    ['999Rejected', '999-R'],
  ] as const)('a question whose file was refused (%s) is told as refused', async (fault, code) => {
    house.fail({ fault });
    await ask('CHECK1');
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toEqual({ kind: 'rejected', code: 'vendor.rejected', reasons: [{ code }] });
  });

  test('a payer nobody knows refuses with AAA, which is an answer', async () => {
    const unknown = { ...request('CHECK1'), payer: { id: 'nobody', name: 'Nobody' } };
    await eligibility.run(house.context(), { request: unknown, vendorRequestId: null });
    house.sweep();
    expect(await ask('CHECK1', 'CHECK1')).toMatchObject({
      result: { kind: 'answered', answer: { people: [], rejects: [{ at: 'source', code: '79' }] } },
    });
  });

  test('a dependent is asked for and answered as one', async () => {
    const dependent = {
      name: { given: 'Bo', family: 'Fenwick-Test' },
      birthDate: '2014-05-06',
      gender: 'male',
      relationship: 'child',
    } as const;
    const asked = { request: request('CHECK1', { dependent }), vendorRequestId: null };
    await eligibility.run(house.context(), asked);
    house.sweep();
    expect(personOf(await ask('CHECK1', 'CHECK1'))).toMatchObject([{ role: 'dependent', trace: 'CHECK1' }]);
  });

  test('a payer is asked under the id the clearinghouse has for it', async () => {
    const context = house.context({ config: { payers: { 'harbor-health': 'HARBR' } } });
    await eligibility.run(context, { request: request('CHECK1'), vendorRequestId: null });
    expect(house.text('outbox', '270-CHECK1.x12')).toContain('*PI*HARBR~');
  });

  test('what X12 cannot write is refused before anything is sent', async () => {
    const payer = { id: 'harbor-health', name: 'Harbor~Health' };
    const outcome = await eligibility.run(house.context(), {
      request: request('CHECK1', { payer }),
      vendorRequestId: null,
    });
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'input.invalid' });
    expect(house.names('outbox')).toEqual([]);
  });

  test('a claim is asked for as a 276 and answered by the 277 with its trace', async () => {
    const asked = { request: sampleClaimStatusRequest({ trace: 'STATUS1' }), vendorRequestId: null };
    expect(await claimStatus.run(house.context(), asked)).toEqual(pending('STATUS1'));
    house.sweep();
    const outcome = await claimStatus.run(house.context(), { ...asked, vendorRequestId: 'STATUS1' });
    expect(outcome).toMatchObject({
      kind: 'done',
      result: {
        kind: 'answered',
        answer: { claims: [{ trace: 'STATUS1', statuses: [{ category: 'F1', code: '65', chargeCents: 18_000 }] }] },
      },
    });
  });
});

test('no control number comes twice over questions and sendings', async () => {
  house = await startClearinghouse('folder');
  for (const trace of ['CHECK1', 'CHECK2', 'CHECK3']) await ask(trace);
  const names = house.names('outbox');
  const controls = names.map((name) => readFileSync(join(house.store.root, 'outbox', name), 'utf8').slice(90, 99));
  expect(new Set(controls).size).toBe(3);
});

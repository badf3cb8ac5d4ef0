// Claims from the clinic's own file to the clearinghouse and back, with PostgreSQL and the simulated clearinghouses over HTTP, faults on.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { claimFile } from '../../domain/claim/testing/claim-file.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { settleAcknowledged } from '../effects/acknowledged.ts';
import { endHold, holdAll, pauseConnection } from '../effects/holds.ts';
import { systemPrincipal } from '../http/principal.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { keepAcknowledged } from './acknowledged.ts';
import { asJson, claimClinic, listOf } from './testing/clinic.ts';
import type { ClaimClinic, Json } from './testing/clinic.ts';

let server: TestServer;
let sandbox: RunningSandbox;
let at: ClaimClinic;

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
  at = await claimClinic(server, sandbox);
}, 120_000);

afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()]);
});

beforeEach(async () => {
  await sandbox.post('/sandbox/change-healthcare/reset', {});
  await sandbox.post('/sandbox/stedi/reset', {});
});

const taken = async (vendor = 'change-healthcare') => listOf(await sandbox.get(`/sandbox/${vendor}/journal`), 'claims');
const fail = (vendor: string, on: string, fault: Json) =>
  sandbox.post(`/sandbox/${vendor}/faults`, { next: [{ ...fault, on }] });
const outcomes = (items: readonly Json[]) => items.map((item) => item['outcome']);
const imports = () => at.ask('x12Files.claims.import', 'Files');

test('a claim that comes twice is one claim, a corrected one is told, and nothing of a file is lost', async () => {
  const [one, two] = [
    sampleClaim({ patientControlNumber: 'TWICE1' }),
    sampleClaim({ patientControlNumber: 'TWICE2', frequency: '7', originalClaimNumber: 'ICN0099' }),
  ];
  at.leave('first.837', claimFile([one, two], 1));
  const first = await imports();
  expect(outcomes(listOf(first, 'items'))).toEqual(['added', 'added']);
  const [added] = listOf(first, 'items');
  expect(added?.['structure']).toEqual({
    payer: 'harbor-health',
    from: '2026-11-02',
    to: '2026-11-02',
    chargeCents: 18_050,
    lines: 2,
    frequency: '1',
    unread: 0,
  });
  expect(JSON.stringify(first)).not.toMatch(/Fenwick|Orla|HBR900|TWICE/i);

  at.leave('second.837', claimFile([{ ...one, chargeCents: 12_000, lines: one.lines.slice(0, 1) }, two], 2));
  const second = listOf(await imports(), 'items');
  expect(outcomes(second)).toEqual(['changed', 'known']);
  expect(second[0]?.['claim']).toBe(added?.['claim']);

  at.leave('cut.837', claimFile([sampleClaim({ patientControlNumber: 'CUT1' })], 3).slice(0, 500));
  at.leave('cut.837.done', '');
  const [cut] = listOf(await imports(), 'items');
  expect(cut).toMatchObject({ outcome: 'unreadable' });
  const findings = listOf(cut?.['structure'], 'findings').map((finding) => finding['code']);
  expect(findings).toContain('iea.missing');
  const [record = ''] = Array.isArray(cut?.['refs']) ? cut['refs'].map(String) : [];
  const by = { kind: 'system', process: 'test', behalf: null } as const;
  const kept = await server.services.vault.open(at.clinic.clinic, record, { purpose: 'test', actor: by });
  expect(kept['text']).toContain('REF3');
  expect((await imports())['outcome']).toBe('nothingNew');
});

test('nobody has approved it: it is blocked, and nothing leaves', async () => {
  const claim = await at.imported({ patientControlNumber: 'BLOCKED1' });
  expect(await at.effect('stedi.claim.submit', 'Stedi', claim)).toMatchObject({
    state: 'blocked',
    rule: 'approval.missing',
  });
  expect(await taken('stedi')).toEqual([]);
});

test('a biller sees what is sent, approves it, and it goes once, whichever way it is asked for again', async () => {
  const claim = await at.imported({ patientControlNumber: 'SEEN1' });
  const opened = await at.submission(claim);
  expect(opened).toMatchObject({ item: claim, outcome: 'opened' });
  expect(await at.submission(claim)).toMatchObject({ outcome: 'alreadyOpen' });
  const workItem = String(asJson(opened['structure'])['workItem']);
  const page = await at.page(workItem);
  expect(page['item']).toMatchObject({ kind: 'claim.submit', role: 'biller', decisions: ['approve', 'reject'] });
  expect(asJson(page['item'])['reason']).toBe('Claim to harbor-health: 2 lines, 2026-11-02, charge $180.50');
  expect(page['draft']).toMatchObject({
    patient: { name: { family: 'Fenwick-Test' } },
    coverage: { memberId: 'HBR900100200' },
    claim: { lines: ['1: 97110 GP, 2026-11-02, 2 UN, $120.00, diagnoses 1 2', expect.stringContaining('97140 GP 59')] },
  });
  expect(listOf(page, 'fields').every((field) => field['editable'] === false)).toBe(true);
  expect((await at.decide(workItem, 'approve')).status).toBe(200);
  const { outcome, structure } = await at.submission(claim);
  expect(outcome).toBe('approved');
  const { approval, effectKey: key } = asJson(structure);
  const more = { approval, key };

  expect(
    await at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval, key: `${String(key)}9` }),
  ).toMatchObject({
    state: 'blocked',
    rule: 'key.mismatch',
  });
  expect(await at.effect('changeHealthcare.claim.submit', 'CHC', claim)).toMatchObject({ rule: 'approval.unnamed' });
  const sent = await at.effect('changeHealthcare.claim.submit', 'CHC', claim, more);
  expect(sent).toMatchObject({ state: 'done', outcome: 'accepted', structure: { edits: [] }, key });
  expect(JSON.stringify(sent)).not.toMatch(/Fenwick|HBR900|SEEN1/);
  expect(await at.effect('changeHealthcare.claim.submit', 'CHC', workItem, more)).toMatchObject({ state: 'duplicate' });
  expect(await at.effect('stedi.claim.submit', 'Stedi', claim, more)).toMatchObject({ state: 'duplicate' });
  expect(await at.effect('x12Files.send', 'Files', claim, more)).toMatchObject({ state: 'duplicate' });
  expect(await taken()).toMatchObject([{ patientControlNumber: 'SEEN1', format: 'json' }]);
  expect(await taken('stedi')).toEqual([]);
  expect(await at.submission(claim)).toMatchObject({ outcome: 'sent' });
});

test('a claim that changed after its approval is asked about anew, and the old approval sends nothing', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'CHANGED1' });
  expect(await at.imported({ patientControlNumber: 'CHANGED1', chargeCents: 20_000 })).toBe(claim);
  expect(await at.effect('stedi.claim.submit', 'Stedi', claim, { approval })).toMatchObject({
    state: 'blocked',
    rule: 'approval.superseded',
  });
  const again = await at.submission(claim);
  expect(again).toMatchObject({ outcome: 'opened', structure: { chargeCents: 20_000 } });
  expect(asJson(again['structure'])['effectKey']).toBe(`claim.submit/${claim}/1/2`);
  const workItem = String(asJson(again['structure'])['workItem']);
  await at.imported({ patientControlNumber: 'CHANGED1', chargeCents: 21_000 });
  expect((await at.decide(workItem, 'approve')).status).toBe(409);
  expect(await taken('stedi')).toEqual([]);
});

test('a rejection needs its reason and stands until the claim is another', async () => {
  const claim = await at.imported({ patientControlNumber: 'REJECTED1' });
  const workItem = String(asJson((await at.submission(claim))['structure'])['workItem']);
  expect((await at.decide(workItem, 'reject')).status).toBe(400);
  expect((await at.decide(workItem, 'reject', { reason: 'wrong modifier' })).status).toBe(200);
  expect(await at.submission(claim)).toMatchObject({ outcome: 'rejected' });
  expect(await at.effect('stedi.claim.submit', 'Stedi', claim)).toMatchObject({ rule: 'approval.missing' });
});

test.each([
  ['changeHealthcare.claim.submit', 'CHC', 'change-healthcare', 'DOUBT1'],
  ['stedi.claim.submit', 'Stedi', 'stedi', 'DOUBT2'],
])(
  '%s: a gateway time-out after acceptance is settled by the claim status, never by sending again',
  async (operation, connection, vendor, number) => {
    const { claim, approval } = await at.approved({ patientControlNumber: number });
    await fail(vendor, 'claimSubmit', { fault: 'gatewayTimeoutAfterAccepting' });
    expect(await at.effect(operation, connection, claim, { approval })).toMatchObject({ state: 'uncertain' });
    expect(await at.submission(claim)).toMatchObject({ outcome: 'uncertain' });
    server.pass(2000);
    const found = await at.effect(operation, connection, claim, { approval });
    expect(found).toMatchObject({ state: 'duplicate', outcome: 'accepted' });
    expect(await taken(vendor)).toHaveLength(1);
  },
);

test('what the payer does not find is settled by a person; only their word lets it go again', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'LOST1' });
  await fail('change-healthcare', 'claimSubmit', { fault: 'hangBeforeAccepting', milliseconds: 15_000 });
  const ask = () => at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval });
  expect(await ask()).toMatchObject({ state: 'uncertain' });
  server.pass(2000);
  expect(await ask()).toMatchObject({ state: 'uncertain' });
  server.pass(120_000);
  expect(await ask()).toMatchObject({ state: 'uncertain' });
  const items = await server.services.db
    .selectFrom('work_items')
    .select('id')
    .where('kind', '=', 'claim.uncertain')
    .where('subject', '=', claim)
    .execute();
  expect(items).toHaveLength(1);
  const page = await at.page(items[0]?.id ?? '');
  expect(page['draft']).toMatchObject({ claim: { number: 'LOST1' } });
  expect((await at.decide(items[0]?.id ?? '', 'wasNotSent')).status).toBe(200);
  expect(await taken()).toEqual([]);
  expect(await ask()).toMatchObject({ state: 'done' });
  expect(await taken()).toHaveLength(1);
}, 30_000);

/** A 277CA: the payer has taken the claim of this number. */
const acknowledge = (number: string): Promise<number> => {
  const status = { category: 'A2', code: '20', entity: 'PR', source: 'STC', effectiveOn: null };
  const money = { chargeCents: null, paidCents: null, paidOn: null, checkNumber: null };
  const said = { trace: number, patientControlNumber: number, payerClaimNumber: null, from: null, to: null, lines: [] };
  const claims = [{ ...said, statuses: [{ ...status, ...money }] }];
  const of = { clinic: at.clinic.clinic, operation: 'test', claims, by: systemPrincipal('test') };
  return server.services.db.transaction().execute((trx) => keepAcknowledged(server.services, trx, of));
};
const stateOf = async (key: string): Promise<string> =>
  (await server.services.db.selectFrom('effects').select('state').where('key', '=', key).executeTakeFirstOrThrow())
    .state;

test('the acknowledgment of a claim in doubt proves that it arrived', async () => {
  const { claim, approval, effectKey } = await at.approved({ patientControlNumber: 'ACKED1' });
  await fail('change-healthcare', 'claimSubmit', { fault: 'gatewayTimeoutAfterAccepting' });
  const ask = () => at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval });
  expect(await ask()).toMatchObject({ state: 'uncertain' });
  await settleAcknowledged(server.services);
  expect(await stateOf(effectKey)).toBe('uncertain');
  expect(await acknowledge('ACKED1')).toBe(1);
  await settleAcknowledged(server.services);
  expect(await stateOf(effectKey)).toBe('done');
  expect(await ask()).toMatchObject({ state: 'duplicate', outcome: 'accepted' });
  expect(await taken()).toHaveLength(1);
});

test('an acknowledgment that may be of an earlier sending proves nothing of the later one', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'ACKED2' });
  const send = (given: unknown) => at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval: given });
  expect(await send(approval)).toMatchObject({ state: 'done' });
  await sandbox.post('/sandbox/change-healthcare/settings', { claimStatus: { category: 'A7', code: '33' } });
  await at.ask('changeHealthcare.claimStatus.check', 'CHC', claim);
  await at.imported({ patientControlNumber: 'ACKED2', priorAuthorizationNumber: 'PA778' });
  const again = await at.submission(claim);
  await at.decide(String(asJson(again['structure'])['workItem']), 'approve');
  const ready = asJson((await at.submission(claim))['structure']);
  await fail('change-healthcare', 'claimSubmit', { fault: 'gatewayTimeoutAfterAccepting' });
  expect(await send(ready['approval'])).toMatchObject({ state: 'uncertain' });
  const key = `claim.submit/${claim}/1/2`;
  await acknowledge('ACKED2');
  await settleAcknowledged(server.services);
  expect(await stateOf(key)).toBe('uncertain');
});

test('a claim the JSON has no place for goes as X12, however often it is tried under the very same text', async () => {
  const references = [{ qualifier: 'P4', value: 'DEMO77' }];
  const { claim, approval } = await at.approved({ patientControlNumber: 'RICH1', references });
  await fail('stedi', 'claimSubmit', { fault: 'throttled' });
  const ask = () => at.effect('stedi.claim.submit', 'Stedi', claim, { approval });
  expect(await ask()).toMatchObject({ state: 'notSent', outcome: 'wait' });
  const wire = () =>
    server.services.db.selectFrom('effects').select('wire').where('subject', '=', claim).executeTakeFirst();
  const first = await wire();
  expect(first?.wire).toMatch(/^rec_/);
  expect(await taken('stedi')).toEqual([]);
  expect(await at.ask('changeHealthcare.claim.validate', 'CHC', claim)).toMatchObject({
    outcome: 'acceptable',
    structure: { acceptable: true, edits: [] },
  });
  server.pass(120_000);
  expect(await ask()).toMatchObject({ state: 'done', outcome: 'accepted' });
  expect(await wire()).toEqual(first);
  expect(await taken('stedi')).toMatchObject([{ patientControlNumber: 'RICH1', format: 'x12', lines: 2 }]);
});

test('a claim that lacks something is blocked by name before anything is written', async () => {
  const subscriber = { ...sampleClaim().subscriber, memberId: null };
  const { claim, approval } = await at.approved({ patientControlNumber: 'BARE1', subscriber });
  expect(await at.effect('stedi.claim.submit', 'Stedi', claim, { approval })).toMatchObject({
    state: 'blocked',
    rule: 'request.invalid',
    where: ['subscriber.memberId'],
  });
});

test.each([
  ['changeHealthcare.claimStatus.check', 'CHC', 'changeHealthcare.claim.submit', 'STATUS1'],
  ['stedi.claimStatus.check', 'Stedi', 'stedi.claim.submit', 'STATUS2'],
])('%s tells codes, days and cents, and keeps the rest', async (operation, connection, submit, number) => {
  const { claim, approval } = await at.approved({ patientControlNumber: number });
  expect(await at.ask(operation, connection, claim)).toMatchObject({ outcome: 'notFound' });
  await at.effect(submit, connection, claim, { approval });
  const answer = await at.ask(operation, connection, claim);
  expect(answer).toMatchObject({
    outcome: 'answered',
    structure: { category: 'A2', code: '20', chargeCents: 18_050, paidCents: 0 },
    refs: [expect.stringMatching(/^rec_/)],
  });
  expect(JSON.stringify(answer)).not.toMatch(/PCN|STATUS\d/);
});

test('Availity is asked how a claim stands too', async () => {
  const claim = await at.imported({ patientControlNumber: 'STATUS3' });
  for (let round = 0; round < 40; round += 1) {
    const answer = await at.ask('availity.claimStatus.check', 'Availity', claim);
    if (answer['outcome'] === 'pending') await new Promise((next) => setTimeout(next, 100));
    else {
      expect(answer['outcome']).toMatch(/^(answered|notFound)$/);
      return;
    }
  }
  throw new Error('the question stayed pending');
});

test('a shadow connection, a paused one and one without an agreement send no claim', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'LEAVE1' });
  const ask = () => at.effect('stedi.claim.submit', 'Stedi', claim, { approval });
  const { connections } = server.services;
  const { stedi } = at.connections;
  const by = at.clinic.user;
  const [{ agreement } = { agreement: null }] = await connections.list(at.clinic.clinic, { system: 'stedi' });
  await connections.setMode(at.clinic.clinic, stedi, 'shadow', by);
  expect(await ask()).toMatchObject({ state: 'shadow' });
  await connections.setMode(at.clinic.clinic, stedi, 'live', by);
  await connections.setAgreement(at.clinic.clinic, stedi, null, by);
  expect(await ask()).toMatchObject({ state: 'blocked', rule: 'agreement.missing' });
  await connections.setAgreement(at.clinic.clinic, stedi, agreement, by);
  await pauseConnection(server.services, at.clinic.clinic, stedi, true, by);
  expect(await ask()).toMatchObject({ state: 'blocked', rule: 'connection.paused' });
  await pauseConnection(server.services, at.clinic.clinic, stedi, false, by);
  expect(await taken('stedi')).toEqual([]);
  expect(await ask()).toMatchObject({ state: 'done' });
});

test('after a restore from backup a claim that may have been sent is looked up before it is sent', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'RESTORED1' });
  const ask = () => at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval });
  expect(await ask()).toMatchObject({ state: 'done' });
  // The backup was made before: the server has forgotten, the clearinghouse has not.
  await server.services.db.deleteFrom('effects').where('subject', '=', claim).execute();
  await holdAll(server.services, at.clinic.clinic, at.clinic.user);
  expect(await ask()).toMatchObject({ state: 'duplicate', outcome: 'accepted' });
  await endHold(server.services, at.clinic.clinic, at.clinic.user);
  expect(await taken()).toHaveLength(1);
});

test('a claim that was sent back is corrected and goes again', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'BACK1' });
  const send = (given: unknown) => at.effect('changeHealthcare.claim.submit', 'CHC', claim, { approval: given });
  expect(await send(approval)).toMatchObject({ state: 'done' });
  await sandbox.post('/sandbox/change-healthcare/settings', { claimStatus: { category: 'A7', code: '33' } });
  expect(await at.ask('changeHealthcare.claimStatus.check', 'CHC', claim)).toMatchObject({
    structure: { category: 'A7', code: '33' },
  });
  expect(await at.submission(claim)).toMatchObject({ outcome: 'sent' });
  await at.imported({ patientControlNumber: 'BACK1', priorAuthorizationNumber: 'PA777' });
  const again = await at.submission(claim);
  expect(again).toMatchObject({ outcome: 'opened' });
  await at.decide(String(asJson(again['structure'])['workItem']), 'approve');
  const ready = asJson((await at.submission(claim))['structure']);
  expect(await send(ready['approval'])).toMatchObject({ state: 'done', key: `claim.submit/${claim}/1/2` });
  expect(await taken()).toHaveLength(2);
});

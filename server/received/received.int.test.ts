// What clearinghouses leave for the clinic: files, reports and webhooks, each kept once and given to the claims it speaks of.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remittanceJson } from '../../sandbox/adjudication/network-835.ts';
import { paymentOf } from '../../sandbox/adjudication/remittance.ts';
import type { RemittedClaim, RemittedLine } from '../../sandbox/adjudication/remittance.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { asJson, claimClinic, listOf } from '../claims/testing/clinic.ts';
import type { ClaimClinic, Json } from '../claims/testing/clinic.ts';
import { addConnection } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

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

const sweepClearinghouse = () => sandbox.post('/sandbox/x12-files/sweep', {});
const statusesOf = (claim: string) =>
  server.services.db
    .selectFrom('claim_statuses')
    .select(['structure', 'operation'])
    .where('claim', '=', claim)
    .execute();
const fail = (on: string, fault: Json) =>
  sandbox.post('/sandbox/change-healthcare/faults', { next: [{ ...fault, on }] });

test('a claim goes out as a file once, its acknowledgments come back to it, and each file is kept once', async () => {
  const { claim, approval } = await at.approved({ patientControlNumber: 'FILE1' });
  const send = () => at.effect('x12Files.send', 'Files', claim, { approval });
  const sent = await send();
  expect(sent).toMatchObject({ state: 'done', outcome: 'sent', structure: { kind: '837' } });
  expect(await send()).toMatchObject({ state: 'duplicate', structure: sent['structure'] });
  const control = asJson(sent['structure'])['control'];
  const journal = async () => listOf(await sandbox.get('/sandbox/x12-files/journal'), 'entries');
  await sweepClearinghouse();
  expect(await journal()).toMatchObject([{ control, kinds: ['837'] }]);
  const [known] = listOf(await at.ask('x12Files.acknowledgments', 'Files'), 'items');
  expect(known).toMatchObject({ outcome: 'accepted', structure: { control, kind: '837', status: 'accepted' } });
  const fetched = await at.ask('x12Files.files.fetch', 'Files');
  const kinds = listOf(fetched, 'items').map((item) => asJson(item['structure'])['kinds']);
  expect(kinds.flat().sort()).toEqual(['277CA', '999', 'TA1']);
  expect(JSON.stringify(fetched)).not.toMatch(/Fenwick|HBR900|FILE1/i);
  expect(await statusesOf(claim)).toMatchObject([
    { operation: 'x12Files.files.fetch', structure: { category: 'A2', code: '20' } },
  ]);
  expect(await at.ask('x12Files.files.fetch', 'Files')).toMatchObject({ outcome: 'nothingNew', items: [] });
  expect(await statusesOf(claim)).toHaveLength(1);
});

test('a claim status over files is asked once, pending until the payer answers', async () => {
  const claim = await at.imported({ patientControlNumber: 'FILE2' });
  const ask = () => at.ask('x12Files.claimStatus.check', 'Files', claim);
  const questions = async () =>
    listOf(await sandbox.get('/sandbox/x12-files/journal'), 'entries').filter((entry) =>
      Array.isArray(entry['kinds']) ? entry['kinds'].includes('276') : false,
    );
  expect(await ask()).toMatchObject({ outcome: 'pending', structure: { retryAfterSeconds: 1 } });
  expect(await ask()).toMatchObject({ outcome: 'pending' });
  await sweepClearinghouse();
  expect(await ask()).toMatchObject({ outcome: 'answered', structure: { category: 'F1', paidCents: 18_050 } });
  expect(await questions()).toHaveLength(1);
  // Answered, the next one is a new question.
  expect(await ask()).toMatchObject({ outcome: 'pending' });
  await sweepClearinghouse();
  expect(await questions()).toHaveLength(2);
});

test('an approved request for authorization goes out as a 278 file', async () => {
  const { workItem, approval } = await at.clinic.approved();
  expect(await at.effect('x12Files.send', 'Files', workItem, { approval })).toMatchObject({
    state: 'done',
    outcome: 'pended',
  });
  await sweepClearinghouse();
  const entries = listOf(await sandbox.get('/sandbox/x12-files/journal'), 'entries');
  expect(entries.at(-1)).toMatchObject({ kinds: ['278'] });
});

test('a report is taken away only when it is kept, and a doubtful removal is looked up, not feared', async () => {
  const content = 'STRIDE TEST CLINIC\nno X12 at all';
  await sandbox.post('/sandbox/change-healthcare/reports', { name: 'X3000000.AB', content });
  const remove = () => at.effect('changeHealthcare.reports.delete', 'CHC', 'X3000000.AB');
  const listed = await at.ask('changeHealthcare.reports.list', 'CHC');
  expect(listOf(listed, 'items')).toEqual([{ outcome: 'listed', structure: { report: 'X3000000.AB' } }]);
  await expect(remove()).rejects.toThrow('state.conflict');
  const kept = await at.ask('changeHealthcare.reports.get', 'CHC', 'X3000000.AB');
  expect(kept).toMatchObject({ outcome: 'kept', structure: { report: 'X3000000.AB', transactions: [] } });
  expect(await at.ask('changeHealthcare.reports.list', 'CHC')).toMatchObject({
    structure: { reports: 1, waiting: 0 },
    items: [],
  });
  expect(await at.ask('changeHealthcare.reports.get', 'CHC', 'X3000000.AB')).toEqual(kept);
  await fail('reports', { fault: 'gatewayTimeoutAfterAccepting' });
  expect(await remove()).toMatchObject({ state: 'uncertain' });
  server.pass(2000);
  expect(await remove()).toMatchObject({ state: 'duplicate', outcome: 'deleted' });
  expect(listOf(await at.ask('changeHealthcare.reports.list', 'CHC'), 'items')).toEqual([]);

  await sandbox.post('/sandbox/change-healthcare/reports', { name: 'X3000001.AB', content });
  await at.ask('changeHealthcare.reports.get', 'CHC', 'X3000001.AB');
  const other = () => at.effect('changeHealthcare.reports.delete', 'CHC', 'X3000001.AB');
  await fail('reports', { fault: 'hangBeforeAccepting', milliseconds: 15_000 });
  expect(await other()).toMatchObject({ state: 'uncertain' });
  server.pass(2000);
  expect(await other()).toMatchObject({ state: 'notSent', outcome: 'wait' });
  expect(await other()).toMatchObject({ state: 'done', outcome: 'deleted' });
}, 30_000);

test('payers are listed as far as a flow wants them', async () => {
  const answer = await at.flow('/v1/operations', {
    operation: 'changeHealthcare.payers.list',
    connection: 'CHC',
    options: { limit: 2 },
  });
  expect(answer.json).toMatchObject({ outcome: 'listed', structure: { payers: 2, complete: false } });
  expect(typeof asJson(listOf(answer.json, 'items')[0]?.['structure'])['payerId']).toBe('string');
});

test('an approved request goes to Change Healthcare once, whatever else submits it, and its answer is read', async () => {
  const { workItem, approval } = await at.clinic.approved(2);
  const send = () => at.effect('changeHealthcare.authorization.submit', 'CHC', workItem, { approval });
  await server.services.db.deleteFrom('effects').where('operation', '=', 'x12Files.send').execute();
  await fail('authorizationSubmit', { fault: 'gatewayTimeoutAfterAccepting' });
  expect(await send()).toMatchObject({ state: 'uncertain' });
  server.pass(2000);
  expect(await send()).toMatchObject({ state: 'duplicate', outcome: 'pended' });
  expect(await at.effect('availity.serviceReview.create', 'Availity', workItem, { approval })).toMatchObject({
    state: 'duplicate',
  });
  const ask = () => at.ask('changeHealthcare.authorization.inquire', 'CHC', at.clinic.authorization);
  expect(await ask()).toMatchObject({ outcome: 'pending' });
  await sandbox.post('/sandbox/change-healthcare/settings', { certification: 'A1' });
  const { outcome, refs } = await ask();
  expect([outcome, refs]).toEqual([expect.stringMatching(/pproved$/), [expect.stringMatching(/^rec_/)]]);
});

/** An event as Stedi posts it. */
const event = (transactionId: string, set: string) => ({
  event: {
    id: `evt-${transactionId}`,
    'detail-type': 'transaction.processed.v2',
    detail: {
      transactionId,
      direction: 'INBOUND',
      x12: { metadata: { transaction: { transactionSetIdentifier: set } } },
    },
  },
});

test('a webhook of Stedi is believed by its secret alone, written down once, and its transaction is fetched', async () => {
  const claim = await at.imported({ patientControlNumber: 'HOOK1' });
  const hook = (secret: string | null, body: unknown, connection = at.connections.stedi) =>
    server.call('POST', `/v1/webhooks/stedi/${connection}`, {
      body,
      headers: secret === null ? {} : { authorization: secret },
    });
  const id = '11111111-2222-3333-4444-555555555555';
  const [none, wrong, other] = [
    await hook(null, event(id, '277')),
    await hook('guess', event(id, '277')),
    await hook('a-long-random-text', event(id, '277'), at.connections.chc),
  ];
  expect([none.status, wrong.status, other.status]).toEqual([401, 401, 401]);
  expect(none.json).toEqual(other.json);

  // Told before it can be had: it is asked for again.
  expect((await hook('a-long-random-text', event(id, '277'))).json).toEqual({ recorded: true, repeated: false });
  expect((await hook('a-long-random-text', event(id, '277'))).json).toEqual({ recorded: true, repeated: true });
  expect((await hook('a-long-random-text', event(id, '270'))).json).toEqual({ recorded: false });
  const status = {
    statusInformationEffectiveDate: '20261121',
    informationStatuses: [{ healthCareClaimStatusCategoryCode: 'A2', statusCode: '20' }],
  };
  const claimStatus = {
    patientAccountNumber: 'HOOK1',
    referencedTransactionTraceNumber: 'HOOK1',
    informationClaimStatuses: [status],
  };
  const report = {
    transactions: [
      {
        payers: [
          {
            claimStatusTransactions: [
              { claimStatusDetails: [{ patientClaimStatusDetails: [{ claims: [{ claimStatus }] }] }] },
            ],
          },
        ],
      },
    ],
  };
  await sandbox.post('/sandbox/stedi/reports', { name: `${id}/277`, content: JSON.stringify(report) });
  const row = () =>
    server.services.db
      .selectFrom('received_documents')
      .select(['record', 'kinds', 'tries'])
      .where('name', '=', id)
      .executeTakeFirstOrThrow();
  for (let round = 0; round < 60 && (await row()).record === null; round += 1) {
    server.pass(20_000);
    await new Promise((next) => setTimeout(next, 250));
  }
  expect((await row()).record).toMatch(/^rec_/);
  expect((await row()).kinds).toEqual(['277CA']);
  expect(await statusesOf(claim)).toMatchObject([
    { operation: 'stedi.reports.acknowledgment', structure: { category: 'A2' } },
  ]);
  const calls = async () => asJson(asJson(await sandbox.get('/sandbox/stedi/journal'))['calls'])['reports'];
  const before = await calls();
  expect(await at.ask('stedi.reports.acknowledgment', 'Stedi', id)).toMatchObject({
    outcome: 'kept',
    structure: { transaction: id, claims: 1 },
  });
  expect(await calls()).toBe(before);
  expect(server.logs.join('\n')).not.toMatch(/HOOK1|a-long-random-text/);
}, 60_000);

test('a remittance that Stedi tells in JSON is posted to the claim it pays, to the cent', async () => {
  const ref = await at.imported({ patientControlNumber: 'STEDIPAID' });
  const line = { modifiers: ['GP'], date: '2026-11-02', remarks: [], allowedCents: 0 };
  const paid: RemittedLine = {
    ...line,
    code: '97110',
    chargeCents: 18_050,
    paidCents: 12_000,
    unitsPaid: 1,
    unitsBilled: 1,
    controlNumber: null,
    adjustments: [
      { group: 'CO', reason: '45', amountCents: 5_000, quantity: null },
      { group: 'PR', reason: '2', amountCents: 1_050, quantity: null },
    ],
  };
  const claim: RemittedClaim = {
    number: 'STEDIPAID',
    status: '1',
    chargeCents: 18_050,
    paidCents: 12_000,
    patientCents: 1_050,
    filingCode: '12',
    payerNumber: 'ICNSTEDI',
    placeOfService: '11',
    frequency: '1',
    memberId: null,
    patient: { given: '', family: '' },
    receivedOn: '2026-11-05',
    lines: [paid],
  };
  const about = { trace: 'EFTSTEDI', on: '2026-11-20', payer: { id: 'harbor-health', name: 'HARBOR HEALTH' } };
  const payee = { name: 'STRIDE TEST CLINIC', npi: '1999999984', taxId: '' };
  const { picture } = paymentOf({ ...about, payee, claims: [claim], changes: [] }, null);
  const content = JSON.stringify(remittanceJson(picture, 'tr-835'));
  await sandbox.post('/sandbox/stedi/reports', { name: 'tr-835/835', content });
  expect(await at.ask('stedi.reports.remittance', 'Stedi', 'tr-835')).toMatchObject({
    outcome: 'kept',
    structure: { transaction: 'tr-835' },
  });
  const posted = () =>
    server.services.db
      .selectFrom('postings')
      .select(['kind', 'group_code', 'reason', 'cents'])
      .where('claim', '=', ref)
      .orderBy('id')
      .execute();
  for (let round = 0; round < 60 && (await posted()).length === 0; round += 1) {
    server.pass(20_000);
    await new Promise((next) => setTimeout(next, 250));
  }
  expect(await posted()).toEqual([
    { kind: 'payment', group_code: null, reason: null, cents: 12_000 },
    { kind: 'contractual', group_code: 'CO', reason: '45', cents: 5_000 },
    { kind: 'coinsurance', group_code: 'PR', reason: '2', cents: 1_050 },
  ]);
}, 60_000);

test('a connection of Stedi without a webhook secret takes no webhook at all', async () => {
  const { id } = await addConnection(server.services, at.clinic.clinic, {
    name: 'Stedi, no webhooks',
    system: 'stedi',
    mode: 'live',
    config: { environment: 'test', baseUrl: `${sandbox.url}/stedi` },
    secrets: { apiKey: 'test-key' },
    agreement: null,
  });
  for (const secret of ['', 'x']) {
    const answer = await server.call('POST', `/v1/webhooks/stedi/${id}`, {
      body: event('t', '277'),
      headers: { authorization: secret },
    });
    expect(answer.status).toBe(401);
  }
});

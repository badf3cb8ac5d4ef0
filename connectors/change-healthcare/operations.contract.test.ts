// Change Healthcare over real HTTP: every fault the gateway, the clearinghouse and the payer can produce, and what Gait concludes from it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { kindOf } from '../../sandbox/benefits/picture.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { at, listAt } from '../json.ts';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { sampleRequest } from '../testing/context.ts';
import { changeHealthcareContext } from '../testing/networks.ts';
import { sampleClaimStatusRequest, sampleClaimX12, sampleEligibilityRequest } from '../testing/requests.ts';
import { changeHealthcareOperations as operations } from './operations.ts';

const eligibility = operations['changeHealthcare.eligibility.check'];
const claimStatus = operations['changeHealthcare.claimStatus.check'];
const submit = operations['changeHealthcare.claim.submit'];
const submitX12 = operations['changeHealthcare.claim.submitX12'];
const validate = operations['changeHealthcare.claim.validate'];
const validateX12 = operations['changeHealthcare.claim.validateX12'];
const authorize = operations['changeHealthcare.authorization.submit'];
const inquire = operations['changeHealthcare.authorization.inquire'];
const list = operations['changeHealthcare.reports.list'];
const get = operations['changeHealthcare.reports.get'];
const remove = operations['changeHealthcare.reports.delete'];
const payers = operations['changeHealthcare.payers.list'];
const connectionTest = operations['changeHealthcare.connection.test'];

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.post('/sandbox/change-healthcare/reset', {}));

const context = (changes: Partial<Parameters<typeof changeHealthcareContext>[0]> = {}) =>
  changeHealthcareContext({ url: sandbox.url, now: sandbox.now, ...changes });
const fail = (on: string, ...faults: object[]) =>
  sandbox.post('/sandbox/change-healthcare/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const settings = (changes: object) => sandbox.post('/sandbox/change-healthcare/settings', changes);
const journal = () => sandbox.get('/sandbox/change-healthcare/journal');
const claims = async () => listAt(await journal(), 'claims');
const calls = async (operation: string) => at(at(await journal(), 'calls'), operation);
const asked = (memberId: string | null = 'HBR900100200') => {
  const request = sampleEligibilityRequest();
  return { request: { ...request, subscriber: { ...request.subscriber, memberId } }, vendorRequestId: null };
};
const member = (kind: string) =>
  Array.from({ length: 500 }, (_, index) => `HBR9002${String(index).padStart(5, '0')}`).find(
    (one) => kindOf(one) === kind,
  ) ?? '';
const sending = { claim: sampleClaim(), key: 'claim.submit/claim_1/1' };

test('coverage is answered in one call, statement for statement, and told of the day of the visit', async () => {
  const outcome = await eligibility.run(context(), asked(member('complete')));
  expect(outcome).toMatchObject({ kind: 'done', result: { kind: 'answered' } });
  const answer = outcome.kind === 'done' && outcome.result.kind === 'answered' ? outcome.result.answer : null;
  expect(answer).toMatchObject({ wire: 'medicalNetwork.eligibility', payer: { id: 'harbor-health' }, rejects: [] });
  const limit = answer?.people[0]?.benefits.find(({ code, period }) => code === 'F' && period === '23');
  expect(limit).toMatchObject({ quantityKind: 'VS', serviceTypes: ['PT'], network: 'W' });
  expect(limit?.source).toMatch(/^benefitsInformation\[\d+\]$/);
  expect(listAt(await journal(), 'asked')).toMatchObject([{ date: '2026-12-03', serviceTypes: ['PT'] }]);
});

test('a child is asked about as a dependent, and the benefits are the child’s', async () => {
  const dependent = {
    name: { given: 'Jo', family: 'Fenwick-Test' },
    birthDate: '2015-06-01',
    gender: 'male' as const,
    relationship: 'child' as const,
  };
  const { request } = asked(member('complete'));
  const outcome = await eligibility.run(context(), { request: { ...request, dependent }, vendorRequestId: null });
  expect(outcome).toMatchObject({
    result: { answer: { people: [{ role: 'dependent', name: { given: 'Jo' }, birthDate: '2015-06-01' }] } },
  });
});

test.each([
  ['in a body of 200', { fault: 'refusedInSuccess', code: '75' }],
  ['in a body of 400', { fault: 'refusedInError', code: '75' }],
])('a payer that refuses the subscriber %s has answered', async (_where, fault) => {
  await fail('eligibility', fault);
  const outcome = await eligibility.run(context(), asked(member('complete')));
  expect(outcome).toMatchObject({
    kind: 'done',
    result: {
      kind: 'answered',
      answer: { rejects: [], people: [{ rejects: [{ at: 'subscriber', code: '75', followUp: 'C' }], benefits: [] }] },
    },
  });
});

test('a payer nobody knows is a refusal of the whole question', async () => {
  const { request } = asked();
  const outcome = await eligibility.run(context(), {
    request: { ...request, payer: { id: 'nobody', name: 'Nobody' } },
    vendorRequestId: null,
  });
  expect(outcome).toMatchObject({ result: { answer: { rejects: [{ at: 'source', code: '79' }] } } });
});

test('the vendor’s own refusal names a field it has, and never the value it quotes', async () => {
  await fail('eligibility', { fault: 'rejected' });
  const outcome = await eligibility.run(context(), asked());
  expect(outcome).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'INVALID', field: 'subscriber.memberId' }],
  });
});

test.each([
  ['a gateway time-out after acceptance', { fault: 'gatewayTimeoutAfterAccepting' }, 'vendor.unavailable'],
  ['no answer', { fault: 'hangBeforeAccepting', milliseconds: 900 }, 'vendor.unavailable'],
  ['a reset', { fault: 'resetBeforeAccepting' }, 'vendor.unavailable'],
  ['half an answer', { fault: 'malformed' }, 'vendor.malformed'],
  ['too many requests', { fault: 'throttled', retryAfterSeconds: 7 }, 'vendor.throttled'],
])('%s leaves a question to be asked again', async (_name, fault, code) => {
  await fail('eligibility', fault);
  const outcome = await eligibility.run(context(), asked());
  expect(outcome).toMatchObject({ kind: 'notSent', code });
});

test('"too many" holds the whole connection for as long as the vendor says', async () => {
  const one = context();
  await fail('eligibility', { fault: 'throttled', retryAfterSeconds: 7 });
  await eligibility.run(one, asked());
  expect(await claimStatus.run(one, { request: sampleClaimStatusRequest(), vendorRequestId: null })).toMatchObject({
    kind: 'notSent',
    code: 'vendor.throttled',
  });
});

test('a used-up quota is told as such and costs no answer that was given', async () => {
  await settings({ quota: 2 });
  const one = context();
  expect((await eligibility.run(one, asked())).kind).toBe('done');
  expect(await eligibility.run(one, asked())).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
});

test('no more calls are under way at once than the settings allow', async () => {
  await settings({ latencyMilliseconds: 200 });
  const one = context({ config: { concurrentCalls: 3, requestTimeoutSeconds: 5 } });
  await connectionTest.run(one, {});
  await Promise.all(Array.from({ length: 12 }, () => eligibility.run(one, asked())));
  expect(at(await journal(), 'mostUnderWay')).toBe(3);
});

test('a question without a provider number or a way to find the patient is not sent', async () => {
  const { request } = asked(null);
  const outcome = await eligibility.run(context(), {
    request: {
      ...request,
      provider: { ...request.provider, npi: null, taxId: null },
      subscriber: { ...request.subscriber, birthDate: null },
    },
    vendorRequestId: null,
  });
  expect(outcome).toMatchObject({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ field: 'provider.npi' }, { field: 'subscriber.memberId' }],
  });
  expect(await calls('eligibility')).toBeUndefined();
});

test('one token serves many calls at once and is fetched anew when it is refused', async () => {
  const one = context();
  await Promise.all([eligibility.run(one, asked()), eligibility.run(one, asked())]);
  expect(await calls('token')).toBe(1);
  await fail('eligibility', { fault: 'unauthorized' });
  expect((await eligibility.run(one, asked())).kind).toBe('done');
  expect(await calls('token')).toBe(2);
  sandbox.advance(3_600_000);
  expect((await eligibility.run(one, asked())).kind).toBe('done');
  expect(await calls('token')).toBe(3);
});

test('wrong credentials are named and nothing is asked', async () => {
  const one = context({ secrets: { clientId: 'clinic', clientSecret: 'wrong' } });
  expect(await eligibility.run(one, asked())).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await calls('eligibility')).toBeUndefined();
});

test('a claim is taken once, under our number of it', async () => {
  const outcome = await submit.run(context(), sending);
  expect(outcome).toMatchObject({ kind: 'done', result: { patientControlNumber: 'CLAIM0001', edits: [] } });
  expect(await claims()).toMatchObject([
    { patientControlNumber: 'CLAIM0001', charge: '180.50', lines: 2, format: 'json' },
  ]);
});

test('a validated claim is taken nowhere', async () => {
  expect(await validate.run(context(), { claim: sampleClaim() })).toMatchObject({ result: { acceptable: true } });
  expect(await validateX12.run(context(), { x12: 'no claim' })).toMatchObject({ result: { acceptable: false } });
  expect(await claims()).toEqual([]);
});

test.each([
  ['a gateway time-out after acceptance', { fault: 'gatewayTimeoutAfterAccepting' }, 1],
  ['no answer after acceptance', { fault: 'hangAfterAccepting', milliseconds: 900 }, 1],
  ['a reset after acceptance', { fault: 'resetAfterAccepting' }, 1],
  ['a reset before acceptance', { fault: 'resetBeforeAccepting' }, 0],
  ['an error before acceptance', { fault: 'errorBeforeAccepting' }, 0],
  ['half an answer', { fault: 'malformed' }, 1],
])('%s leaves a claim uncertain, sent once, and its status tells whether it is there', async (_name, fault, taken) => {
  await fail('claimSubmit', fault);
  const sentAt = sandbox.now().toISOString();
  expect(await submit.run(context(), sending)).toMatchObject({ kind: 'uncertain' });
  expect(await claims()).toHaveLength(taken);
  const inquiry = await submit.inquire(context(), sending, { sentAt });
  expect(inquiry.kind).toBe(taken === 1 ? 'found' : 'notFound');
  expect(await calls('claimSubmit')).toBe(1);
});

test('a claim the payer does not list yet is not found, and found later', async () => {
  await fail('claimSubmit', { fault: 'hidden', inquiries: 1 });
  await submit.run(context(), sending);
  expect(await submit.inquire(context(), sending)).toEqual({ kind: 'notFound' });
  expect(await submit.inquire(context(), sending)).toMatchObject({ kind: 'found' });
});

test('a payer whose system cannot look (E) has not found anything', async () => {
  await submit.run(context(), sending);
  await settings({ claimStatus: { category: 'E1', code: '689' } });
  expect(await submit.inquire(context(), sending)).toEqual({ kind: 'notFound' });
});

test('a claim refused in a body of 200 is rejected, without the words that quote the patient', async () => {
  await fail('claimSubmit', { fault: 'editErrors' });
  const outcome = await submit.run(context(), sending);
  expect(outcome).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: '33', field: 'subscriber.memberId' }],
  });
});

test('what the JSON has no place for is refused by name, and the same claim goes as X12', async () => {
  const claim = sampleClaim({ references: [{ qualifier: 'X4', value: 'CLIA0001' }] });
  const outcome = await submit.run(context(), { claim, key: 'k' });
  expect(outcome).toMatchObject({ kind: 'rejected', reasons: [{ code: 'unsupported', field: 'references' }] });
  expect(await submitX12.run(context(), { claim, key: 'k', x12: sampleClaimX12() })).toMatchObject({ kind: 'done' });
  expect(await claims()).toMatchObject([{ patientControlNumber: 'CLAIM0001', charge: '180.5', format: 'x12' }]);
});

test('a claim that was never sent is answered "nothing found" (D0)', async () => {
  const outcome = await claimStatus.run(context(), { request: sampleClaimStatusRequest(), vendorRequestId: null });
  expect(outcome).toMatchObject({
    result: { kind: 'answered', answer: { claims: [{ statuses: [{ category: 'D0', code: '35' }] }], statuses: [] } },
  });
});

test('a finalized claim comes with its status, its period and the payer’s number', async () => {
  await submit.run(context(), sending);
  await settings({ claimStatus: { category: 'F1', code: '65' } });
  const outcome = await claimStatus.run(context(), { request: sampleClaimStatusRequest(), vendorRequestId: null });
  expect(outcome).toMatchObject({
    result: {
      answer: {
        claims: [
          {
            trace: 'STATUS000001',
            patientControlNumber: 'CLAIM0001',
            from: '2026-11-02',
            to: '2026-11-02',
            statuses: [{ category: 'F1', code: '65', entity: 'PR', chargeCents: 18_050, paidCents: 0 }],
          },
        ],
      },
    },
  });
});

const acknowledgment =
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *261102*0815*^*00501*000000007*0*T*:~GS*HN*PAYER*CLINIC*20261102*0815*7*X*005010X214~ST*277*0001*005010X214~SE*2*0001~GE*1*7~IEA*1*000000007~';

test('reports are listed, read whole and taken away; an empty mailbox is an empty list', async () => {
  expect(await list.run(context(), {})).toEqual({ kind: 'done', result: { reports: [] } });
  await sandbox.post('/sandbox/change-healthcare/reports', { name: 'X3000.AB', content: acknowledgment });
  expect(await list.run(context(), {})).toMatchObject({ result: { reports: [{ name: 'X3000.AB' }] } });
  expect(await get.run(context(), { name: 'X3000.AB' })).toEqual({
    kind: 'done',
    result: { name: 'X3000.AB', transactions: [{ type: '277', version: '005010X214' }], content: acknowledgment },
  });
  await fail('reports', { fault: 'resetAfterAccepting' });
  expect(await remove.run(context(), { name: 'X3000.AB' })).toMatchObject({ kind: 'uncertain' });
  expect(await remove.inquire(context(), { name: 'X3000.AB' })).toEqual({
    kind: 'found',
    result: { name: 'X3000.AB' },
  });
});

test('a report that the vendor cannot read is told as unreadable', async () => {
  await sandbox.post('/sandbox/change-healthcare/reports', { name: 'BAD', content: 'x' });
  await fail('reports', { fault: 'badReport' });
  expect(await get.run(context(), { name: 'BAD' })).toMatchObject({ kind: 'rejected', code: 'file.unreadable' });
});

test.each([
  ['A1', { status: 'approved', visitsApproved: 12 }],
  ['A3', { status: 'denied', visitsApproved: null }],
  ['A4', { status: 'pended', visitsApproved: null }],
  ['CT', { status: 'pended' }],
  ['ZZ', { status: 'unknown', visitsApproved: null }],
])('an authorization answered %s is read as that and nothing more', async (certification, read) => {
  await settings({ certification });
  expect(await authorize.run(context(), sampleRequest())).toMatchObject({ kind: 'done', result: { answer: read } });
});

test('an authorization whose fate is unknown is asked for, and never sent again', async () => {
  expect(await inquire.run(context(), sampleRequest())).toEqual({ kind: 'done', result: { answer: null } });
  await fail('authorizationSubmit', { fault: 'gatewayTimeoutAfterAccepting' });
  expect(await authorize.run(context(), sampleRequest())).toMatchObject({ kind: 'uncertain' });
  await settings({ certification: 'A2' });
  expect(await authorize.inquire(context(), sampleRequest())).toMatchObject({
    kind: 'found',
    result: { answer: { status: 'partlyApproved' } },
  });
  expect(await calls('authorizationSubmit')).toBe(1);
});

test('an authorization the payer refuses (AAA) is rejected with its code', async () => {
  await fail('authorizationSubmit', { fault: 'refusedInSuccess', code: '72' });
  expect(await authorize.run(context(), sampleRequest())).toMatchObject({
    kind: 'rejected',
    reasons: [{ code: '72' }],
  });
});

test('the payer list is searched by name, and the connection test tells how long it is', async () => {
  expect(await payers.run(context(), { name: 'harbor' })).toMatchObject({
    result: { payers: [{ id: 'harbor-health', name: 'Harbor Health' }], total: 1 },
  });
  expect(await connectionTest.run(context(), {})).toMatchObject({
    result: { facts: [{ value: 'sandbox' }, { label: 'Payers listed', value: '4' }] },
  });
});

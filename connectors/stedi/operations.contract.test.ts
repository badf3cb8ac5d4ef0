// Stedi over real HTTP: both eligibility endpoints, claims under an idempotency key, reports, webhooks, and the faults of each.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { kindOf } from '../../sandbox/benefits/picture.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { at, listAt } from '../json.ts';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { stediContext } from '../testing/networks.ts';
import { sampleClaimStatusRequest, sampleClaimX12, sampleEligibilityRequest } from '../testing/requests.ts';
import { stediOperations as operations } from './operations.ts';

const eligibility = operations['stedi.eligibility.check'];
const claimStatus = operations['stedi.claimStatus.check'];
const submit = operations['stedi.claim.submit'];
const submitX12 = operations['stedi.claim.submitX12'];
const acknowledgment = operations['stedi.reports.acknowledgment'];
const remittance = operations['stedi.reports.remittance'];
const connectionTest = operations['stedi.connection.test'];

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.post('/sandbox/stedi/reset', {}));

const context = (changes: Partial<Parameters<typeof stediContext>[0]> = {}) =>
  stediContext({ url: sandbox.url, now: sandbox.now, ...changes });
const fail = (on: string, ...faults: object[]) =>
  sandbox.post('/sandbox/stedi/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const settings = (changes: object) => sandbox.post('/sandbox/stedi/settings', changes);
const journal = () => sandbox.get('/sandbox/stedi/journal');
const claims = async () => listAt(await journal(), 'claims');
const shapes = ['medicalNetwork', 'typed'] as const;
const member = (kind: string) =>
  Array.from({ length: 500 }, (_, index) => `HBR9003${String(index).padStart(5, '0')}`).find(
    (one) => kindOf(one) === kind,
  ) ?? '';
const asked = (memberId: string) => {
  const request = sampleEligibilityRequest();
  return { request: { ...request, subscriber: { ...request.subscriber, memberId } }, vendorRequestId: null };
};
const sending = { claim: sampleClaim(), key: 'claim.submit/claim_1/1' };

async function answered(memberId: string, eligibilityShape: string) {
  const outcome = await eligibility.run(context({ config: { eligibilityShape } }), asked(memberId));
  if (outcome.kind !== 'done' || outcome.result.kind !== 'answered')
    throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  return outcome.result.answer;
}

test.each(['complete', 'pooled', 'replaced', 'medicareSecondary', 'textOnly', 'notFound'])(
  '%s: both endpoints tell the same of the same member',
  async (kind) => {
    const [older, typed] = await Promise.all(shapes.map((shape) => answered(member(kind), shape)));
    const facts = (answer: typeof older) =>
      answer?.people.map(({ benefits, rejects }) => [
        benefits.map(({ code, serviceTypes, period, amountCents, percent, quantity, network, authorization }) => [
          code, serviceTypes, period, amountCents, percent, quantity, network, authorization,
        ]),
        rejects.map(({ at: party, code, followUp }) => [party, code, followUp]),
      ]); // prettier-ignore
    expect(facts(typed)).toEqual(facts(older));
  },
);

test('one limit for three therapies stays one limit, which the typed lists alone would have made three', async () => {
  const { people, wire } = await answered(member('pooled'), 'typed');
  expect(wire).toBe('x12.271');
  const pools = people[0]?.benefits.filter(({ code, serviceTypes }) => code === 'F' && serviceTypes.length === 3);
  expect(pools).toHaveLength(2);
});

test.each(shapes)('%s: a refusal by the payer is an answer in a body of 200 and of 400', async (eligibilityShape) => {
  await fail('eligibility', { fault: 'refusedInSuccess', code: '72' }, { fault: 'refusedInError', code: '72' });
  for (const _ of [200, 400])
    expect((await answered(member('complete'), eligibilityShape)).people[0]?.rejects).toMatchObject([
      { at: 'subscriber', code: '72', followUp: 'C' },
    ]);
});

test.each(shapes)(
  '%s: too many requests tell no time, and hold the connection for a minute',
  async (eligibilityShape) => {
    await fail('eligibility', { fault: 'throttled' });
    const one = context({ config: { eligibilityShape } });
    const refused = { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 60 };
    expect(await eligibility.run(one, asked(member('complete')))).toEqual(refused);
    expect(await connectionTest.run(one, {})).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  },
);

test.each(shapes)('%s: half an answer is asked again', async (eligibilityShape) => {
  await fail('eligibility', { fault: 'malformed' });
  const outcome = await eligibility.run(context({ config: { eligibilityShape } }), asked(member('complete')));
  expect(outcome).toMatchObject({ kind: 'notSent', code: 'vendor.malformed' });
});

test.each(shapes)('%s: the vendor’s own refusal is no answer of the payer', async (eligibilityShape) => {
  const { request } = asked(member('complete'));
  await fail('eligibility', { fault: 'rejected' });
  const outcome = await eligibility.run(context({ config: { eligibilityShape } }), { request, vendorRequestId: null });
  expect(outcome).toMatchObject({ kind: 'rejected', code: 'vendor.rejected' });
  expect(JSON.stringify(outcome)).not.toContain('HBR900100200');
});

test('never more inquiries under way than the cap, and Stedi refuses none', async () => {
  await settings({ latencyMilliseconds: 200, concurrency: 4 });
  const one = context({ config: { concurrentInquiries: 4, requestTimeoutSeconds: 5 } });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => eligibility.run(one, asked(member('complete')))));
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array<string>(20).fill('done'));
  expect(at(await journal(), 'mostUnderWay')).toBe(4);
});

test('a claim sent twice under one key is taken once', async () => {
  const first = await submit.run(context(), sending);
  const again = await submit.run(context(), sending);
  expect(first).toMatchObject({ kind: 'done' });
  expect(again).toEqual(first);
  expect(await claims()).toHaveLength(1);
});

test('what the JSON has no place for goes as X12, once under its key', async () => {
  const claim = sampleClaim({ references: [{ qualifier: 'X4', value: 'CLIA0001' }] });
  const x12 = sampleClaimX12();
  const asX12 = { claim, key: sending.key, x12 };
  expect(await submit.run(context(), { claim, key: sending.key })).toMatchObject({
    kind: 'rejected',
    reasons: [{ code: 'unsupported', field: 'references' }],
  });
  const first = await submitX12.run(context(), asX12);
  expect(first).toMatchObject({ kind: 'done' });
  expect(await submitX12.run(context(), asX12)).toEqual(first);
  expect(await claims()).toMatchObject([{ patientControlNumber: 'CLAIM0001', charge: '180.5', format: 'x12' }]);
  expect(await submitX12.inquire(context(), asX12, { sentAt: sandbox.now().toISOString() })).toMatchObject({
    kind: 'found',
  });
});

test('the key goes out hashed: the name of our effect stays with us', async () => {
  const seen: string[] = [];
  const one = context();
  const spying = {
    ...one,
    fetch: (...args: Parameters<typeof fetch>) => {
      seen.push(new Headers(args[1]?.headers).get('idempotency-key') ?? '');
      return fetch(...args);
    },
  };
  await submit.run(spying, sending);
  expect(seen[0]).toMatch(/^[0-9a-f]{64}$/);
});

test('a key under way (409) is in doubt for as long as Stedi says', async () => {
  await fail('claimSubmit', { fault: 'inFlight', retryAfterSeconds: 3 });
  expect(await submit.run(context(), sending)).toMatchObject({ kind: 'uncertain', inquireAfterSeconds: 3 });
});

test('another body under a used key (422) is in doubt: something went out under it', async () => {
  await submit.run(context(), sending);
  const changed = { ...sending, claim: sampleClaim({ chargeCents: 17_050 }) };
  expect(await submit.run(context(), changed)).toMatchObject({ kind: 'uncertain', code: 'state.conflict' });
  expect(await claims()).toHaveLength(1);
});

test.each([
  ['a gateway time-out after acceptance', { fault: 'gatewayTimeoutAfterAccepting' }, 1],
  ['a reset after acceptance', { fault: 'resetAfterAccepting' }, 1],
  ['an error before acceptance', { fault: 'errorBeforeAccepting' }, 0],
])('%s leaves a claim uncertain; asking for it sends nothing', async (_name, fault, taken) => {
  await fail('claimSubmit', fault);
  expect(await submit.run(context(), sending)).toMatchObject({ kind: 'uncertain' });
  const inquiry = await submit.inquire(context(), sending, { sentAt: sandbox.now().toISOString() });
  expect(inquiry.kind).toBe(taken === 1 ? 'found' : 'notFound');
  expect(await claims()).toHaveLength(taken);
  expect(at(at(await journal(), 'calls'), 'claimSubmit')).toBe(1);
});

test('a wrong key is a matter of credentials, before anything is taken', async () => {
  const one = context({ secrets: { apiKey: 'wrong', webhookSecret: 'x' } });
  expect(await submit.run(one, sending)).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await connectionTest.run(one, {})).toEqual({ kind: 'notSent', code: 'connection.credentials' });
});

test('the connection test asks for a report that cannot be: not found means that the key is good', async () => {
  expect(await connectionTest.run(context(), {})).toMatchObject({
    kind: 'done',
    result: { facts: [{ label: 'API key', value: 'accepted' }, { value: 'test' }, { value: 'medicalNetwork' }] },
  });
});

test('a claim status comes as from Change Healthcare', async () => {
  await submit.run(context(), sending);
  const outcome = await claimStatus.run(context(), { request: sampleClaimStatusRequest(), vendorRequestId: null });
  expect(outcome).toMatchObject({ result: { answer: { claims: [{ statuses: [{ category: 'A2', code: '20' }] }] } } });
});

const accepted = {
  transactions: [
    {
      payers: [
        {
          organizationName: 'Harbor Health',
          claimStatusTransactions: [
            {
              claimStatusDetails: [
                {
                  patientClaimStatusDetails: [
                    {
                      claims: [
                        {
                          claimStatus: {
                            referencedTransactionTraceNumber: 'CLAIM0001',
                            patientAccountNumber: 'CLAIM0001',
                            tradingPartnerClaimNumber: 'THEIRS1',
                            claimServiceBeginDate: '20261102',
                            claimServiceEndDate: '20261103',
                            informationClaimStatuses: [
                              {
                                statusInformationEffectiveDate: '20261104',
                                totalClaimChargeAmount: '180.5',
                                informationStatuses: [
                                  {
                                    healthCareClaimStatusCategoryCode: 'A3',
                                    statusCode: '33',
                                    entityIdentifierCode: 'IL',
                                  },
                                ],
                              },
                            ],
                          },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

test('an acknowledgment (277CA) is read claim by claim, with the place of each status', async () => {
  await sandbox.post('/sandbox/stedi/reports', { name: 'tx-1/277', content: JSON.stringify(accepted) });
  expect(await acknowledgment.run(context(), { transactionId: 'tx-1' })).toMatchObject({
    result: {
      answer: {
        statuses: [],
        claims: [
          {
            patientControlNumber: 'CLAIM0001',
            payerClaimNumber: 'THEIRS1',
            from: '2026-11-02',
            to: '2026-11-03',
            statuses: [
              {
                category: 'A3',
                code: '33',
                entity: 'IL',
                chargeCents: 18_050,
                source:
                  'transactions[0].payers[0].claimStatusTransactions[0].claimStatusDetails[0].patientClaimStatusDetails[0].claims[0].claimStatus.informationClaimStatuses[0].informationStatuses[0]',
              },
            ],
          },
        ],
      },
    },
  });
  expect(await remittance.run(context(), { transactionId: 'tx-1' })).toMatchObject({ code: 'reference.unknown' });
});

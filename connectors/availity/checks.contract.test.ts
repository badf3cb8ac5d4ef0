// Coverages and claim statuses at Availity over real HTTP: what is asked once is asked once, what is answered leaves no patient behind.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { benefitsOf, kindOf } from '../../sandbox/benefits/picture.ts';
import type { BenefitKind } from '../../sandbox/benefits/picture.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { Outcome } from '../connector.ts';
import { at, listAt } from '../json.ts';
import type { Pending } from '../payer-operations.ts';
import { availityContext } from '../testing/context.ts';
import { sampleClaimStatusRequest, sampleEligibilityRequest } from '../testing/requests.ts';
import { availityOperations } from './operations.ts';

const eligibility = availityOperations['availity.eligibility.check'];
const claimStatus = availityOperations['availity.claimStatus.check'];
const payersList = availityOperations['availity.payers.list'];
const configurations = availityOperations['availity.configurations.get'];

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.post('/sandbox/availity/reset', {}));

const context = (options: Partial<Parameters<typeof availityContext>[0]> = {}) =>
  availityContext({ url: sandbox.url, now: sandbox.now, ...options });
const fail = (...next: object[]) => sandbox.post('/sandbox/availity/faults', { next });
const set = (settings: object) => sandbox.post('/sandbox/availity/inquiries', settings);
const counts = async (collection = 'coverages') =>
  at(at(await sandbox.get('/sandbox/availity/inquiries'), 'counts'), collection);

/** A request about a member whose plan answers in this way. */
function memberOf(kind: BenefitKind): EligibilityRequest {
  const request = sampleEligibilityRequest();
  const memberId = Array.from({ length: 500 }, (_, index) => `HBR9002${String(index).padStart(5, '0')}`).find(
    (id) => kindOf(id) === kind,
  );
  if (memberId === undefined) throw new Error(`nobody answers in the way of ${kind}`);
  return { ...request, subscriber: { ...request.subscriber, memberId } };
}

const check = (request: EligibilityRequest, vendorRequestId: string | null = null, one = context()) =>
  eligibility.run(one, { request, vendorRequestId });

function pendingIn<Result extends { kind: string }>(outcome: Outcome<Result | Pending>): Pending {
  if (outcome.kind === 'done' && outcome.result.kind === 'pending' && 'retryAfterSeconds' in outcome.result)
    return outcome.result;
  throw new Error(`not pending: ${JSON.stringify(outcome)}`);
}

/** Asks and looks after it until it is answered. */
async function answerTo(request: EligibilityRequest) {
  let outcome = await check(request);
  for (let poll = 0; poll < 5 && outcome.kind === 'done' && outcome.result.kind === 'pending'; poll += 1)
    outcome = await check(request, outcome.result.vendorRequestId);
  if (outcome.kind !== 'done' || outcome.result.kind !== 'answered')
    throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

describe('a coverage', () => {
  test('is taken up with 202, not ready twice, then answered; Availity holds nothing of it afterwards', async () => {
    await set({ notReady: 2 });
    const request = memberOf('complete');
    const { vendorRequestId, retryAfterSeconds } = pendingIn(await check(request));
    expect(vendorRequestId).toMatch(/^\d{19}$/);
    expect(retryAfterSeconds).toBe(0.01);
    for (let poll = 0; poll < 2; poll += 1)
      expect(pendingIn(await check(request, vendorRequestId)).vendorRequestId).toBe(vendorRequestId);
    expect(await counts()).toEqual({ asked: 1, lookedUp: 2, deleted: 0, held: 1 });
    const outcome = await check(request, vendorRequestId);
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { kind: 'answered', answer: { wire: 'availity.coverage' } },
    });
    expect(await counts()).toEqual({ asked: 1, lookedUp: 3, deleted: 1, held: 0 });
  });

  test('that Availity has at once is read whole: the answer to the question is only a summary', async () => {
    await set({ atOnce: true });
    const request = memberOf('complete');
    const outcome = await check(request);
    expect(outcome).toMatchObject({ kind: 'done', result: { kind: 'answered' } });
    expect(await counts()).toEqual({ asked: 1, lookedUp: 1, deleted: 1, held: 0 });
  });

  test('carries the amounts of the plan to the cent, and the wire’s own body beside them', async () => {
    const request = memberOf('complete');
    const { answer, raw } = await answerTo(request);
    const told = benefitsOf({
      payerId: request.payer.id,
      memberId: request.subscriber.memberId,
      given: null,
      family: null,
      birthDate: null,
      role: 'subscriber',
      trace: null,
      serviceDate: request.serviceDate,
      serviceTypes: request.serviceTypes,
      now: sandbox.now(),
    }).people[0]?.benefits.find(({ code, level, period }) => code === 'C' && level === 'IND' && period === '29');
    const read = answer.people[0]?.benefits.find(({ code, period }) => code === 'C' && period === '29');
    expect(read?.amountCents).toBe(told?.amountCents);
    expect(read?.source).toBe('plans[0].amounts.deductibles.inNetwork[0].remaining');
    expect(listAt(raw, 'plans')).toHaveLength(1);
  });

  test('of a member who changed plans brings both plans', async () => {
    const { answer } = await answerTo(memberOf('replaced'));
    expect(answer.people.map(({ benefits }) => benefits[0]?.code)).toEqual(['6', '1']);
    expect(answer.people.map(({ groupNumber }) => groupNumber)).toEqual(['G1000', 'G2000']);
  });

  test('that the payer refuses in a body with status 200 is answered, with the payer’s code', async () => {
    const { answer } = await answerTo(memberOf('notFound'));
    expect(answer.people).toMatchObject([{ benefits: [], rejects: [{ at: 'subscriber', code: '75' }] }]);
    expect(await counts()).toMatchObject({ held: 0 });
  });

  test('that is refused with status 400 and the payer’s code is answered too', async () => {
    await fail({ fault: 'rejected', on: 'coverage' });
    expect(await check(memberOf('complete'))).toMatchObject({
      kind: 'done',
      result: { kind: 'answered', answer: { people: [{ rejects: [{ code: '72', source: 'errors[0]' }] }] } },
    });
  });

  test('that Availity itself refuses is rejected by field, without a word about the member', async () => {
    const request = memberOf('complete');
    const outcome = await check({ ...request, provider: { ...request.provider, npi: '12' } });
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: 'invalid', field: 'providerNpi' }],
    });
  });

  test('with a name that the allow-list filter does not let pass is rejected', async () => {
    await fail({ fault: 'injectionFilter', on: 'coverage' });
    const outcome = await check(memberOf('complete'));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'vendor.rejected' });
    expect(JSON.stringify(outcome)).not.toMatch(/HBR|Fenwick/);
  });

  test.each([
    ['gatewayTimeoutAfterAccepting', 'vendor.unavailable'],
    ['hangAfterAccepting', 'vendor.unavailable'],
    ['resetAfterAccepting', 'vendor.unavailable'],
    ['errorBeforeAccepting', 'vendor.unavailable'],
    ['throttled', 'vendor.throttled'],
    ['notMarkedMock', 'connection.refused'],
    ['malformed', 'vendor.malformed'],
  ])('whose question suffers %s may be asked again, and Availity holds it once', async (fault, code) => {
    await fail({ fault, on: 'coverage', milliseconds: 900 });
    const request = memberOf('complete');
    expect(await check(request)).toMatchObject({ kind: 'notSent', code });
    await answerTo(request);
    expect(listAt(await sandbox.get('/sandbox/availity/inquiries'), 'entries')).toHaveLength(1);
    expect(await counts()).toMatchObject({ held: 0 });
  });

  test('whose look-up fails is looked up again under the same id, never asked anew', async () => {
    const request = memberOf('complete');
    const { vendorRequestId } = pendingIn(await check(request));
    await fail(
      { fault: 'errorBeforeAccepting', on: 'coverageGet' },
      { fault: 'malformed', on: 'coverageGet' },
      { fault: 'throttled', on: 'coverageGet', retryAfterSeconds: 3 },
    );
    for (const code of ['vendor.unavailable', 'vendor.malformed', 'vendor.throttled'])
      expect(await check(request, vendorRequestId)).toMatchObject({ kind: 'notSent', code });
    expect((await check(request, vendorRequestId)).kind).toBe('done');
    expect(await counts()).toMatchObject({ asked: 1 });
  });

  test('that Availity has forgotten is asked anew', async () => {
    const request = memberOf('complete');
    const { vendorRequestId } = pendingIn(await check(request));
    await fail({ fault: 'gone', on: 'coverageGet' });
    const again = pendingIn(await check(request, vendorRequestId)).vendorRequestId;
    expect(again).not.toBe(vendorRequestId);
    expect(await check(request, again)).toMatchObject({ result: { kind: 'answered' } });
  });

  test.each(['0', '1', 'R1', 'ZZ', '99'])('with body code %s and nothing else is not there yet', async (statusCode) => {
    const request = memberOf('complete');
    const { vendorRequestId } = pendingIn(await check(request));
    await fail({ fault: 'statusCode', on: 'coverageGet', statusCode });
    expect(pendingIn(await check(request, vendorRequestId)).vendorRequestId).toBe(vendorRequestId);
    expect(await counts()).toMatchObject({ held: 1 });
  });

  test.each([
    ['7', 'vendor.unavailable'],
    ['13', 'vendor.unavailable'],
    ['14', 'vendor.unavailable'],
    ['15', 'vendor.unavailable'],
    ['E', 'vendor.unavailable'],
    ['3', 'vendor.malformed'],
  ])('with body code %s is taken out and asked again later', async (statusCode, code) => {
    const request = memberOf('complete');
    const { vendorRequestId } = pendingIn(await check(request));
    await fail({ fault: 'statusCode', on: 'coverageGet', statusCode });
    expect(await check(request, vendorRequestId)).toMatchObject({ kind: 'notSent', code });
    expect(await counts()).toMatchObject({ held: 0, deleted: 1 });
    expect(pendingIn(await check(request, vendorRequestId)).vendorRequestId).not.toBe(vendorRequestId);
  });

  test.each(['R', '19'])('with body code %s and no code of the payer is rejected', async (statusCode) => {
    const request = memberOf('complete');
    const { vendorRequestId } = pendingIn(await check(request));
    await fail({ fault: 'statusCode', on: 'coverageGet', statusCode });
    expect(await check(request, vendorRequestId)).toMatchObject({ kind: 'rejected', code: 'vendor.rejected' });
  });

  test('is answered even where it cannot be taken out of Availity', async () => {
    await fail({ fault: 'errorBeforeAccepting', on: 'coverageDelete' });
    const { answer } = await answerTo(memberOf('complete'));
    expect(answer.people).toHaveLength(1);
    expect(await counts()).toMatchObject({ held: 1, deleted: 0 });
  });

  test('is not asked for once the quota of the plan is used up', async () => {
    await set({ quota: 0 });
    expect(await check(memberOf('complete'))).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
    expect(await counts()).toMatchObject({ held: 0 });
  });

  test('names nobody in an address, and nothing of the member in the journal', async () => {
    const urls: string[] = [];
    const one = context();
    const watching: typeof fetch = (input, init) => {
      urls.push(input instanceof URL ? input.href : '');
      return fetch(input, init);
    };
    const request = memberOf('complete');
    await eligibility.run({ ...one, fetch: watching }, { request, vendorRequestId: null });
    expect(urls.length).toBeGreaterThan(2);
    expect(urls.join()).not.toContain(request.subscriber.memberId);
    const journal = JSON.stringify(await sandbox.get('/sandbox/availity/inquiries'));
    expect(journal).toContain('"date":"2026-12-03"');
    expect(journal).not.toMatch(new RegExp(`${request.subscriber.memberId}|Fenwick`));
  });

  test('is asked under another path prefix and another name of the service type where the plan wants it so', async () => {
    const config = { pathPrefix: '/availity', serviceTypeParameter: 'serviceType[]' };
    const request = memberOf('complete');
    pendingIn(await check({ ...request, serviceTypes: ['PT', '30'] }, null, context({ config })));
    expect(listAt(await sandbox.get('/sandbox/availity/inquiries'), 'entries')).toMatchObject([
      { serviceTypes: ['PT', '30'] },
    ]);
    const wrong = await check(
      request,
      null,
      context({ config: { pathPrefix: '/elsewhere', environment: 'production' } }),
    );
    expect(wrong).toMatchObject({ kind: 'rejected', code: 'reference.unknown' });
  });
});

describe('a claim status', () => {
  const ask = (request: ClaimStatusRequest, vendorRequestId: string | null = null) =>
    claimStatus.run(context(), { request, vendorRequestId });

  test('is searched for by POST, looked after, answered and taken out', async () => {
    await set({ notReady: 1 });
    const request = sampleClaimStatusRequest();
    const { vendorRequestId } = pendingIn(await ask(request));
    expect(pendingIn(await ask(request, vendorRequestId)).vendorRequestId).toBe(vendorRequestId);
    const outcome = await ask(request, vendorRequestId);
    expect(outcome).toMatchObject({
      kind: 'done',
      result: {
        kind: 'answered',
        answer: {
          statuses: [],
          claims: [
            {
              patientControlNumber: 'CLAIM0001',
              from: '2026-11-02',
              to: '2026-11-02',
              statuses: [{ source: 'claimStatuses[0].statusDetails[0]' }],
            },
          ],
        },
      },
    });
    expect(await counts('claim-statuses')).toEqual({ asked: 1, lookedUp: 2, deleted: 1, held: 0 });
  });

  test('that comes at once needs no look-up, and says the same', async () => {
    const request = sampleClaimStatusRequest();
    const later = await ask(request, pendingIn(await ask(request)).vendorRequestId);
    await set({ atOnce: true });
    const atOnce = await ask(request);
    const claimsIn = (outcome: typeof later) =>
      outcome.kind === 'done' && outcome.result.kind === 'answered'
        ? outcome.result.answer.claims.map(({ trace: _, ...claim }) => claim)
        : outcome;
    expect(claimsIn(atOnce)).toEqual(claimsIn(later));
    expect(await counts('claim-statuses')).toEqual({ asked: 2, lookedUp: 1, deleted: 2, held: 0 });
  });

  test('of a paid claim brings both amounts in cents; one that is pending has no payment, not a payment of 0', async () => {
    await set({ atOnce: true });
    const seen = new Map<string, { chargeCents: number | null; paidCents: number | null }>();
    for (let day = 1; day <= 28; day += 1) {
      const date = `2026-10-${String(day).padStart(2, '0')}`;
      const request = sampleClaimStatusRequest();
      const outcome = await ask({ ...request, claim: { ...request.claim, from: date, to: date } });
      if (outcome.kind !== 'done' || outcome.result.kind !== 'answered') throw new Error('not answered');
      const status = outcome.result.answer.claims[0]?.statuses[0];
      if (status) seen.set(status.category, status);
    }
    expect(seen.get('F1')).toMatchObject({ code: '65', chargeCents: 18_000, paidCents: 14_400 });
    expect(seen.get('F2')).toMatchObject({ paidCents: 0 });
    expect(seen.get('P1')).toMatchObject({ chargeCents: 18_000, paidCents: null });
  });

  test.each([
    ['gatewayTimeoutAfterAccepting', 'claimStatus', 'vendor.unavailable'],
    ['throttled', 'claimStatus', 'vendor.throttled'],
  ])('whose question suffers %s may be asked again', async (fault, on, code) => {
    await fail({ fault, on });
    const request = sampleClaimStatusRequest();
    expect(await ask(request)).toMatchObject({ kind: 'notSent', code });
    expect((await ask(request)).kind).toBe('done');
    expect(listAt(await sandbox.get('/sandbox/availity/inquiries'), 'entries')).toHaveLength(1);
  });

  test('that lacks what Availity demands is rejected by field', async () => {
    const request = sampleClaimStatusRequest();
    expect(await ask({ ...request, subscriber: { ...request.subscriber, memberId: null } })).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: 'invalid', field: 'subscriber.memberId' }],
    });
  });

  test('of a payer that is not known is rejected with the payer’s code', async () => {
    await set({ atOnce: true });
    const outcome = await ask({ ...sampleClaimStatusRequest(), payer: { id: 'NOBODY', name: 'Nobody' } });
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'vendor.rejected',
      reasons: [{ code: '79', field: 'payer.id' }],
    });
  });

  test('that Availity has forgotten is asked anew; one whose payer was not reached later', async () => {
    const request = sampleClaimStatusRequest();
    const { vendorRequestId } = pendingIn(await ask(request));
    await fail(
      { fault: 'gone', on: 'claimStatusGet' },
      { fault: 'statusCode', on: 'claimStatusGet', statusCode: '15' },
    );
    const again = pendingIn(await ask(request, vendorRequestId)).vendorRequestId;
    expect(again).not.toBe(vendorRequestId);
    expect(await ask(request, again)).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  });
});

describe('what is told of payers', () => {
  test('the payer list names each with its routes', async () => {
    const outcome = await payersList.run(context(), {});
    if (outcome.kind !== 'done') throw new Error('not listed');
    expect(outcome.result.complete).toBe(true);
    expect(outcome.result.payers).toHaveLength(4);
    expect(outcome.result.payers.find(({ payerId }) => payerId === 'harbor-health')).toEqual({
      payerId: 'harbor-health',
      name: 'Harbor Health',
      routes: [
        { transaction: 'Eligibility and Benefits', submissionMode: 'API', available: true, enrollmentRequired: false },
        { transaction: 'Claim Status', submissionMode: 'API', available: true, enrollmentRequired: false },
        { transaction: 'Authorizations', submissionMode: 'API', available: true, enrollmentRequired: true },
      ],
    });
    const config = { payers: { hh: 'harbor-health' } };
    const one = await payersList.run(context({ config }), { payer: 'hh' });
    expect(one).toMatchObject({ result: { payers: [{ payerId: 'harbor-health' }] } });
  });

  test('the configuration of eligibility tells what must be filled, and by which combinations a member is told', async () => {
    const outcome = await configurations.run(context(), { transaction: 'eligibility', payer: 'harbor-health' });
    if (outcome.kind !== 'done') throw new Error('not read');
    const [one] = outcome.result.configurations;
    expect(one?.fields.filter(({ required }) => required).map(({ field }) => field)).toEqual([
      'providerNpi',
      'asOfDate',
    ]);
    expect(one?.fields.find(({ field }) => field === 'serviceType')?.values).toEqual(['30', 'PT']);
    expect(one?.requiredFieldCombinations['patient']).toContainEqual(['memberId', 'patientBirthDate']);
    expect(one?.fields.find(({ field }) => field === 'groupNumber')?.requiredWhen).toEqual({
      subscriberRelationship: { equalTo: 'G8' },
    });
  });

  test('a payer list that cannot be had may be asked for again', async () => {
    await fail({ fault: 'errorBeforeAccepting', on: 'payerList' });
    expect(await payersList.run(context(), {})).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  });
});

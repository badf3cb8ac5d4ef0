// Coverages at Availity over real HTTP: what is asked once is asked once, what is answered leaves no patient behind.
import { describe, expect, test } from 'vitest';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { benefitsOf, kindOf } from '../../sandbox/benefits/picture.ts';
import type { BenefitKind } from '../../sandbox/benefits/picture.ts';
import { listAt } from '../json.ts';
import { sampleEligibilityRequest } from '../testing/requests.ts';
import { availityOperations } from './operations.ts';
import { pendingIn, simulatedAvaility } from './testing/simulated.ts';

const eligibility = availityOperations['availity.eligibility.check'];
const { sandbox, context, fail, set, counts } = simulatedAvaility();

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
    expect(await counts('coverages')).toEqual({ asked: 1, lookedUp: 2, deleted: 0, held: 1 });
    const outcome = await check(request, vendorRequestId);
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { kind: 'answered', answer: { wire: 'availity.coverage' } },
    });
    expect(await counts('coverages')).toEqual({ asked: 1, lookedUp: 3, deleted: 1, held: 0 });
  });

  test('that Availity has at once is read whole: the answer to the question is only a summary', async () => {
    await set({ atOnce: true });
    const request = memberOf('complete');
    const outcome = await check(request);
    expect(outcome).toMatchObject({ kind: 'done', result: { kind: 'answered' } });
    expect(await counts('coverages')).toEqual({ asked: 1, lookedUp: 1, deleted: 1, held: 0 });
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
      now: sandbox().now(),
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
    expect(await counts('coverages')).toMatchObject({ held: 0 });
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
    expect(listAt(await sandbox().get('/sandbox/availity/inquiries'), 'entries')).toHaveLength(1);
    expect(await counts('coverages')).toMatchObject({ held: 0 });
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
    expect(await counts('coverages')).toMatchObject({ asked: 1 });
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
    expect(await counts('coverages')).toMatchObject({ held: 1 });
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
    expect(await counts('coverages')).toMatchObject({ held: 0, deleted: 1 });
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
    expect(await counts('coverages')).toMatchObject({ held: 1, deleted: 0 });
  });

  test('is not asked for once the quota of the plan is used up', async () => {
    await set({ quota: 0 });
    expect(await check(memberOf('complete'))).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
    expect(await counts('coverages')).toMatchObject({ held: 0 });
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
    const journal = JSON.stringify(await sandbox().get('/sandbox/availity/inquiries'));
    expect(journal).toContain('"date":"2026-12-03"');
    expect(journal).not.toMatch(new RegExp(`${request.subscriber.memberId}|Fenwick`));
  });

  test('is asked under another path prefix and another name of the service type where the plan wants it so', async () => {
    const config = { pathPrefix: '/availity', serviceTypeParameter: 'serviceType[]' };
    const request = memberOf('complete');
    pendingIn(await check({ ...request, serviceTypes: ['PT', '30'] }, null, context({ config })));
    expect(listAt(await sandbox().get('/sandbox/availity/inquiries'), 'entries')).toMatchObject([
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

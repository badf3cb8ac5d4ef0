// Availity over real HTTP: every fault the network and the payer can produce, and what Gait concludes from it.
import { expect, test } from 'vitest';
import type { Outcome } from '../connector.ts';
import { at, listAt, textAt } from '../json.ts';
import { TokenBucket } from '../rate-limit.ts';
import { availityContext, sampleRequest } from '../testing/context.ts';
import { availityOperations } from './operations.ts';
import { simulatedAvaility } from './testing/simulated.ts';

const create = availityOperations['availity.serviceReview.create'];
const get = availityOperations['availity.serviceReview.get'];
const inquire = availityOperations['availity.serviceReview.inquire'];
const voidReview = availityOperations['availity.serviceReview.void'];
const connectionTest = availityOperations['availity.connection.test'];

const { sandbox, context, fail } = simulatedAvaility();
const journal = async () => listAt(await sandbox().get('/sandbox/availity/journal'), 'entries');
const posts = async () => at(await sandbox().get('/sandbox/availity/journal'), 'posts');
const start = () => ({ sentAt: sandbox().now().toISOString() });

async function created(request = sampleRequest()): Promise<string> {
  const outcome = await create.run(context(), request);
  if (outcome.kind !== 'done') throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome.result.answer.vendorRequestId ?? '';
}

function answerOf<Result extends { answer: unknown }>(outcome: Outcome<Result>): Result['answer'] {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result.answer;
}

test('the times of a submission are those of the connection: six calls at its time-out, and its own delay', () => {
  const config = { environment: 'demo', scope: 'x', requestTimeoutSeconds: 6, inquireAfterSeconds: 5 };
  expect(create.times?.(config)).toEqual({ requestTimeoutSeconds: 36, inquireAfterSeconds: 5 });
  const longest = create.times?.({ ...config, requestTimeoutSeconds: 25 });
  expect(longest?.requestTimeoutSeconds).toBe(create.requestTimeoutSeconds);
});

test('an accepted review is pended under the id of its Location and stands in the payer journal once', async () => {
  const outcome = await create.run(context(), sampleRequest());
  expect(answerOf(outcome)).toMatchObject({ status: 'pended', visitsApproved: null });
  const entries = await journal();
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    kind: 'create',
    payer: 'sunrise-medicare',
    visits: 12,
    fromDate: '2026-12-01',
    procedures: ['97110', '97140'],
  });
  expect(JSON.stringify(entries)).not.toContain('SMA900100200');
});

test.each([
  ['a gateway time-out after acceptance', { fault: 'gatewayTimeoutAfterAccepting' }, 1],
  ['no answer after acceptance', { fault: 'hangAfterAccepting', milliseconds: 900 }, 1],
  ['a reset after acceptance', { fault: 'resetAfterAccepting' }, 1],
  ['a reset before acceptance', { fault: 'resetBeforeAccepting' }, 0],
  ['no answer before acceptance', { fault: 'hangBeforeAccepting', milliseconds: 900 }, 0],
  ['an error before acceptance', { fault: 'errorBeforeAccepting' }, 0],
  ['a malformed answer after acceptance', { fault: 'malformed' }, 1],
  ['an acceptance without Location', { fault: 'withoutLocation' }, 1],
  ['an answer not marked as mock', { fault: 'notMarkedMock' }, 1],
])(
  '%s leaves a submission uncertain, posted once, and an inquiry tells whether it is there',
  async (_name, fault, accepted) => {
    await fail(fault);
    const sending = start();
    const outcome = await create.run(context(), sampleRequest());
    expect(outcome).toMatchObject({ kind: 'uncertain', inquireAfterSeconds: 120 });
    expect(await posts()).toBe(1);
    expect(await journal()).toHaveLength(accepted);
    const inquiry = await create.inquire(context(), sampleRequest(), sending);
    expect(inquiry.kind).toBe(accepted === 1 ? 'found' : 'notFound');
    expect(await posts()).toBe(1);
  },
);

test('a review the payer does not list yet is not found, and found later', async () => {
  await fail({ fault: 'hidden', inquiries: 1 });
  const sending = start();
  const id = await created();
  expect(await create.inquire(context(), sampleRequest(), sending)).toEqual({ kind: 'notFound' });
  expect(await create.inquire(context(), sampleRequest(), sending)).toMatchObject({
    kind: 'found',
    result: { answer: { vendorRequestId: id } },
  });
});

test('an earlier request for the same dates is not taken for this one', async () => {
  await fail({ fault: 'decided', decision: 'A3', reasonCode: '0T' });
  await created();
  sandbox().advance(3_600_000);
  expect(await create.inquire(context(), sampleRequest(), start())).toEqual({ kind: 'notFound' });
});

test('two reviews that both fit are left to a person', async () => {
  const sending = start();
  await created();
  await created();
  expect(await create.inquire(context(), sampleRequest(), sending)).toMatchObject({
    kind: 'uncertain',
    code: 'state.conflict',
  });
});

test('a refused connection is surely not sent', async () => {
  const outcome = await create.run(context({ url: 'http://127.0.0.1:20001' }), sampleRequest());
  expect(outcome).toMatchObject({ kind: 'notSent', code: 'connection.refused' });
});

test('a token refused once is fetched afresh and the review goes out once', async () => {
  const one = context();
  await connectionTest.run(one, {});
  await fail({ fault: 'tokenExpired' });
  expect((await create.run(one, sampleRequest())).kind).toBe('done');
  expect(await posts()).toBe(2);
  expect(await journal()).toHaveLength(1);
});

test('a token refused twice is not sent, and the credentials are to be looked at', async () => {
  await fail({ fault: 'tokenExpired' }, { fault: 'tokenExpired' }, { fault: 'tokenExpired' });
  expect(await create.run(context(), sampleRequest())).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await posts()).toBe(2);
});

test('a token is used for its 300 seconds less a margin, by all callers, and then replaced', async () => {
  let now = 0;
  let fetched = 0;
  const one = availityContext({ url: sandbox().url, now: () => new Date(sandbox().now().getTime() + now) });
  const counting = {
    ...one,
    fetch: (...args: Parameters<typeof fetch>) => {
      if (args[0] instanceof URL && args[0].pathname === '/v1/token') fetched += 1;
      return fetch(...args);
    },
  };
  await Promise.all([
    connectionTest.run(counting, {}),
    connectionTest.run(counting, {}),
    connectionTest.run(counting, {}),
  ]);
  expect(fetched).toBe(1);
  now = 250_000;
  await connectionTest.run(counting, {});
  expect(fetched).toBe(1);
  now = 256_000;
  await connectionTest.run(counting, {});
  expect(fetched).toBe(2);
});

test('wrong credentials are not sent', async () => {
  const outcome = await create.run(
    context({ secrets: { clientId: 'clinic', clientSecret: 'wrong' } }),
    sampleRequest(),
  );
  expect(outcome).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await posts()).toBe(0);
});

test('a demo connection with a production scope is stopped before a request reaches a payer', async () => {
  const outcome = await create.run(context({ config: { scope: 'healthcare-hipaa-transactions' } }), sampleRequest());
  expect(outcome).toEqual({ kind: 'notSent', code: 'connection.refused' });
  expect(await posts()).toBe(0);
});

test('too many requests: not sent, with the delay the payer names, and the connection holds its breath', async () => {
  const one = context();
  await fail({ fault: 'throttled', retryAfterSeconds: 7 });
  expect(await create.run(one, sampleRequest())).toEqual({
    kind: 'notSent',
    code: 'vendor.throttled',
    retryAfterSeconds: 7,
  });
  expect(await create.run(one, sampleRequest())).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  expect(await posts()).toBe(1);
});

test('more submissions than the rate allows wait their turn and all reach the payer', async () => {
  const one = { ...context({ config: { requestTimeoutSeconds: 4 } }), rate: new TokenBucket(20, 2) };
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => create.run(one, sampleRequest())));
  expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'done'));
  expect(await posts()).toBe(20);
});

test('a turn that is too far off is not waited for: not sent, with the time until it', async () => {
  const one = { ...context({ config: { requestTimeoutSeconds: 1 } }), rate: new TokenBucket(0.1, 0) };
  expect(await create.run(one, sampleRequest())).toEqual({
    kind: 'notSent',
    code: 'vendor.throttled',
    retryAfterSeconds: 10,
  });
  expect(await posts()).toBe(0);
});

test('a refused request is rejected by code and field, without the payer’s sentence about the member', async () => {
  await fail({ fault: 'rejected' });
  const outcome = await create.run(context(), sampleRequest());
  expect(outcome).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: '72', field: 'subscriber.memberId' }],
  });
  expect(JSON.stringify(outcome)).not.toContain('SMA900100200');
});

test('a request that lacks the member id is not sent at all', async () => {
  const request = sampleRequest();
  const outcome = await create.run(context(), { ...request, coverage: { ...request.coverage, memberId: null } });
  expect(outcome).toEqual({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ code: 'missing', field: 'coverage.memberId' }],
  });
  expect(await posts()).toBe(0);
});

test('202 is "not ready", A4 is pended, A1 is approved as asked', async () => {
  const id = await created();
  const poll = async () =>
    answerOf(await get.run(context(), { vendorRequestId: id, asked: { visits: 12, units: 48 } }));
  expect(await poll()).toMatchObject({ status: 'pended', number: null });
  expect(await poll()).toMatchObject({ status: 'pended', number: null });
  expect(await poll()).toMatchObject({ status: 'approved', visitsApproved: 12, from: '2026-12-01', to: '2027-01-29' });
});

test('a review pended for days stays pended until the payer decides', async () => {
  await fail({ fault: 'pended' });
  const id = await created();
  for (let poll = 0; poll < 20; poll += 1) {
    expect(answerOf(await get.run(context(), { vendorRequestId: id }))).toMatchObject({ status: 'pended' });
  }
  await sandbox().post('/sandbox/availity/decide', { id, decision: 'partlyApproved', visits: 8 });
  const answer = answerOf(await get.run(context(), { vendorRequestId: id, asked: { visits: 12, units: null } }));
  expect(answer).toMatchObject({ status: 'partlyApproved', visitsApproved: 8 });
  expect(answer.number).toMatch(/^PA\d{10}$/);
});

test.each([
  ['A1', 8, 'partlyApproved', 8],
  ['A1', 12, 'approved', 12],
  ['A2', 6, 'partlyApproved', 6],
  ['A6', 9, 'partlyApproved', 9],
  ['C', null, 'cancelled', null],
  ['CT', null, 'pended', null],
  ['NA', null, 'unknown', null],
  ['ZZ', null, 'unknown', null],
  ['15', null, 'pended', null],
])('payer code %s with %s visits reads as %s', async (decision, visits, status, approved) => {
  await fail({ fault: 'decided', decision, ...(visits === null ? {} : { visits }) });
  const id = await created();
  const outcome = await get.run(context(), { vendorRequestId: id, asked: { visits: 12, units: null } });
  expect(answerOf(outcome)).toMatchObject({ status, visitsApproved: approved });
  if (['CT', 'NA', 'ZZ', '15'].includes(decision)) expect(outcome).toMatchObject({ result: { attention: true } });
});

test('a denial brings its reason code, and the payer’s words only in the answer', async () => {
  await fail({
    fault: 'decided',
    decision: 'A3',
    reasonCode: '0V',
    reasonText: 'Further visits are not shown to be necessary.',
  });
  const id = await created();
  expect(answerOf(await get.run(context(), { vendorRequestId: id }))).toMatchObject({
    status: 'denied',
    number: null,
    visitsApproved: null,
    reasonCodes: ['0V'],
    reasonText: 'Further visits are not shown to be necessary.',
  });
});

test.each([
  ['malformed', 'vendor.malformed'],
  ['errorBeforeAccepting', 'vendor.unavailable'],
  ['resetBeforeAccepting', 'vendor.unavailable'],
  ['hangBeforeAccepting', 'vendor.unavailable'],
])('a poll that fails (%s) may simply be asked again', async (fault, code) => {
  const id = await created();
  await fail({ fault, on: 'get', milliseconds: 900 });
  // The first read of a fresh demo connection proves the mock mark: let that one pass on another context's token.
  const outcome = await get.run(context({ config: { environment: 'production' } }), { vendorRequestId: id });
  expect(outcome).toMatchObject({ kind: 'notSent', code });
  expect((await get.run(context(), { vendorRequestId: id })).kind).toBe('done');
});

test('an inquiry reads the same decision as a poll', async () => {
  await fail({ fault: 'decided', decision: 'A2', visits: 8 });
  const id = await created();
  const outcome = await inquire.run(context(), sampleRequest());
  expect(outcome).toMatchObject({
    kind: 'done',
    result: { found: true, review: { answer: { status: 'partlyApproved', visitsApproved: 8, vendorRequestId: id } } },
  });
  const other = { ...sampleRequest(), coverage: { ...sampleRequest().coverage, memberId: 'SMA000000001' } };
  expect(await inquire.run(context(), other)).toMatchObject({ kind: 'done', result: { found: false } });
});

test('a voided review is cancelled; a lost answer to the void is settled by looking at it', async () => {
  const id = await created();
  await fail({ fault: 'resetAfterAccepting', on: 'void' });
  expect(await voidReview.run(context(), { vendorRequestId: id })).toMatchObject({ kind: 'uncertain' });
  expect(await voidReview.inquire(context(), { vendorRequestId: id })).toMatchObject({
    kind: 'found',
    result: { answer: { status: 'cancelled' } },
  });
  const second = await created();
  expect(await voidReview.inquire(context(), { vendorRequestId: second })).toEqual({ kind: 'notFound' });
  expect(answerOf(await voidReview.run(context(), { vendorRequestId: second }))).toMatchObject({ status: 'cancelled' });
});

test('the connection test names the environment; a wrong path prefix says so', async () => {
  expect(await connectionTest.run(context({ config: { pathPrefix: '/availity' } }), {})).toMatchObject({
    kind: 'done',
    result: { facts: [{ value: 'demo' }, { value: 'yes' }, { value: '4' }] },
  });
  const wrong = await connectionTest.run(context({ config: { pathPrefix: '/elsewhere' } }), {});
  expect(wrong.kind).not.toBe('done');
});

test('faults follow those queued before, or replace them', async () => {
  await fail({ fault: 'throttled' });
  await fail({ fault: 'rejected' });
  expect(await sandbox().get('/sandbox/availity/faults')).toMatchObject({
    next: [{ fault: 'throttled' }, { fault: 'rejected' }],
  });
  await sandbox().post('/sandbox/availity/faults', { next: [], replace: true });
  expect(await sandbox().get('/sandbox/availity/faults')).toEqual({ next: [] });
});

test('journal, reviews and pending faults survive a restart of the sandbox', async () => {
  const id = await created();
  await fail({ fault: 'gatewayTimeoutAfterAccepting' });
  await sandbox().restart();
  expect((await journal()).map((entry) => textAt(entry, 'id'))).toEqual([id]);
  expect(await create.run(context(), sampleRequest())).toMatchObject({ kind: 'uncertain' });
  expect(await journal()).toHaveLength(2);
});

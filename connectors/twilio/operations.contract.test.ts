// Twilio over real HTTP: each message and call once, every failure for what it is, what was in doubt found again, opt-outs told as such.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sandboxAccount, sandboxNumber, sandboxService } from '../../sandbox/twilio/account.ts';
import { twilioControl } from '../../sandbox/twilio/control.ts';
import { twilioRouter } from '../../sandbox/twilio/router.ts';
import { twilioStore } from '../../sandbox/twilio/store.ts';
import type { ConnectorContext } from '../connector.ts';
import { at, listAt } from '../json.ts';
import { restContext, startSystem } from '../testing/rest-systems.ts';
import type { RunningSystem } from '../testing/rest-systems.ts';
import { twiml } from './calls.ts';
import { readTwilioConfig } from './config.ts';
import { twilioOperations as operations } from './operations.ts';

let twilio: RunningSystem;
beforeAll(async () => {
  twilio = await startSystem((folder, now) => {
    const parts = { store: twilioStore(folder), now };
    return { '/twilio': twilioRouter(parts), '/sandbox/twilio': twilioControl(parts) };
  });
});
afterAll(() => twilio.stop());
beforeEach(async () => {
  await twilio.post('/sandbox/twilio/reset', {});
  await settings({ deliverAfterMilliseconds: null });
});

const context = (config: object = {}, secrets?: ConnectorContext['secrets']): ConnectorContext =>
  restContext({
    config: { accountSid: sandboxAccount, from: sandboxNumber, baseUrl: `${twilio.url}/twilio`, ...config },
    secrets: secrets ?? { apiKeySid: 'SKclinic', apiKeySecret: 'secret' },
    now: twilio.now,
  });
const settings = (changes: object) => twilio.post('/sandbox/twilio/settings', changes);
const fail = (on: string, ...faults: object[]) =>
  twilio.post('/sandbox/twilio/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const journal = () => twilio.get('/sandbox/twilio/journal');
const made = async (of: string) => listAt(await journal(), 'items').filter((item) => at(item, 'of') === of);
const calls = async (operation: string) => Number(at(at(await journal(), 'calls'), operation) ?? 0);
const sending = () => ({ sentAt: twilio.now().toISOString() });
const idOf = (outcome: object): string => String(at(at(outcome, 'result'), 'id'));

const to = '+13035550142';
const message = { to, text: 'Stride: your visit is tomorrow at 9:00.', key: 'message.send/appt_1/1', door: null };
const effects = [
  {
    name: 'a message',
    on: 'messageCreate',
    list: 'messages',
    of: 'message',
    effect: operations['twilio.message.send'],
  },
  { name: 'a call', on: 'callCreate', list: 'calls', of: 'call', effect: operations['twilio.call.place'] },
] as const;

describe.each(effects)('$name', ({ on, list, of, effect }) => {
  test('goes out once under an id of Twilio’s', async () => {
    const outcome = await effect.run(context(), message);
    expect(outcome).toMatchObject({ kind: 'done', result: { status: 'queued' } });
    expect(idOf(outcome)).toMatch(/^(SM|CA)[0-9a-f]{32}$/);
    expect(await made(of)).toHaveLength(1);
  });

  test.each([
    ['an error of its own', { fault: 'errorBeforeAccepting' }, 'uncertain'],
    ['a reset before it was taken up', { fault: 'resetBeforeAccepting' }, 'uncertain'],
    ['a time-out', { fault: 'hangBeforeAccepting', milliseconds: 2500 }, 'uncertain'],
    ['a wrong path', { fault: 'rejected', status: 404, code: 20404 }, 'rejected'],
    ['a suspended account', { fault: 'rejected', status: 403, code: 20005 }, 'notSent'],
  ])('%s leaves nothing and is told for what it may be', async (_name, fault, kind) => {
    await fail(on, fault);
    expect(await effect.run(context({ requestTimeoutSeconds: 1 }), message)).toMatchObject({ kind });
    expect(await made(of)).toHaveLength(0);
    expect(await calls(on)).toBe(1);
  });

  test('refused for too many at once it is not sent, and nothing else goes until Twilio’s time is over', async () => {
    await fail(on, { fault: 'throttled', retryAfterSeconds: 7 });
    const own = context();
    const refused = { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 7 };
    expect(await effect.run(own, message)).toEqual(refused);
    expect(await effect.run(own, message)).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
    expect(await calls(on)).toBe(1);
  });

  test.each(['resetAfterAccepting', 'gatewayTimeoutAfterAccepting', 'malformed'])(
    'whose answer was lost (%s) is in doubt, and found once',
    async (fault) => {
      await fail(on, { fault });
      const began = sending();
      expect(await effect.run(context(), message)).toMatchObject({ kind: 'uncertain', inquireAfterSeconds: 60 });
      expect(await effect.inquire(context(), message, began)).toMatchObject({
        kind: 'found',
        result: { status: 'queued' },
      });
      expect(await effect.inquire(context(), { ...message, to: '+13035550143' }, began)).toEqual({ kind: 'notFound' });
      expect(await calls(on)).toBe(1);
    },
  );

  test('is found over several pages, but not one from before, and not one of two', async () => {
    for (let count = 0; count < 3; count += 1) await effect.run(context(), message);
    twilio.advance(3_600_000);
    const began = sending();
    const own = context({ pageSize: 2 });
    expect(await effect.inquire(own, message, began)).toEqual({ kind: 'notFound' });
    await effect.run(own, message);
    expect(await effect.inquire(own, message, began)).toMatchObject({ kind: 'found' });
    await effect.run(own, message);
    const severalAlike = { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'several-alike' }] };
    expect(await effect.inquire(own, message, began)).toEqual(severalAlike);
    expect(await calls(list)).toBeGreaterThan(3);
  });

  test.each([-7200, 7200])('a clock at Twilio that is %i seconds off does not hide it', async (clockAheadSeconds) => {
    await settings({ clockAheadSeconds });
    const began = sending();
    await effect.run(context(), message);
    expect(await effect.inquire(context(), message, began)).toMatchObject({ kind: 'found' });
  });

  test.each(['samePage', 'linkElsewhere'])('a list that leads astray (%s) is no answer', async (fault) => {
    const began = sending();
    for (let count = 0; count < 3; count += 1) await effect.run(context(), message);
    const own = context({ pageSize: 1 });
    await fail(list, { fault: 'slow', milliseconds: 1 }, { fault });
    expect(await effect.inquire(own, message, began)).toMatchObject({ kind: 'notSent', code: 'vendor.malformed' });
  });

  test.each([
    ['no text', { text: ' ' }, { code: 'missing', field: 'text' }],
    ['a text that is too long', { text: 'a'.repeat(4001) }, { code: 'text-too-long', field: 'text' }],
    ['a number without its country', { to: '3035550142' }, { code: 'number-invalid', field: 'to' }],
  ])('with %s it does not leave', async (_name, change, reason) => {
    const outcome = await effect.run(context(), { ...message, ...change });
    expect(outcome).toEqual({ kind: 'rejected', code: 'input.invalid', reasons: [reason] });
    expect(await calls(on)).toBe(0);
  });
});

describe('a message', () => {
  const send = operations['twilio.message.send'];

  test.each([
    ['+15005550001', 'number-invalid'],
    ['+15005550009', 'not-a-mobile'],
    ['+15005550004', 'opted-out'],
    ['+15005550003', 'region-not-enabled'],
  ])('to Twilio’s own number %s is refused: %s', async (number, code) => {
    const outcome = await send.run(context(), { ...message, to: number });
    expect(outcome).toEqual({ kind: 'rejected', code: 'vendor.rejected', reasons: [{ code }] });
    expect(JSON.stringify(outcome)).not.toContain(number);
  });

  test('after STOP is refused as opted out, and goes again after START', async () => {
    await twilio.post('/sandbox/twilio/replies', { from: to, text: 'stop ' });
    expect(await send.run(context(), message)).toMatchObject({ kind: 'rejected', reasons: [{ code: 'opted-out' }] });
    await twilio.post('/sandbox/twilio/replies', { from: to, text: 'START' });
    expect(await send.run(context(), message)).toMatchObject({ kind: 'done' });
  });

  test('for which the sender’s queue is full is not sent and may go later; a code nobody knows keeps its number', async () => {
    await fail('messageCreate', { fault: 'rejected', code: 21611 }, { fault: 'rejected', code: 21999 });
    expect(await send.run(context(), message)).toEqual({
      kind: 'notSent',
      code: 'vendor.throttled',
      retryAfterSeconds: 60,
    });
    expect(await send.run(context(), message)).toMatchObject({ kind: 'rejected', reasons: [{ code: 'twilio-21999' }] });
  });

  test('goes by the messaging service where there is one, and is found by it', async () => {
    const own = context({ messagingServiceSid: sandboxService });
    const began = sending();
    await send.run(own, message);
    expect(await made('message')).toMatchObject([{ byService: true }]);
    expect(await send.inquire(own, message, began)).toMatchObject({ kind: 'found' });
  });

  test('is told from another text to the same number; where texts are redacted, a person decides', async () => {
    const began = sending();
    await send.run(context(), { ...message, text: 'Stride: please call us.' });
    expect(await send.inquire(context(), message, began)).toEqual({ kind: 'notFound' });
    await fail('messages', { fault: 'redacted' });
    expect(await send.inquire(context(), message, began)).toMatchObject({
      kind: 'rejected',
      code: 'state.conflict',
      reasons: [{ code: 'text-redacted' }],
    });
  });

  test.each([
    [30003, 'unreachable'],
    [30004, 'blocked'],
    [30005, 'number-unknown'],
    [30006, 'landline-or-unreachable'],
    [30007, 'filtered'],
    [30034, 'sender-not-registered'],
  ])('that did not arrive (%i) tells why: %s', async (errorCode, reason) => {
    const id = idOf(await send.run(context(), message));
    await twilio.post('/sandbox/twilio/statuses', { id, status: 'undelivered', errorCode });
    const outcome = await operations['twilio.message.get'].run(context(), { id });
    expect(outcome).toEqual({ kind: 'done', result: { status: 'undelivered', reason } });
  });

  test('that nobody knows is unknown, and a status nobody knows is none', async () => {
    const get = operations['twilio.message.get'];
    expect(await get.run(context(), { id: `SM${'0'.repeat(32)}` })).toMatchObject({ code: 'reference.unknown' });
    const id = idOf(await send.run(context(), message));
    await twilio.post('/sandbox/twilio/statuses', { id, status: 'festive' });
    expect(await get.run(context(), { id })).toEqual({ kind: 'done', result: { status: null, reason: null } });
  });
});

describe('a call', () => {
  test('says its text as it is, twice, and nothing in it can be a command', () => {
    const said = twiml('At 9 & not <Hangup/> "later"\u0000', 'en-US');
    expect(said).toBe(
      '<Response><Pause length="1"/><Say language="en-US" loop="2">At 9 &amp; not &lt;Hangup/&gt; &quot;later&quot; </Say></Response>',
    );
  });

  test.each([
    ['busy', { status: 'undelivered', reason: 'busy' }],
    ['no-answer', { status: 'undelivered', reason: 'no-answer' }],
    ['completed', { status: 'delivered', reason: null }],
    ['failed', { status: 'failed', reason: null }],
  ])('that ended "%s" is told so', async (status, result) => {
    const id = idOf(await operations['twilio.call.place'].run(context(), message));
    await twilio.post('/sandbox/twilio/statuses', { id, status });
    expect(await operations['twilio.call.get'].run(context(), { id })).toEqual({ kind: 'done', result });
  });

  test('needs a number to come from: a short code makes none', async () => {
    const outcome = await operations['twilio.call.place'].run(context({ from: '55501' }), message);
    expect(outcome).toMatchObject({ kind: 'rejected', reasons: [{ code: 'missing', field: 'callFrom' }] });
    const own = context({ from: '55501', callFrom: sandboxNumber });
    expect(await operations['twilio.call.place'].run(own, message)).toMatchObject({ kind: 'done' });
  });
});

test('the test of the connection proves key, account and number, and says whether statuses can come', async () => {
  const check = operations['twilio.connection.test'];
  const facts = async (own: ConnectorContext) => {
    const outcome = await check.run(own, {});
    return outcome.kind === 'done' ? outcome.result.facts.map(({ value }) => value) : outcome;
  };
  expect(await facts(context())).toEqual(['its own number', 'yes', 'yes', 'are refused: the auth token is missing']);
  const whole = { apiKeySid: 'SKclinic', apiKeySecret: 'secret', authToken: 'token' };
  const byService = context({ from: undefined, messagingServiceSid: sandboxService }, whole);
  expect(await facts(byService)).toEqual(['a messaging service', 'unknown', 'unknown', 'come by webhook']);
  const another = context({ from: '+13035550199' });
  expect(await check.run(another, {})).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'sender-invalid', field: 'from' }],
  });
  const wrong = context({}, { apiKeySid: 'SKclinic', apiKeySecret: 'wrong' });
  expect(await check.run(wrong, {})).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  const elsewhere = context({ accountSid: `AC${'1'.repeat(32)}` });
  expect(await check.run(elsewhere, {})).toMatchObject({ kind: 'rejected', code: 'reference.unknown' });
  expect(() => readTwilioConfig({ accountSid: sandboxAccount })).toThrow(/from/);
});

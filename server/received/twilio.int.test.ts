// Twilio's webhooks at a whole server: signed or refused, each word once however late, replies in the vault and nowhere else.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { restContext, startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { twilioOperations } from '../../connectors/twilio/operations.ts';
import { markOf, signatureOf } from '../../connectors/twilio/webhook.ts';
import { at } from '../../connectors/json.ts';
import { sandboxAccount, sandboxNumber } from '../../sandbox/twilio/account.ts';
import { twilioControl } from '../../sandbox/twilio/control.ts';
import { twilioRouter } from '../../sandbox/twilio/router.ts';
import { twilioStore } from '../../sandbox/twilio/store.ts';
import { systemPrincipal } from '../http/principal.ts';
import { addConnection, createClinic } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import type { MessageEvent } from './message-events.ts';
import { messageEventHandled, openMessageEvents } from './message-events.ts';
import { twilioDoor, twilioWebhook } from './twilio.ts';

const to = '+13035550142';
const authToken = 'token-of-the-account';

let server: TestServer;
let twilio: RunningSystem;
let clinic: string;
let connection: string;
let door: string;

beforeAll(async () => {
  server = await startServer();
  twilio = await startSystem((folder) => {
    const parts = { store: twilioStore(folder), now: server.services.now };
    return { '/twilio': twilioRouter(parts), '/sandbox/twilio': twilioControl(parts) };
  });
  const { services } = server;
  ({ id: clinic } = await createClinic(services, { name: 'stride', timezone: 'America/Denver' }));
  const config = { accountSid: sandboxAccount, from: sandboxNumber, webhookBase: server.url };
  const secrets = { apiKeySid: 'SKclinic', apiKeySecret: 'secret', authToken };
  await addConnection(services, clinic, { name: 'Twilio', system: 'twilio', mode: 'live', config, secrets, agreement: null }); // prettier-ignore
  const [row] = await services.connections.list(clinic, { system: 'twilio' });
  connection = row?.id ?? '';
  door = twilioDoor(server.url, connection);
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), twilio?.stop()]);
});
beforeEach(async () => {
  await twilio.post('/sandbox/twilio/reset', {});
  await twilio.post('/sandbox/twilio/settings', { deliverAfterMilliseconds: null, authToken, smsUrl: door });
  for (const { id } of await openMessageEvents(server.services.db))
    await messageEventHandled(server.services.db, id, new Date());
});

const open = () => openMessageEvents(server.services.db);
/** The replies that were kept, handled or not, newest first. */
const replies = () =>
  server.services.db
    .selectFrom('message_events')
    .select(['document', 'kind', 'status', 'mark', 'vendor_message as vendorMessage'])
    .where('kind', '=', 'reply')
    .orderBy('id', 'desc')
    .execute();
const kept = () =>
  server.services.db.selectFrom('received_documents').selectAll().where('source', '=', 'twilio.event').execute();
const status = (id: string, change: object) => twilio.post('/sandbox/twilio/statuses', { id, ...change });
const reply = (change: object) => twilio.post('/sandbox/twilio/replies', { from: to, text: 'STOP', ...change });

async function sent(key: string): Promise<string> {
  const context = restContext({
    config: { accountSid: sandboxAccount, from: sandboxNumber, baseUrl: `${twilio.url}/twilio` },
    secrets: { apiKeySid: 'SKclinic', apiKeySecret: 'secret' },
  });
  const message = { to, text: 'Stride: your visit is tomorrow at 9:00.', key, door };
  const outcome = await twilioOperations['twilio.message.send'].run(context, message);
  return outcome.kind === 'done' ? outcome.result.id : '';
}

test('how far a message has come is told once for each word, with the mark of its effect', async () => {
  const id = await sent('message.send/appt_1/1');
  await status(id, { status: 'sending' });
  expect(await status(id, { status: 'sent', times: 3 })).toEqual({ answers: [204, 204, 204] });
  await status(id, { status: 'undelivered', errorCode: 30005 });
  const told = { clinic, connection, vendorMessage: id, kind: 'status', mark: markOf('message.send/appt_1/1') };
  expect(await open()).toMatchObject([
    { ...told, status: 'sent', errorCode: null },
    { ...told, status: 'undelivered', errorCode: 'number-unknown' },
  ]);
});

test('a word that comes after a later one is kept and not acted on, however late it is repeated', async () => {
  const id = await sent('message.send/appt_2/1');
  await status(id, { status: 'delivered' });
  expect(await status(id, { status: 'sent' })).toEqual({ answers: [204] });
  expect(await open()).toMatchObject([{ vendorMessage: id, status: 'delivered' }]);
  server.pass(7 * 86_400_000);
  await status(id, { status: 'sent' });
  await status(id, { status: 'delivered' });
  expect((await kept()).filter(({ name }) => name.startsWith(id))).toHaveLength(2);
});

test('a reply lies in the vault whole, once, and neither its number nor its words lie anywhere else', async () => {
  const text = 'Stop, please – my knee is worse';
  const id = `SM${'c'.repeat(32)}`;
  expect(await reply({ id, text, times: 3 })).toEqual({ id, answers: [204, 204, 204] });
  const [event, ...others] = await replies();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ kind: 'reply', vendorMessage: id, status: null, mark: null });
  const { services } = server;
  const opening = { purpose: 'test', actor: systemPrincipal('webhooks') };
  expect(await services.vault.open(clinic, event?.document ?? '', opening)).toMatchObject({
    from: to,
    to: sandboxNumber,
    text,
    keyword: null,
    vendorAnswersStop: true,
  });
  const shown = JSON.stringify([await kept(), await open(), server.logs]);
  expect(shown).not.toContain(to);
  expect(shown).not.toContain('knee');
});

test('what Twilio took a reply for is told where its opt-out management says so', async () => {
  await twilio.post('/sandbox/twilio/settings', { advancedOptOut: true });
  await reply({ text: 'STOP' });
  const [event] = await replies();
  const opening = { purpose: 'test', actor: systemPrincipal('webhooks') };
  const document = await server.services.vault.open(clinic, event?.document ?? '', opening);
  expect(document).toMatchObject({ keyword: 'stop', text: 'STOP' });
});

test.each(['token', 'body', 'url', 'unsigned'])('with a wrong signature (%s) nothing is kept', async (wrong) => {
  const before = (await kept()).length;
  const id = await sent('message.send/appt_3/1');
  expect(await status(id, { status: 'delivered', wrong })).toEqual({ answers: [401] });
  expect(at(await reply({ wrong }), 'answers')).toEqual([401]);
  expect([await kept(), await open()]).toMatchObject([{ length: before }, []]);
});

test('what is told of another account is left alone, and a clock that is off hides nothing', async () => {
  const id = await sent('message.send/appt_4/1');
  expect(await status(id, { status: 'delivered', wrong: 'account' })).toEqual({ answers: [204] });
  expect(await open()).toEqual([]);
  await twilio.post('/sandbox/twilio/settings', { clockAheadSeconds: -86_400 });
  await status(id, { status: 'delivered' });
  expect(await open()).toHaveLength(1);
});

test('a connection that is none of Twilio’s is refused in the same words, and a body that is no form is none', async () => {
  const call = async (id: string, type = 'application/x-www-form-urlencoded') => {
    const answer = await fetch(`${server.url}/v1/webhooks/twilio/${id}`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-twilio-signature': 'none' },
      body: 'MessageSid=SM1',
    });
    return { status: answer.status, body: await answer.json() };
  };
  const [none, own] = [await call('conn_nobody'), await call(connection)];
  expect([none.status, own.status]).toEqual([401, 401]);
  expect(none.body).toEqual(own.body);
  expect(await call(connection, 'application/json')).toMatchObject({ status: 400 });
});

test('an event is handled once, whoever does it', async () => {
  const id = await sent('message.send/appt_5/1');
  await status(id, { status: 'delivered' });
  const [event] = await open();
  const { db, now } = server.services;
  const done = await Promise.all([1, 2, 3].map(() => messageEventHandled(db, event?.id ?? 0, now())));
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await open()).toEqual([]);
});

test('who is to act on it is told once it is kept; where that fails it waits, and Twilio hears nothing of it', async () => {
  const heard: MessageEvent[] = [];
  const endpoint = twilioWebhook({
    ...server.services,
    received: (event) => {
      heard.push(event);
      return Promise.reject(new Error('not now'));
    },
  });
  const fields = new URLSearchParams({
    AccountSid: sandboxAccount,
    MessageSid: `SM${'d'.repeat(32)}`,
    MessageStatus: 'delivered',
  });
  const answer = await endpoint.run({
    principal: { kind: 'nobody' },
    clinic: null,
    body: undefined,
    query: {},
    params: { connection },
    requestId: 'test',
    address: '127.0.0.1',
    cookies: {},
    header: () => signatureOf(door, fields, authToken),
    rawBody: Buffer.from(fields.toString()),
  });
  expect(answer).toMatchObject({ status: 204 });
  expect(heard).toMatchObject([{ vendorMessage: `SM${'d'.repeat(32)}`, status: 'delivered' }]);
  expect(await open()).toEqual(heard);
});

// A text over the simulated Twilio and back: sent under a permit, told as delivered or not, answered, stopped, all by signed webhooks.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { sandboxAccount, sandboxNumber } from '../../sandbox/twilio/account.ts';
import { twilioControl } from '../../sandbox/twilio/control.ts';
import { twilioRouter } from '../../sandbox/twilio/router.ts';
import { twilioStore } from '../../sandbox/twilio/store.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { twilioDoor } from '../received/twilio.ts';
import { addConnection } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

type Json = Readonly<Record<string, unknown>>;
const zone = 'America/Chicago';
const phone = '+13125550142';
const authToken = 'token-of-the-account';

let server: TestServer;
let twilio: RunningSystem;
let clinic: Followed;

beforeAll(async () => {
  server = await startServer();
  twilio = await startSystem((folder) => {
    const parts = { store: twilioStore(folder), now: server.services.now };
    return { '/twilio': twilioRouter(parts), '/sandbox/twilio': twilioControl(parts) };
  });
  const { services } = server;
  const today = addDays(dateInZone(services.now().toISOString(), zone), 1);
  server.pass(Date.parse(instantOf(`${today}T12:00`, zone) ?? '') - services.now().getTime());
  clinic = await followedClinic(services, { today });
  await clinic.report({ contact: { phone, email: null } });
  await services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100' } }) })
    .where('id', '=', clinic.clinic)
    .execute();
  const { id } = await addConnection(services, clinic.clinic, {
    name: 'Twilio',
    system: 'twilio',
    mode: 'live',
    config: {
      accountSid: sandboxAccount,
      from: sandboxNumber,
      webhookBase: server.url,
      baseUrl: `${twilio.url}/twilio`,
      twilioAnswersStop: false,
    },
    secrets: { apiKeySid: 'SKclinic', apiKeySecret: 'secret', authToken },
    agreement: {
      vendor: 'twilio',
      effective: '2020-01-01',
      expires: null,
      scope: ['name', 'contact', 'visitTime'],
      evidence: 'signed copy in the safe',
    },
  });
  const smsUrl = twilioDoor(server.url, id);
  await twilio.post('/sandbox/twilio/settings', { deliverAfterMilliseconds: null, authToken, smsUrl });
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), twilio?.stop()]);
});

async function call(key: string, path: string, body: Json): Promise<Json> {
  const { json, status, text } = await server.call('POST', path, { key, body });
  if (status !== 200) throw new Error(text);
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
let occasions = 0;
async function sent(): Promise<string> {
  occasions += 1;
  const ask = { patient: clinic.patient, purpose: 'visit.missed', occasion: `o${occasions}`, date: '2026-11-20' };
  const text = JSON.stringify(await call(clinic.key, '/v1/messages', { messages: [ask] }));
  const message = /msg_\w{22}/.exec(text)?.[0] ?? '';
  const effect = { operation: 'twilio.message.send', connection: 'Twilio', subject: message };
  expect(await call(clinic.key, '/v1/effects', effect)).toMatchObject({ state: 'done', outcome: 'sent' });
  return message;
}
const vendorIdOf = async (message: string): Promise<string> => {
  const row = await server.services.db
    .selectFrom('message_sendings')
    .select('vendor_message')
    .where('message', '=', message)
    .executeTakeFirstOrThrow();
  return row.vendor_message ?? '';
};
const row = (message: string) =>
  server.services.db.selectFrom('messages').selectAll().where('ref', '=', message).executeTakeFirstOrThrow();
const next = (message: string) =>
  call(clinic.workerKey, '/v1/worker/messages/next', { clinic: clinic.clinic, message });

test('a text that was not delivered is followed by a call, one that was is over', async () => {
  const lost = await sent();
  const id = await vendorIdOf(lost);
  expect(await twilio.post('/sandbox/twilio/statuses', { id, status: 'undelivered', errorCode: 30005 })).toEqual({
    answers: [204],
  });
  expect((await row(lost)).ways[0]).toMatchObject({ state: 'failed', reason: 'number-unknown' });
  // The patient has had their message of the day: the next way waits for tomorrow.
  expect(await next(lost)).toMatchObject({ kind: 'wait' });
  server.pass(24 * 3_600_000);
  expect(await next(lost)).toEqual({ kind: 'send', channel: 'voice' });
  const place = { operation: 'twilio.call.place', connection: 'Twilio', subject: lost };
  expect(await call(clinic.key, '/v1/effects', place)).toMatchObject({
    state: 'done',
    structure: { channel: 'voice' },
  });
  const callId = await server.services.db
    .selectFrom('message_sendings')
    .select('vendor_message')
    .where('message', '=', lost)
    .where('channel', '=', 'voice')
    .executeTakeFirstOrThrow();
  await twilio.post('/sandbox/twilio/statuses', { id: callId.vendor_message, status: 'completed' });
  expect(await next(lost)).toEqual({ kind: 'over' });
  expect(await row(lost)).toMatchObject({ ending: 'delivered' });
});

test('a text that nobody knows of to the end is for a person to call about; no other item asks, and nothing goes a second time', async () => {
  server.pass(24 * 3_600_000);
  await twilio.post('/sandbox/twilio/faults', { next: [{ fault: 'resetBeforeAccepting', on: 'messageCreate' }] });
  const ask = { patient: clinic.patient, purpose: 'visit.missed', occasion: 'in-doubt' };
  const message = /msg_\w{22}/.exec(JSON.stringify(await call(clinic.key, '/v1/messages', { messages: [ask] })))?.[0] ?? '';
  expect(await next(message)).toMatchObject({ kind: 'send' });
  const effect = { operation: 'twilio.message.send', connection: 'Twilio', subject: message };
  expect(await call(clinic.key, '/v1/effects', effect)).toMatchObject({ state: 'uncertain' });
  const settle = { clinic: clinic.clinic, message, channel: 'text', answer: null, code: null };
  await call(clinic.workerKey, '/v1/worker/messages/settle', settle);
  server.pass(2 * 3_600_000);
  expect(await call(clinic.key, '/v1/effects', effect)).toMatchObject({ state: 'uncertain' });
  await call(clinic.workerKey, '/v1/worker/messages/settle', settle);
  server.pass(7 * 24 * 3_600_000);
  expect(await next(message)).toEqual({ kind: 'over' });
  expect(await row(message)).toMatchObject({ ending: 'callList' });
  const items = await server.services.db.selectFrom('work_items').select(['kind', 'reason']).where('clinic', '=', clinic.clinic).where('kind', 'in', ['patient.call', 'authorization.uncertain']).execute();
  expect(items).toEqual([{ kind: 'patient.call', reason: 'Ask the patient for a new time after a missed visit: nobody knows whether the message went out' }]);
}); // prettier-ignore

test('a reply comes by the door, is acted upon once however often it is told, and STOP closes the door out', async () => {
  server.pass(24 * 3_600_000);
  const message = await sent();
  const id = `SM${'e'.repeat(32)}`;
  await twilio.post('/sandbox/twilio/replies', { id, from: phone, text: 'yes', times: 3 });
  expect(await row(message)).toMatchObject({ answer: 'yes' });
  const replies = await server.services.db.selectFrom('message_replies').select(['intent', 'message']).execute();
  expect(replies).toEqual([{ intent: 'yes', message }]);
  await twilio.post('/sandbox/twilio/replies', { from: phone, text: 'STOP' });
  server.pass(24 * 3_600_000);
  const ask = { patient: clinic.patient, purpose: 'visit.missed', occasion: 'after-stop' };
  const text = JSON.stringify(await call(clinic.key, '/v1/messages', { messages: [ask] }));
  const after = /msg_\w{22}/.exec(text)?.[0] ?? '';
  const effect = { operation: 'twilio.message.send', connection: 'Twilio', subject: after };
  expect(await call(clinic.key, '/v1/effects', effect)).toMatchObject({ rule: 'message.opted-out' });
});

// Whom no message may or could reach is called; what was heard, and how patients want to be written to, is written down.
import { expect, test } from 'vitest';
import { dateInZone } from '../../domain/calendar.ts';
import {
  call,
  clinic,
  look,
  messagesOverKlara,
  next,
  phone,
  queue,
  row,
  server,
  signedIn,
} from './testing/over-klara.ts';
import type { Json } from './testing/over-klara.ts';

messagesOverKlara();

const decide = async (item: string, decision: string, reason?: string) => {
  const hash = /"hash":"(\w{64})"/.exec((await look(`work-items/${item}`)).text)?.[1] ?? '';
  return server.call('POST', `/v1/console/work-items/${item}/decisions`, {
    cookie: await signedIn(),
    headers: { 'x-gait-console': '1' },
    body: { decision, hash, ...(reason === undefined ? {} : { reason }) },
  });
};
const openCalls = async () =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'reason'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', 'patient.call')
    .where('status', '=', 'open')
    .execute();

/** A reminder of a visit thirty hours ahead that reaches nobody: the patient wants no messages. */
async function unreached(): Promise<string> {
  const { db, now } = server.services;
  const { ref: visit } = await db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .orderBy('ref')
    .executeTakeFirstOrThrow();
  const startsAt = new Date(now().getTime() + 30 * 3_600_000);
  const date = dateInZone(startsAt.toISOString(), 'America/Chicago');
  await db
    .updateTable('appointments')
    .set({ starts_at: startsAt, date, status: 'booked' })
    .where('ref', '=', visit)
    .execute();
  await say({ state: 'revoked' });
  await call(clinic.key, '/v1/messages/reminders');
  const { ref } = await db
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .executeTakeFirstOrThrow();
  await next(ref);
  return date;
}
const say = async (body: Json, path = 'consents') =>
  server.call('POST', `/v1/console/patients/${clinic.patient}/${path}`, {
    cookie: await signedIn(),
    headers: { 'x-gait-console': '1' },
    body,
  });
const confirmation = async (date: string) => {
  const { json } = await look(`confirmations?day=${date}`);
  return JSON.stringify(json);
};

test('whom no message may reach is called, and what a named person heard is the confirmation', async () => {
  const date = await unreached();
  expect(await confirmation(date)).toContain('on the call list: wants no messages');
  const { json } = await look('calls');
  expect(json).toMatchObject({ open: [{ name: 'Abernathy, Quillon', purpose: 'visit.reminder' }], made: [] });
  expect(JSON.stringify(json)).not.toContain(phone);
  const [first] = await openCalls();
  expect((await decide(first?.id ?? '', 'notReached')).status).toBe(200);
  const [again, ...none] = await openCalls();
  expect(none).toEqual([]);
  expect(again?.reason).toContain('(call 2 of 3)');
  expect((await decide(again?.id ?? '', 'confirmed')).status).toBe(200);
  expect(await confirmation(date)).toContain('"state":"confirmed"');
  expect((await look('calls')).json).toMatchObject({
    open: [],
    made: [{ decision: 'confirmed' }, { decision: 'notReached', decidedBy: 'Robin Desk' }],
  });
});

test('a visit that was moved since is not confirmed by the call about its old time', async () => {
  await unreached();
  await server.services.db
    .updateTable('appointments')
    .set({ starts_at: new Date(server.services.now().getTime() + 50 * 3_600_000) })
    .where('clinic', '=', clinic.clinic)
    .execute();
  const [first] = await openCalls();
  const answer = await decide(first?.id ?? '', 'confirmed');
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('moved or cancelled')]);
  expect(await openCalls()).toHaveLength(1);
  expect((await decide(first?.id ?? '', 'wrongNumber', 'A stranger answered.')).status).toBe(200);
  const { json } = await look(`patients/${clinic.patient}/messages`);
  expect(json).toMatchObject({
    name: 'Abernathy, Quillon',
    consents: [
      { state: 'revoked', channels: ['text', 'voice'], by: 'Robin Desk', hasEvidence: true },
      { state: 'revoked', channels: null, hasEvidence: false },
    ],
  });
});

test('a consent that staff write down says how it is known, which the vault keeps and shows on asking', async () => {
  expect((await say({ state: 'granted' })).text).toContain('Say how you know');
  expect((await say({ state: 'granted', categories: ['waitlist'], evidence: 'Form of 3 May' })).status).toBe(200);
  const { json, text } = await look(`patients/${clinic.patient}/messages`);
  expect(text).not.toContain('Form of 3 May');
  expect(json).toMatchObject({ consents: [{ state: 'granted', categories: ['waitlist'], by: 'Robin Desk' }] });
  const word = /"word":(\d+)/.exec(text)?.[1] ?? '';
  expect((await look(`patients/${clinic.patient}/consents/${word}`)).json).toEqual({ words: 'Form of 3 May' });
  expect((await look(`patients/${clinic.patient}/consents/x`)).status).toBe(400);
});

test('the hours a patient wants messages in hold back what comes outside of them, and are kept', async () => {
  const preference = {
    channels: ['text'],
    zone: 'America/Chicago',
    language: 'en',
    hours: { from: '14:00', to: '18:00' },
  };
  expect((await say({ ...preference, hours: { from: '18:00', to: '14:00' } }, 'contact-preference')).status).toBe(400);
  expect((await say(preference, 'contact-preference')).status).toBe(200);
  expect((await look(`patients/${clinic.patient}/messages`)).json).toMatchObject({ preference });
  const message = await queue();
  expect(await next(message)).toMatchObject({ kind: 'wait' });
  expect(await row(message)).toMatchObject({ rule: 'message.quiet-hours', rule_row: 'patient/preference' });
  server.pass(2.1 * 3_600_000);
  expect(await next(message)).toMatchObject({ kind: 'send' });
  expect((await look(`messages/${message}/words`)).json).toMatchObject({ words: [{ channel: 'text' }] });
  expect((await look('messages/msg_0000000000000000000000/words')).status).toBe(404);
});

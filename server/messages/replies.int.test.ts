// What patients write back: stop words, answers to the newest question, words for a person, machines.
import { expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { systemPrincipal } from '../http/principal.ts';
import {
  call,
  clinic,
  delivered,
  items,
  look,
  messagesOverKlara,
  next,
  queue,
  queuedOf,
  reply,
  row,
  send,
  server,
  settle,
} from './testing/over-klara.ts';

messagesOverKlara();

test('STOP ends every message to that telephone at once, with one confirmation; reminders become calls', async () => {
  await delivered();
  const waiting = await queue({ occasion: 'second' });
  expect(await reply('Stop.')).toMatchObject({ intent: 'stop', patient: clinic.patient });
  await reply('STOP');
  expect(await queuedOf('optout.confirmed')).toBe(1);
  expect(await send(waiting)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
  expect(await next(waiting)).toEqual({ kind: 'over' });
  expect(await row(waiting)).toMatchObject({ ending: 'callList' });
  expect((await items('patient.call')).map(({ reason }) => reason)).toEqual([
    'Ask the patient for a new time after a missed visit: wants no messages',
  ]);
  await reply('START');
  const again = await queue({ occasion: 'third' });
  server.pass(24 * 3_600_000);
  expect(await next(again)).toMatchObject({ kind: 'send' });
});

test('CANCEL ends messages, asks the front desk and leaves the visit alone', async () => {
  const visits = () =>
    server.services.db.selectFrom('appointments').select(['ref', 'status', 'starts_at']).orderBy('ref').execute();
  await delivered();
  const before = await visits();
  expect(await reply('CANCEL')).toMatchObject({ intent: 'cancel' });
  expect(await visits()).toEqual(before);
  expect((await items('patient.reply'))[0]?.reason).toContain('the visit stays as it is');
  expect(await send(await queue({ occasion: 'x' }))).toMatchObject({ rule: 'message.opted-out' });
});

test('a word of stopping amid others holds everything until a person has read it', async () => {
  await delivered();
  server.pass(24 * 3_600_000);
  const waiting = await queue({ occasion: 'second' });
  expect(await reply('can I stop by tomorrow?')).toMatchObject({ intent: 'free' });
  expect(await send(waiting)).toMatchObject({ state: 'blocked', rule: 'message.answer-open' });
  const [item] = await items('patient.reply');
  const shown = await look(`work-items/${item?.id}`);
  expect(shown.text).toContain('can I stop by tomorrow?');
  expect(JSON.stringify(server.logs)).not.toContain('stop by tomorrow');
});

test('who wrote from a number nobody knows is still heard', async () => {
  expect(await reply('hello?', '+13125559999')).toMatchObject({ intent: 'free', patient: null });
  expect(await items('patient.reply')).toHaveLength(1);
  expect(await queuedOf('reply.received')).toBe(0);
});

test('a machine that answers every text hears once an hour that the desk has it; each of its texts is kept', async () => {
  await delivered();
  for (let time = 0; time < 6; time += 1) await reply('I am driving and answer later.');
  expect(await queuedOf('reply.received')).toBe(1);
  expect(await items('patient.reply')).toHaveLength(6);
  server.pass(61 * 60_000);
  await reply('I am driving and answer later.');
  expect(await queuedOf('reply.received')).toBe(2);
});

test('YES three times answers one question: the others are repeats, or for a person where another question is open', async () => {
  const older = await delivered({ occasion: 'older' });
  server.pass(24 * 3_600_000);
  const newer = await delivered({ occasion: 'newer' });
  await reply('YES');
  expect((await row(newer)).answer).toBe('yes');
  await reply('YES');
  await reply('yes!');
  expect((await row(older)).answer).toBeNull();
  const reasons = (await items('patient.reply')).map(({ reason }) => reason);
  expect(reasons.filter((one) => one.includes('asks for a new time'))).toHaveLength(1);
  expect(reasons.filter((one) => one.includes('the same again'))).toHaveLength(2);
  server.pass(11 * 60_000);
  await reply('YES');
  expect((await row(older)).answer).toBe('yes');
  const before = (await items('patient.reply')).length;
  await reply('YES');
  const { rows } = { rows: await server.services.db.selectFrom('message_replies').select(['message', 'work_item']).where('clinic', '=', clinic.clinic).orderBy('at').orderBy('ref').execute() };
  expect(rows.filter(({ message }) => message === older)).toHaveLength(2);
  expect(await items('patient.reply')).toHaveLength(before);
}); // prettier-ignore

test('YES to the reminder of a visit that is over is for a person: nothing is confirmed', async () => {
  const { db, now } = server.services;
  const first = await db.selectFrom('appointments').select('ref').where('clinic', '=', clinic.clinic).orderBy('ref').executeTakeFirstOrThrow();
  await db.updateTable('appointments').set({ starts_at: new Date(now().getTime() + 20 * 3_600_000), status: 'booked' }).where('ref', '=', first.ref).execute();
  await call(clinic.key, '/v1/messages/reminders');
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', clinic.clinic).executeTakeFirstOrThrow();
  await next(ref);
  await send(ref);
  await settle(ref);
  server.pass(30 * 3_600_000);
  await reply('YES');
  expect((await row(ref)).answer).toBeNull();
  expect((await items('patient.reply'))[0]?.reason).toContain('nothing that was asked fits');
}); // prettier-ignore

test('STOP from a telephone holds for everybody who is reached there, also for who was never written to before', async () => {
  await clinic.report({ contact: { phone: '555-0142', email: null } });
  await delivered();
  await reply('STOP', '555-0142');
  const { db } = server.services;
  const child = await clinic.follow('P-9', addDays(dateInZone(server.services.now().toISOString(), 'America/Chicago'), 20));
  const { patient } = await db.selectFrom('authorizations').select('patient').where('ref', '=', child).executeTakeFirstOrThrow();
  const other = await queue({ patient });
  const record = await server.services.vault.open(clinic.clinic, other, { purpose: 'test', actor: systemPrincipal('test') });
  expect(JSON.stringify(record)).toContain('555-0142');
  expect(await send(other)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
}); // prettier-ignore

test('STOP from a telephone that was never written to holds for the first message to it, until START', async () => {
  await reply('STOP');
  const message = await queue();
  expect(await send(message)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
  await reply('START', '+13125550199');
  expect(await send(message)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
  await reply('START');
  expect(await send(message)).toMatchObject({ state: 'done' });
});

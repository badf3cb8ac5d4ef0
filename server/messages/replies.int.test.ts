// What patients answer: yes, stop, cancel and everything else, by text and on the page, each heard once.
import { expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { systemPrincipal } from '../http/principal.ts';
import { messageBench } from './testing/bench.ts';

const at = messageBench();

test('STOP ends every message to that telephone at once, with one confirmation; reminders become calls', async () => {
  await at.delivered();
  const waiting = await at.queue({ occasion: 'second' });
  expect(await at.reply('Stop.')).toMatchObject({ intent: 'stop', patient: at.clinic.patient });
  await at.reply('STOP');
  expect(await at.queuedOf('optout.confirmed')).toBe(1);
  expect(await at.send(waiting)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
  expect(await at.next(waiting)).toEqual({ kind: 'over' });
  expect(await at.row(waiting)).toMatchObject({ ending: 'callList' });
  expect((await at.items('patient.call')).map(({ reason }) => reason)).toEqual([
    'Ask the patient for a new time after a missed visit: wants no messages',
  ]);
  await at.reply('START');
  const again = await at.queue({ occasion: 'third' });
  at.server.pass(24 * 3_600_000);
  expect(await at.next(again)).toMatchObject({ kind: 'send' });
});

test('CANCEL ends messages, asks the front desk and leaves the visit alone', async () => {
  const visits = () =>
    at.server.services.db.selectFrom('appointments').select(['ref', 'status', 'starts_at']).orderBy('ref').execute();
  await at.delivered();
  const before = await visits();
  expect(await at.reply('CANCEL')).toMatchObject({ intent: 'cancel' });
  expect(await visits()).toEqual(before);
  expect((await at.items('patient.reply'))[0]?.reason).toContain('the visit stays as it is');
  expect(await at.send(await at.queue({ occasion: 'x' }))).toMatchObject({ rule: 'message.opted-out' });
});

test('a word of stopping amid others holds everything until a person has read it', async () => {
  await at.delivered();
  at.server.pass(24 * 3_600_000);
  const waiting = await at.queue({ occasion: 'second' });
  expect(await at.reply('can I stop by tomorrow?')).toMatchObject({ intent: 'free' });
  expect(await at.send(waiting)).toMatchObject({ state: 'blocked', rule: 'message.answer-open' });
  const [item] = await at.items('patient.reply');
  const shown = await at.look(`work-items/${item?.id}`);
  expect(shown.text).toContain('can I stop by tomorrow?');
  expect(JSON.stringify(at.server.logs)).not.toContain('stop by tomorrow');
});

test('who wrote from a number nobody knows is still heard', async () => {
  expect(await at.reply('hello?', '+13125559999')).toMatchObject({ intent: 'free', patient: null });
  expect(await at.items('patient.reply')).toHaveLength(1);
  expect(await at.queuedOf('reply.received')).toBe(0);
});

test('who presses that they cannot come is called; the visit stays until staff cancel it in the PT system', async () => {
  const { db, now } = at.server.services;
  const startsAt = new Date(now().getTime() + 30 * 3_600_000);
  const visit = await db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', at.clinic.clinic)
    .orderBy('ref')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('appointments')
    .set({ starts_at: startsAt, date: dateInZone(startsAt.toISOString(), 'America/Chicago'), status: 'booked' })
    .where('ref', '=', visit.ref)
    .execute();
  await at.call(at.clinic.key, '/v1/messages/reminders');
  const { ref } = await db
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', at.clinic.clinic)
    .executeTakeFirstOrThrow();
  const actor = systemPrincipal('test');
  const record = await at.server.services.vault.open(at.clinic.clinic, ref, { purpose: 'test', actor });
  const token = JSON.stringify(record).match(/\/m\/([\w-]{22})/)?.[1] ?? '';
  expect((await at.server.call('GET', `/m/${token}`)).text).toContain('I cannot come');
  expect((await at.server.call('POST', `/m/${token}/no`)).text).toContain('your visit stays as it is');
  expect(await at.items('patient.reply')).toHaveLength(1);
  const { status } = await db
    .selectFrom('appointments')
    .select('status')
    .where('ref', '=', visit.ref)
    .executeTakeFirstOrThrow();
  expect(status).toBe('booked');
});

test('YES to a reminder confirms, R asks the desk, and a visit that was moved is not reminded of', async () => {
  const { db, now } = at.server.services;
  const first = await db.selectFrom('appointments').select('ref').where('clinic', '=', at.clinic.clinic).orderBy('ref').executeTakeFirstOrThrow();
  const move = (hours: number) =>
    db.updateTable('appointments').set({ starts_at: new Date(now().getTime() + hours * 3_600_000), status: 'booked' }).where('ref', '=', first.ref).execute();
  await move(40);
  await at.call(at.clinic.key, '/v1/messages/reminders');
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', at.clinic.clinic).executeTakeFirstOrThrow();
  await move(44);
  expect(await at.next(ref)).toEqual({ kind: 'over' });
  expect(await at.row(ref)).toMatchObject({ ending: 'withdrawn' });
  expect(await at.items('patient.call')).toEqual([]);
  expect(await at.call(at.clinic.key, '/v1/messages/reminders')).toMatchObject({ items: [{ outcome: 'queued' }] });
  const moved = await db.selectFrom('messages').select('ref').where('clinic', '=', at.clinic.clinic).where('state', '=', 'open').executeTakeFirstOrThrow();
  await at.next(moved.ref);
  await at.send(moved.ref);
  expect(await at.reply('R')).toMatchObject({ intent: 'reschedule' });
  expect((await at.items('patient.reply'))[0]?.reason).toContain('the visit stays until you move it');
  expect(await at.reply('yes')).toMatchObject({ intent: 'yes' });
  expect((await at.items('patient.reply')).at(-1)?.reason).toContain('nothing that was asked fits');
}); // prettier-ignore

test('a machine that answers every text hears once an hour that the desk has it; each of its texts is kept', async () => {
  await at.delivered();
  for (let time = 0; time < 6; time += 1) await at.reply('I am driving and answer later.');
  expect(await at.queuedOf('reply.received')).toBe(1);
  expect(await at.items('patient.reply')).toHaveLength(6);
  at.server.pass(61 * 60_000);
  await at.reply('I am driving and answer later.');
  expect(await at.queuedOf('reply.received')).toBe(2);
});

test('YES three times answers one question: the others are repeats, or for a person where another question is open', async () => {
  const older = await at.delivered({ occasion: 'older' });
  at.server.pass(24 * 3_600_000);
  const newer = await at.delivered({ occasion: 'newer' });
  await at.reply('YES');
  expect((await at.row(newer)).answer).toBe('yes');
  await at.reply('YES');
  await at.reply('yes!');
  expect((await at.row(older)).answer).toBeNull();
  const reasons = (await at.items('patient.reply')).map(({ reason }) => reason);
  expect(reasons.filter((one) => one.includes('asks for a new time'))).toHaveLength(1);
  expect(reasons.filter((one) => one.includes('the same again'))).toHaveLength(2);
  at.server.pass(11 * 60_000);
  await at.reply('YES');
  expect((await at.row(older)).answer).toBe('yes');
  const before = (await at.items('patient.reply')).length;
  await at.reply('YES');
  const { rows } = { rows: await at.server.services.db.selectFrom('message_replies').select(['message', 'work_item']).where('clinic', '=', at.clinic.clinic).orderBy('at').orderBy('ref').execute() };
  expect(rows.filter(({ message }) => message === older)).toHaveLength(2);
  expect(await at.items('patient.reply')).toHaveLength(before);
}); // prettier-ignore

test('YES to the reminder of a visit that is over is for a person: nothing is confirmed', async () => {
  const { db, now } = at.server.services;
  const first = await db.selectFrom('appointments').select('ref').where('clinic', '=', at.clinic.clinic).orderBy('ref').executeTakeFirstOrThrow();
  await db.updateTable('appointments').set({ starts_at: new Date(now().getTime() + 20 * 3_600_000), status: 'booked' }).where('ref', '=', first.ref).execute();
  await at.call(at.clinic.key, '/v1/messages/reminders');
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', at.clinic.clinic).executeTakeFirstOrThrow();
  await at.next(ref);
  await at.send(ref);
  await at.settle(ref);
  at.server.pass(30 * 3_600_000);
  await at.reply('YES');
  expect((await at.row(ref)).answer).toBeNull();
  expect((await at.items('patient.reply'))[0]?.reason).toContain('nothing that was asked fits');
}); // prettier-ignore

test('STOP from a telephone holds for everybody who is reached there, also for who was never written to before', async () => {
  await at.clinic.report({ contact: { phone: '555-0142', email: null } });
  await at.delivered();
  await at.reply('STOP', '555-0142');
  const { db } = at.server.services;
  const child = await at.clinic.follow('P-9', addDays(dateInZone(at.server.services.now().toISOString(), 'America/Chicago'), 20));
  const { patient } = await db.selectFrom('authorizations').select('patient').where('ref', '=', child).executeTakeFirstOrThrow();
  const other = await at.queue({ patient });
  const record = await at.server.services.vault.open(at.clinic.clinic, other, { purpose: 'test', actor: systemPrincipal('test') });
  expect(JSON.stringify(record)).toContain('555-0142');
  expect(await at.send(other)).toMatchObject({ state: 'blocked', rule: 'message.opted-out' });
}); // prettier-ignore

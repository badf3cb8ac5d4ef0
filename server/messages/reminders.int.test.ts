// Reminders of visits and their answers: by a page, by a word, by telephone.
import { expect, test } from 'vitest';
import { dateInZone } from '../../domain/calendar.ts';
import { systemPrincipal } from '../http/principal.ts';
import {
  call,
  clinic,
  items,
  look,
  messagesOverKlara,
  next,
  queuedOf,
  reply,
  row,
  send,
  server,
} from './testing/over-klara.ts';

messagesOverKlara();

test('who presses that they cannot come is called; the visit stays until staff cancel it in the PT system', async () => {
  const { db, now } = server.services;
  const startsAt = new Date(now().getTime() + 30 * 3_600_000);
  const visit = await db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .orderBy('ref')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('appointments')
    .set({ starts_at: startsAt, date: dateInZone(startsAt.toISOString(), 'America/Chicago'), status: 'booked' })
    .where('ref', '=', visit.ref)
    .execute();
  await call(clinic.key, '/v1/messages/reminders');
  const { ref } = await db
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .executeTakeFirstOrThrow();
  const actor = systemPrincipal('test');
  const record = await server.services.vault.open(clinic.clinic, ref, { purpose: 'test', actor });
  const token = JSON.stringify(record).match(/\/m\/([\w-]{22})/)?.[1] ?? '';
  expect((await server.call('GET', `/m/${token}`)).text).toContain('I cannot come');
  expect((await server.call('POST', `/m/${token}/no`)).text).toContain('your visit stays as it is');
  expect(await items('patient.reply')).toHaveLength(1);
  const { status } = await db
    .selectFrom('appointments')
    .select('status')
    .where('ref', '=', visit.ref)
    .executeTakeFirstOrThrow();
  expect(status).toBe('booked');
});

test('a reminder is queued once a visit, confirmed by a page that acts on a press only, and that once', async () => {
  const { db, now } = server.services;
  const startsAt = new Date(now().getTime() + 30 * 3_600_000);
  await db
    .updateTable('appointments')
    .set({ starts_at: startsAt, date: dateInZone(startsAt.toISOString(), 'America/Chicago'), status: 'booked' })
    .where('ref', '=', (await db.selectFrom('appointments').select('ref').where('clinic', '=', clinic.clinic).orderBy('ref').executeTakeFirstOrThrow()).ref)
    .execute();
  const remind = () => call(clinic.key, '/v1/messages/reminders');
  expect(await remind()).toMatchObject({ items: [{ outcome: 'queued' }] });
  expect(await remind()).toEqual({ items: [] });
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', clinic.clinic).executeTakeFirstOrThrow();
  const record = await server.services.vault.open(clinic.clinic, ref, { purpose: 'test', actor: systemPrincipal('test') });
  const token = JSON.stringify(record).match(/\/m\/([\w-]{22})/)?.[1] ?? '';
  await next(ref);
  await send(ref);
  for (let visit = 0; visit < 2; visit += 1) {
    const page = await server.call('GET', `/m/${token}`);
    expect(page.text).toContain('I need another time');
    expect(page.text).not.toContain('Abernathy');
  }
  expect((await row(ref)).answer).toBeNull();
  const pressed = await server.call('POST', `/m/${token}/yes`);
  expect(pressed.text).toContain('Thank you');
  expect(await row(ref)).toMatchObject({ answer: 'yes' });
  expect(await queuedOf('reply.confirmed')).toBe(1);
  expect((await server.call('POST', `/m/${token}/reschedule`)).text).toContain('has been used');
  expect((await server.call('GET', `/m/${'0'.repeat(22)}`)).text).toContain('has been used');
  const confirmed = await look(`confirmations?day=${dateInZone(startsAt.toISOString(), 'America/Chicago')}`);
  expect(confirmed.json).toMatchObject({ visits: [{ answer: 'yes', name: 'Abernathy, Quillon', confirmation: { state: 'confirmed' } }] });
}); // prettier-ignore

test('YES to a reminder confirms, R asks the desk, and a visit that was moved is not reminded of', async () => {
  const { db, now } = server.services;
  const first = await db.selectFrom('appointments').select('ref').where('clinic', '=', clinic.clinic).orderBy('ref').executeTakeFirstOrThrow();
  const move = (hours: number) =>
    db.updateTable('appointments').set({ starts_at: new Date(now().getTime() + hours * 3_600_000), status: 'booked' }).where('ref', '=', first.ref).execute();
  await move(40);
  await call(clinic.key, '/v1/messages/reminders');
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', clinic.clinic).executeTakeFirstOrThrow();
  await move(44);
  expect(await next(ref)).toEqual({ kind: 'over' });
  expect(await row(ref)).toMatchObject({ ending: 'withdrawn' });
  expect(await items('patient.call')).toEqual([]);
  expect(await call(clinic.key, '/v1/messages/reminders')).toMatchObject({ items: [{ outcome: 'queued' }] });
  const moved = await db.selectFrom('messages').select('ref').where('clinic', '=', clinic.clinic).where('state', '=', 'open').executeTakeFirstOrThrow();
  await next(moved.ref);
  await send(moved.ref);
  expect(await reply('R')).toMatchObject({ intent: 'reschedule' });
  expect((await items('patient.reply'))[0]?.reason).toContain('the visit stays until you move it');
  expect(await reply('yes')).toMatchObject({ intent: 'yes' });
  expect((await items('patient.reply')).at(-1)?.reason).toContain('nothing that was asked fits');
}); // prettier-ignore

// A message from the occasion to the patient: queued once, weighed, sent under a permit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dateInZone } from '../../domain/calendar.ts';
import { noWorkflows } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { messageBench } from './testing/bench.ts';
import type { Json } from './testing/bench.ts';

const at = messageBench();

test('one occasion is one message, sent once whatever often it is asked for, and told as taken', async () => {
  const message = await at.queue();
  expect(await at.queue()).toBe(message);
  expect(await at.next(message)).toEqual({ kind: 'send', channel: 'text' });
  expect(await at.send(message)).toMatchObject({ state: 'done', outcome: 'sent', structure: { channel: 'text' } });
  expect(await at.send(message)).toMatchObject({ state: 'duplicate', outcome: 'sent' });
  expect(at.left()).toHaveLength(1);
  // Klara has no interface: staff is asked to send the table, once.
  expect((await at.items('file.upload')).map(({ reason }) => reason)).toEqual([
    `${at.left()[0] ?? ''} lies in the outbox of Klara. Send it in Klara, then say so here`,
  ]);
  await at.settle(message);
  expect((await at.row(message)).ways).toMatchObject([{ channel: 'text', state: 'sent' }]);
  expect(await at.next(message)).toMatchObject({ kind: 'wait' });
  at.server.pass(7 * 3_600_000);
  expect(await at.next(message)).toEqual({ kind: 'over' });
  expect(await at.row(message)).toMatchObject({ state: 'over', ending: 'sent' });
  const table = readFileSync(join(at.outbox, at.left()[0] ?? ''), 'utf8');
  expect(table).toContain('North PT: we missed you today. Reply YES for a new time or call 555-0100. STOP ends texts.');
});

test('two messages asked for at the same moment: one goes, the other has had its day', async () => {
  const [one, other] = [await at.queue({ occasion: 'one' }), await at.queue({ occasion: 'other' })];
  const answers = await Promise.all([at.send(one), at.send(other)]);
  expect(answers.map(({ state }) => state).sort()).toEqual(['blocked', 'done']);
  expect(answers.find(({ state }) => state === 'blocked')).toMatchObject({ rule: 'message.daily-cap' });
  expect(at.left()).toHaveLength(1);
});

test('the permit itself keeps a message back: a flow that asks at night gets the rule, and nothing leaves', async () => {
  const message = await at.queue();
  at.server.pass(10 * 3_600_000);
  expect(await at.send(message)).toMatchObject({ state: 'blocked', rule: 'message.quiet-hours' });
  expect(await at.next(message)).toMatchObject({ kind: 'wait' });
  expect((await at.row(message)).rule_row).toBe('us-federal/quiet-hours');
  at.server.pass(11 * 3_600_000);
  expect(await at.send(message)).toMatchObject({ state: 'done' });
});

test('an agreement that has expired lets nothing through; the patient comes to the call list', async () => {
  await at.server.services.db
    .updateTable('connections')
    .set({ agreement: JSON.stringify({ effective: '2020-01-01', expires: '2021-01-01' }) })
    .where('id', '=', at.klara)
    .execute();
  const message = await at.queue();
  const refused = await at.send(message);
  expect(refused).toMatchObject({ state: 'blocked', rule: 'agreement.expired' });
  const structure = typeof refused['structure'] === 'object' ? refused['structure'] : {};
  await at.settle(message, { item: message, outcome: 'blocked', structure: { ...structure } });
  expect((await at.row(message)).ways[0]).toMatchObject({ state: 'refused', reason: 'agreement.expired' });
  expect(at.left()).toEqual([]);
});

test('an agreement that does not cover what the message holds lets nothing through, and names what it lacks', async () => {
  const agreement = { effective: '2020-01-01', expires: null, scope: ['name', 'contact', 'birthDate'] };
  const cover = (more: Json) =>
    at.server.services.db
      .updateTable('connections')
      .set({ agreement: JSON.stringify({ ...agreement, ...more }) })
      .where('id', '=', at.klara)
      .execute();
  await cover({});
  const visit = await at.server.services.db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', at.clinic.clinic)
    .where('status', '=', 'booked')
    .where('starts_at', 'is not', null)
    .orderBy('date', 'desc')
    .executeTakeFirstOrThrow();
  const message = await at.queue({ purpose: 'visit.booked', about: visit.ref, link: 'https://forms.example.org' });
  const refused = await at.send(message);
  expect(refused).toMatchObject({ state: 'blocked', rule: 'agreement.scope' });
  expect(JSON.stringify(refused)).toContain('visitTime');
  expect(at.left()).toEqual([]);
  await cover({ scope: ['any'] });
  expect(await at.send(message)).toMatchObject({ state: 'done' });
});

test('a reminder is queued once a visit, confirmed by a page that acts on a press only, and that once', async () => {
  const { db, now } = at.server.services;
  const startsAt = new Date(now().getTime() + 30 * 3_600_000);
  await db
    .updateTable('appointments')
    .set({ starts_at: startsAt, date: dateInZone(startsAt.toISOString(), 'America/Chicago'), status: 'booked' })
    .where('ref', '=', (await db.selectFrom('appointments').select('ref').where('clinic', '=', at.clinic.clinic).orderBy('ref').executeTakeFirstOrThrow()).ref)
    .execute();
  const remind = () => at.call(at.clinic.key, '/v1/messages/reminders');
  expect(await remind()).toMatchObject({ items: [{ outcome: 'queued' }] });
  expect(await remind()).toEqual({ items: [] });
  const { ref } = await db.selectFrom('messages').select('ref').where('clinic', '=', at.clinic.clinic).executeTakeFirstOrThrow();
  const record = await at.server.services.vault.open(at.clinic.clinic, ref, { purpose: 'test', actor: systemPrincipal('test') });
  const token = JSON.stringify(record).match(/\/m\/([\w-]{22})/)?.[1] ?? '';
  await at.next(ref);
  await at.send(ref);
  for (let visit = 0; visit < 2; visit += 1) {
    const page = await at.server.call('GET', `/m/${token}`);
    expect(page.text).toContain('I need another time');
    expect(page.text).not.toContain('Abernathy');
  }
  expect((await at.row(ref)).answer).toBeNull();
  const pressed = await at.server.call('POST', `/m/${token}/yes`);
  expect(pressed.text).toContain('Thank you');
  expect(await at.row(ref)).toMatchObject({ answer: 'yes' });
  expect(await at.queuedOf('reply.confirmed')).toBe(1);
  expect((await at.server.call('POST', `/m/${token}/reschedule`)).text).toContain('has been used');
  expect((await at.server.call('GET', `/m/${'0'.repeat(22)}`)).text).toContain('has been used');
  const confirmed = await at.look(`confirmations?day=${dateInZone(startsAt.toISOString(), 'America/Chicago')}`);
  expect(confirmed.json).toMatchObject({ visits: [{ answer: 'yes', name: 'Abernathy, Quillon', confirmation: { state: 'confirmed' } }] });
});

test('words that lack a fact are refused to whoever asks, with what they lack', async () => {
  const ask = { messages: [{ patient: at.clinic.patient, purpose: 'discharge.notice' }] };
  const answer = JSON.stringify(await at.call(at.clinic.key, '/v1/messages', ask));
  expect(answer).toContain('input.invalid');
  expect(answer).toContain('The words of this message lack: date.');
});

test('Temporal hears of new messages and of changes, and away it is asked again', async () => {
  const { tellMessages } = await import('./tell.ts');
  const heard: string[] = [];
  const away = { ...noWorkflows, trackMessage: () => Promise.reject(new Error('away')) };
  const there = {
    ...noWorkflows,
    trackMessage: (_clinic: string, ref: string) => Promise.resolve(void heard.push(ref)),
  };
  const message = await at.queue();
  await expect(tellMessages({ db: at.server.services.db, workflows: away })).rejects.toThrow('away');
  await tellMessages({ db: at.server.services.db, workflows: there });
  expect(heard).toContain(message);
});

test('a welcome goes out in exactly the words that a named person sent, once', async () => {
  await at.call(at.clinic.key, '/v1/patients/welcomes', { patients: [at.clinic.patient] });
  const [item] = await at.items('patient.welcome');
  const path = `work-items/${item?.id}`;
  const shown = (await at.look(path)).text;
  const hash = /"hash":"(\w{64})"/.exec(shown)?.[1] ?? '';
  const decide = async () =>
    at.server.call('POST', `/v1/console/${path}/decisions`, {
      cookie: await at.signedIn(),
      headers: { 'x-gait-console': '1' },
      body: { decision: 'send', hash },
    });
  expect((await decide()).status).toBe(200);
  expect((await decide()).status).toBe(409);
  const messages = await at.server.services.db
    .selectFrom('messages')
    .select(['ref', 'purpose'])
    .where('clinic', '=', at.clinic.clinic)
    .execute();
  expect(messages).toMatchObject([{ purpose: 'patient.welcome' }]);
  const ref = messages[0]?.ref ?? '';
  await at.next(ref);
  expect(await at.send(ref)).toMatchObject({ state: 'done' });
  const table = readFileSync(join(at.outbox, at.left()[0] ?? ''), 'utf8');
  const words = /Welcome to North PT\. Your forms: [^ ]*\/f\/\w{22} STOP ends texts\./.exec(table)?.[0];
  expect(words).toBeDefined();
  expect(shown).toContain(words);
});

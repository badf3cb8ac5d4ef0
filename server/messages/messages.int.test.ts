// A message from the occasion to the patient and back: queued once, weighed, sent under a permit, answered, stopped.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, noWorkflows, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { addConnection } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createWorkItems } from '../work-items/items.ts';
import { answering } from './answers.ts';
import type { AnswerNeeds } from './answers.ts';
import { takeReply } from './replies.ts';
import { readOutreachBook } from './rules.ts';

type Json = Readonly<Record<string, unknown>>;

let server: TestServer;
let clinic: Followed;
let needs: AnswerNeeds;
let outbox: string;
let klara: string;
let count = 0;
const scope = ['name', 'birthDate', 'contact', 'visitTime'];
const phone = '3125550142';

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  outbox = mkdtempSync(join(tmpdir(), 'gait-messages-'));
  const zone = 'America/Chicago';
  // Noon where the clinic is: the night is a test of its own.
  const today = addDays(dateInZone(server.services.now().toISOString(), zone), 1);
  server.pass(Date.parse(instantOf(`${today}T12:00`, zone) ?? '') - server.services.now().getTime());
  clinic = await followedClinic(server.services, { name: `m${count}`, today });
  await clinic.report({ contact: { phone, email: null } });
  await server.services.db
    .updateTable('clinics')
    .set({
      timezone: zone,
      settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100' } }),
    })
    .where('id', '=', clinic.clinic)
    .execute();
  const connection = await addConnection(server.services, clinic.clinic, {
    name: 'Klara',
    system: 'klara',
    config: { outbox },
    secrets: {},
    mode: 'live',
    agreement: { vendor: 'klara', effective: '2020-01-01', expires: null, scope, evidence: 'in the safe' },
  });
  klara = connection.id;
  const { services } = server;
  const workItems = createWorkItems({ ...services, policies: clinic.policies });
  const outreach = await readOutreachBook(services.validator);
  needs = answering({ ...services, workItems, outreach, publicUrl: 'https://gait.example' }, {});
  return () => rmSync(outbox, { recursive: true });
});

async function signedIn(): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
/** Signed in as of now: the clock of the test goes on by hours. */
async function look(path: string) {
  return server.call('GET', `/v1/console/${path}`, { cookie: await signedIn() });
}
async function call(key: string, path: string, body: Json = {}): Promise<Json> {
  const { json, status, text } = await server.call('POST', path, { key, body });
  if (status !== 200) throw new Error(text);
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
const queue = async (ask: Json = {}): Promise<string> => {
  const answer = await call(clinic.key, '/v1/messages', {
    messages: [{ patient: clinic.patient, purpose: 'visit.missed', ...ask }],
  });
  return String(JSON.stringify(answer).match(/msg_\w{22}/)?.[0]);
};
const next = (message: string) =>
  call(clinic.workerKey, '/v1/worker/messages/next', { clinic: clinic.clinic, message });
const send = (message: string, operation = 'klara.message.send') =>
  call(clinic.key, '/v1/effects', { operation, connection: 'Klara', subject: message });
const settle = (message: string, answer: Json | null = null) =>
  call(clinic.workerKey, '/v1/worker/messages/settle', {
    clinic: clinic.clinic,
    message,
    channel: 'text',
    answer,
    code: null,
  });
const row = (message: string) =>
  server.services.db.selectFrom('messages').selectAll().where('ref', '=', message).executeTakeFirstOrThrow();
const items = async (kind: string) =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'reason', 'subject'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', kind)
    .orderBy('opened_at')
    .execute();
const reply = (text: string, from = `+1${phone}`) =>
  server.services.db.transaction().execute((trx) =>
    takeReply(needs, trx, {
      clinic: clinic.clinic,
      connection: klara,
      channel: 'text',
      from,
      text,
      at: server.services.now(),
    }),
  );
const left = () => readdirSync(outbox).filter((name) => name.endsWith('.csv'));
const queuedOf = async (purpose: 'optout.confirmed' | 'reply.confirmed' | 'reply.received') => {
  const rows = await server.services.db
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('purpose', '=', purpose)
    .execute();
  return rows.length;
};
const delivered = async (ask: Json = {}): Promise<string> => {
  const message = await queue(ask);
  await next(message);
  await send(message);
  await settle(message);
  return message;
};

test('one occasion is one message, sent once whatever often it is asked for, and told as taken', async () => {
  const message = await queue();
  expect(await queue()).toBe(message);
  expect(await next(message)).toEqual({ kind: 'send', channel: 'text' });
  expect(await send(message)).toMatchObject({ state: 'done', outcome: 'sent', structure: { channel: 'text' } });
  expect(await send(message)).toMatchObject({ state: 'duplicate', outcome: 'sent' });
  expect(left()).toHaveLength(1);
  // Klara has no interface: staff is asked to send the table, once.
  expect((await items('file.upload')).map(({ reason }) => reason)).toEqual([
    `${left()[0] ?? ''} lies in the outbox of Klara. Send it in Klara, then say so here`,
  ]);
  await settle(message);
  expect((await row(message)).ways).toMatchObject([{ channel: 'text', state: 'sent' }]);
  expect(await next(message)).toMatchObject({ kind: 'wait' });
  server.pass(7 * 3_600_000);
  expect(await next(message)).toEqual({ kind: 'over' });
  expect(await row(message)).toMatchObject({ state: 'over', ending: 'sent' });
  const table = readFileSync(join(outbox, left()[0] ?? ''), 'utf8');
  expect(table).toContain('North PT: we missed you today. Reply YES for a new time or call 555-0100. STOP ends texts.');
}); // prettier-ignore

test('two messages asked for at the same moment: one goes, the other has had its day', async () => {
  const [one, other] = [await queue({ occasion: 'one' }), await queue({ occasion: 'other' })];
  const answers = await Promise.all([send(one), send(other)]);
  expect(answers.map(({ state }) => state).sort()).toEqual(['blocked', 'done']);
  expect(answers.find(({ state }) => state === 'blocked')).toMatchObject({ rule: 'message.daily-cap' });
  expect(left()).toHaveLength(1);
});

test('the permit itself keeps a message back: a flow that asks at night gets the rule, and nothing leaves', async () => {
  const message = await queue();
  server.pass(10 * 3_600_000);
  expect(await send(message)).toMatchObject({ state: 'blocked', rule: 'message.quiet-hours' });
  expect(await next(message)).toMatchObject({ kind: 'wait' });
  expect((await row(message)).rule_row).toBe('us-federal/quiet-hours');
  server.pass(11 * 3_600_000);
  expect(await send(message)).toMatchObject({ state: 'done' });
});

test('an agreement that has expired lets nothing through; the patient comes to the call list', async () => {
  await server.services.db
    .updateTable('connections')
    .set({ agreement: JSON.stringify({ effective: '2020-01-01', expires: '2021-01-01' }) })
    .where('id', '=', klara)
    .execute();
  const message = await queue();
  const refused = await send(message);
  expect(refused).toMatchObject({ state: 'blocked', rule: 'agreement.expired' });
  const structure = typeof refused['structure'] === 'object' ? refused['structure'] : {};
  await settle(message, { item: message, outcome: 'blocked', structure: { ...structure } });
  expect((await row(message)).ways[0]).toMatchObject({ state: 'refused', reason: 'agreement.expired' });
  expect(left()).toEqual([]);
});

test('an agreement that does not cover what the message holds lets nothing through, and names what it lacks', async () => {
  const agreement = { effective: '2020-01-01', expires: null, scope: ['name', 'contact', 'birthDate'] };
  const cover = (more: Json) =>
    server.services.db
      .updateTable('connections')
      .set({ agreement: JSON.stringify({ ...agreement, ...more }) })
      .where('id', '=', klara)
      .execute();
  await cover({});
  const visit = await server.services.db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('status', '=', 'booked')
    .where('starts_at', 'is not', null)
    .orderBy('date', 'desc')
    .executeTakeFirstOrThrow();
  const message = await queue({ purpose: 'visit.booked', about: visit.ref, link: 'https://forms.example.org' });
  const refused = await send(message);
  expect(refused).toMatchObject({ state: 'blocked', rule: 'agreement.scope' });
  expect(JSON.stringify(refused)).toContain('visitTime');
  expect(left()).toEqual([]);
  await cover({ scope: ['any'] });
  expect(await send(message)).toMatchObject({ state: 'done' });
});

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

test('words that lack a fact are refused to whoever asks, with what they lack', async () => {
  const ask = { messages: [{ patient: clinic.patient, purpose: 'discharge.notice' }] };
  const answer = JSON.stringify(await call(clinic.key, '/v1/messages', ask));
  expect(answer).toContain('input.invalid');
  expect(answer).toContain('The words of this message lack: date.');
});

test('a patient without a number comes to the call list', async () => {
  await clinic.report({ contact: { phone: null, email: null } });
  const message = await queue({ occasion: 'nobody' });
  expect(await next(message)).toEqual({ kind: 'over' });
  expect((await items('patient.call'))[0]?.reason).toContain('no number or address');
});

test('Temporal hears of new messages and of changes, and away it is asked again', async () => {
  const { tellMessages } = await import('./tell.ts');
  const heard: string[] = [];
  const away = { ...noWorkflows, trackMessage: () => Promise.reject(new Error('away')) };
  const there = {
    ...noWorkflows,
    trackMessage: (_clinic: string, ref: string) => Promise.resolve(void heard.push(ref)),
  };
  const message = await queue();
  await expect(tellMessages({ db: server.services.db, workflows: away })).rejects.toThrow('away');
  await tellMessages({ db: server.services.db, workflows: there });
  expect(heard).toContain(message);
});

test('a welcome goes out in exactly the words that a named person sent, once', async () => {
  await call(clinic.key, '/v1/patients/welcomes', { patients: [clinic.patient] });
  const [item] = await items('patient.welcome');
  const path = `work-items/${item?.id}`;
  const shown = (await look(path)).text;
  const hash = /"hash":"(\w{64})"/.exec(shown)?.[1] ?? '';
  const decide = async () =>
    server.call('POST', `/v1/console/${path}/decisions`, {
      cookie: await signedIn(),
      headers: { 'x-gait-console': '1' },
      body: { decision: 'send', hash },
    });
  expect((await decide()).status).toBe(200);
  expect((await decide()).status).toBe(409);
  const messages = await server.services.db
    .selectFrom('messages')
    .select(['ref', 'purpose'])
    .where('clinic', '=', clinic.clinic)
    .execute();
  expect(messages).toMatchObject([{ purpose: 'patient.welcome' }]);
  const ref = messages[0]?.ref ?? '';
  await next(ref);
  expect(await send(ref)).toMatchObject({ state: 'done' });
  const table = readFileSync(join(outbox, left()[0] ?? ''), 'utf8');
  const words = /Welcome to North PT\. Your forms: [^ ]*\/f\/\w{22} STOP ends texts\./.exec(table)?.[0];
  expect(words).toBeDefined();
  expect(shown).toContain(words);
});

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

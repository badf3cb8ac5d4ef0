// A message from the occasion to the vendor: queued once, weighed, sent under a permit or kept back with its rule.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noWorkflows } from '../authorizations/testing/followed.ts';
import {
  call,
  clinic,
  items,
  klara,
  left,
  look,
  messagesOverKlara,
  next,
  outbox,
  queue,
  row,
  send,
  server,
  settle,
  signedIn,
} from './testing/over-klara.ts';
import type { Json } from './testing/over-klara.ts';

messagesOverKlara();

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

// A clinic that writes to its patients through Klara's outbox, and what a test does and sees of it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { addDays, dateInZone } from '../../../domain/calendar.ts';
import { instantOf } from '../../../domain/zoned-time.ts';
import { followedClinic, password } from '../../authorizations/testing/followed.ts';
import type { Followed } from '../../authorizations/testing/followed.ts';
import { addConnection } from '../../setup.ts';
import { startServer } from '../../testing/server.ts';
import type { TestServer } from '../../testing/server.ts';
import { createWorkItems } from '../../work-items/items.ts';
import { answering } from '../answers.ts';
import type { AnswerNeeds } from '../answers.ts';
import { takeReply } from '../replies.ts';
import { readOutreachBook } from '../rules.ts';

export type Json = Readonly<Record<string, unknown>>;

export let server: TestServer;
export let clinic: Followed;
export let needs: AnswerNeeds;
export let outbox: string;
export let klara: string;
let count = 0;
const scope = ['name', 'birthDate', 'contact', 'visitTime'];
export const phone = '3125550142';

/** A clinic for each test of the file, at noon, whose texts leave as tables in the outbox of Klara. */
export function messagesOverKlara(): void {
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    await begin();
    return () => rmSync(outbox, { recursive: true });
  });
}

/** Another clinic, at the next noon, with nothing sent yet. */
export async function begin(): Promise<void> {
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
}

export async function signedIn(): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
/** Signed in as of now: the clock of the test goes on by hours. */
export async function look(path: string) {
  return server.call('GET', `/v1/console/${path}`, { cookie: await signedIn() });
}
export async function call(key: string, path: string, body: Json = {}): Promise<Json> {
  const { json, status, text } = await server.call('POST', path, { key, body });
  if (status !== 200) throw new Error(text);
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
export const queue = async (ask: Json = {}): Promise<string> => {
  const answer = await call(clinic.key, '/v1/messages', {
    messages: [{ patient: clinic.patient, purpose: 'visit.missed', ...ask }],
  });
  return String(JSON.stringify(answer).match(/msg_\w{22}/)?.[0]);
};
export const next = (message: string) =>
  call(clinic.workerKey, '/v1/worker/messages/next', { clinic: clinic.clinic, message });
export const send = (message: string, operation = 'klara.message.send') =>
  call(clinic.key, '/v1/effects', { operation, connection: 'Klara', subject: message });
export const settle = (message: string, answer: Json | null = null) =>
  call(clinic.workerKey, '/v1/worker/messages/settle', {
    clinic: clinic.clinic,
    message,
    channel: 'text',
    answer,
    code: null,
  });
export const row = (message: string) =>
  server.services.db.selectFrom('messages').selectAll().where('ref', '=', message).executeTakeFirstOrThrow();
export const items = async (kind: string) =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'reason', 'subject'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', kind)
    .orderBy('opened_at')
    .execute();
export const reply = (text: string, from = `+1${phone}`) =>
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
export const left = () => readdirSync(outbox).filter((name) => name.endsWith('.csv'));
export const queuedOf = async (purpose: 'optout.confirmed' | 'reply.confirmed' | 'reply.received') => {
  const rows = await server.services.db
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('purpose', '=', purpose)
    .execute();
  return rows.length;
};
export const delivered = async (ask: Json = {}): Promise<string> => {
  const message = await queue(ask);
  await next(message);
  await send(message);
  await settle(message);
  return message;
};

// A clinic whose messages lie in a folder of Klara's, at noon: what the tests of messages have in common.
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

const scope = ['name', 'birthDate', 'contact', 'visitTime'];
export const phone = '3125550142';

/** Starts the server for a test file and makes a clinic for each of its tests. */
export function messageBench() {
  let server: TestServer;
  let clinic: Followed;
  let needs: AnswerNeeds;
  let outbox: string;
  let klara: string;
  let count = 0;

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

  return {
    get server() {
      return server;
    },
    get clinic() {
      return clinic;
    },
    get needs() {
      return needs;
    },
    get outbox() {
      return outbox;
    },
    get klara() {
      return klara;
    },
    signedIn,
    look,
    call,
    queue,
    next,
    send,
    settle,
    row,
    items,
    reply,
    left,
    queuedOf,
    delivered,
    decide,
    openCalls,
    unreached,
    say,
    confirmation,
  };
}

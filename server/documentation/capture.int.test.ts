// Capturing over HTTP: a visit's record begun, saved, told twice, changed by two tablets, closed; who may and what is left behind.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Role } from '../http/principal.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { createUser } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';

let server: TestServer;
let clinic: Followed;
let therapist: string;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  therapist = await signedIn(['therapist']);
});
afterAll(() => server.stop());

async function signedIn(roles: readonly Role[]): Promise<string> {
  const email = `${randomUUID()}@example.org`;
  await createUser(server.services, { clinic: clinic.clinic, email, displayName: 'Kim Adair', roles, password });
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const post = (path: string, body: unknown, cookie = therapist): Promise<Answer> =>
  server.call('POST', path, { body, cookie, headers: { 'x-gait-console': '1' } });

const visitOn = (date: string): Promise<string> =>
  addVisit(server.services, { clinic: clinic.clinic, connection: clinic.webpt, patient: clinic.patient, date });

const blankOn = (date: string): Session =>
  blankSession({ ref: newReference('ses'), patient: clinic.patient, date, kind: 'treatment' });

interface SaveOptions {
  readonly base?: number;
  readonly save?: string;
  readonly cookie?: string;
}

const save = (appointment: string, record: Session, { base = 0, save: id = randomUUID(), cookie }: SaveOptions = {}) =>
  post(`/v1/console/session-records/${record.ref}/saves`, { save: id, appointment, base, record }, cookie);

interface Day {
  readonly day: string;
  readonly visits: readonly {
    readonly appointment: string;
    readonly name: unknown;
    readonly session: { readonly ref: string; readonly state: string; readonly revision: number } | null;
    readonly last: { readonly session: string; readonly date: string } | null;
    readonly counting: { readonly rule: { readonly rule: string } | null };
    readonly goals: readonly { readonly words: string }[];
  }[];
  readonly people: readonly { readonly displayName: string }[];
  readonly interventions: readonly { readonly name: string; readonly code: string | null }[];
}

async function day(on?: string): Promise<Day> {
  const answer = await server.call('GET', `/v1/console/capture${on === undefined ? '' : `?day=${on}`}`, {
    cookie: therapist,
  });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as Day;
}

const quads = { ...blankIntervention('terminal knee extension'), code: '97110', minutes: 12, sets: 3, repetitions: 10 };

describe('a visit of today', () => {
  test('is listed with the patient’s name, goals and how the payer counts, and nothing is begun by looking', async () => {
    const appointment = await visitOn(today);
    const { day: shown, visits, people, interventions } = await day();
    expect(shown).toBe(today);
    const visit = visits.find((one) => one.appointment === appointment);
    expect(visit).toMatchObject({ name: { given: 'Quillon', family: 'Abernathy' }, session: null, last: null });
    expect(visit?.goals.map(({ words }) => words)).toEqual(['Stairs step over step.']);
    expect(visit?.counting.rule?.rule).toBe('cms');
    expect(people.map(({ displayName }) => displayName)).toContain('Kim Adair');
    expect(interventions).toContainEqual({ name: 'straight leg raise', code: '97110', part: 'thigh' });
    const begun = await server.services.db.selectFrom('session_records').select('ref').execute();
    expect(begun).toEqual([]);
  });

  test('a save told twice is one revision; the next starts from it', async () => {
    const appointment = await visitOn(today);
    const record = blankOn(today);
    const once = randomUUID();
    for (let round = 0; round < 2; round += 1)
      expect((await save(appointment, record, { save: once })).json).toEqual({ outcome: 'saved', revision: 1 });
    const more = { ...record, interventions: [quads], assessment: 'Tolerated well.' };
    expect((await save(appointment, more, { base: 1 })).json).toEqual({ outcome: 'saved', revision: 2 });
    const stored = await server.call('GET', `/v1/console/session-records/${record.ref}`, { cookie: therapist });
    expect(stored.json).toMatchObject({ revision: 2, state: 'open', record: more });
    const listed = (await day()).visits.find((one) => one.appointment === appointment);
    expect(listed?.session).toMatchObject({ ref: record.ref, state: 'open', revision: 2 });
  });

  test('two tablets at once: one is kept, the other is answered with it and keeps its own', async () => {
    const appointment = await visitOn(today);
    const [left, right] = [blankOn(today), blankOn(today)];
    const answers = await Promise.all([
      save(appointment, { ...left, plan: 'left' }),
      save(appointment, { ...right, plan: 'right' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const kept = answers[0].status === 200 ? left : right;
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.json).toMatchObject({
      error: { code: 'state.conflict' },
      current: { session: kept.ref, revision: 1, state: 'open', record: { ref: kept.ref } },
    });
    expect((await save(appointment, { ...kept, plan: 'both' }, { base: 1 })).json).toMatchObject({ revision: 2 });
  });

  test('a wrong value is named by its path and not repeated', async () => {
    const appointment = await visitOn(today);
    const record = { ...blankOn(today), pain: [{ when: 'before', score: 77, part: null, side: null }] };
    const answer = await post(`/v1/console/session-records/${record.ref}/saves`, {
      save: randomUUID(),
      appointment,
      base: 0,
      record,
    });
    expect([answer.status, answer.json]).toMatchObject([400, { error: { where: 'record.pain.0.score' } }]);
    expect(answer.text).not.toContain('77');
    const other = { ...blankOn(today), patient: newReference('pat') };
    expect((await save(appointment, other)).json).toMatchObject({ error: { where: 'record.patient' } });
    expect((await save(appointment, blankOn('2026-01-02'))).json).toMatchObject({ error: { where: 'record.date' } });
  });
});

describe('the next visit', () => {
  test('knows the last session, and what the clinic uses comes first', async () => {
    const [before, next] = [testDay(3), testDay(5)];
    const earlier = { ...blankOn(before), interventions: [quads] };
    await save(await visitOn(before), earlier);
    const appointment = await visitOn(next);
    const { visits, interventions } = await day(next);
    expect(visits.find((one) => one.appointment === appointment)?.last).toEqual({ session: earlier.ref, date: before });
    expect(interventions[0]).toEqual({ name: 'terminal knee extension', code: '97110', part: null });
  });

  test('is not closed while entries of the last session stand unconfirmed; closed, it is changed only when opened again', async () => {
    const appointment = await visitOn(today);
    const record = { ...blankOn(today), interventions: [{ ...quads, carriedForward: true }] };
    await save(appointment, record);
    const path = `/v1/console/session-records/${record.ref}`;
    expect((await post(`${path}/close`, { revision: 1 })).json).toMatchObject({
      error: { code: 'state.conflict', fix: 'Confirm each of them, or remove it.' },
    });
    const sure = { ...record, interventions: [quads] };
    await save(appointment, sure, { base: 1 });
    expect((await post(`${path}/close`, { revision: 1 })).json).toMatchObject({ error: { where: 'revision' } });
    expect((await post(`${path}/close`, { revision: 2 })).status).toBe(200);
    const late = await save(appointment, { ...sure, plan: 'late' }, { base: 2 });
    expect([late.status, late.json]).toMatchObject([409, { current: { state: 'closed', revision: 2 } }]);
    expect((await post(`${path}/reopen`, {})).status).toBe(200);
    expect((await save(appointment, { ...sure, plan: 'late' }, { base: 2 })).json).toMatchObject({ revision: 3 });
    expect(await actionsOf(server.services, clinic.clinic)).toEqual(
      expect.arrayContaining(['session.begun', 'session.closed', 'session.reopened']),
    );
  });
});

describe('who may', () => {
  test('therapists write, an admin reads, the front desk and keys do neither', async () => {
    const appointment = await visitOn(today);
    const record = blankOn(today);
    await save(appointment, record);
    const admin = await signedIn(['admin']);
    const desk = await signedIn(['frontDesk']);
    const read = (cookie: string) => server.call('GET', `/v1/console/session-records/${record.ref}`, { cookie });
    expect([(await read(admin)).status, (await read(desk)).status]).toEqual([200, 403]);
    expect((await save(appointment, record, { base: 1, cookie: admin })).status).toBe(403);
    expect((await server.call('GET', '/v1/console/capture', { key: clinic.key })).status).toBe(401);
    expect((await post('/v1/console/capture/key', {}, admin)).status).toBe(403);
  });

  test('a tablet’s key is a person’s own and the same each time, also when two tablets ask at once', async () => {
    const mine = await signedIn(['therapist']);
    const keys = await Promise.all([1, 2, 3].map(async () => (await post('/v1/console/capture/key', {}, mine)).text));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^\{"key":"[A-Za-z0-9+/]{43}="\}$/);
    expect((await post('/v1/console/capture/key', {})).text).not.toBe(keys[0]);
  });

  test('nothing of a session lies readable in the database, the logs or the audit chain', async () => {
    const record = { ...blankOn(today), assessment: 'Zanzibar marker words' };
    expect((await save(await visitOn(today), record)).status).toBe(200);
    const { db } = server.services;
    const entries = await db.selectFrom('audit_entries').select(['details', 'subject', 'action']).execute();
    const rows = await db.selectFrom('session_records').selectAll().execute();
    const sealed = await db.selectFrom('vault_records').select('sealed').where('ref', '=', record.ref).execute();
    const everything = [...server.logs, JSON.stringify([entries, rows]), sealed[0]?.sealed.toString('latin1') ?? ''];
    expect(everything.join('\n')).not.toContain('Zanzibar');
  });
});

// Attendance over a real clinic: models of its own history or base rates, who is looked at first, who is told of missed visits, figures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { history } from '../../domain/attendance/testing/history.ts';
import type { AttendedVisit } from '../../domain/attendance/no-show.ts';
import { addDays, dateInZone, daysBetween } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Role } from '../http/principal.ts';
import { readPlansOfCare } from '../plans-of-care/read.ts';
import { createUser } from '../setup.ts';
import { testZone } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { createWorkItems } from '../work-items/items.ts';
import { lookOverDue } from './nightly.ts';
import { readAttendanceRules } from './rules.ts';

type Json = Readonly<Record<string, unknown>>;

let server: TestServer;
let today: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  today = dateInZone(server.services.now().toISOString(), testZone);
});
afterAll(() => server.stop());

const fresh = async (): Promise<Followed> => {
  count += 1;
  const clinic = await followedClinic(server.services, { name: `a${count}`, today });
  await server.services.db.deleteFrom('appointments').where('clinic', '=', clinic.clinic).execute();
  return clinic;
};

async function cookieOf(clinic: Followed, roles: readonly Role[] = ['admin']): Promise<string> {
  const email = `${crypto.randomUUID()}@example.org`;
  await createUser(server.services, {
    clinic: clinic.clinic,
    email,
    displayName: 'Someone',
    roles: [...roles],
    password,
  });
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const look = async (clinic: Followed, path: string, roles?: readonly Role[]) =>
  server.call('GET', `/v1/console/${path}`, { cookie: await cookieOf(clinic, roles) });
const flow = (clinic: Followed, path: string, body: Json = {}) => server.call('POST', path, { key: clinic.key, body });

async function visit(
  clinic: Followed,
  of: Pick<AttendedVisit, 'patient' | 'date'> & { readonly status: 'booked' | 'arrived' | 'missed' | 'cancelled' },
  clock = '10:00',
): Promise<string> {
  const ref = newReference('appt');
  await server.services.db
    .insertInto('appointments')
    .values({
      ref,
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient: of.patient,
      date: of.date,
      starts_at: instantOf(`${of.date}T${clock}`, testZone) ?? '',
      status: of.status,
      units: null,
      discipline: 'PT',
      updated_at: server.services.now(),
    })
    .execute();
  return ref;
}

/** Two hundred patients of half a year, of whom some are unreliable; the last of their visits lie ahead. */
async function withHistory(clinic: Followed): Promise<void> {
  const made = history(200, 1.6, randomFrom(5));
  const last = made.reduce((latest, { date }) => (date > latest ? date : latest), '');
  const shift = daysBetween(last, addDays(today, 5));
  const { db, now } = server.services;
  const people = [...new Set(made.map(({ patient }) => patient))];
  const records = await db.transaction().execute((trx) =>
    server.services.vault.putMany(
      clinic.clinic,
      people.map((family) => ({
        kind: 'patient',
        record: { name: { given: 'Test', family } },
        prefix: 'pat' as const,
      })),
      { trx },
    ),
  );
  const refs = new Map(people.map((one, at) => [one, records[at] ?? '']));
  await db
    .insertInto('patients')
    .values([...refs.values()].map((ref) => ({ ref, clinic: clinic.clinic, updated_at: now() })))
    .execute();
  const rows = made.map(({ patient, date: day, outcome }) => {
    const date = addDays(day, shift);
    const status = date >= today ? 'booked' : outcome === 'kept' ? 'arrived' : outcome === 'ahead' ? 'booked' : outcome;
    return {
      ref: newReference('appt'),
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient: refs.get(patient) ?? '',
      date,
      starts_at: instantOf(`${date}T10:00`, testZone) ?? '',
      status,
      units: null,
      discipline: 'PT',
      updated_at: now(),
    } as const;
  });
  for (let at = 0; at < rows.length; at += 1000)
    await db
      .insertInto('appointments')
      .values(rows.slice(at, at + 1000))
      .execute();
}

/** Every second patient was discharged on the day of the last kept visit, as a note says. */
async function withDischarges(clinic: Followed): Promise<void> {
  const { db, now } = server.services;
  const kept = await db
    .selectFrom('appointments')
    .select(({ fn }) => ['patient', fn.max('date').as('date')])
    .where('clinic', '=', clinic.clinic)
    .where('status', '=', 'arrived')
    .groupBy('patient')
    .orderBy('patient')
    .execute();
  await db
    .insertInto('visit_notes')
    .values(
      kept
        .filter((_, at) => at % 2 === 0)
        .map(({ patient, date }) => ({
          ref: newReference('rec'),
          clinic: clinic.clinic,
          connection: clinic.webpt,
          patient,
          date,
          kind: 'discharge' as const,
          signed_on: date,
          updated_at: now(),
        })),
    )
    .execute();
}

describe('risks', () => {
  test('a clinic without a history is told no number; with a little, the base rate of its own, and why', async () => {
    const clinic = await fresh();
    await visit(clinic, { patient: clinic.patient, date: addDays(today, 1), status: 'booked' });
    const none = await flow(clinic, '/v1/attendance/risks');
    expect(none.json).toMatchObject({ model: { type: 'baseRate', baseRate: null }, items: [{ risk: null }] });
    for (const [ago, status] of [
      [20, 'arrived'],
      [15, 'arrived'],
      [10, 'missed'],
      [5, 'arrived'],
    ] as const)
      await visit(clinic, { patient: clinic.patient, date: addDays(today, -ago), status });
    const { json } = await look(clinic, 'attendance');
    expect(json).toMatchObject({
      noShow: { type: 'baseRate', visits: 4, events: 1, baseRate: 0.25, trial: null },
      dropOut: null,
      visits: [{ name: 'Abernathy, Quillon', risk: 0.25, from: 'baseRate', reasons: [] }],
    });
    expect(JSON.stringify(json)).toContain('a model needs 500 with 50');
  });

  test('with a history they are ordered by a model that is checked, by reference for flows and with names for staff alone', async () => {
    const clinic = await fresh();
    await withHistory(clinic);
    expect((await flow(clinic, '/v1/attendance/look-over')).json).toMatchObject({
      visits: expect.any(Number) as number,
    });
    const { json, text } = await flow(clinic, '/v1/attendance/risks', { days: 5 });
    const { model, items } = json as { model: Json; items: { risk: number; reasons: string[]; patient: string }[] };
    expect(model).toMatchObject({ type: 'model', trainedOn: today });
    const { brier, baseBrier } = model['trial'] as { brier: number; baseBrier: number };
    expect(brier).toBeLessThan(baseBrier);
    const risks = items.map(({ risk }) => risk);
    expect(risks.length).toBeGreaterThan(10);
    expect(risks).toEqual([...risks].sort((one, other) => other - one));
    expect(items[0]?.reasons.join()).toMatch(/odds ×/);
    expect(text).not.toContain('name');
    // What is kept is what is told, and the same history gives the same again.
    expect((await flow(clinic, '/v1/attendance/risks', { days: 5 })).json).toEqual(json);
    expect((await look(clinic, 'attendance', ['biller'])).status).toBe(403);
    expect((await look(clinic, 'attendance', ['therapist'])).status).toBe(200);
  });

  test('who may stay away is a question for the therapist, once for a run of visits, and never more than that', async () => {
    const clinic = await fresh();
    await withHistory(clinic);
    await withDischarges(clinic);
    const { json } = await look(clinic, 'attendance');
    const { dropOut, patients } = json as { dropOut: Json; patients: { risk: number }[] };
    expect(dropOut).toMatchObject({ visits: expect.any(Number) as number, baseRate: expect.any(Number) as number });
    expect(patients.length).toBeGreaterThan(0);
    const messages = () =>
      server.services.db.selectFrom('messages').select('ref').where('clinic', '=', clinic.clinic).execute();
    const first = (await flow(clinic, '/v1/attendance/look-over')).json as { checkIns: number; missedSeveral: number };
    const again = (await flow(clinic, '/v1/attendance/look-over')).json as { checkIns: number; missedSeveral: number };
    expect(first.missedSeveral).toBeGreaterThan(0);
    expect(again).toMatchObject({ checkIns: 0, missedSeveral: 0 });
    expect(await messages()).toEqual([]);
  });
});

describe('missed visits', () => {
  test('two within thirty days are laid before the therapist once, whose word puts the patient before others', async () => {
    const clinic = await fresh();
    const other = await clinic.follow('P-2002', addDays(today, 40));
    await server.services.db.deleteFrom('appointments').where('clinic', '=', clinic.clinic).execute();
    const { patient: second } = await server.services.db
      .selectFrom('authorizations')
      .select('patient')
      .where('ref', '=', other)
      .executeTakeFirstOrThrow();
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -9), status: 'missed' });
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -2), status: 'missed' });
    await visit(clinic, { patient: second, date: addDays(today, -1), status: 'missed' });
    await visit(clinic, { patient: second, date: addDays(today, -20), status: 'arrived' });
    await server.services.db.updateTable('patients').set({ chart: null }).where('clinic', '=', clinic.clinic).execute();
    await server.services.db.deleteFrom('care_plans').where('clinic', '=', clinic.clinic).execute();
    const cookie = await cookieOf(clinic, ['therapist']);
    const post = (path: string, body: Json = {}) =>
      server.call('POST', path, { cookie, headers: { 'x-gait-console': '1' }, body });
    expect((await post('/v1/attendance/look-over')).json).toMatchObject({ missedSeveral: 1, checkIns: 0 });
    expect((await post('/v1/attendance/look-over')).json).toMatchObject({ missedSeveral: 0 });
    const order = async () =>
      ((await look(clinic, 'attendance')).json as { rebookings: { patient: string; reasons: string[] }[] }).rebookings;
    // Not seen yet comes before seen twenty days ago.
    expect((await order()).map(({ patient }) => patient)).toEqual([clinic.patient, second]);
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -12), status: 'arrived' });
    expect((await order()).map(({ patient }) => patient)).toEqual([second, clinic.patient]);
    const { id } = await server.services.db
      .selectFrom('work_items')
      .select('id')
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'patient.missedSeveral')
      .executeTakeFirstOrThrow();
    const shown = await server.call('GET', `/v1/console/work-items/${id}`, { cookie });
    expect(shown.text).toContain('Missed 2 visits within 30 days, the last 2 days ago');
    const hash = /"hash":"(\w{64})"/.exec(shown.text)?.[1] ?? '';
    expect((await post(`/v1/console/work-items/${id}/decisions`, { decision: 'bookSoon', hash })).status).toBe(200);
    const [before] = await order();
    expect(before).toMatchObject({ patient: clinic.patient, place: 1 });
    expect(before?.reasons[0]).toBe('The therapist calls it soon');
    // A booked visit stands in the place of the missed one.
    await visit(clinic, { patient: clinic.patient, date: addDays(today, 3), status: 'booked' });
    expect((await order()).map(({ patient }) => patient)).toEqual([second]);
  });

  test('the plan of care says how far behind a patient is', async () => {
    const clinic = await fresh();
    await readPlansOfCare(server.services, { clinic: clinic.clinic });
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -3), status: 'missed' });
    const { rebookings } = (await look(clinic, 'attendance')).json as { rebookings: Json[] };
    expect(rebookings).toMatchObject([{ behindPlan: 2, planEnds: '2027-12-31', priority: null }]);
  });

  test('a new clinic is looked over in its first night, by itself', async () => {
    const clinic = await fresh();
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -9), status: 'missed' });
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -2), status: 'missed' });
    const { services } = server;
    const items = () =>
      services.db
        .selectFrom('work_items')
        .select('kind')
        .where('clinic', '=', clinic.clinic)
        .where('kind', '=', 'patient.missedSeveral')
        .execute();
    const at = (now: () => Date) => ({
      ...services,
      now,
      workItems: createWorkItems({ ...services, now, policies: clinic.policies }),
    });
    const attendanceRules = await readAttendanceRules(services.validator);
    const signal = new AbortController().signal;
    const conflictsAhead = () => Promise.resolve([]);
    await lookOverDue({ ...at(services.now), attendanceRules, conflictsAhead }, signal);
    expect(await items()).toEqual([]);
    const tomorrow = () => new Date(services.now().getTime() + 86_400_000);
    await lookOverDue({ ...at(tomorrow), attendanceRules, conflictsAhead }, signal);
    await lookOverDue({ ...at(tomorrow), attendanceRules, conflictsAhead }, signal);
    expect(await items()).toHaveLength(1);
    const kept = await services.db
      .selectFrom('attendance_models')
      .select(['kind', 'trained_on'])
      .where('clinic', '=', clinic.clinic)
      .execute();
    expect(kept).toEqual([{ kind: 'noShow', trained_on: addDays(today, 1) }]);
  });
});

describe('a manager', () => {
  test('is shown days unlike their weekday and missed visits with why; a therapist is not asked', async () => {
    const clinic = await fresh();
    const day = addDays(today, 2);
    for (let week = 1; week <= 5; week += 1)
      for (let at = 0; at < 6; at += 1)
        await visit(clinic, { patient: clinic.patient, date: addDays(day, -7 * week), status: 'arrived' }, `1${at}:00`);
    await visit(clinic, { patient: clinic.patient, date: day, status: 'booked' });
    const { json } = await look(clinic, 'recommendations');
    const { lines } = json as { lines: { kind: string; words: string }[] };
    expect(lines.filter(({ kind }) => kind === 'load').map(({ words }) => words)).toEqual([
      expect.stringMatching(/: 1 visit booked, 5 fewer than usual$/),
    ]);
    expect((await look(clinic, 'recommendations', ['therapist'])).status).toBe(403);
    // Once the schedule names who treats, the load is theirs; two visits of theirs at one time are a conflict.
    const { db, now } = server.services;
    const therapist = newReference('thr');
    await db
      .insertInto('therapists')
      .values({ ref: therapist, clinic: clinic.clinic, name: 'Dana Quill', updated_at: now() })
      .execute();
    await visit(clinic, { patient: clinic.patient, date: day, status: 'booked' });
    await db.updateTable('appointments').set({ therapist }).where('clinic', '=', clinic.clinic).execute();
    const told = (await look(clinic, 'recommendations')).json as { lines: { kind: string; words: string }[] };
    expect(told.lines.filter(({ kind }) => kind === 'load').map(({ words }) => words)).toEqual([
      expect.stringMatching(/^Dana Quill, .*: 2 visits booked, 4 fewer than usual$/),
    ]);
    expect(told.lines.some(({ kind }) => kind === 'conflict')).toBe(true);
  });

  test('reads figures of this clinic: before and since the first reminder, and not known where nothing was', async () => {
    const clinic = await fresh();
    const unknown = await look(clinic, 'attendance/figures', ['biller']);
    expect(unknown.json).toMatchObject({
      remindersSince: null,
      noShow: { before: null, since: null, all: null },
      reminders: null,
      slots: null,
    });
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -30), status: 'missed' });
    await visit(clinic, { patient: clinic.patient, date: addDays(today, -29), status: 'arrived' });
    const ahead = await visit(clinic, { patient: clinic.patient, date: addDays(today, 1), status: 'booked' });
    await server.services.db
      .updateTable('clinics')
      .set({ settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100', reminderHours: 100 } }) })
      .where('id', '=', clinic.clinic)
      .execute();
    await flow(clinic, '/v1/messages/reminders');
    await server.services.db
      .updateTable('messages')
      .set({ ending: 'delivered', state: 'over', answer: 'yes' })
      .where('about', '=', ahead)
      .execute();
    await visit(clinic, { patient: clinic.patient, date: today, status: 'arrived' });
    expect((await look(clinic, `attendance/figures?from=${addDays(today, -90)}`)).json).toMatchObject({
      remindersSince: today,
      noShow: { before: { missed: 1, kept: 1, share: 0.5 }, since: { missed: 0, kept: 1, share: 0 } },
      reminders: { written: 1, delivered: 1, confirmed: 1, confirmedWithoutCall: 1 },
      slots: null,
      calls: { asked: 0, made: 0, reached: 0 },
    });
  });
});

// Series and conflicts on a real database: proposed in a thread, changed and accepted by named staff, held once, shown by the next import.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { placeUntold } from '../../connectors/pt-records/rows.ts';
import { addDays, dateInZone, weekStart } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, originOf, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { storeAppointments } from '../imports/appointments.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { settleHeld } from './booked.ts';

type Json = Readonly<Record<string, unknown>>;

const zone = 'America/Chicago';
let server: TestServer;
let clinic: Followed;
/** The Monday of the third week from tomorrow's on. */
let monday: string;
let therapist: string;
let room: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  const today = dateInZone(server.services.now().toISOString(), zone);
  clinic = await followedClinic(server.services, { name: `s${count}`, today });
  monday = addDays(weekStart(addDays(today, 1)), 14);
  const { db } = server.services;
  await db.updateTable('clinics').set({ timezone: zone }).where('id', '=', clinic.clinic).execute();
  // The patient's own visits stand aside: what is tested is laid out here.
  await db.updateTable('appointments').set({ status: 'cancelled' }).where('clinic', '=', clinic.clinic).execute();
  await approveLong();
  const hours = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: '09:00', to: '12:00' }));
  const kept = { name: 'Dana Quill, PT', skills: [], locations: [], hours, daysOff: [], active: true };
  therapist = String((await asDesk('POST', '/v1/console/schedule/therapists', kept))['therapist']);
  const gym = { name: 'Gym', location: '', equipment: [], active: true };
  room = String((await asDesk('POST', '/v1/console/schedule/rooms', gym))['room']);
});

/** Approved visits that last beyond what is proposed. */
async function approveLong(): Promise<void> {
  const { db } = server.services;
  const rows = await db.selectFrom('authorizations').selectAll().where('clinic', '=', clinic.clinic).execute();
  for (const { ref, periods } of rows)
    await db
      .updateTable('authorizations')
      .set({ periods: JSON.stringify(periods.map((one) => ({ ...one, to: addDays(monday, 200) }))) })
      .where('ref', '=', ref)
      .execute();
}

async function called(method: 'GET' | 'POST', path: string, body?: Json): Promise<{ status: number; json: Json }> {
  const signedIn = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const headers = { 'x-gait-console': '1' };
  const { json, status } = await server.call(method, path, {
    cookie,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status, json: typeof json === 'object' && json !== null ? { ...json } : {} };
}

async function asDesk(method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const { status, json } = await called(method, path, body);
  if (status !== 200) throw new Error(JSON.stringify(json));
  return json;
}

const propose = (patient: string, more: Json = {}) =>
  asDesk('POST', '/v1/schedule/series', { patient, visitsPerWeek: [0, 0, 2], daysApart: 2, minutes: 45, ...more });

const visitsOf = (series: unknown) =>
  server.services.db
    .selectFrom('series_visits')
    .selectAll()
    .where('series', '=', String(series))
    .orderBy('starts_at')
    .execute();

const open = (series: unknown) =>
  server.services.db
    .selectFrom('series as s')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 's.work_item').onRef('r.number', '=', 's.revision'),
    )
    .select(['s.work_item', 's.revision', 's.state', 's.booking_item', 'r.hash'])
    .where('s.ref', '=', String(series))
    .executeTakeFirstOrThrow();

async function accept(series: unknown): Promise<{ status: number; json: Json }> {
  const { work_item: item, hash } = await open(series);
  return called('POST', `/v1/console/work-items/${item ?? ''}/decisions`, { decision: 'accept', hash });
}

/** A visit that an import tells of. */
async function imported(recordNumber: string, date: string, time: string, by = 'Dana Quill'): Promise<void> {
  const from = originOf({ clinic: clinic.clinic, connection: clinic.webpt, today: date });
  const needs = { ...server.services, policies: clinic.policies, workItems: clinic.workItems, linker: clinic.linker };
  const row = {
    ...placeUntold,
    appointmentId: `I-${recordNumber}-${date}-${time}`,
    recordNumber,
    date,
    time,
    startsAt: instantOf(`${date}T${time}`, zone),
    status: 'booked' as const,
    type: 'PT Treatment',
    units: null,
    therapist: { id: null, name: by },
    minutes: 45,
  };
  await server.services.db.transaction().execute((trx) => storeAppointments(needs, trx, from, [row], new Map()));
}

async function another(number: string): Promise<string> {
  const ref = await clinic.follow(number, addDays(monday, 100));
  await approveLong();
  const row = await server.services.db
    .selectFrom('authorizations')
    .select('patient')
    .where('ref', '=', ref)
    .executeTakeFirstOrThrow();
  return row.patient;
}

test('a series is proposed once, lies in the hours of who treats, and waits for the front desk', async () => {
  const first = await propose(clinic.patient);
  expect(first).toMatchObject({ outcome: 'proposed' });
  expect(await propose(clinic.patient)).toEqual({ ...first, outcome: 'known' });
  const visits = await visitsOf(first['series']);
  expect(visits).toHaveLength(2);
  for (const visit of visits) expect(visit).toMatchObject({ therapist, room, state: 'proposed', minutes: 45 });
  const { json } = await server.call('POST', '/v1/schedule/series/get', {
    key: clinic.key,
    body: { series: first['series'] },
  });
  expect(json).toMatchObject({ state: 'proposed', unplaced: [], gap: 0 });
  const item = await asDesk('GET', `/v1/console/work-items/${String(first['workItem'])}`);
  expect(item).toMatchObject({ item: { kind: 'series.proposal', patientName: 'Abernathy, Quillon' } });
});

test('what finds no place says why', async () => {
  const { db } = server.services;
  const daysOff = Array.from({ length: 60 }, (_, day) => addDays(monday, day - 20));
  await db.updateTable('therapists').set({ days_off: daysOff }).where('ref', '=', therapist).execute();
  const { series } = await propose(clinic.patient);
  const shown = await server.call('POST', '/v1/schedule/series/get', { key: clinic.key, body: { series } });
  expect(shown.json).toMatchObject({
    visits: [],
    unplaced: [{ week: monday, missing: 2, reasons: [{ rule: 'series.booked-full' }] }],
  });
});

test('the plan of care says how often where nobody else does; a plan that nobody knows proposes nothing', async () => {
  const { db } = server.services;
  expect(await asDesk('POST', '/v1/schedule/series', { patient: clinic.patient })).toMatchObject({
    outcome: 'proposed',
  });
  const stranger = await another('P-2001');
  await db.updateTable('patients').set({ chart: null }).where('ref', '=', stranger).execute();
  await db.deleteFrom('care_plans').where('patient', '=', stranger).execute();
  expect(await asDesk('POST', '/v1/schedule/series', { patient: stranger })).toEqual({
    outcome: 'planUnknown',
    series: null,
    workItem: null,
  });
});

test('a visit is moved by a named person who was told what it breaks; an older screen is refused', async () => {
  const { series } = await propose(clinic.patient);
  const [visit] = await visitsOf(series);
  const path = `/v1/console/schedule/series/${String(series)}/visits/${visit?.ref ?? ''}`;
  const late = { date: addDays(monday, 1), time: '15:00' };
  expect(await asDesk('POST', `${path}/check`, late)).toMatchObject({
    breaks: [{ rule: 'conflict.therapist-away', isDouble: false }],
  });
  expect(await called('POST', `${path}/move`, { ...late, revision: 1 })).toMatchObject({
    status: 409,
    json: { error: { message: expect.stringContaining('does not work') as unknown } },
  });
  const before = await open(series);
  expect(await asDesk('POST', `${path}/move`, { ...late, revision: 1, knowing: true })).toEqual({ revision: 2 });
  expect(await called('POST', `${path}/remove`, { revision: 1 })).toMatchObject({ status: 409 });
  const decided = { decision: 'accept', hash: before.hash };
  const stale = await called('POST', `/v1/console/work-items/${before.work_item ?? ''}/decisions`, decided);
  expect(stale.status).toBe(409);
  const [, moved] = (await visitsOf(series)).sort((one) => (one.moved_by === null ? -1 : 1));
  expect(moved).toMatchObject({ moved_by: clinic.user.user });
  expect(await asDesk('POST', `${path}/remove`, { revision: 2 })).toEqual({ revision: 3 });
});

test('two proposals for one hour, accepted at the same moment: one is held, the other is told', async () => {
  const hours = [{ weekday: 1, from: '09:00', to: '09:45' }];
  const { db } = server.services;
  await db
    .updateTable('therapists')
    .set({ hours: JSON.stringify(hours) })
    .where('ref', '=', therapist)
    .execute();
  const other = await another('P-3001');
  const one = await propose(clinic.patient, { visitsPerWeek: [0, 0, 1] });
  const two = await propose(other, { visitsPerWeek: [0, 0, 1] });
  const [[first], [second]] = [await visitsOf(one['series']), await visitsOf(two['series'])];
  expect(first?.starts_at).toEqual(second?.starts_at);
  const answers = await Promise.all([accept(one['series']), accept(two['series'])]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(JSON.stringify(refused?.json)).toMatch(/booked twice|booked by another/);
  const held = await db.selectFrom('schedule_holds').select('visit').where('clinic', '=', clinic.clinic).execute();
  expect(held).toHaveLength(1);
});

test('the database itself holds no therapist, room or patient twice', async () => {
  const { series } = await propose(clinic.patient);
  await accept(series);
  const { db } = server.services;
  const [visit] = await visitsOf(series);
  const stranger = await another('P-4001');
  const again = await propose(stranger);
  const [other] = await visitsOf(again['series']);
  const hold = db
    .insertInto('schedule_holds')
    .columns(['visit', 'clinic', 'therapist', 'room', 'patient', 'during'])
    .expression((eb) =>
      eb
        .selectFrom('schedule_holds')
        .select((of) => [
          of.val(other?.ref ?? '').as('visit'),
          'clinic',
          'therapist',
          of.val(null).as('room'),
          of.val(stranger).as('patient'),
          'during',
        ])
        .where('visit', '=', visit?.ref ?? ''),
    )
    .execute();
  await expect(hold).rejects.toMatchObject({ code: '23P01', constraint: 'held_therapist' });
});

test('accepted visits are typed in by staff; the import that shows them books them and closes the item', async () => {
  const { series } = await propose(clinic.patient);
  expect(await accept(series)).toMatchObject({ status: 200 });
  const visits = await visitsOf(series);
  const { booking_item: item } = await open(series);
  const page = await asDesk('GET', `/v1/console/work-items/${item ?? ''}`);
  expect(page['copyReady']).toMatchObject([
    { label: 'Visit 1', value: expect.stringMatching(/45 minutes, Dana Quill, PT, Gym$/) as unknown },
    { label: 'Visit 2' },
  ]);
  const wall = (at: Date) => new Date(at).toLocaleString('sv-SE', { timeZone: zone }).split(' ');
  for (const { starts_at: at } of visits) {
    const [date = '', time = ''] = wall(at);
    await imported('P-1001', date, time.slice(0, 5));
  }
  expect(await settleHeld({ ...server.services, workItems: clinic.workItems })).toBe(2);
  expect((await visitsOf(series)).map(({ state }) => state)).toEqual(['booked', 'booked']);
  const { status } = await server.services.db
    .selectFrom('work_items')
    .select('status')
    .where('id', '=', item ?? '')
    .executeTakeFirstOrThrow();
  expect(status).toBe('closed');
  const holds = await server.services.db
    .selectFrom('schedule_holds')
    .select('visit')
    .where('clinic', '=', clinic.clinic)
    .execute();
  expect(holds).toEqual([]);
});

test('conflicts ahead are told with a change that would mend them, and no name', async () => {
  await another('P-5001');
  const soon = addDays(weekStart(dateInZone(server.services.now().toISOString(), zone)), 8);
  await imported('P-1001', soon, '09:00');
  await imported('P-5001', soon, '09:15');
  const { json, text } = await server.call('POST', '/v1/schedule/conflicts', { key: clinic.key, body: {} });
  expect(json).toMatchObject({
    conflicts: expect.arrayContaining([
      expect.objectContaining({
        rule: 'conflict.therapist-twice',
        date: soon,
        suggestion: expect.objectContaining({ type: 'move' }) as unknown,
      }),
    ]) as unknown,
  });
  expect(text).not.toMatch(/Abernathy|Quill/);
  const week = await asDesk('GET', `/v1/console/schedule/week?of=${soon}`);
  expect(week).toMatchObject({
    therapists: [{ therapist, name: 'Dana Quill, PT', hoursSaid: true }],
    visits: [
      { state: 'booked', name: 'Abernathy, Quillon', time: '09:00' },
      { state: 'booked', time: '09:15' },
    ],
  });
});

test('conflicts laid before staff are items once, and gone once they are mended', async () => {
  await another('P-6001');
  const soon = addDays(weekStart(dateInZone(server.services.now().toISOString(), zone)), 8);
  await imported('P-1001', soon, '09:00');
  await imported('P-6001', soon, '09:15');
  const lay = () => server.call('POST', '/v1/schedule/conflicts', { key: clinic.key, body: { lay: true } });
  const items = () =>
    server.services.db
      .selectFrom('work_items')
      .select(['id', 'status', 'reason'])
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'schedule.conflict')
      .orderBy('id')
      .execute();
  await lay();
  const first = await items();
  expect(first.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^The therapist is booked twice on .* Move it: .* is free$/),
  );
  await lay();
  expect(await items()).toEqual(first);
  await server.services.db
    .updateTable('appointments')
    .set({ status: 'cancelled' })
    .where('clinic', '=', clinic.clinic)
    .where('starts_at', '=', new Date(instantOf(`${soon}T09:15`, zone) ?? ''))
    .execute();
  await lay();
  const mended = first.filter(({ reason }) => reason.includes('booked twice')).map(({ id }) => id);
  expect((await items()).filter(({ id }) => mended.includes(id)).map(({ status }) => status)).toEqual(
    mended.map(() => 'closed'),
  );
});

test('a therapist whom nobody asked works when the schedule shows it; what staff write holds once, at its revision', async () => {
  const kept = { name: 'Dana Quill', skills: ['vestibular'], locations: [], hours: null, daysOff: [], active: true };
  const path = `/v1/console/schedule/therapists/${therapist}`;
  expect(await asDesk('POST', path, { ...kept, revision: 1 })).toMatchObject({ revision: 2 });
  expect(await called('POST', path, { ...kept, revision: 1 })).toMatchObject({ status: 409 });
  const day = addDays(monday, 2);
  await imported('P-1001', day, '10:00');
  const { therapists } = await asDesk('GET', `/v1/console/schedule/week?of=${day}`);
  expect(therapists).toMatchObject([{ hoursSaid: false, hours: [{ weekday: 2, from: '10:00', to: '10:45' }] }]);
});

test('when a patient can come is asked once: proposals keep to what the waitlist was told', async () => {
  const times = [{ weekday: 3, from: '11:00', to: '12:00' }];
  await asDesk('POST', `/v1/console/schedule/patients/${clinic.patient}/times`, { times });
  const { series } = await propose(clinic.patient, { visitsPerWeek: [0, 0, 1] });
  const [visit] = await visitsOf(series);
  expect(dateInZone(visit?.starts_at.toISOString() ?? '', zone)).toBe(addDays(monday, 3));
});

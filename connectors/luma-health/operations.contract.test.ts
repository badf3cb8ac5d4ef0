// Luma Health over real HTTP: records page by page, messages that respect an opt-out and go out once, writes that lose nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lumaHealthControl } from '../../sandbox/luma-health/control.ts';
import { appointmentId, patientId } from '../../sandbox/luma-health/records.ts';
import { lumaHealthRouter } from '../../sandbox/luma-health/router.ts';
import { lumaStore } from '../../sandbox/luma-health/store.ts';
import type { ConnectorContext } from '../connector.ts';
import { at, listAt } from '../json.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { operations as registered } from '../registry.ts';
import { restContext, smallClinic, startSystem } from '../testing/rest-systems.ts';
import type { RunningSystem } from '../testing/rest-systems.ts';
import { getFromLuma } from './client.ts';
import { lumaHealthOperations as operations } from './operations.ts';

const fetchRecords = registered['lumaHealth.records.fetch'];
const zone = 'America/Denver';
const clinic = smallClinic('2026-11-16');
const [first] = clinic.patients;
const patient = patientId(first?.recordNumber ?? '');

let luma: RunningSystem;
beforeAll(async () => {
  luma = await startSystem((folder, now) => {
    const parts = { store: lumaStore(folder), clinic: () => clinic, now };
    return { '/luma': lumaHealthRouter(parts), '/sandbox/luma-health': lumaHealthControl(parts) };
  });
});
afterAll(() => luma.stop());
beforeEach(() => luma.post('/sandbox/luma-health/reset', {}));

const context = (config: object = {}, secrets?: ConnectorContext['secrets']): ConnectorContext =>
  restContext({
    config: { baseUrl: `${luma.url}/luma`, ...config },
    now: luma.now,
    ...(secrets === undefined ? {} : { secrets }),
  });
const fail = (on: string, ...faults: object[]) =>
  luma.post('/sandbox/luma-health/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const settings = (changes: object) => luma.post('/sandbox/luma-health/settings', changes);
const change = (resource: string, number: string | undefined, changes: object) =>
  luma.post('/sandbox/luma-health/change', { resource, number, changes });
const journal = () => luma.get('/sandbox/luma-health/journal');
const written = async (resource: string) =>
  listAt(await journal(), 'written').filter((one) => at(one, 'resource') === resource);
const calls = async (operation: string) => Number(at(at(await journal(), 'calls'), operation) ?? 0);

async function fetched(own: ConnectorContext, request: Partial<RecordsRequest> = {}): Promise<RecordsFetched> {
  const outcome = await fetchRecords.run(own, { cursor: null, skip: [], clinic: { zone }, ...request });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}
const rowsOf = ({ deliveries }: RecordsFetched, kind: string): readonly object[] =>
  deliveries.flatMap((one): readonly object[] => (one.kind === kind ? one.rows : []));

describe('the import', () => {
  test.each(['response', 'resource'])('reads every page to the end, in the envelope "%s"', async (envelope) => {
    await settings({ envelope });
    const told = await fetched(context({ pageSize: 8 }), { kinds: ['patients'] });
    expect(rowsOf(told, 'patients')).toHaveLength(clinic.patients.length);
    expect(told).toMatchObject({ more: false, gone: [] });
    expect(rowsOf(told, 'patients')[0]).toMatchObject({
      recordNumber: patient,
      name: { family: first?.name.family },
      birthDate: first?.birthDate,
      contact: { phone: `+1${first?.contact.phone?.replace(/\D/g, '')}`, email: first?.contact.email },
      address: first?.address,
      coverage: null,
    });
  });

  test('tells visits in the clinic’s wall clock; whether somebody came Luma does not know', async () => {
    const told = await fetched(context(), { kinds: ['appointments'] });
    const rows = rowsOf(told, 'appointments');
    expect(rows).toHaveLength(clinic.visits.length);
    expect(rows[0]).toMatchObject({ date: clinic.visits[0]?.date, time: clinic.visits[0]?.time, type: clinic.visits[0]?.type }); // prettier-ignore
    expect(new Set(rows.map((row) => at(row, 'status')))).toEqual(new Set(['booked', 'cancelled']));
    expect(told.deliveries.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('takes a page that did not change no second time, and what was deleted or merged is told, never dropped', async () => {
    const own = context({ pageSize: 200 });
    const before = await fetched(own);
    const skip = before.deliveries.map(({ id }) => id);
    const again = await fetched(own, { cursor: before.cursor, skip });
    expect(again).toMatchObject({ deliveries: [], gone: [], skipped: skip.length });
    await change('patients', clinic.patients[1]?.recordNumber, { deleted: 1, mergedInto: patient });
    await change('appointments', clinic.visits[2]?.appointmentId, { deleted: 1 });
    const told = await fetched(own, { cursor: again.cursor, skip });
    expect(told.gone).toEqual([
      { of: 'patient', id: patientId(clinic.patients[1]?.recordNumber ?? ''), mergedInto: patient },
      { of: 'appointment', id: appointmentId(clinic.visits[2]?.appointmentId ?? ''), mergedInto: null },
    ]);
  });

  test('asks only for changes where the connection says so', async () => {
    const own = context({ changesOnly: true });
    const { cursor } = await fetched(own);
    luma.advance(600_000);
    await change('appointments', clinic.visits[4]?.appointmentId, { status: 'cancelled' });
    const told = await fetched(own, { cursor });
    expect([rowsOf(told, 'patients').length, rowsOf(told, 'appointments')]).toMatchObject([
      0,
      [{ status: 'cancelled' }],
    ]);
  });

  test.each([-7200, 7200])(
    'with a clock at Luma that is %i seconds off loses no change and repeats none',
    async (clockAheadSeconds) => {
      await settings({ clockAheadSeconds });
      const own = context({ changesOnly: true });
      const { cursor } = await fetched(own, { kinds: ['appointments'] });
      luma.advance(600_000);
      await change('appointments', clinic.visits[4]?.appointmentId, { status: 'cancelled' });
      const told = await fetched(own, { kinds: ['appointments'], cursor });
      expect(rowsOf(told, 'appointments')).toMatchObject([{ status: 'cancelled' }]);
    },
  );

  test('keeps what came before too many requests, waits for the minute Luma takes, and goes on behind it', async () => {
    const own = context({ pageSize: 8 });
    await fail('patients', { fault: 'slow', milliseconds: 1 }, { fault: 'throttled' });
    const told = await fetched(own, { kinds: ['patients'] });
    expect(told).toMatchObject({ more: true });
    const request = { kinds: ['patients'], cursor: told.cursor, skip: [], clinic: { zone } } as const;
    expect(await fetchRecords.run(own, request)).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
    const rest = await fetched(context({ pageSize: 8 }), { kinds: ['patients'], cursor: told.cursor });
    expect(rowsOf(told, 'patients').length + rowsOf(rest, 'patients').length).toBe(clinic.patients.length);
  });

  test('reads January as 0 where the connection says so, and tells of a month that cannot be', async () => {
    const own = context({ birthMonthStartsAt: 0 });
    await change('patients', first?.recordNumber, { dateOfBirth: { year: 1970, month: 0, day: 31 } });
    await change('patients', clinic.patients[1]?.recordNumber, { dateOfBirth: { year: 1970, month: 12, day: 1 } });
    const told = await fetched(own, { kinds: ['patients'] });
    expect(rowsOf(told, 'patients')[0]).toMatchObject({ birthDate: '1970-01-31' });
    expect(rowsOf(told, 'patients')[1]).toMatchObject({ birthDate: null });
    expect(told.deliveries[0]?.problems).toContainEqual({ row: 2, column: 'birthDate', reason: 'not a date', rejected: false }); // prettier-ignore
  });

  test('a page that is another than the one asked for is not read for ever', async () => {
    const own = context({ pageSize: 8 });
    await fail('patients', { fault: 'slow', milliseconds: 1 }, { fault: 'anotherPage' });
    const told = await fetched(own, { kinds: ['patients'] });
    expect(told).toMatchObject({ more: true });
    const rest = await fetched(own, { kinds: ['patients'], cursor: told.cursor });
    expect(rowsOf(told, 'patients').length + rowsOf(rest, 'patients').length).toBe(clinic.patients.length);
  });
});

const message = { patientId: patient, text: 'Your visit is tomorrow at 9:00.', key: 'message.send/appt_1/1' };
const send = operations['lumaHealth.message.send'];
const sending = () => ({ sentAt: luma.now().toISOString() });

describe('a message', () => {
  test('goes out once, secure unless the connection says otherwise, and its way can be followed', async () => {
    const outcome = await send.run(context(), message);
    expect(outcome.kind === 'done' ? outcome.result.id : '').toMatch(/^[0-9a-f]{24}$/);
    await send.run(context({ secure: false }), { ...message, key: 'message.send/appt_2/1' });
    expect(await written('messages')).toMatchObject([{ secure: true }, { secure: false }]);
    const messageId = outcome.kind === 'done' ? outcome.result.id : '';
    expect(await operations['lumaHealth.message.get'].run(context(), { messageId })).toEqual({
      kind: 'done',
      result: { status: 'sent', reason: null },
    });
  });

  test('is refused for who wants none, and where there is no way to reach them, before anything is sent', async () => {
    await settings({ optedOut: [first?.recordNumber] });
    const refused = { kind: 'rejected', code: 'vendor.rejected', reasons: [{ code: 'opted-out' }] };
    expect(await send.run(context(), message)).toEqual(refused);
    const preferences = operations['lumaHealth.contactPreferences.get'];
    expect(await preferences.run(context(), { patientId: patient })).toEqual({
      kind: 'done',
      result: { channels: [] },
    });
    await settings({ optedOut: [] });
    await change('patients', first?.recordNumber, { contact: [] });
    expect(await send.run(context(), message)).toEqual(refused);
    expect(await calls('messageCreate')).toBe(0);
  });

  test.each([
    { fault: 'errorBeforeAccepting' },
    { fault: 'resetBeforeAccepting' },
    { fault: 'throttled' },
    { fault: 'malformed' },
    { fault: 'hangBeforeAccepting', milliseconds: 3000 },
  ])('is surely not sent when the look at the preferences fails: %j', async (fault) => {
    await fail('contactPreferences', fault);
    const own = context('milliseconds' in fault ? { requestTimeoutSeconds: 1 } : {});
    expect(await send.run(own, message)).toMatchObject({ kind: 'notSent' });
    expect(await calls('messageCreate')).toBe(0);
  });

  test.each(['resetAfterAccepting', 'gatewayTimeoutAfterAccepting', 'malformed'])(
    'whose answer was lost (%s) is in doubt, and found by its mark',
    async (fault) => {
      await fail('messageCreate', { fault });
      const began = sending();
      expect(await send.run(context(), message)).toMatchObject({ kind: 'uncertain', inquireAfterSeconds: 60 });
      expect(await send.inquire(context(), message, began)).toMatchObject({ kind: 'found' });
      const another = { ...message, key: 'message.send/appt_9/1' };
      expect(await send.inquire(context(), another, began)).toEqual({ kind: 'notFound' });
      expect(await calls('messageCreate')).toBe(1);
    },
  );

  test('is found by its words where Luma kept no mark, but not one from before, and not one of two', async () => {
    await fail('messageCreate', { fault: 'forgetsMark' });
    await send.run(context(), message);
    luma.advance(3_600_000);
    const began = sending();
    expect(await send.inquire(context(), message, began)).toEqual({ kind: 'notFound' });
    await fail('messageCreate', { fault: 'forgetsMark' });
    await send.run(context(), { ...message, text: `${message.text.replace(' ', '\n')} ` });
    expect(await send.inquire(context(), message, began)).toMatchObject({ kind: 'found' });
    await fail('messageCreate', { fault: 'forgetsMark' });
    await send.run(context(), message);
    expect(await send.inquire(context(), message, began)).toMatchObject({ kind: 'rejected', reasons: [{ code: 'several-alike' }] }); // prettier-ignore
  });

  test('that surely did not reach Luma is not found', async () => {
    await fail('messageCreate', { fault: 'resetBeforeAccepting' });
    expect(await send.run(context(), message)).toMatchObject({ kind: 'uncertain' });
    expect(await send.inquire(context(), message, sending())).toEqual({ kind: 'notFound' });
  });

  test.each([-7200, 7200])('a clock at Luma that is %i seconds off does not hide it', async (clockAheadSeconds) => {
    await settings({ clockAheadSeconds });
    await fail('messageCreate', { fault: 'forgetsMark' });
    const began = sending();
    await send.run(context(), message);
    expect(await send.inquire(context(), message, began)).toMatchObject({ kind: 'found' });
  });

  test('a refusal is told by its code, without Luma’s sentence', async () => {
    await fail('messageCreate', { fault: 'rejected' });
    const outcome = await send.run(context(), message);
    expect(outcome).toEqual({ kind: 'rejected', code: 'vendor.rejected', reasons: [] });
    expect(await send.run(context(), { ...message, text: ' ' })).toMatchObject({ reasons: [{ field: 'text' }] });
  });
});

const someone = {
  given: 'Orla',
  family: 'Fenwick',
  birthDate: '1958-03-14',
  gender: 'female',
  phone: '+13035550142',
  email: null,
  address: null,
} as const;
const creation = { patient: someone, key: 'patient.create/pat_1/1' };

describe('a patient', () => {
  const create = operations['lumaHealth.patient.create'];
  const update = operations['lumaHealth.patient.update'];

  test('is made once; after a lost answer it is found, by its mark or as the same person', async () => {
    await fail('patientCreate', { fault: 'resetAfterAccepting' });
    const began = sending();
    expect(await create.run(context(), creation)).toMatchObject({ kind: 'uncertain' });
    expect(await create.inquire(context(), creation, began)).toMatchObject({ kind: 'found' });
    await luma.post('/sandbox/luma-health/reset', {});
    await fail('patientCreate', { fault: 'forgetsMark' });
    await create.run(context(), creation);
    expect(await create.inquire(context(), creation, began)).toMatchObject({ kind: 'found' });
    const twin = { ...creation, patient: { ...someone, birthDate: '1961-03-14' } };
    expect(await create.inquire(context(), twin, began)).toEqual({ kind: 'notFound' });
  });

  test('is changed without losing what else stands there', async () => {
    const request = { patientId: patient, changes: { phone: '+13035550142' } };
    expect(await update.inquire(context(), request)).toEqual({ kind: 'notFound' });
    expect(await update.run(context(), request)).toEqual({ kind: 'done', result: { id: patient } });
    expect(await update.inquire(context(), request)).toMatchObject({ kind: 'found' });
    const [row] = rowsOf(await fetched(context(), { kinds: ['patients'] }), 'patients');
    expect(row).toMatchObject({
      birthDate: first?.birthDate,
      contact: { phone: '+13035550142', email: first?.contact.email },
      address: first?.address,
    });
  });
});

describe('an appointment', () => {
  const create = operations['lumaHealth.appointment.create'];
  const update = operations['lumaHealth.appointment.update'];
  const id = (digit: string) => digit.repeat(24);
  const appointment = {
    providerId: id('a'),
    facilityId: id('b'),
    typeId: id('c'),
    startsAt: '2026-11-20T16:00:00.000Z',
    durationMinutes: 45,
    status: 'unconfirmed',
  } as const;
  const booking = { patientId: patient, appointment, key: 'appointment.create/appt_1/1' };

  test('is booked once; after a lost answer it is found', async () => {
    await fail('appointmentCreate', { fault: 'gatewayTimeoutAfterAccepting' });
    const began = sending();
    expect(await create.run(context(), booking)).toMatchObject({ kind: 'uncertain' });
    expect(await create.inquire(context(), booking, began)).toMatchObject({ kind: 'found' });
    const other = { ...booking, key: 'another', appointment: { ...appointment, startsAt: '2026-11-21T16:00:00.000Z' } };
    expect(await create.inquire(context(), other, began)).toEqual({ kind: 'notFound' });
  });

  test('is cancelled and keeps its patient, its time and its type', async () => {
    const [visit] = clinic.visits.filter(({ status }) => status === 'booked');
    const request = {
      appointmentId: appointmentId(visit?.appointmentId ?? ''),
      changes: { status: 'cancelled' },
    } as const;
    await fail('appointmentUpdate', { fault: 'resetAfterAccepting' });
    expect(await update.run(context(), request)).toMatchObject({ kind: 'uncertain' });
    expect(await update.inquire(context(), request)).toMatchObject({ kind: 'found' });
    const stands = await getFromLuma(context(), `/appointments/${request.appointmentId}`);
    expect('json' in stands ? stands.json : null).toMatchObject({ status: 'cancelled', patient: patientId(visit?.recordNumber ?? ''), duration: 45 }); // prettier-ignore
    expect(await update.run(context(), { ...request, changes: {} })).toMatchObject({ kind: 'rejected' });
    expect(await update.run(context(), { ...request, appointmentId: id('0') })).toMatchObject({ kind: 'rejected', code: 'reference.unknown' }); // prettier-ignore
  });
});

test('waitlists, offers and reminders are listed with their ids; a status nobody knows is unknown', async () => {
  const waiting = await operations['lumaHealth.waitlists.list'].run(context(), { status: 'waiting' });
  expect(waiting).toMatchObject({ kind: 'done', result: { unreadable: 0, entries: [{ patientId: patient }, {}, {}] } });
  const offers = await operations['lumaHealth.offers.list'].run(context(), {});
  expect(offers).toMatchObject({ result: { entries: [{ status: 'in-progress', protocol: 'serial', waitlistIds: { length: 2 } }] } }); // prettier-ignore
  const reminders = await operations['lumaHealth.reminders.list'].run(context(), {});
  expect(reminders).toMatchObject({ result: { entries: [{ status: null }, { status: 'scheduled' }, {}, {}, {}, {}] } });
});

test('a token is fetched once for many, again when it is refused, and a wrong secret is told', async () => {
  const own = context();
  const check = operations['lumaHealth.connection.test'];
  await Promise.all([check.run(own, {}), check.run(own, {}), check.run(own, {})]);
  expect(await calls('token')).toBe(1);
  await fail('facilities', { fault: 'tokenExpired' });
  expect(await check.run(own, {})).toMatchObject({ kind: 'done' });
  luma.advance(2 * 3_600_000);
  expect(await check.run(own, {})).toMatchObject({ kind: 'done' });
  expect(await calls('token')).toBe(3);
  const wrong = context({}, { clientId: 'clinic', clientSecret: 'wrong' });
  expect(await check.run(wrong, {})).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  await fail('facilities', { fault: 'throttled' });
  expect(await check.run(own, {})).toEqual({ kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 60 });
  expect(await check.run(own, {})).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
});

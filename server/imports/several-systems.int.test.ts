// One patient whom two systems keep: numbers of one mean nothing in the other, the owner's word holds, what differs is asked.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TherapistTold } from '../../connectors/pt-records/rows.ts';
import { followedClinic, noWorkflows, originOf, patientRow } from '../authorizations/testing/followed.ts';
import type { CoveredPatient, Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { addConnection } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createDecisions } from '../work-items/decide.ts';
import { storeAppointments } from './appointments.ts';
import { noting } from './changes.ts';
import { markGone } from './gone.ts';
import { heldOf } from './held.ts';
import type { Origin } from './origin.ts';
import { storePatient } from './rows.ts';
import type { RowResult } from './tables.ts';
import { sourceOf } from './origin.ts';
import { rememberSource } from './sources.ts';

const today = testDay();
const by = systemPrincipal('test');

let server: TestServer;
let clinic: Followed;
let other: string;

beforeEach(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  const added = await addConnection(server.services, clinic.clinic, {
    name: 'Second system',
    system: 'webpt',
    mode: 'live',
    config: { dropFolder: '/tmp', profile: 'webpt-standard' },
    secrets: {},
    agreement: null,
  });
  other = added.id;
});
afterEach(() => server.stop());

const needs = () => ({
  ...server.services,
  policies: clinic.policies,
  workItems: clinic.workItems,
  linker: clinic.linker,
});
const home = (): Origin => originOf({ clinic: clinic.clinic, connection: clinic.webpt, today });
const second = (): Origin => ({ ...originOf({ clinic: clinic.clinic, connection: other, today }), numbers: 'own' });

const store = (from: Origin, change: Partial<CoveredPatient>): Promise<RowResult> =>
  server.services.db.transaction().execute((trx) => storePatient(needs(), trx, from, patientRow(change)));

/** The second system's number 77 is the patient of the first. */
const link = (): Promise<void> =>
  server.services.db
    .transaction()
    .execute((trx) =>
      rememberSource(
        server.services.keyring,
        trx,
        sourceOf(second(), 'patient', ['77']),
        clinic.patient,
        null,
        server.services.now(),
      ),
    );

const held = () =>
  server.services.db
    .transaction()
    .execute((trx) => heldOf(needs(), trx, { clinic: clinic.clinic, patient: clinic.patient, by }));

const itemsOf = (kind: string) =>
  server.services.db
    .selectFrom('work_items as w')
    .innerJoin('work_item_revisions as r', 'r.work_item', 'w.id')
    .select(['w.id', 'w.reason', 'w.context', 'r.hash'])
    .where('w.clinic', '=', clinic.clinic)
    .where('w.kind', '=', kind)
    .where('w.status', '=', 'open')
    .orderBy('w.opened_at')
    .execute();

const decide = (id: string, hash: string, decision: string) =>
  createDecisions({ ...needs(), workflows: noWorkflows }).decide(clinic.clinic, id, { decision, hash }, clinic.user);

test('a number of another system names nobody here, even where somebody bears the same number', async () => {
  expect(await store(second(), { recordNumber: 'P-1001', name: { given: 'Somebody', family: 'Else' } })).toBe('added');
  expect((await held()).patient.name.family).toBe('Abernathy');
});

test('what another system says differently is asked with both values; the answer holds and the lagging system is named', async () => {
  await link();
  const phone = { phone: '555-0190', email: 'quillon@example.org' };
  expect(await store(second(), { recordNumber: '77', contact: phone })).toBe('changed');
  expect((await held()).patient.contact.phone).toBe('555-0142');
  const [conflict, more] = await itemsOf('patient.conflict');
  expect(more).toBeUndefined();
  expect(conflict?.reason).toBe('Second system says another phone than WebPT');
  expect(await itemsOf('record.enter')).toEqual([]);

  // The same once more is no second question.
  expect(await store(second(), { recordNumber: '77', contact: phone })).toBe('same');
  expect(await itemsOf('patient.conflict')).toHaveLength(1);

  await decide(conflict?.id ?? '', conflict?.hash ?? '', 'follow');
  expect((await held()).patient.contact.phone).toBe('555-0190');
  const [enter] = await itemsOf('record.enter');
  expect(enter?.context).toMatchObject({ connection: clinic.webpt, fields: ['phone'] });

  // Entered there, it comes back as an echo: nothing changes, and the item is closed.
  await store(home(), { contact: phone });
  expect((await held()).patient.contact.phone).toBe('555-0190');
  expect(await itemsOf('record.enter')).toEqual([]);
  expect(await itemsOf('patient.conflict')).toEqual([]);
});

test('what the owner changes holds at once, and the other system is to be told', async () => {
  await link();
  await store(second(), { recordNumber: '77' });
  await store(home(), { name: { given: 'Quillon', family: 'Abernathy-Stone' } });
  expect((await held()).patient.name.family).toBe('Abernathy-Stone');
  const [enter] = await itemsOf('record.enter');
  expect(enter?.reason).toBe('Second system has other values: last name');
  expect(enter?.context).toMatchObject({ connection: other });
});

test('a visit that two systems tell of is one visit', async () => {
  await link();
  const visit = {
    appointmentId: 'X-1',
    recordNumber: '77',
    date: today,
    time: '09:00',
    startsAt: `${today}T15:00:00.000Z`,
    status: 'booked' as const,
    type: 'visit',
    units: null,
    therapist: { id: 'S-4', name: 'Quill, Dana PT' },
    room: 'Gym',
    location: null,
    minutes: 30,
  };
  const count = async (): Promise<number> =>
    (await server.services.db.selectFrom('appointments').select('ref').where('clinic', '=', clinic.clinic).execute())
      .length;
  const before = await count();
  const told = (startsAt: string, appointmentId: string) =>
    server.services.db
      .transaction()
      .execute((trx) => storeAppointments(needs(), trx, second(), [{ ...visit, startsAt, appointmentId }], new Map()));
  const known = await server.services.db
    .selectFrom('appointments')
    .select('starts_at')
    .where('clinic', '=', clinic.clinic)
    .where('patient', '=', clinic.patient)
    .executeTakeFirstOrThrow();
  expect(await told(known.starts_at?.toISOString() ?? '', 'X-1')).toEqual(['changed']);
  expect(await told(known.starts_at?.toISOString() ?? '', 'X-1')).toEqual(['same']);
  expect(await count()).toBe(before);
  expect(await told(`${today}T21:45:00.000Z`, 'X-2')).toEqual(['added']);
  expect(await count()).toBe(before + 1);
});

test('one therapist whom two systems name is one therapist; two numbers of one system are two', async () => {
  await link();
  const { db } = server.services;
  const told = (from: Origin, appointmentId: string, therapist: TherapistTold, recordNumber: string) =>
    db.transaction().execute(async (trx) => {
      const row = {
        appointmentId,
        recordNumber,
        date: today,
        time: '11:00',
        startsAt: `${today}T1${appointmentId.slice(-1)}:10:00.000Z`,
        status: 'booked' as const,
        type: 'Telehealth follow-up',
        units: null,
        therapist,
        room: 'Gym',
        location: null,
        minutes: 30,
      };
      await storeAppointments(needs(), trx, from, [row], new Map());
    });
  await told(second(), 'T-1', { id: 'S-9', name: 'Calder, Ines PT' }, '77');
  await told(home(), 'T-2', { id: null, name: 'Ines Calder' }, 'P-1001');
  await told(second(), 'T-3', { id: 'S-10', name: 'Ines Calder' }, '77');
  await told(second(), 'T-4', { id: 'S-9', name: 'Calder, Ines DPT' }, '77');
  const visits = await db
    .selectFrom('appointments as a')
    .innerJoin('therapists as t', 't.ref', 'a.therapist')
    .innerJoin('rooms as r', 'r.ref', 'a.room')
    .select(['t.ref', 't.name', 'r.name as room', 'a.minutes', 'a.kind', 'a.starts_at'])
    .where('a.clinic', '=', clinic.clinic)
    .where('t.name_key', '=', 'calder ines')
    .orderBy('a.starts_at')
    .execute();
  const [one, same, other, again] = visits.map(({ ref }) => ref);
  expect([same, again]).toEqual([one, one]);
  expect(other).not.toBe(one);
  expect(visits[0]).toMatchObject({ name: 'Calder, Ines PT', room: 'Gym', minutes: 30, kind: 'telehealth' });
});

test('a record that a system deletes is laid before a person, and nothing is deleted', async () => {
  await link();
  await store(second(), { recordNumber: '77' });
  const gone = { of: 'patient', id: '77', mergedInto: null } as const;
  const marked = await server.services.db
    .transaction()
    .execute((trx) => noting(trx, second(), new Date(), (from) => markGone(needs(), trx, from, gone)));
  expect(marked).toBe(true);
  const [item] = await itemsOf('record.gone');
  expect(item?.reason).toContain('Second system deleted');
  expect((await held()).patient.name.family).toBe('Abernathy');
});

// Stores the visits of a schedule report many at a time: a schedule has more rows than everything else together.
import type { AppointmentRow } from '../../connectors/pt-records/rows.ts';
import { appointmentKindOf } from '../../domain/appointment/kind.ts';
import type { Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { patientAmong } from './people.ts';
import type { PatientsByNumber } from './people.ts';
import type { RowNeeds } from './needs.ts';
import type { RowResult } from './tables.ts';
import { knownSources, rememberSources } from './sources.ts';
import type { Source } from './sources.ts';
import { storePlaces } from './visit-places.ts';

const rowsPerQuery = 500;

/** A visit is known by the PT system's number for it, or by patient, day and hour. Results stand in the order of the rows. */
export async function storeAppointments(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
  patients: PatientsByNumber,
): Promise<RowResult[]> {
  const { clinic } = from;
  const said = rows.map((row) => ({ source: visitSource(from, row), content: row }));
  const known = await knownSources(needs.keyring, trx, said);
  const told = await toldElsewhere(needs, trx, from, rows, patients);
  const results: RowResult[] = [];
  const stored = new Map<string, { row: AppointmentRow; patient: string; ref: string; place: number }>();
  const repeated: { readonly source: Source; readonly content: unknown; readonly ref: string }[] = [];
  for (const [place, row] of rows.entries()) {
    const before = known[place] ?? null;
    if (before?.same === true) {
      results.push('same');
      continue;
    }
    const patient = await patientAmong(needs, trx, from, row.recordNumber, patients);
    if (patient === null) {
      results.push('unmatched');
      continue;
    }
    // Another system brought this visit: its word about it holds.
    const other = told.get(visitKey(patient, row)) ?? null;
    const one = said[place];
    if (other !== null && one !== undefined && (before === null || before.ref === other)) {
      repeated.push({ ...one, ref: other });
      results.push(before === null ? 'changed' : 'same');
      continue;
    }
    // Of two rows about one visit in one report the later one counts.
    const id = JSON.stringify(said[place]?.source.id);
    const ref = before?.ref ?? stored.get(id)?.ref ?? newReference('appt');
    results.push(before === null && !stored.has(id) ? 'added' : 'changed');
    stored.set(id, { row, patient, ref, place });
  }
  const at = needs.now();
  await rememberSources(needs.keyring, trx, repeated, at);
  const changes = [...stored.values()];
  if (changes.length === 0) return results;
  for (const { ref } of changes)
    from.changed({ kind: 'appointments', ref, change: known.some((one) => one?.ref === ref) ? 'changed' : 'added' });
  const placeOf = await storePlaces(
    needs,
    trx,
    from,
    changes.map(({ row }) => row),
  );
  await trx
    .insertInto('appointments')
    .values(
      changes.map(({ row, patient, ref }) => ({
        ref,
        clinic,
        connection: from.connection,
        patient,
        date: row.date,
        starts_at: row.startsAt,
        status: row.status,
        units: row.units,
        discipline: 'PT',
        ...placeOf(row),
        location: row.location,
        minutes: row.minutes,
        kind: appointmentKindOf(row.type),
        updated_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('ref').doUpdateSet((row) => ({
        patient: row.ref('excluded.patient'),
        date: row.ref('excluded.date'),
        starts_at: row.ref('excluded.starts_at'),
        status: row.ref('excluded.status'),
        units: row.ref('excluded.units'),
        therapist: row.ref('excluded.therapist'),
        room: row.ref('excluded.room'),
        location: row.ref('excluded.location'),
        minutes: row.ref('excluded.minutes'),
        kind: row.ref('excluded.kind'),
        updated_at: at,
      })),
    )
    .execute();
  const remembered = changes.flatMap(({ ref, place }) => {
    const one = said[place];
    return one === undefined ? [] : [{ ...one, ref }];
  });
  await rememberSources(needs.keyring, trx, remembered, at);
  await trx
    .updateTable('authorizations')
    .set({ to_track: true, updated_at: at })
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...new Set(changes.map((one) => one.patient))])
    .execute();
  return results;
}

const visitKey = (patient: string, row: Pick<AppointmentRow, 'startsAt'>): string => `${patient} ${row.startsAt ?? ''}`;

/** Visits of these patients at these very times that other connections brought, where each system has numbers of its own. */
async function toldElsewhere(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
  patients: PatientsByNumber,
): Promise<ReadonlyMap<string, string>> {
  if (from.numbers === 'clinic') return new Map();
  const wanted = new Set<string>();
  for (const { recordNumber } of rows) {
    const patient = await patientAmong(needs, trx, from, recordNumber, patients);
    if (patient !== null) wanted.add(patient);
  }
  if (wanted.size === 0) return new Map();
  const visits = await trx
    .selectFrom('appointments')
    .select(['ref', 'patient', 'starts_at'])
    .where('clinic', '=', from.clinic)
    .where('patient', 'in', [...wanted])
    .where('starts_at', 'is not', null)
    .where('connection', '<>', from.connection)
    .execute();
  return new Map(
    visits.map(({ ref, patient, starts_at: at }) => [visitKey(patient, { startsAt: at?.toISOString() ?? null }), ref]),
  );
}

const visitSource = (from: Origin, row: AppointmentRow): Source =>
  sourceOf(
    from,
    'appointment',
    row.appointmentId === null ? [row.recordNumber, row.date, row.time] : [row.appointmentId],
  );

/**
 * Cancels the booked visits that a whole schedule, between its first and its last day, does not hold any more: they were
 * moved or taken out. Only visits of the same connection count; a visit that comes back in a later report is booked again.
 * @returns how many were cancelled
 */
export async function cancelVanished(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
): Promise<number> {
  const days = rows.map((row) => row.date).sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 0;
  const { clinic, connection } = from;
  const booked = await trx
    .selectFrom('appointments as a')
    .innerJoin('imported_rows as r', (join) => join.onRef('r.ref', '=', 'a.ref').onRef('r.clinic', '=', 'a.clinic'))
    .select(['a.ref', 'a.patient'])
    .where('a.clinic', '=', clinic)
    .where('a.status', '=', 'booked')
    .where('a.date', '>=', first)
    .where('a.date', '<=', last)
    .where('r.connection', '=', connection)
    .where('r.kind', '=', 'appointment')
    .execute();
  if (booked.length === 0) return 0;
  const told = new Set<string>();
  for (let start = 0; start < rows.length; start += rowsPerQuery) {
    const said = rows.slice(start, start + rowsPerQuery);
    const known = await knownSources(
      needs.keyring,
      trx,
      said.map((row) => ({ source: visitSource(from, row), content: row })),
    );
    for (const one of known) if (one !== null) told.add(one.ref);
  }
  const vanished = booked.filter(({ ref }) => !told.has(ref));
  if (vanished.length === 0) return 0;
  const refs = vanished.map(({ ref }) => ref);
  const at = needs.now();
  await trx.updateTable('appointments').set({ status: 'cancelled', updated_at: at }).where('ref', 'in', refs).execute();
  for (const ref of refs) from.changed({ kind: 'appointments', ref, change: 'changed' });
  // Forget what the rows said: said again, it is news.
  await trx
    .updateTable('imported_rows')
    .set({ content: Buffer.alloc(0), updated_at: at })
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('kind', '=', 'appointment')
    .where('ref', 'in', refs)
    .execute();
  await trx
    .updateTable('authorizations')
    .set({ to_track: true, updated_at: at })
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...new Set(vanished.map(({ patient }) => patient))])
    .execute();
  return vanished.length;
}

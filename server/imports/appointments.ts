// Stores the visits of a schedule report many at a time: a schedule has more rows than everything else together.
import type { AppointmentRow } from '../../connectors/pt-records/rows.ts';
import type { Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import type { Origin, RowNeeds, RowResult } from './rows.ts';
import { sourceOf } from './rows.ts';
import { knownSources, rememberSources } from './sources.ts';
import type { Source } from './sources.ts';

const rowsPerQuery = 500;

/** Patients by the PT system's number, looked up once per report; null: there is no such patient. */
export type PatientsByNumber = Map<string, string | null>;

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
  const results: RowResult[] = [];
  const stored = new Map<string, { row: AppointmentRow; patient: string; ref: string; place: number }>();
  for (const [place, row] of rows.entries()) {
    const before = known[place] ?? null;
    if (before?.same === true) {
      results.push('same');
      continue;
    }
    const patient = await patientOf(needs, trx, clinic, row.recordNumber, patients);
    if (patient === null) {
      results.push('unmatched');
      continue;
    }
    // Of two rows about one visit in one report the later one counts.
    const id = JSON.stringify(said[place]?.source.id);
    const ref = before?.ref ?? stored.get(id)?.ref ?? newReference('appt');
    results.push(before === null && !stored.has(id) ? 'added' : 'changed');
    stored.set(id, { row, patient, ref, place });
  }
  const changes = [...stored.values()];
  if (changes.length === 0) return results;
  const at = needs.now();
  await trx
    .insertInto('appointments')
    .values(
      changes.map(({ row, patient, ref }) => ({
        ref,
        clinic,
        patient,
        date: row.date,
        starts_at: row.startsAt,
        status: row.status,
        units: row.units,
        discipline: 'PT',
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

async function patientOf(
  needs: RowNeeds,
  trx: Trx,
  clinic: string,
  recordNumber: string,
  patients: PatientsByNumber,
): Promise<string | null> {
  const cached = patients.get(recordNumber);
  if (cached !== undefined) return cached;
  const found = await needs.vault.find(clinic, 'patient', { recordNumber }, { trx });
  patients.set(recordNumber, found);
  return found;
}

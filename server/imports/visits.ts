// Stores what systems tell of visits besides the schedule: that a note exists, what was charged, how an outcome measure scored.
import type { ChargeRow, NoteRow, OutcomeRow } from '../../connectors/pt-records/rows.ts';
import type { Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import { sourceOf } from './origin.ts';
import type { Origin, RecordChange } from './origin.ts';
import { patientAmong } from './people.ts';
import type { PatientsByNumber } from './people.ts';
import type { RowNeeds } from './needs.ts';
import type { RowResult } from './tables.ts';
import { knownSources, rememberSources } from './sources.ts';
import type { Source } from './sources.ts';

/** A row that says something new, with whose it is and the reference it has or is given. */
interface Change<Row> {
  readonly row: Row;
  readonly source: Source;
  readonly patient: string;
  readonly ref: string;
  readonly isNew: boolean;
}

/** A note is known by the system's number for it, or by patient, day and kind. Results stand in the order of the rows. */
export async function storeNotes(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly NoteRow[],
  patients: PatientsByNumber,
): Promise<RowResult[]> {
  const sources = rows.map(({ noteId, recordNumber, date, kind }) =>
    sourceOf(from, 'note', noteId === null ? [recordNumber, date, kind] : [noteId]),
  );
  const { results, changes } = await changed(needs, trx, from, rows, sources, patients);
  if (changes.length === 0) return results;
  const at = needs.now();
  await trx
    .insertInto('visit_notes')
    .values(
      changes.map(({ row, patient, ref }) => ({
        ...ownedBy(from, patient, ref, at),
        date: row.date,
        kind: row.kind,
        signed_on: row.signedOn,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('ref').doUpdateSet((row) => ({
        patient: row.ref('excluded.patient'),
        date: row.ref('excluded.date'),
        kind: row.ref('excluded.kind'),
        signed_on: row.ref('excluded.signed_on'),
        updated_at: at,
      })),
    )
    .execute();
  await remember(needs, trx, from, changes, at);
  return results;
}

/** A charge, and the how-manieth of its patient, day and code in its piece it is, from 0. */
export type NumberedCharge = ChargeRow & { readonly nth: number };

/** To be asked of a whole piece: two alike may stand far apart in it. */
export function numberedCharges(rows: readonly ChargeRow[]): NumberedCharge[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = JSON.stringify([row.recordNumber, row.date, row.code]);
    const nth = seen.get(key) ?? 0;
    if (row.chargeId === null) seen.set(key, nth + 1);
    return { ...row, nth };
  });
}

/** A charge is known by the system's number for it, or by patient, day and code; a code charged twice a day is two charges. */
export async function storeCharges(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  numbered: readonly NumberedCharge[],
  patients: PatientsByNumber,
): Promise<RowResult[]> {
  const sources = numbered.map(({ chargeId, recordNumber, date, code, nth }) =>
    sourceOf(
      from,
      'charge',
      chargeId !== null ? [chargeId] : [recordNumber, date, code, ...(nth > 0 ? [String(nth)] : [])],
    ),
  );
  // What is remembered of a charge is what was said of it, without its place.
  const rows = numbered.map(({ nth: _nth, ...row }): ChargeRow => row);
  const { results, changes } = await changed(needs, trx, from, rows, sources, patients);
  if (changes.length === 0) return results;
  const at = needs.now();
  await trx
    .insertInto('visit_charges')
    .values(
      changes.map(({ row, patient, ref }) => ({
        ...ownedBy(from, patient, ref, at),
        date: row.date,
        code: row.code,
        modifiers: [...row.modifiers],
        units: row.units,
        charge_cents: row.chargeCents,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('ref').doUpdateSet((row) => ({
        patient: row.ref('excluded.patient'),
        date: row.ref('excluded.date'),
        code: row.ref('excluded.code'),
        modifiers: row.ref('excluded.modifiers'),
        units: row.ref('excluded.units'),
        charge_cents: row.ref('excluded.charge_cents'),
        updated_at: at,
      })),
    )
    .execute();
  await remember(needs, trx, from, changes, at);
  return results;
}

/** A score is known by patient, measure and day. The measure and the score are sealed. */
export async function storeOutcomes(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly OutcomeRow[],
  patients: PatientsByNumber,
): Promise<RowResult[]> {
  const { clinic, connection } = from;
  const sources = rows.map(({ recordNumber, measure, date }) =>
    sourceOf(from, 'outcome', [recordNumber, measure, date]),
  );
  const { results, changes } = await changed(needs, trx, from, rows, sources, patients);
  if (changes.length === 0) return results;
  const at = needs.now();
  const said = ({ measure, score, date }: OutcomeRow) => ({ measure, score, date });
  const added = changes.filter(({ isNew }) => isNew);
  const refs = await needs.vault.putMany(
    clinic,
    added.map(({ row }) => ({ kind: 'outcome', record: said(row) })),
    { trx },
  );
  const stored = [
    ...added.map((change, place) => ({ ...change, ref: refs[place] ?? change.ref })),
    ...changes.filter(({ isNew }) => !isNew),
  ];
  for (const { row, ref, isNew } of stored) if (!isNew) await needs.vault.replace(clinic, ref, said(row), { trx });
  await trx
    .insertInto('outcome_scores')
    .values(
      stored.map(({ row, patient, ref }) => ({
        record: ref,
        clinic,
        connection,
        patient,
        date: row.date,
        updated_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('record').doUpdateSet((row) => ({ patient: row.ref('excluded.patient'), updated_at: at })),
    )
    .execute();
  await remember(needs, trx, from, stored, at);
  return results;
}

const ownedBy = ({ clinic, connection }: Origin, patient: string, ref: string, at: Date) => ({
  ref,
  clinic,
  connection,
  patient,
  updated_at: at,
});

/** What each row is, and the rows that say something new. Of two rows about one thing in one piece the later one counts. */
async function changed<Row extends { readonly recordNumber: string }>(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly Row[],
  sources: readonly Source[],
  patients: PatientsByNumber,
): Promise<{ readonly results: RowResult[]; readonly changes: readonly Change<Row>[] }> {
  const said = rows.flatMap((content, place) => {
    const source = sources[place];
    return source === undefined ? [] : [{ source, content }];
  });
  const known = await knownSources(needs.keyring, trx, said);
  const results: RowResult[] = [];
  const changes = new Map<string, Change<Row>>();
  for (const [place, { source, content: row }] of said.entries()) {
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
    const id = JSON.stringify(source.id);
    const ref = before?.ref ?? changes.get(id)?.ref ?? newReference('rec');
    results.push(before === null && !changes.has(id) ? 'added' : 'changed');
    changes.set(id, { row, source, patient, ref, isNew: before === null });
  }
  return { results, changes: [...changes.values()] };
}

const kinds: Readonly<Record<string, RecordChange['kind']>> = { note: 'notes', charge: 'charges', outcome: 'outcomes' };

function remember<Row>(
  { keyring }: RowNeeds,
  trx: Trx,
  from: Origin,
  changes: readonly Change<Row>[],
  at: Date,
): Promise<void> {
  for (const { source, ref, isNew } of changes) {
    const kind = kinds[source.kind];
    if (kind !== undefined) from.changed({ kind, ref, change: isNew ? 'added' : 'changed' });
  }
  const rows = changes.map(({ source, ref, row }) => ({ source, ref, content: row }));
  return rememberSources(keyring, trx, rows, at);
}

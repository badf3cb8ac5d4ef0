// Stores what a system handed over, piece by piece: a crash repeats no more than a transaction, and no row is stored twice.
import type { AuthorizationRow, PatientRow, RecordKind } from '../../connectors/pt-records/rows.ts';
import type { Delivery } from '../../connectors/pt-records/source.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { cancelVanished, storeAppointments } from './appointments.ts';
import { noting } from './changes.ts';
import type { Origin, Started } from './origin.ts';
import type { PatientsByNumber } from './people.ts';
import { forgetBatches, keepBatch, noRows, storedBatches } from './pieces.ts';
import type { PieceName, RowCounts } from './pieces.ts';
import { storePatient, storePeriods } from './rows.ts';
import type { RunReporter } from './runs.ts';
import type { RowNeeds } from './needs.ts';
import type { ImportCounts, RejectedRow, RowResult } from './tables.ts';
import { numberedCharges, storeCharges, storeNotes, storeOutcomes } from './visits.ts';

export interface DeliveryNeeds extends RowNeeds {
  readonly db: Db;
  readonly audit: Audit;
}

/** What one piece brought. */
export interface StoredDelivery {
  readonly kind: RecordKind;
  readonly counts: ImportCounts;
  readonly rejected: readonly RejectedRow[];
}

/** How a storing tells what it does, and what ends it between two batches. */
export interface Storing {
  readonly report: RunReporter;
  readonly signal?: AbortSignal;
}

/** So many rows share a transaction: a crash repeats no more than these, and no lock is held for long. */
const rowsPerTransaction = 50;
/** Visits and what belongs to them are stored with a handful of statements, however many. */
const visitsPerTransaction = 500;

type StoreVisits<Row> = (
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly Row[],
  patients: PatientsByNumber,
) => Promise<RowResult[]>;

/** How the rows of a piece are stored: so many at a time, each batch by itself. */
interface Batching<Unit> {
  readonly units: readonly Unit[];
  readonly size: number;
  readonly rowsIn: (unit: Unit) => number;
  readonly store: (trx: Trx, batch: readonly Unit[], from: Origin) => Promise<RowResult[]>;
}

export function createStoring(needs: DeliveryNeeds) {
  const { db, audit, now } = needs;

  /** Begins behind the batches that are stored already: whoever stored them may have died before the rest. */
  const inBatches = async <Unit>(
    of: PieceName,
    from: Started,
    { units, size, rowsIn, store }: Batching<Unit>,
    { report, signal }: Storing,
  ): Promise<RowCounts> => {
    const batches = Array.from({ length: Math.ceil(units.length / size) }, (_, at) =>
      units.slice(at * size, (at + 1) * size),
    );
    const before = batches.length > 1 ? await storedBatches(needs, of, batches) : nothingStored;
    let { counts, said } = before;
    let rows = 0;
    for (const [at, batch] of batches.entries()) {
      rows += batch.reduce((sum, unit) => sum + rowsIn(unit), 0);
      if (at < before.batches) continue;
      signal?.throwIfAborted();
      [counts, said] = await db.transaction().execute(async (trx) => {
        const results = await noting(trx, from, now(), (origin) => store(trx, batch, origin));
        const sum = counted(counts, results);
        await report.batch(trx, of.kind, rows);
        if (batches.length === 1) return [sum, ''];
        return [sum, await keepBatch(needs, trx, of, { batches: at + 1, counts: sum, said }, batch)];
      });
    }
    return counts;
  };

  const storeRows = (piece: Delivery, from: Started, storing: Storing): Promise<RowCounts> => {
    const { clinic, connection } = from;
    const of = { clinic, connection, piece: piece.id, kind: piece.kind };
    const patients: PatientsByNumber = new Map();
    const visits = <Row>(rows: readonly Row[], store: StoreVisits<Row>): Promise<RowCounts> =>
      inBatches(
        of,
        from,
        {
          units: rows,
          size: visitsPerTransaction,
          rowsIn: () => 1,
          store: (trx, batch, origin) => store(needs, trx, origin, batch, patients),
        },
        storing,
      );
    switch (piece.kind) {
      case 'patients':
        return inBatches(
          of,
          from,
          {
            units: primaryFirst(piece.rows),
            size: rowsPerTransaction,
            rowsIn: () => 1,
            store: (trx, batch, origin) => inOrder(batch, (row) => storePatient(needs, trx, origin, row)),
          },
          storing,
        );
      case 'authorizations':
        return inBatches(
          of,
          from,
          {
            units: byPatient(piece.rows),
            size: rowsPerTransaction,
            rowsIn: ([, rows]) => rows.length,
            store: (trx, batch, origin) =>
              inOrder(batch, ([recordNumber, rows]) => storePeriods(needs, trx, origin, recordNumber, rows)),
          },
          storing,
        );
      case 'appointments':
        return visits(piece.rows, storeAppointments);
      case 'notes':
        return visits(piece.rows, storeNotes);
      case 'charges':
        return visits(numberedCharges(piece.rows), storeCharges);
      case 'outcomes':
        return visits(piece.rows, storeOutcomes);
    }
  };

  /** A row that could not be read may be the visit that is missed: then nothing is taken for gone. */
  const cancelWhatIsGone = async (piece: Delivery, from: Started): Promise<number> => {
    if (piece.kind !== 'appointments' || piece.whole !== true) return 0;
    if (piece.problems.some((one) => one.rejected)) return 0;
    return db
      .transaction()
      .execute((trx) => noting(trx, from, now(), (origin) => cancelVanished(needs, trx, origin, piece.rows)));
  };

  return {
    /** Stores one piece and writes down that it was taken. `purpose` is the operation that fetched it. */
    async store(piece: Delivery, from: Started, purpose: string, storing: Storing): Promise<StoredDelivery> {
      const stored = await storeRows(piece, from, storing);
      const cancelled = await cancelWhatIsGone(piece, from);
      const unknownPayers = piece.problems.filter((one) => one.reason === 'unknown payer').length;
      const counts = { ...stored, cancelled, unknownPayers };
      const rejected = piece.problems
        .filter((one) => one.rejected)
        .map(({ row, column, reason }) => ({ row, column, reason }));
      const { clinic, connection } = from;
      await db.transaction().execute(async (trx) => {
        await forgetBatches(trx, { clinic, connection, piece: piece.id, kind: piece.kind });
        await storing.report.piece(trx, piece.rows.length + rejected.length, stored, rejected.length);
        const told = { counts: JSON.stringify(counts), rejected: JSON.stringify(rejected), at: now() };
        await trx
          .insertInto('imports')
          .values({
            id: newReference('rec'),
            clinic,
            connection,
            kind: piece.kind,
            sha256: piece.id,
            ...told,
          })
          .onConflict((conflict) => conflict.columns(['clinic', 'connection', 'sha256']).doUpdateSet(told))
          .execute();
        await audit.append(trx, {
          clinic,
          actor: actorOf(from.by),
          action: 'import.stored',
          subject: connection,
          purpose,
          details: { kind: piece.kind, file: piece.id, rejected: rejected.length, ...counts },
        });
      });
      return { kind: piece.kind, counts, rejected };
    },
  };
}

const nothingStored = { batches: 0, counts: noRows, said: '' };

function counted(before: RowCounts, results: readonly RowResult[]): RowCounts {
  const counts = { ...before };
  for (const result of results) counts[result] += 1;
  return counts;
}

/** One after the other: a transaction has one connection. */
async function inOrder<T>(rows: readonly T[], store: (row: T) => Promise<RowResult>): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const row of rows) results.push(await store(row));
  return results;
}

/** Whoever pays first tells who the patient is; a further coverage is that of a patient who is known. */
function primaryFirst(rows: readonly PatientRow[]): PatientRow[] {
  const { primary = [], further = [] } = Object.groupBy(rows, (row) =>
    (row.coverage?.order ?? 'primary') === 'primary' ? 'primary' : 'further',
  );
  return [...primary, ...further];
}

function byPatient(rows: readonly AuthorizationRow[]): [string, AuthorizationRow[]][] {
  return [...Map.groupBy(rows, (row) => row.recordNumber)];
}

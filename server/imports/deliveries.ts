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
import { storePatient, storePeriods } from './rows.ts';
import type { RowNeeds, RowResult } from './needs.ts';
import type { ImportCounts, RejectedRow } from './tables.ts';
import { storeCharges, storeNotes, storeOutcomes } from './visits.ts';

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

export function createStoring(needs: DeliveryNeeds) {
  const { db, audit, now } = needs;

  const inBatches = async <T>(
    from: Started,
    rows: readonly T[],
    size: number,
    store: (trx: Trx, batch: readonly T[], from: Origin) => Promise<RowResult[]>,
  ): Promise<Record<RowResult, number>> => {
    const counts = { added: 0, changed: 0, same: 0, unmatched: 0 };
    for (let start = 0; start < rows.length; start += size) {
      const batch = rows.slice(start, start + size);
      const results = await db
        .transaction()
        .execute((trx) => noting(trx, from, now(), (origin) => store(trx, batch, origin)));
      for (const result of results) counts[result] += 1;
    }
    return counts;
  };

  const visits = <Row>(from: Started, rows: readonly Row[], store: StoreVisits<Row>) => {
    const patients: PatientsByNumber = new Map();
    return inBatches(from, rows, visitsPerTransaction, (trx, batch, origin) =>
      store(needs, trx, origin, batch, patients),
    );
  };

  const storeRows = (piece: Delivery, from: Started): Promise<Record<RowResult, number>> => {
    switch (piece.kind) {
      case 'patients':
        return inBatches(from, primaryFirst(piece.rows), rowsPerTransaction, (trx, batch, origin) =>
          inOrder(batch, (row) => storePatient(needs, trx, origin, row)),
        );
      case 'authorizations':
        return inBatches(from, byPatient(piece.rows), rowsPerTransaction, (trx, batch, origin) =>
          inOrder(batch, ([recordNumber, rows]) => storePeriods(needs, trx, origin, recordNumber, rows)),
        );
      case 'appointments':
        return visits(from, piece.rows, storeAppointments);
      case 'notes':
        return visits(from, piece.rows, storeNotes);
      case 'charges':
        return visits(from, piece.rows, storeCharges);
      case 'outcomes':
        return visits(from, piece.rows, storeOutcomes);
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
    async store(piece: Delivery, from: Started, purpose: string): Promise<StoredDelivery> {
      const stored = await storeRows(piece, from);
      const cancelled = await cancelWhatIsGone(piece, from);
      const unknownPayers = piece.problems.filter((one) => one.reason === 'unknown payer').length;
      const counts = { ...stored, cancelled, unknownPayers };
      const rejected = piece.problems
        .filter((one) => one.rejected)
        .map(({ row, column, reason }) => ({ row, column, reason }));
      await db.transaction().execute(async (trx) => {
        const inserted = await trx
          .insertInto('imports')
          .values({
            id: newReference('rec'),
            clinic: from.clinic,
            connection: from.connection,
            kind: piece.kind,
            sha256: piece.id,
            counts: JSON.stringify(counts),
            rejected: JSON.stringify(rejected),
            at: now(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 0n) return;
        await audit.append(trx, {
          clinic: from.clinic,
          actor: actorOf(from.by),
          action: 'import.stored',
          subject: from.connection,
          purpose,
          details: { kind: piece.kind, file: piece.id, rejected: rejected.length, ...counts },
        });
      });
      return { kind: piece.kind, counts, rejected };
    },
  };
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

// Imports the reports of a PT system's drop folder: each file whole in the end, each row once, nothing lost in between.
import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { webptOperations } from '../../connectors/webpt/operations.ts';
import type { ImportedReport } from '../../connectors/webpt/operations.ts';
import { readWebptConfig } from '../../connectors/webpt/config.ts';
import type { AuthorizationRow, PatientRow } from '../../connectors/pt-records/rows.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';
import { newReference } from '../vault/reference.ts';
import type { Origin, RowNeeds, RowResult } from './rows.ts';
import type { ImportCounts, RejectedRow } from './tables.ts';
import { cancelVanished, storeAppointments } from './appointments.ts';
import { storePatient, storePeriods } from './rows.ts';

/** What an import brought: counts by kind, the rows it could not take, and the authorizations whose workflows must be told. */
export interface ImportResult {
  readonly outcome: 'imported' | 'nothingNew';
  readonly structure: {
    readonly files: readonly {
      readonly kind: string;
      readonly counts: ImportCounts;
      readonly rejected: readonly RejectedRow[];
    }[];
    readonly waiting: number;
    readonly unrecognised: number;
    /** More authorizations wait than one answer holds: ask again. */
    readonly more: boolean;
  };
  readonly refs: readonly string[];
  readonly items: readonly {
    readonly authorization: string;
    readonly outcome: 'changed';
    readonly structure: Readonly<Record<string, unknown>>;
  }[];
}

export interface Imports {
  /** Takes every complete report of the folder. `limit` is the largest number of authorizations told at once. */
  run(clinic: string, connection: string, by: Principal, limit?: number): Promise<ImportResult>;
}

interface ImportNeeds extends RowNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly vendor: Vendor;
}

/** So many rows share a transaction: a crash repeats no more than these, and no lock is held for long. */
const rowsPerTransaction = 50;
/** Visits are stored with a handful of statements, however many. */
const visitsPerTransaction = 500;
const defaultLimit = 500;
const kindOrder = ['patients', 'authorizations', 'appointments'];

export function createImports(needs: ImportNeeds): Imports {
  const { db, audit, now } = needs;
  const operation = webptOperations['webpt.reports.import'];

  const inBatches = async <T>(
    rows: readonly T[],
    size: number,
    store: (trx: Trx, batch: readonly T[]) => Promise<RowResult[]>,
  ): Promise<Record<RowResult, number>> => {
    const counts = { added: 0, changed: 0, same: 0, unmatched: 0 };
    for (let start = 0; start < rows.length; start += size) {
      const results = await db.transaction().execute((trx) => store(trx, rows.slice(start, start + size)));
      for (const result of results) counts[result] += 1;
    }
    return counts;
  };

  const storeReport = async (report: ImportedReport, from: Origin) => {
    const stored = await storeRows(report, from);
    const cancelled = await cancelWhatIsGone(report, from);
    const unknownPayers = report.problems.filter((one) => one.reason === 'unknown payer').length;
    const counts = { ...stored, cancelled, unknownPayers };
    const rejected = report.problems
      .filter((one) => one.rejected)
      .map(({ row, column, reason }) => ({ row, column, reason }));
    await db.transaction().execute(async (trx) => {
      const inserted = await trx
        .insertInto('imports')
        .values({
          id: newReference('rec'),
          clinic: from.clinic,
          connection: from.connection,
          kind: report.kind,
          sha256: report.sha256,
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
        purpose: 'webpt.reports.import',
        details: { kind: report.kind, file: report.sha256, rejected: rejected.length, ...counts },
      });
    });
    return { kind: report.kind, counts, rejected };
  };

  /** A row that could not be read may be the visit that is missed: then nothing is taken for gone. */
  const cancelWhatIsGone = async (report: ImportedReport, from: Origin): Promise<number> => {
    if (report.kind !== 'appointments' || !report.whole) return 0;
    if (report.problems.some((one) => one.rejected)) return 0;
    return db.transaction().execute((trx) => cancelVanished(needs, trx, from, report.rows));
  };

  const storeRows = (report: ImportedReport, from: Origin): Promise<Record<RowResult, number>> => {
    switch (report.kind) {
      case 'patients':
        return inBatches(primaryFirst(report.rows), rowsPerTransaction, (trx, batch) =>
          inOrder(batch, (row) => storePatient(needs, trx, from, row)),
        );
      case 'authorizations':
        return inBatches(byPatient(report.rows), rowsPerTransaction, (trx, batch) =>
          inOrder(batch, ([recordNumber, rows]) => storePeriods(needs, trx, from, recordNumber, rows)),
        );
      case 'appointments': {
        const patients = new Map<string, string | null>();
        return inBatches(report.rows, visitsPerTransaction, (trx, batch) =>
          storeAppointments(needs, trx, from, batch, patients),
        );
      }
    }
  };

  return {
    async run(clinic, connection, by, limit = defaultLimit) {
      const context = await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by,
        timeoutSeconds: operation.requestTimeoutSeconds,
      });
      const taken = await db
        .selectFrom('imports')
        .select('sha256')
        .where('clinic', '=', clinic)
        .where('connection', '=', connection)
        .execute();
      const { zone } = await needs.policies.today(db, clinic, now());
      const payers = await needs.policies.payerNames(db, clinic);
      const outcome = await operation.run(context, {
        skip: taken.map((one) => one.sha256),
        clinic: { zone, payers },
      });
      if (outcome.kind !== 'done') {
        const field = outcome.kind === 'rejected' ? outcome.reasons[0]?.field : undefined;
        throw new GaitError(
          outcome.code,
          'The reports could not be read.',
          field === undefined ? {} : { where: field },
        );
      }
      const { reports, waiting, unrecognised } = outcome.result;
      const ordered = [...reports].sort(
        (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.modifiedAt.localeCompare(b.modifiedAt),
      );
      const files = [];
      for (const report of ordered) {
        const from = { clinic, connection, today: dateInZone(report.modifiedAt, zone), by };
        files.push(await storeReport(report, from));
        await putAside(readWebptConfig(context.config).dropFolder, report.name);
      }
      const changed = await db
        .selectFrom('authorizations')
        .select(['ref', 'payer', 'state'])
        .where('clinic', '=', clinic)
        .where('to_track', '=', true)
        .orderBy('ref')
        .limit(limit + 1)
        .execute();
      const told = changed.slice(0, limit);
      return {
        outcome: files.length === 0 ? 'nothingNew' : 'imported',
        structure: { files, waiting: waiting.length, unrecognised, more: changed.length > limit },
        refs: told.map((row) => row.ref),
        items: told.map((row) => ({
          authorization: row.ref,
          outcome: 'changed' as const,
          structure: { payer: row.payer, state: row.state },
        })),
      };
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

/** A stored report leaves the drop folder. Where it cannot, its digest keeps it from being taken again. */
async function putAside(folder: string, name: string): Promise<void> {
  const processed = join(folder, 'processed');
  try {
    await mkdir(processed, { recursive: true });
    await rename(join(folder, basename(name)), join(processed, basename(name)));
    await rename(join(folder, `${basename(name)}.done`), join(processed, `${basename(name)}.done`));
  } catch {
    return;
  }
}

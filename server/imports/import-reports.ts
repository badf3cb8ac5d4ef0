// Imports the reports that lie in a connection's drop folder: each report is stored whole or not at all, and never twice.
import { webptOperations } from '../../connectors/webpt/operations.ts';
import type { ImportedReport } from '../../connectors/webpt/operations.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { RuleBook } from '../../domain/payer/schema.ts';
import { factsOfRow } from '../authorizations/facts.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Services } from '../services.ts';
import { newReference } from '../vault/reference.ts';
import { storeAppointments } from './appointments.ts';
import { startMissingAuthorizations, storeAuthorizations } from './authorizations.ts';
import { storePatients } from './patients.ts';
import type { Stored, Storing } from './storing.ts';
import type { RejectedRow } from './tables.ts';

/** What a flow is told: counts per report, why rows were left out, and the authorizations that are to be tracked. */
export interface ImportAnswer {
  readonly outcome: 'imported' | 'nothingNew';
  readonly structure: {
    readonly reports: readonly ReportSummary[];
    readonly waitingFiles: number;
    readonly unrecognised: number;
    readonly more: boolean;
  };
  readonly refs: readonly string[];
  readonly items: readonly { readonly item: string; readonly structure: Readonly<Record<string, unknown>> }[];
}

interface ReportSummary {
  readonly report: string;
  readonly kind: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly duplicates: number;
  /** Rows that wait for the patient report naming their patient; the file is read again then. */
  readonly waiting: number;
  readonly rejected: readonly RejectedRow[];
}

export interface ImportNeeds extends Pick<Services, 'db' | 'vault' | 'keyring' | 'audit' | 'now'> {
  readonly vendor: Vendor;
  readonly policies: Policies;
  readonly book: RuleBook;
}

const order = ['patients', 'authorizations', 'appointments'] as const;
/** A report names its bad rows; beyond these the count tells enough. */
const rejectedShown = 200;

/**
 * Reads every complete report of the connection that was not taken before.
 * @param limit how many authorizations the answer lists at most; `more` says that a further call has further ones
 * @throws GaitError `connection.unknown`, or the connector's code when the folder cannot be read
 */
export async function importReports(
  needs: ImportNeeds,
  of: { readonly clinic: string; readonly connection: string; readonly by: Principal; readonly limit: number },
): Promise<ImportAnswer> {
  const operation = webptOperations['webpt.reports.import'];
  const context = await needs.vendor.open({
    clinic: of.clinic,
    connection: of.connection,
    system: operation.system,
    purpose: operation.name,
    by: of.by,
    timeoutSeconds: operation.requestTimeoutSeconds,
  });
  const outcome = await operation.run(context, { skip: await takenBefore(needs, of) });
  if (outcome.kind !== 'done') {
    throw new GaitError(outcome.code, 'The reports could not be read.', { fix: 'Test the connection in the console.' });
  }
  const { result } = outcome;
  const summaries: ReportSummary[] = [];
  for (const kind of order) {
    for (const report of result.reports.filter((one) => one.kind === kind))
      summaries.push(await storeReport(needs, of, report));
  }
  await needs.db.transaction().execute((trx) => startWhereNeeded(needs, of, trx));
  const { items, more } = await toTrack(needs, of.clinic, of.limit);
  return {
    outcome: summaries.length === 0 && items.length === 0 ? 'nothingNew' : 'imported',
    structure: { reports: summaries, waitingFiles: result.waiting.length, unrecognised: result.unrecognised, more },
    refs: items.map(({ item }) => item),
    items,
  };
}

/** Digests of the files that were stored to the last row; one with waiting rows is read again. */
async function takenBefore(needs: ImportNeeds, of: { clinic: string; connection: string }): Promise<string[]> {
  const rows = await needs.db
    .selectFrom('imports')
    .select(['content', 'counts'])
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .execute();
  return rows.filter((row) => (row.counts['waiting'] ?? 0) === 0).map((row) => row.content.toString('hex'));
}

function storeReport(
  needs: ImportNeeds,
  of: { clinic: string; connection: string; by: Principal },
  report: ImportedReport,
): Promise<ReportSummary> {
  return needs.db.transaction().execute(async (trx) => {
    const storing = await storingOf(needs, of, trx);
    const stored = await storeRows(needs, storing, report);
    const rejected: RejectedRow[] = [
      ...report.problems
        .filter((problem) => problem.rejected)
        .map(({ row, column, reason }) => ({ row, column, reason })),
      ...stored.rejected,
    ].slice(0, rejectedShown);
    const id = newReference('rep');
    const counts = {
      added: stored.added,
      changed: stored.changed,
      unchanged: stored.unchanged,
      waiting: stored.waiting,
      duplicates: report.duplicates,
      rejected: report.problems.filter((problem) => problem.rejected).length + stored.rejected.length,
    };
    const content = Buffer.from(report.sha256, 'hex');
    await trx
      .deleteFrom('imports')
      .where('clinic', '=', of.clinic)
      .where('connection', '=', of.connection)
      .where('content', '=', content)
      .execute();
    await trx
      .insertInto('imports')
      .values({
        id,
        clinic: of.clinic,
        connection: of.connection,
        kind: report.kind,
        content,
        counts: JSON.stringify(counts),
        rejected: JSON.stringify(rejected),
        at: storing.at,
      })
      .execute();
    await markChanged(trx, of.clinic, [...stored.patients], storing.at);
    await needs.audit.append(trx, {
      clinic: of.clinic,
      actor: actorOf(of.by),
      action: 'report.imported',
      subject: id,
      details: { connection: of.connection, kind: report.kind, content: report.sha256, ...counts },
    });
    return {
      report: id,
      kind: report.kind,
      added: counts.added,
      changed: counts.changed,
      unchanged: counts.unchanged,
      duplicates: counts.duplicates,
      waiting: counts.waiting,
      rejected,
    };
  });
}

async function storeRows(needs: ImportNeeds, storing: Storing, report: ImportedReport): Promise<Stored> {
  switch (report.kind) {
    case 'patients':
      return storePatients(storing, report.rows);
    case 'authorizations': {
      const { zone } = await needs.policies.today(storing.clinic, storing.at);
      return storeAuthorizations(storing, report.rows, dateInZone(report.modifiedAt, zone));
    }
    case 'appointments':
      return storeAppointments(storing, report.rows);
  }
}

async function storingOf(
  needs: ImportNeeds,
  of: { clinic: string; connection: string; by: Principal },
  trx: Trx,
): Promise<Storing> {
  const at = needs.now();
  const { date } = await needs.policies.today(of.clinic, at);
  const { vault, keyring, policies, book } = needs;
  return {
    trx,
    clinic: of.clinic,
    connection: of.connection,
    by: of.by,
    vault,
    keyring,
    policies,
    book,
    at,
    today: date,
  };
}

/** Only once an authorization report was read is a patient without a row a patient without an authorization. */
async function startWhereNeeded(
  needs: ImportNeeds,
  of: { clinic: string; connection: string; by: Principal },
  trx: Trx,
): Promise<void> {
  const read = await trx
    .selectFrom('imports')
    .select('id')
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('kind', '=', 'authorizations')
    .limit(1)
    .executeTakeFirst();
  if (read === undefined) return;
  const rows = await trx
    .selectFrom('imported_rows')
    .select('ref')
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('kind', '=', 'patients')
    .execute();
  const patients = rows.map((row) => row.ref);
  const storing = await storingOf(needs, of, trx);
  if ((await startMissingAuthorizations(storing, patients)) > 0)
    await markChanged(trx, of.clinic, patients, storing.at, true);
}

/** Remembers which authorizations rest on what changed; with `onlyNew`, those no import has marked yet. */
async function markChanged(
  trx: Trx,
  clinic: string,
  patients: readonly string[],
  at: Date,
  onlyNew = false,
): Promise<void> {
  if (patients.length === 0) return;
  const rows = await trx
    .selectFrom('authorizations')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .execute();
  if (rows.length === 0) return;
  await trx
    .insertInto('import_changes')
    .values(rows.map(({ ref }) => ({ authorization_ref: ref, clinic, changed_at: at })))
    .onConflict((conflict) =>
      onlyNew ? conflict.doNothing() : conflict.column('authorization_ref').doUpdateSet({ changed_at: at }),
    )
    .execute();
}

/** Authorizations that changed since they were last tracked: a flow that died in the middle is given them again. */
async function toTrack(
  needs: ImportNeeds,
  clinic: string,
  limit: number,
): Promise<{ items: ImportAnswer['items']; more: boolean }> {
  const rows = await needs.db
    .selectFrom('authorizations as a')
    .innerJoin('import_changes as c', 'c.authorization_ref', 'a.ref')
    .selectAll('a')
    .where('a.clinic', '=', clinic)
    .where((eb) => eb.or([eb('a.tracked_at', 'is', null), eb('c.changed_at', '>', eb.ref('a.tracked_at'))]))
    .orderBy('c.changed_at')
    .orderBy('a.ref')
    .limit(limit + 1)
    .execute();
  const at = needs.now();
  const items = await Promise.all(
    rows.slice(0, limit).map(async (row) => {
      const { assessment } = await factsOfRow(needs, row, at);
      const structure = {
        payer: row.payer,
        lineOfBusiness: row.line_of_business,
        need: assessment.need,
        actBy: assessment.actBy,
      };
      return { item: row.ref, structure };
    }),
  );
  return { items, more: rows.length > limit };
}

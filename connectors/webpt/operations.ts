// What Gait asks of WebPT: the exported reports in the drop folder, and values a person copies into its authorization form.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectionTest, ConnectorContext, Operation, Outcome, Read } from '../connector.ts';
import { decoded } from '../csv/table.ts';
import { readCharts } from './charts.ts';
import type { ChartsImport, ChartsRequest } from './charts.ts';
import { readWebptConfig } from './config.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { listDropFolder, readReport } from '../reports/drop-folder.ts';
import type { ReportFile } from '../reports/drop-folder.ts';
import { parseReport } from '../reports/parse-report.ts';
import { copyReadyValues } from './record.ts';
import type { CopyReady } from './record.ts';
import type { AuthorizationRow, RowsOf } from '../pt-records/rows.ts';

const system = 'webpt';
const requestTimeoutSeconds = 300;

/** A parsed file. `sha256` is that of its bytes: the same report dropped twice is known by it. */
export type ImportedReport = { readonly name: string; readonly sha256: string; readonly modifiedAt: string } & (
  | RowsOf<'patients'>
  | RowsOf<'authorizations'>
  | (RowsOf<'appointments'> & { readonly whole: boolean })
);

export interface ReportsImport {
  readonly reports: readonly ImportedReport[];
  /** Reports still being written, by name; they are taken next time. */
  readonly waiting: readonly string[];
  /** Reports whose bytes were taken before (`skip`). */
  readonly skipped: number;
  readonly unrecognised: number;
}

export interface ImportRequest {
  /** Only these of the listed names; all when absent. */
  readonly files?: readonly string[];
  /** SHA-256 of reports already taken. */
  readonly skip?: readonly string[];
  readonly clinic?: ClinicWords;
}

async function parseFile(
  config: ReportFolder,
  file: ReportFile,
  bytes: Buffer,
  sha256: string,
): Promise<ImportedReport> {
  const { name, modifiedAt } = file;
  const source = { name, sha256, modifiedAt };
  switch (file.kind) {
    case 'patients':
      return { ...source, ...(await parseReport(decoded(bytes), 'patients', config.profile)) };
    case 'authorizations':
      return { ...source, ...(await parseReport(decoded(bytes), 'authorizations', config.profile)) };
    case 'appointments':
      return {
        ...source,
        ...(await parseReport(decoded(bytes), 'appointments', config.profile)),
        whole: config.profile.reports.appointments.whole ?? false,
      };
  }
}

/** A folder or file that cannot be read is an outcome; a bug stays an exception. */
async function outcomeOf<Result>(work: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { kind: 'done', result: await work() };
  } catch (error) {
    if (!(error instanceof GaitError)) throw error;
    const reason = error.where === undefined ? { code: 'unreadable' } : { code: 'unreadable', field: error.where };
    return { kind: 'rejected', code: error.code, reasons: [reason] };
  }
}

async function importReports(context: ConnectorContext, request: ImportRequest): Promise<ReportsImport> {
  const config = readWebptConfig(context.config, request.clinic);
  const listing = await listDropFolder(config, context.signal);
  const wanted = listing.reports.filter(({ name }) => request.files === undefined || request.files.includes(name));
  const skip = new Set(request.skip ?? []);
  const reports: ImportedReport[] = [];
  let skipped = 0;
  for (const file of wanted.filter(({ stable }) => stable)) {
    context.signal.throwIfAborted();
    const { bytes, sha256 } = await readReport(config, file, listing.reports.indexOf(file) + 1);
    if (skip.has(sha256)) skipped += 1;
    else reports.push(await parseFile(config, file, bytes, sha256));
    skip.add(sha256);
  }
  const waiting = wanted.filter(({ stable }) => !stable).map(({ name }) => name);
  return { reports, waiting, skipped, unrecognised: listing.unrecognised };
}

/** The periods the newest authorization report holds for one patient. */
async function authorizationsOf(
  context: ConnectorContext,
  recordNumber: string,
): Promise<{ rows: AuthorizationRow[]; asOf: string | null }> {
  const config = readWebptConfig(context.config);
  const listing = await listDropFolder(config, context.signal);
  const newest = listing.reports.filter(({ kind, stable }) => stable && kind === 'authorizations').at(-1);
  if (!newest) return { rows: [], asOf: null };
  const { bytes } = await readReport(config, newest, listing.reports.indexOf(newest) + 1);
  const parsed = await parseReport(decoded(bytes), 'authorizations', config.profile);
  return { rows: parsed.rows.filter((row) => row.recordNumber === recordNumber), asOf: newest.modifiedAt };
}

async function testFolder(context: ConnectorContext): Promise<ConnectionTest> {
  const config = readWebptConfig(context.config);
  const listing = await listDropFolder(config, context.signal);
  const count = (kind: string): string => String(listing.reports.filter((report) => report.kind === kind).length);
  return {
    facts: [
      { label: 'Mapping profile', value: config.profile.title },
      { label: 'Time zone', value: config.profile.zone ?? "the clinic's" },
      { label: 'Patient reports', value: count('patients') },
      { label: 'Authorization reports', value: count('authorizations') },
      { label: 'Schedule reports', value: count('appointments') },
      { label: 'Files of no known name', value: String(listing.unrecognised) },
    ],
  };
}

interface WebptOperations {
  readonly 'webpt.reports.list': Read<
    Record<string, never>,
    { readonly reports: readonly ReportFile[]; readonly unrecognised: number }
  >;
  readonly 'webpt.reports.import': Read<ImportRequest, ReportsImport>;
  readonly 'webpt.charts.import': Read<ChartsRequest, ChartsImport>;
  readonly 'webpt.authorization.get': Read<
    { readonly recordNumber: string },
    { readonly rows: readonly AuthorizationRow[]; readonly asOf: string | null }
  >;
  readonly 'webpt.authorization.record': Operation<{ readonly answer: AuthorizationAnswer }, CopyReady>;
  readonly 'webpt.connection.test': Read<Record<string, never>, ConnectionTest>;
}

const common = { system, requestTimeoutSeconds } as const;

export const webptOperations: WebptOperations = {
  'webpt.reports.list': {
    ...common,
    name: 'webpt.reports.list',
    effect: false,
    run: (context) => outcomeOf(() => listDropFolder(readWebptConfig(context.config), context.signal)),
  },
  'webpt.reports.import': {
    ...common,
    name: 'webpt.reports.import',
    effect: false,
    run: (context, request) => outcomeOf(() => importReports(context, request)),
  },
  'webpt.charts.import': {
    ...common,
    name: 'webpt.charts.import',
    effect: false,
    run: (context, request) => outcomeOf(() => readCharts(readWebptConfig(context.config), request, context.signal)),
  },
  'webpt.authorization.get': {
    ...common,
    name: 'webpt.authorization.get',
    effect: false,
    run: (context, { recordNumber }) => outcomeOf(() => authorizationsOf(context, recordNumber)),
  },
  // Asked for as an effect, because the clinic's record changes; done by a person, because WebPT offers no other door.
  'webpt.authorization.record': {
    ...common,
    name: 'webpt.authorization.record',
    effect: true,
    run: (context, { answer }) =>
      outcomeOf(() => Promise.resolve(copyReadyValues(readWebptConfig(context.config).profile, answer))),
  },
  'webpt.connection.test': {
    ...common,
    name: 'webpt.connection.test',
    effect: false,
    run: (context) => outcomeOf(() => testFolder(context)),
  },
};

// What Gait asks of WebPT: the exported reports in the drop folder, and values a person copies into its authorization form.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { ConnectionTest, ConnectorContext, Operation, Read } from '../connector.ts';
import { readCharts } from './charts.ts';
import type { ChartsImport, ChartsRequest } from './charts.ts';
import { readWebptConfig } from './config.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import { copyReady } from '../pt-records/copy-ready.ts';
import type { CopyReady } from '../pt-records/copy-ready.ts';
import type { ReportFolder } from '../reports/drop-folder.ts';
import { listDropFolder } from '../reports/drop-folder.ts';
import type { ReportFile } from '../reports/drop-folder.ts';
import type { OpenReport } from '../reports/report-file.ts';
import { outcomeOf, takeReport, testReports } from '../reports/source.ts';
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

/** Kinds that this operation does not take are told by `webptReports`. */
const importedKinds: readonly string[] = ['patients', 'authorizations', 'appointments'];

async function parseFile(config: ReportFolder, file: ReportFile, report: OpenReport): Promise<ImportedReport | null> {
  const source = { name: file.name, sha256: report.sha256, modifiedAt: file.modifiedAt };
  const { profile } = config;
  switch (file.kind) {
    case 'patients': {
      const rows = await report.rows('patients', profile);
      return rows === null ? null : { ...source, ...rows };
    }
    case 'authorizations': {
      const rows = await report.rows('authorizations', profile);
      return rows === null ? null : { ...source, ...rows };
    }
    case 'appointments': {
      const rows = await report.rows('appointments', profile);
      return rows === null ? null : { ...source, ...rows, whole: profile.reports.appointments?.whole ?? false };
    }
    default:
      return null;
  }
}

async function importReports(context: ConnectorContext, request: ImportRequest): Promise<ReportsImport> {
  const config = readWebptConfig(context.config, request.clinic);
  const listing = await listDropFolder(config, context.signal);
  const wanted = listing.reports.filter(
    ({ name, kind }) => importedKinds.includes(kind) && (request.files === undefined || request.files.includes(name)),
  );
  const skip = new Set(request.skip ?? []);
  const reports: ImportedReport[] = [];
  const waiting = wanted.filter(({ stable }) => !stable).map(({ name }) => name);
  let skipped = 0;
  for (const file of wanted.filter(({ stable }) => stable)) {
    context.signal.throwIfAborted();
    const { sha256, taken } = await takeReport(config, listing, file, skip, (report) =>
      parseFile(config, file, report),
    );
    if (taken === 'skipped') skipped += 1;
    else if (taken === 'waiting') waiting.push(file.name);
    else {
      reports.push(taken);
      skip.add(sha256);
    }
  }
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
  const { taken } = await takeReport(config, listing, newest, new Set(), (report) =>
    report.rows('authorizations', config.profile),
  );
  if (typeof taken === 'string') return { rows: [], asOf: null };
  return { rows: taken.rows.filter((row) => row.recordNumber === recordNumber), asOf: newest.modifiedAt };
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
      outcomeOf(() => {
        const { profile } = readWebptConfig(context.config);
        return Promise.resolve(copyReady('authorization', 'record', answer, profile.recordLabels, profile));
      }),
  },
  'webpt.connection.test': {
    ...common,
    name: 'webpt.connection.test',
    effect: false,
    run: (context) => outcomeOf(() => testReports(context, readWebptConfig)),
  },
};

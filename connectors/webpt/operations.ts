// What Gait asks of WebPT: the exported reports in the drop folder, and values a person copies into its authorization form.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { ConnectionTest, ConnectorContext, Operation, Read } from '../connector.ts';
import { readCharts } from './charts.ts';
import type { ChartsImport, ChartsRequest } from './charts.ts';
import { readWebptConfig } from './config.ts';
import { copyReady } from '../pt-records/copy-ready.ts';
import type { CopyReady } from '../pt-records/copy-ready.ts';
import { listDropFolder } from '../reports/drop-folder.ts';
import type { ReportFile } from '../reports/drop-folder.ts';
import { outcomeOf } from '../faults.ts';
import { fileOutcome, visiting } from '../files/place.ts';
import { takeReport, testReports } from '../reports/source.ts';
import type { AuthorizationRow } from '../pt-records/rows.ts';

const system = 'webpt';
const requestTimeoutSeconds = 300;

/** The periods the newest authorization report holds for one patient. */
async function authorizationsOf(
  context: ConnectorContext,
  recordNumber: string,
): Promise<{ rows: AuthorizationRow[]; asOf: string | null }> {
  const config = readWebptConfig(context.config);
  return visiting(context, config.place, async (visit) => {
    const listing = await listDropFolder(visit, config, context.signal);
    const newest = listing.reports.filter(({ kind, stable }) => stable && kind === 'authorizations').at(-1);
    if (!newest) return { rows: [], asOf: null };
    const { taken } = await takeReport(
      visit,
      listing,
      newest,
      () => false,
      (report) => report.rows('authorizations', config.profile),
    );
    if (typeof taken === 'string') return { rows: [], asOf: null };
    return { rows: taken.rows.filter((row) => row.recordNumber === recordNumber), asOf: newest.modifiedAt };
  });
}

interface WebptOperations {
  readonly 'webpt.reports.list': Read<
    Record<string, never>,
    { readonly reports: readonly ReportFile[]; readonly unrecognised: number }
  >;
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
    run: (context) =>
      fileOutcome(() => {
        const config = readWebptConfig(context.config);
        return visiting(context, config.place, (visit) => listDropFolder(visit, config, context.signal));
      }),
  },
  'webpt.charts.import': {
    ...common,
    name: 'webpt.charts.import',
    effect: false,
    run: (context, request) =>
      fileOutcome(() =>
        visiting(context, readWebptConfig(context.config).place, (visit) => readCharts(visit, request, context.signal)),
      ),
  },
  'webpt.authorization.get': {
    ...common,
    name: 'webpt.authorization.get',
    effect: false,
    run: (context, { recordNumber }) => fileOutcome(() => authorizationsOf(context, recordNumber)),
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
    run: (context) => fileOutcome(() => testReports(context, readWebptConfig)),
  },
};

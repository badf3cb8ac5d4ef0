// Exported reports in a drop folder as a way in: each file is a delivery, taken once by its bytes, whatever it is called;
// the bytes of an earlier report, exported again after another one, are the newest word and taken anew.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectionTest, ConnectorContext } from '../connector.ts';
import { cursorOver, marksIn, markOf, putAside } from '../files/drop.ts';
import { fileOutcome, visiting } from '../files/place.ts';
import type { Visit } from '../files/place.ts';
import { recordKinds } from '../pt-records/rows.ts';
import type { RecordKind } from '../pt-records/rows.ts';
import type { ClinicWords, Delivery, RecordsFetched, RecordsRequest, RecordSource } from '../pt-records/source.ts';
import { listDropFolder, readReport } from './drop-folder.ts';
import type { DropFolderListing, ReportFile, ReportFolder } from './drop-folder.ts';
import type { OpenReport } from './report-file.ts';

/** The folder of a connection, over what holds for its clinic. Throws `input.invalid` naming the field. */
export type ReadFolder = (config: ConnectorContext['config'], clinic?: ClinicWords) => ReportFolder;

/** Reads one report and closes it. 'skipped': `isKnown` says so of its bytes; 'waiting': they changed meanwhile. */
export async function takeReport<Taken>(
  visit: Visit,
  listing: DropFolderListing,
  file: ReportFile,
  isKnown: (sha256: string) => boolean,
  take: (report: OpenReport) => Promise<Taken | null>,
): Promise<{ readonly sha256: string; readonly taken: Taken | 'waiting' | 'skipped' }> {
  const report = await readReport(visit, file, listing.reports.indexOf(file) + 1);
  try {
    const { sha256 } = report;
    if (isKnown(sha256)) return { sha256, taken: 'skipped' };
    return { sha256, taken: (await take(report)) ?? 'waiting' };
  } finally {
    await report.close();
  }
}

type Source = Pick<Delivery, 'id' | 'asOf' | 'file'>;

/** The delivery a file is. One case for each kind: what holds of the kind holds of its rows. */
async function deliveryOf(
  kind: RecordKind,
  report: OpenReport,
  of: Source,
  profile: ReportFolder['profile'],
): Promise<Delivery | null> {
  const withSource = <Rows extends object>(rows: Rows | null): (Source & Rows) | null =>
    rows === null ? null : { ...of, ...rows };
  switch (kind) {
    case 'patients':
      return withSource(await report.rows('patients', profile));
    case 'authorizations':
      return withSource(await report.rows('authorizations', profile));
    case 'appointments': {
      const rows = await report.rows('appointments', profile);
      return rows === null ? null : { ...of, ...rows, whole: profile.reports.appointments?.whole ?? false };
    }
    case 'notes':
      return withSource(await report.rows('notes', profile));
    case 'charges':
      return withSource(await report.rows('charges', profile));
    case 'outcomes':
      return withSource(await report.rows('outcomes', profile));
  }
}

/** In the order in which kinds are stored, each from the oldest file on. */
function inOrder(reports: readonly ReportFile[]): ReportFile[] {
  return reports.toSorted((a, b) => recordKinds.indexOf(a.kind) - recordKinds.indexOf(b.kind));
}

const usualLimit = 200_000;

/** A listed report as its transport saw it. */
const seenOf = ({ name, sizeBytes, modifiedAt }: ReportFile) => ({
  name,
  bytes: sizeBytes,
  modifiedAt: Date.parse(modifiedAt),
});

async function fetchReports(
  context: ConnectorContext,
  request: RecordsRequest,
  config: ReportFolder,
  visit: Visit,
): Promise<RecordsFetched> {
  const listing = await listDropFolder(visit, config, context.signal);
  const wanted = listing.reports.filter(({ kind }) => request.kinds === undefined || request.kinds.includes(kind));
  const skip = new Set(request.skip);
  const marks = marksIn(request.cursor);
  const deliveries: Delivery[] = [];
  const taken: ReportFile[] = [];
  let [skipped, waiting, rows] = [0, wanted.filter(({ stable }) => !stable).length, 0];
  let more = false;
  const ready = inOrder(wanted.filter(({ stable }) => stable));
  const ofBytes = ready.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let bytes = 0;
  for (const file of ready) {
    context.signal.throwIfAborted();
    request.reading?.({ bytes, ofBytes });
    bytes += file.sizeBytes;
    if (marks.has(markOf(seenOf(file)))) {
      skipped += 1;
      taken.push(file);
      continue;
    }
    const take = async (report: OpenReport): Promise<Delivery | 'later' | null> => {
      // Whether a further file is new, its digest had to tell.
      more = rows >= (request.limit ?? usualLimit);
      if (more) return 'later';
      const of = { id: report.sha256, asOf: file.modifiedAt, file: file.name };
      return deliveryOf(file.kind, report, of, config.profile);
    };
    const isKnown = (id: string): boolean =>
      skip.has(id) && !(Date.parse(request.superseded?.get(id) ?? '') < Date.parse(file.modifiedAt));
    const { sha256, taken: told } = await takeReport(visit, listing, file, isKnown, take);
    if (told === 'later') break;
    if (told === 'waiting') {
      waiting += 1;
      continue;
    }
    taken.push(file);
    if (told === 'skipped') skipped += 1;
    else {
      deliveries.push(told);
      rows += told.rows.length;
      skip.add(sha256);
    }
  }
  if (!more) request.reading?.({ bytes: ofBytes, ofBytes });
  return {
    deliveries,
    gone: [],
    cursor: cursorOver(visit, taken.map(seenOf)),
    more,
    waiting,
    skipped,
    unrecognised: listing.unrecognised,
    files: taken.map(({ name }) => name),
  };
}

const titles: Readonly<Record<RecordKind, string>> = {
  patients: 'Patient reports',
  authorizations: 'Authorization reports',
  appointments: 'Schedule reports',
  notes: 'Note reports',
  charges: 'Charge reports',
  outcomes: 'Outcome reports',
};

/** What lies in the folder, by kind; only kinds that the profile knows. */
export async function testReports(context: ConnectorContext, read: ReadFolder): Promise<ConnectionTest> {
  const config = read(context.config);
  const listing = await visiting(context, config.place, (visit) => listDropFolder(visit, config, context.signal));
  const kinds = recordKinds.filter((kind) => config.profile.reports[kind] !== undefined);
  return {
    facts: [
      { label: 'Reports come', value: config.place.server === null ? 'into a drop folder' : 'over SFTP' },
      { label: 'Mapping profile', value: config.profile.title },
      { label: 'Time zone', value: config.profile.zone ?? "the clinic's" },
      ...kinds.map((kind) => ({
        label: titles[kind],
        value: String(listing.reports.filter((report) => report.kind === kind).length),
      })),
      { label: 'Files of no known name', value: String(listing.unrecognised) },
    ],
  };
}

/** The reports of a connection. Settings that cannot be read have no kinds: what is wrong the other two tell. */
export function reportSource(read: ReadFolder): RecordSource {
  return {
    kinds(config) {
      try {
        const { reports } = read(config).profile;
        return recordKinds.filter((kind) => reports[kind] !== undefined);
      } catch (error) {
        if (error instanceof GaitError) return [];
        throw error;
      }
    },
    fetch: (context, request) =>
      fileOutcome(() => {
        const config = read(context.config, request.clinic);
        return visiting(context, config.place, (visit) => fetchReports(context, request, config, visit));
      }),
    test: (context) => fileOutcome(() => testReports(context, read)),
    putAside: (context, names) =>
      visiting(context, read(context.config).place, (visit) => putAside(visit, names, context.now())),
  };
}

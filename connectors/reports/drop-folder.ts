// The reports that lie complete in a drop folder, and their bytes; nothing outside it, no symbolic link, no name from a caller.
import { GaitError } from '../../domain/errors.ts';
import { listDropped } from '../files/drop.ts';
import { isFault } from '../files/files.ts';
import type { FilePlace } from '../files/files.ts';
import type { Visit } from '../files/place.ts';
import type { Profile } from './profile.ts';
import { reportKinds } from './read-rows.ts';
import type { Reading, ReportKind } from './read-rows.ts';
import { openReport } from './report-file.ts';
import type { OpenReport } from './report-file.ts';

/** A folder in which a clinic drops its exported reports, and how they are named. */
export interface ReportFolder {
  readonly place: FilePlace;
  readonly profile: Reading;
  /** Undefined: as is usual for the place. */
  readonly settleSeconds: number | undefined;
}

/** `stable`: marked as done, or unchanged in size and time for the settle time. Times are ISO UTC. */
export interface ReportFile {
  readonly name: string;
  readonly kind: ReportKind;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly stable: boolean;
}

export interface DropFolderListing {
  /** Oldest first, so that a newer report is applied after an older one. */
  readonly reports: readonly ReportFile[];
  /** Files whose names no pattern knows; they are counted, not named: a name may hold a patient's. */
  readonly unrecognised: number;
}

/** A report of the profile by the name of the file. */
function kindReader({ reports }: Profile): (name: string) => ReportKind | null {
  const patterns = reportKinds.flatMap((kind) => {
    const file = reports[kind]?.file;
    return file === undefined ? [] : [{ kind, pattern: new RegExp(file, 'i') }];
  });
  return (name) => patterns.find(({ pattern }) => pattern.test(name))?.kind ?? null;
}

/** What lies in the drop folder, oldest first. */
export async function listDropFolder(
  visit: Visit,
  config: ReportFolder,
  signal: AbortSignal,
): Promise<DropFolderListing> {
  const kindOf = kindReader(config.profile);
  const { files, others } = await listDropped(visit, (name) => kindOf(name) !== null, config.settleSeconds, signal);
  const reports = files.flatMap(({ name, bytes, modifiedAt, isStable }): ReportFile[] => {
    const kind = kindOf(name);
    const at = new Date(modifiedAt).toISOString();
    return kind === null ? [] : [{ name, kind, sizeBytes: bytes, modifiedAt: at, stable: isStable }];
  });
  return { reports, unrecognised: others };
}

/**
 * A listed report, open for reading: whoever asked closes it. It is opened without following a link, so that one put in its place
 * meanwhile is refused. An error says the kind and the place in the listing, as a name may name a person.
 */
export async function readReport({ files, folder }: Visit, file: ReportFile, place: number): Promise<OpenReport> {
  const where = `${file.kind} report ${place}`;
  try {
    return await openReport(await files.open(`${folder}/${file.name}`), where);
  } catch (error) {
    if (!isFault(error, 'missing', 'refused', 'failed')) throw error;
    throw new GaitError('file.unreadable', 'a report may not be read', {
      where,
      fix: 'let the server read the files in the drop folder',
    });
  }
}

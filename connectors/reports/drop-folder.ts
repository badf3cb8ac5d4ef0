// The drop folder: which reports lie there complete, and one of them open; nothing outside it, no name from a caller.
import { GaitError } from '../../domain/errors.ts';
import { listDropped, openDropped } from '../dropped-files.ts';
import type { DroppedFile } from '../dropped-files.ts';
import type { Profile } from './profile.ts';
import { reportKinds } from './read-rows.ts';
import type { Reading, ReportKind } from './read-rows.ts';
import { openReport } from './report-file.ts';
import type { OpenReport } from './report-file.ts';

/** A folder in which a clinic drops its exported reports, and how they are named. */
export interface ReportFolder {
  readonly dropFolder: string;
  readonly profile: Reading;
  readonly settleSeconds: number;
}

export type ReportFile = DroppedFile<ReportKind>;

export interface DropFolderListing {
  /** Oldest first. */
  readonly reports: readonly ReportFile[];
  /** Files whose names no pattern knows. */
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

/** What lies in the drop folder. */
export async function listDropFolder(config: ReportFolder, signal: AbortSignal): Promise<DropFolderListing> {
  const { dropFolder: folder, profile, settleSeconds } = config;
  const place = { folder, kindOf: kindReader(profile), settleSeconds, where: 'dropFolder' };
  const { files, unrecognised } = await listDropped(place, signal);
  return { reports: files, unrecognised };
}

/**
 * A listed report, open for reading: whoever asked closes it. An error says the kind and the place in the listing, as a name may name a
 * person.
 */
export async function readReport(config: ReportFolder, file: ReportFile, place: number): Promise<OpenReport> {
  const where = `${file.kind} report ${place}`;
  const fix = 'let the server read the files in the drop folder';
  const refused = new GaitError('file.unreadable', 'a report may not be read', { where, fix });
  return openReport(await openDropped(config.dropFolder, file.name, refused), where);
}

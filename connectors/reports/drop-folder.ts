// The drop folder: which reports lie there complete, and their bytes; nothing outside it, no symbolic link, no name from a caller.
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GaitError } from '../../domain/errors.ts';
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

/** `stable`: marked as done, or unchanged in size and time for the settle time. Times are ISO UTC. */
export interface ReportFile {
  readonly name: string;
  readonly kind: ReportKind;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly stable: boolean;
}

export interface DropFolderListing {
  readonly reports: readonly ReportFile[];
  /** Files whose names no pattern knows; they are counted, not named: a name may hold a patient's. */
  readonly unrecognised: number;
}

/** A report of the profile by the name of the file; the lock that Excel puts beside an open workbook is none. */
function kindReader({ reports }: Profile): (name: string) => ReportKind | null {
  const patterns = reportKinds.flatMap((kind) => {
    const file = reports[kind]?.file;
    return file === undefined ? [] : [{ kind, pattern: new RegExp(file, 'i') }];
  });
  return (name) => patterns.find(({ pattern }) => pattern.test(name))?.kind ?? null;
}

async function folderOf(config: ReportFolder): Promise<string> {
  try {
    return await realpath(config.dropFolder);
  } catch {
    throw new GaitError('file.unreadable', 'the drop folder is not there or may not be read', {
      where: 'dropFolder',
      fix: 'create it and let the server read it',
    });
  }
}

interface Seen {
  readonly size: number;
  readonly modified: number;
}

/** Size and time of a plain file directly in the folder; `null` for anything else, symbolic links included. */
async function look(path: string): Promise<Seen | null> {
  try {
    const found = await lstat(path);
    return found.isFile() ? { size: found.size, modified: found.mtimeMs } : null;
  } catch {
    return null;
  }
}

/** What lies in the drop folder, oldest first, so that a newer report is applied after an older one. */
export async function listDropFolder(config: ReportFolder, signal: AbortSignal): Promise<DropFolderListing> {
  const folder = await folderOf(config);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    throw new GaitError('file.unreadable', 'the drop folder may not be read', { where: 'dropFolder' });
  }
  const all = new Set(names);
  const visible = names.filter((name) => !/^(?:\.|~\$)/.test(name) && !name.endsWith('.done'));
  const kindOf = kindReader(config.profile);
  const first = new Map<string, { kind: ReportKind; seen: Seen }>();
  let unrecognised = 0;
  for (const name of visible) {
    const kind = kindOf(name);
    const seen = await look(join(folder, name));
    if (kind !== null && seen) first.set(name, { kind, seen });
    else if (seen) unrecognised += 1;
  }
  const unmarked = [...first.keys()].some((name) => !all.has(`${name}.done`));
  if (unmarked) await sleep(config.settleSeconds * 1000, undefined, { signal });
  const reports: ReportFile[] = [];
  for (const [name, { kind, seen }] of first) {
    const again = await look(join(folder, name));
    if (!again) continue;
    const unchanged = again.size === seen.size && again.modified === seen.modified;
    reports.push({
      name,
      kind,
      sizeBytes: again.size,
      modifiedAt: new Date(again.modified).toISOString(),
      stable: all.has(`${name}.done`) || unchanged,
    });
  }
  reports.sort((a, b) => a.modifiedAt.localeCompare(b.modifiedAt) || a.name.localeCompare(b.name));
  return { reports, unrecognised };
}

/**
 * A listed report, open for reading: whoever asked closes it. It is opened without following a link, so that one put in its place
 * meanwhile is refused. An error says the kind and the place in the listing, as a name may name a person.
 */
export async function readReport(config: ReportFolder, file: ReportFile, place: number): Promise<OpenReport> {
  const where = `${file.kind} report ${place}`;
  const folder = await folderOf(config);
  let handle;
  try {
    handle = await open(join(folder, file.name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw new GaitError('file.unreadable', 'a report may not be read', {
      where,
      fix: 'let the server read the files in the drop folder',
    });
  }
  return openReport(handle, where);
}

// A folder in which somebody else leaves files: which of them lie there complete, and one of them opened; no symbolic link is followed.
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GaitError } from '../domain/errors.ts';

/** `stable`: marked as done, or unchanged in size and time for the settle time. Times are ISO UTC. */
export interface DroppedFile<Kind> {
  readonly name: string;
  readonly kind: Kind;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly stable: boolean;
}

export interface Dropped<Kind> {
  /** Oldest first, so that what is newer is applied after what is older. */
  readonly files: readonly DroppedFile<Kind>[];
  /** Files whose names say no kind; they are counted, not named: a name may hold a patient's. */
  readonly unrecognised: number;
}

export interface DropPlace<Kind> {
  readonly folder: string;
  /** What a file holds by its name; null: it is none of ours. */
  readonly kindOf: (name: string) => Kind | null;
  readonly settleSeconds: number;
  /** The setting that names the folder, for whoever mends it. */
  readonly where: string;
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

async function namesIn(folder: string, where: string): Promise<string[]> {
  try {
    return await readdir(await realpath(folder));
  } catch {
    throw new GaitError('file.unreadable', 'the drop folder is not there or may not be read', {
      where,
      fix: 'create it and let the server read it',
    });
  }
}

/** A hidden file, the lock that Excel puts beside an open workbook, and the mark that another file is done are no files of anybody. */
const isAside = (name: string): boolean => /^(?:\.|~\$)/.test(name) || name.endsWith('.done');

/** What lies in the folder. Waits once for `settleSeconds` where a file has no `.done` beside it. */
export async function listDropped<Kind>(place: DropPlace<Kind>, signal: AbortSignal): Promise<Dropped<Kind>> {
  const { folder, kindOf, settleSeconds } = place;
  const names = await namesIn(folder, place.where);
  const all = new Set(names);
  const first: { name: string; kind: Kind; seen: Seen }[] = [];
  let unrecognised = 0;
  for (const name of names.filter((one) => !isAside(one))) {
    const seen = await look(join(folder, name));
    const kind = kindOf(name);
    if (seen !== null && kind !== null) first.push({ name, kind, seen });
    else if (seen !== null) unrecognised += 1;
  }
  if (first.some(({ name }) => !all.has(`${name}.done`))) await sleep(settleSeconds * 1000, undefined, { signal });
  const files: DroppedFile<Kind>[] = [];
  for (const { name, kind, seen } of first) {
    const again = await look(join(folder, name));
    if (again === null) continue;
    const unchanged = again.size === seen.size && again.modified === seen.modified;
    const modifiedAt = new Date(again.modified).toISOString();
    files.push({ name, kind, sizeBytes: again.size, modifiedAt, stable: unchanged || all.has(`${name}.done`) });
  }
  files.sort((a, b) => a.modifiedAt.localeCompare(b.modifiedAt) || a.name.localeCompare(b.name));
  return { files, unrecognised };
}

/** Opens a file for reading without following a link, so that one put in its place meanwhile is refused: then `refused` is thrown. */
export async function openDropped(folder: string, name: string, refused: GaitError): Promise<FileHandle> {
  try {
    const path = join(await realpath(folder), name);
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw refused;
  }
}

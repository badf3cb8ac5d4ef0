// The folder where an interface engine leaves its messages: which files lie there complete, and their bytes; nothing outside it, no symbolic link.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GaitError } from '../../domain/errors.ts';

export interface MessageFile {
  readonly name: string;
  readonly modifiedAt: string;
  /** Marked as done, or unchanged in size and time for the settle time. */
  readonly stable: boolean;
}

export interface FolderListing {
  /** Oldest first, so that a newer message is applied after an older one. */
  readonly files: readonly MessageFile[];
  /** Files of other names; they are counted, not named: a name may hold a patient's. */
  readonly unrecognised: number;
}

const messageName = /\.(hl7|hl7v2|h7)$/i;
const largestBytes = 100_000_000;

interface Seen {
  readonly size: number;
  readonly modified: number;
}

async function look(path: string): Promise<Seen | null> {
  try {
    const found = await lstat(path);
    return found.isFile() ? { size: found.size, modified: found.mtimeMs } : null;
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(await realpath(folder));
  } catch {
    throw new GaitError('file.unreadable', 'the folder of messages is not there or may not be read', {
      where: 'hl7/folder',
      fix: 'create it and let the server read it',
    });
  }
}

/** Waits once for `settleSeconds` where a file has no `.done` beside it. */
export async function listMessages(folder: string, settleSeconds: number, signal: AbortSignal): Promise<FolderListing> {
  const names = await namesIn(folder);
  const all = new Set(names);
  const first = new Map<string, Seen>();
  let unrecognised = 0;
  for (const name of names.filter((one) => !one.startsWith('.') && !one.endsWith('.done'))) {
    const seen = await look(join(folder, name));
    if (seen === null) continue;
    if (messageName.test(name)) first.set(name, seen);
    else unrecognised += 1;
  }
  if ([...first.keys()].some((name) => !all.has(`${name}.done`)))
    await sleep(settleSeconds * 1000, undefined, { signal });
  const files: MessageFile[] = [];
  for (const [name, seen] of first) {
    const again = await look(join(folder, name));
    if (again === null) continue;
    const unchanged = again.size === seen.size && again.modified === seen.modified;
    files.push({
      name,
      modifiedAt: new Date(again.modified).toISOString(),
      stable: all.has(`${name}.done`) || unchanged,
    });
  }
  files.sort((a, b) => a.modifiedAt.localeCompare(b.modifiedAt) || a.name.localeCompare(b.name));
  return { files, unrecognised };
}

/**
 * The bytes of a listed file with their SHA-256 (hex). It is opened without following a link, so that one put in its place
 * meanwhile is refused. `place` is that in the listing: an error tells no name.
 */
export async function readMessages(
  folder: string,
  file: MessageFile,
  place: number,
): Promise<{ bytes: Buffer; sha256: string }> {
  const where = `hl7 file ${place}`;
  let handle;
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    handle = await open(join(await realpath(folder), file.name), flags);
  } catch {
    throw new GaitError('file.unreadable', 'a file of messages may not be read', {
      where,
      fix: 'let the server read the files in the folder',
    });
  }
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > largestBytes)
      throw new GaitError('file.unreadable', 'a file of messages is no plain file of a usual size', { where });
    const bytes = await handle.readFile();
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } finally {
    await handle.close();
  }
}

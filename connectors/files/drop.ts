// What lies in a drop folder complete, and where it goes once it is taken: half-written files are left alone, nothing is overwritten.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GaitError } from '../../domain/errors.ts';
import { isFault } from './files.ts';
import type { FileSeen } from './files.ts';
import type { Visit } from './place.ts';

/** `isStable`: marked as done, or unchanged in size and time for the settle time. */
export interface DroppedFile extends FileSeen {
  readonly isStable: boolean;
}

export interface Dropped {
  /** Oldest first, so that a newer one is applied after an older one. */
  readonly files: readonly DroppedFile[];
  /** Files of other names; they are counted, not named: a name may hold a patient's. */
  readonly others: number;
}

const marker = '.done';
/** Times on an SFTP server are whole seconds, and an upload may stand still for some of them. */
const settleSecondsOf = { here: 1, remote: 5 } as const;

async function seen({ files, folder, place }: Visit): Promise<FileSeen[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    if (!isFault(error, 'missing', 'refused', 'failed')) throw error;
    const what = place.server === null ? 'the drop folder' : 'the folder on the SFTP server';
    throw new GaitError('file.unreadable', `${what} is not there or may not be read`, {
      where: place.setting,
      fix:
        place.server === null
          ? 'create it and let the server read it'
          : 'ask whoever runs it for the path and the right to list it',
    });
  }
}

/** Waits once for the settle time where a wanted file has no `NAME.done` beside it. */
export async function listDropped(
  visit: Visit,
  isWanted: (name: string) => boolean,
  settleSeconds: number | undefined,
  signal: AbortSignal,
): Promise<Dropped> {
  const first = await seen(visit);
  const names = new Set(first.map(({ name }) => name));
  // The lock that Excel puts beside an open workbook is no file.
  const plain = first.filter(({ name }) => !name.startsWith('~$') && !name.endsWith(marker));
  const wanted = plain.filter(({ name }) => isWanted(name));
  const isMarked = ({ name }: FileSeen): boolean => names.has(`${name}${marker}`);
  const settle = settleSeconds ?? settleSecondsOf[visit.place.server === null ? 'here' : 'remote'];
  const isAllMarked = wanted.every(isMarked);
  if (!isAllMarked) await sleep(settle * 1000, undefined, { signal });
  const second = isAllMarked ? first : await seen(visit);
  const again = new Map(second.map((one) => [one.name, one]));
  const files = wanted.flatMap((before): DroppedFile[] => {
    const now = again.get(before.name);
    if (now === undefined) return [];
    const isSame = now.bytes === before.bytes && now.modifiedAt === before.modifiedAt;
    return [{ ...now, isStable: isMarked(before) || isSame }];
  });
  files.sort((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1));
  return { files, others: plain.length - wanted.length };
}

/** What a listed file is known by without reading it again: its name, size and time, none of which can be read out of it. */
export function markOf({ name, bytes, modifiedAt }: FileSeen): string {
  return createHash('sha256')
    .update(JSON.stringify([name, bytes, modifiedAt]))
    .digest('base64url')
    .slice(0, 22);
}

/** The marks that a cursor keeps of files on a server, so that none is fetched twice; none of a folder of this machine. */
export function marksIn(cursor: string | null): ReadonlySet<string> {
  const marks: unknown = cursor === null ? [] : JSON.parse(cursor);
  return new Set(Array.isArray(marks) ? marks.filter((one) => typeof one === 'string') : []);
}

/** The cursor over these files; null for a folder of this machine, whose bytes are looked at each time. */
export function cursorOver({ place }: Visit, files: readonly FileSeen[]): string | null {
  return place.server === null || files.length === 0 ? null : JSON.stringify(files.map(markOf));
}

const processed = 'processed';

/**
 * Moves files that were taken into the folder `processed` beside them, with their markers; another of the name that lies there stays.
 * Returns how many were moved: where the folder may not be written to they stay, and what they are known by keeps them from being taken again.
 */
export async function putAside({ files, folder }: Visit, names: readonly string[], at: Date): Promise<number> {
  if (names.length === 0) return 0;
  let moved = 0;
  try {
    await files.makeFolder(`${folder}/${processed}`);
    const stamp = at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
    for (const name of names) {
      const isThere = (await files.stat(`${folder}/${processed}/${name}`)) !== null;
      const target = `${folder}/${processed}/${isThere ? `${stamp}_${name}` : name}`;
      await files.rename(`${folder}/${name}`, target);
      moved += 1;
      if ((await files.stat(`${folder}/${name}${marker}`)) !== null)
        await files.rename(`${folder}/${name}${marker}`, `${target}${marker}`);
    }
  } catch (error) {
    if (!isFault(error, 'missing', 'refused', 'failed', 'exists', 'lost')) throw error;
  }
  return moved;
}

// Takes what lies in the inbox: only files that are whole and stand still, each moved out before it is read, none twice.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Archive } from './archive.ts';
import { fileName, largestFileBytes } from './archive.ts';
import type { X12FilesConfig } from './config.ts';
import { isFault } from '../files/files.ts';
import type { Files, FileSeen } from '../files/files.ts';
import type { FileKind } from './sort.ts';
import { sortFile } from './sort.ts';

export interface TakenIn {
  /** Files that were moved out of the inbox, by what they hold. */
  readonly taken: readonly (readonly FileKind[])[];
  /** Files whose very bytes had come before; they were removed. */
  readonly duplicates: number;
  /** Files still being written; they are taken next time. */
  readonly waiting: number;
  /** Files too large or not ours to read; they were left where they are. */
  readonly unreadable: number;
}

/** What it takes to take in an inbox. */
export interface Intake {
  readonly files: Files;
  readonly config: Pick<X12FilesConfig, 'inbox' | 'readyMarker' | 'settleSeconds' | 'damagedAfterSeconds'>;
  readonly archive: Archive;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Whether a file that stands still was written to its end; without it X12 says so itself. */
  readonly isWhole?: (bytes: Uint8Array) => boolean;
}

export interface Session extends Intake {
  readonly config: X12FilesConfig;
}

interface Standing {
  readonly still: readonly { readonly seen: FileSeen; readonly isMarked: boolean }[];
  readonly waiting: number;
}

/** The files of the inbox that are marked as ready, or have the same size and time as one settle time before. */
async function stillFiles({ files, config, signal }: Intake): Promise<Standing> {
  const first = await files.list(config.inbox);
  const names = new Set(first.map(({ name }) => name));
  const isMarked = (name: string): boolean => names.has(`${name}${config.readyMarker}`);
  const wanted = first.filter(({ name }) => !name.endsWith(config.readyMarker));
  if (wanted.every(({ name }) => isMarked(name)))
    return { still: wanted.map((seen) => ({ seen, isMarked: true })), waiting: 0 };
  await sleep(config.settleSeconds * 1000, undefined, { signal });
  const second = new Map((await files.list(config.inbox)).map((seen) => [seen.name, seen]));
  const still = wanted.flatMap((seen) => {
    const again = second.get(seen.name);
    if (again === undefined) return [];
    if (isMarked(seen.name)) return [{ seen: again, isMarked: true }];
    const isStill = again.bytes === seen.bytes && again.modifiedAt === seen.modifiedAt;
    return isStill ? [{ seen: again, isMarked: false }] : [];
  });
  return { still, waiting: wanted.filter(({ name }) => second.has(name)).length - still.length };
}

/** Whether a file that stands still is to be taken: one whose end is missing is still being written, or damaged. */
async function isReady(session: Intake, { seen, isMarked }: Standing['still'][number]): Promise<boolean> {
  const { files, config, now } = session;
  if (isMarked || now().getTime() - seen.modifiedAt >= config.damagedAfterSeconds * 1000) return true;
  const bytes = await files.read(`${config.inbox}/${seen.name}`, largestFileBytes);
  return session.isWhole?.(bytes) ?? sortFile(bytes).isWhole;
}

/** Sorts one file that was moved out of the inbox. Whoever else does so at the same time comes to the same end. */
async function shelve(
  { archive }: Intake,
  name: string,
): Promise<{ kinds: readonly FileKind[]; isNew: boolean } | null> {
  const bytes = await archive.read('taking', name);
  if (bytes === null) return null;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sorted = sortFile(bytes);
  const { kinds, answers, acknowledges } = sorted;
  const known = (await archive.stat('received', fileName(sha256))) ?? (await archive.stat('new', fileName(sha256)));
  if (known !== null) {
    await archive.remove('taking', name);
    return { kinds, isNew: false };
  }
  // First what points to it, then its place: after a crash in between it is sorted once more.
  for (const { kind, trace } of answers) await archive.point('answers', `${kind}-${trace}`, sha256);
  for (const { kind, control } of acknowledges) {
    if (/^\d{1,9}$/.test(control))
      await archive.point('acknowledged', acknowledgmentName(kind, Number(control)), sha256);
  }
  const isAnswerOnly = answers.length > 0 && kinds.every((kind) => kind === '271' || kind === '277');
  await archive.move('taking', name, isAnswerOnly ? 'received' : 'new', fileName(sha256));
  return { kinds, isNew: true };
}

/** Takes what is ready. A file is moved out of the inbox in one step, so that of two who take it one does. */
export async function takeIn(session: Intake): Promise<TakenIn> {
  const { files, config, archive } = session;
  const { still, waiting } = await stillFiles(session);
  let unfinished = 0;
  let unreadable = 0;
  for (const one of still) {
    const { name } = one.seen;
    try {
      if (await isReady(session, one)) {
        // Another name each time: a file may be dropped again under the same one.
        await archive.take(`${config.inbox}/${name}`, 'taking', `${randomBytes(12).toString('hex')}.x12`);
        if (one.isMarked) await files.remove(`${config.inbox}/${name}${config.readyMarker}`);
      } else unfinished += 1;
    } catch (error) {
      if (isFault(error, 'tooLarge', 'refused')) unreadable += 1;
      else if (!isFault(error, 'missing')) throw error;
    }
  }
  const taken: (readonly FileKind[])[] = [];
  let duplicates = 0;
  for (const { name } of (await archive.list('taking')).filter((file) => file.name.endsWith('.x12'))) {
    const shelved = await shelve(session, name);
    if (shelved?.isNew === true) taken.push(shelved.kinds);
    else if (shelved !== null) duplicates += 1;
  }
  return { taken, duplicates, waiting: waiting + unfinished, unreadable };
}

export function acknowledgmentName(kind: 'TA1' | '999', control: number): string {
  return `${kind}-${control}`;
}

// Hands out what came: each file until its receiver has confirmed that it is kept, so that none is lost and none is kept twice.
import { isUtf8 } from 'node:buffer';
import type { Finding } from '../../domain/x12/findings.ts';
import { fileName } from './archive.ts';
import type { FileKind } from './sort.ts';
import { sortFile } from './sort.ts';
import type { Intake, TakenIn } from './take-in.ts';
import { takeIn } from './take-in.ts';

export interface FetchRequest {
  /** SHA-256 of files that are kept since the last fetch: they are not handed out again. */
  readonly confirmed?: readonly string[];
  /** At most so many files; the others come next time. */
  readonly limit?: number;
}

/** A file, by its SHA-256. The name it came under is not told: it may name a person. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly kinds: readonly FileKind[];
  /** Faults of its envelopes; a file with errors was cut off or changed on its way. */
  readonly findings: readonly Finding[];
  /** Read as UTF-8, or as ISO 8859-1 where it is not that. */
  readonly text: string;
}

export interface FilesFetch {
  readonly files: readonly ReceivedFile[];
  readonly more: boolean;
  /** Files that answer questions only: whoever asked finds them. */
  readonly answers: number;
  readonly duplicates: number;
  readonly waiting: number;
  readonly unreadable: number;
}

const usualLimit = 100;

function isAnswerOnly(kinds: readonly FileKind[]): boolean {
  return kinds.every((kind) => kind === '271' || kind === '277');
}

/** As `fetchFiles`, each file read by `read`. */
export async function handOut<File>(
  session: Intake,
  request: FetchRequest,
  read: (sha256: string, bytes: Buffer) => File | Promise<File>,
): Promise<Omit<FilesFetch, 'files'> & { readonly files: readonly File[] }> {
  const { archive } = session;
  for (const sha256 of request.confirmed ?? [])
    if (/^[0-9a-f]{64}$/.test(sha256)) await archive.move('new', fileName(sha256), 'received');
  const { taken, duplicates, waiting, unreadable }: TakenIn = await takeIn(session);
  const listed = (await archive.list('new')).sort((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1));
  const limit = request.limit ?? usualLimit;
  const files: File[] = [];
  for (const { name } of listed.slice(0, limit)) {
    const bytes = await archive.read('new', name);
    if (bytes !== null) files.push(await read(name.slice(0, 64), bytes));
  }
  const answers = taken.filter(isAnswerOnly).length;
  return { files, more: listed.length > limit, answers, duplicates, waiting, unreadable };
}

/** Takes in what is ready and hands out what nobody has confirmed. */
export function fetchFiles(session: Intake, request: FetchRequest): Promise<FilesFetch> {
  return handOut(session, request, (sha256, bytes) => {
    const { kinds, findings } = sortFile(bytes);
    const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
    return { sha256, bytes: bytes.length, kinds, findings, text };
  });
}

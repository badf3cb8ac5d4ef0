// What a received file is, told by what it holds and never by its name: kinds, whether it is whole, what it answers.
import type { X12File } from '../../domain/x12/file.ts';
import { isEnvelopeFault } from '../../domain/x12/findings.ts';
import type { Finding, FindingCode } from '../../domain/x12/findings.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';

/** `other`: a transaction we do not know, or no X12 at all. */
export const fileKinds = ['TA1', '999', '277CA', '271', '277', '278', '835', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Kinds whose files answer questions of ours and need nobody else. */
export type AnswerKind = '271' | '277';

export interface SortedFile {
  readonly kinds: readonly FileKind[];
  /** False where the end is missing: still being written, or cut off. */
  readonly isWhole: boolean;
  /** Faults of the envelopes: the file must not be trusted as an answer. */
  readonly isDamaged: boolean;
  readonly findings: readonly Finding[];
  /** Traces that are answered, acknowledgments by the control number they are about. */
  readonly answers: readonly { readonly kind: AnswerKind; readonly trace: string }[];
  readonly acknowledges: readonly { readonly kind: 'TA1' | '999'; readonly control: string }[];
}

/** What the end of a file that is still being written lacks. */
const unfinished: readonly FindingCode[] = ['truncated', 'iea.missing', 'ge.missing', 'se.missing'];

/** The transaction sets of a file, in its order. */
export function setsOf(bytes: Uint8Array): TransactionSet[] {
  const sets: TransactionSet[] = [];
  const taker = new TransactionSets((set) => sets.push(set));
  const scanner = new Scanner(taker);
  scanner.push(bytes);
  scanner.end();
  taker.end();
  return sets;
}

export function envelopesOf(bytes: Uint8Array): X12File {
  const reader = new X12Reader('envelopes');
  reader.push(bytes);
  return reader.end();
}

export function sortFile(bytes: Uint8Array): SortedFile {
  const file = envelopesOf(bytes);
  const { findings } = file;
  const isDamaged = findings.some(isEnvelopeFault);
  const sets = setsOf(bytes);
  const kinds = new Set<FileKind>(sets.map(kindOf));
  if (file.ta1.length > 0) kinds.add('TA1');
  if (kinds.size === 0) kinds.add('other');
  return {
    kinds: fileKinds.filter((kind) => kinds.has(kind)),
    isWhole: isWhole(bytes, file),
    isDamaged,
    findings,
    answers: isDamaged ? [] : sets.flatMap(answersOf),
    acknowledges: [
      ...file.ta1.map(({ control }) => ({ kind: 'TA1', control }) as const),
      ...sets.flatMap((set) =>
        set.type === '999'
          ? set.segments
              .filter(({ id }) => id === 'AK1')
              .map((segment) => ({ kind: '999', control: segment.element(2) }) as const)
          : [],
      ),
    ],
  };
}

/** What is no X12 at all has no end that could be missing. */
function isWhole(bytes: Uint8Array, { interchanges, findings }: X12File): boolean {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('utf8').trimStart().slice(0, 3);
  if (!'ISA'.startsWith(head)) return true;
  return interchanges.length > 0 && !findings.some(({ code }) => unfinished.includes(code));
}

function kindOf({ type, version }: TransactionSet): FileKind {
  // The claim acknowledgment and the claim status response are both a 277; their guides tell them apart.
  if (type === '277') return version.startsWith('005010X214') ? '277CA' : '277';
  return fileKinds.find((kind) => kind === type) ?? 'other';
}

function answersOf(set: TransactionSet): { kind: AnswerKind; trace: string }[] {
  const kind = kindOf(set);
  if (kind !== '271' && kind !== '277') return [];
  return [...tracesOf(set)].map((trace) => ({ kind, trace }));
}

/**
 * The traces of ours that a 271 or 277 gives back: TRN02 where TRN01 says "referenced" (2), and BHT03, which alone comes back
 * when the payer refuses the question before it looks at anybody (005010X279A1 and 005010X212, BHT03 and TRN).
 */
export function tracesOf(set: TransactionSet): Set<string> {
  const traces = set.segments.flatMap((segment) => {
    if (segment.id === 'TRN' && segment.element(1) === '2') return [segment.element(2)];
    return segment.id === 'BHT' ? [segment.element(3)] : [];
  });
  return new Set(traces.filter((trace) => /^[0-9A-Z]{1,30}$/.test(trace)));
}

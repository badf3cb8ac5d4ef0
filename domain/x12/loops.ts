// The loops of a transaction set: which segments belong together, told by a grammar that is data and, for HL, by the parents.
import type { Fault } from './findings.ts';
import type { KeptSegment, TransactionSet } from './transaction-set.ts';

/** What tells one use of a segment from another: an element (or its first component) and the codes it may have. */
export interface Qualifier {
  readonly element: number;
  readonly values: readonly string[];
}

/** One place of a segment in a loop. `max` null: any number. */
export interface SegmentRule {
  readonly id: string;
  readonly when?: Qualifier;
  readonly min: number;
  readonly max: number | null;
}

/** A loop: it begins with the first of its segments. `level` is the HL03 of a hierarchical one. */
export interface LoopRule {
  readonly id: string;
  /** In our own words: 'subscriber name'. */
  readonly name: string;
  readonly min: number;
  readonly max: number | null;
  readonly segments: readonly [SegmentRule, ...SegmentRule[]];
  readonly loops: readonly LoopRule[];
}

/** A transaction set: its segments outside any loop (ST and SE among them) and its loops, in the order they must come. */
export interface Grammar {
  readonly type: string;
  /** The implementation guide, `005010X279A1`. */
  readonly guide: string;
  readonly head: readonly SegmentRule[];
  readonly loops: readonly LoopRule[];
  readonly tail: readonly SegmentRule[];
}

/** A loop as it was found, its segments in the order of the file, its loops where they belong. */
export interface Loop {
  readonly id: string;
  readonly rule: LoopRule;
  readonly segments: readonly KeptSegment[];
  readonly loops: readonly Loop[];
}

/** A transaction set as a tree. Segments the grammar has no place for stand in `strays`: nothing is dropped. */
export interface Tree {
  readonly set: TransactionSet;
  readonly head: readonly KeptSegment[];
  readonly tail: readonly KeptSegment[];
  readonly loops: readonly Loop[];
  readonly strays: readonly KeptSegment[];
  readonly faults: readonly Fault[];
}

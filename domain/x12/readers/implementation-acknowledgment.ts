// Reads a 999, implementation acknowledgment (005010X231A1): which transaction sets of a group were taken and what was wrong with the others.
import type { Fault } from '../findings.ts';
import { implementationAcknowledgment } from '../grammars/implementation-acknowledgment.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import { allLoops, loopOf, loopsOf, segmentOf, segmentsOf } from '../tree.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';

/** A position in the file that is acknowledged: what it is about, and where in that file. */
export interface ErrorContext {
  /** CTX01: a rule of the guide's situation, or what identifies the business unit (a claim number …). It may be PHI. */
  readonly name: string | null;
  readonly value: string | null;
  /** The segment that made an element be asked for, its position and its loop. */
  readonly segmentId: string | null;
  readonly segmentPosition: number | null;
  readonly loop: string | null;
  /** CTX05, `element:component:repetition`, and CTX06, its number in X12's dictionary. */
  readonly element: string | null;
  readonly dictionaryNumber: string | null;
}

/** IK4. */
export interface ElementError {
  /** Number of the element in its segment. */
  readonly element: number | null;
  readonly component: number | null;
  readonly repetition: number | null;
  /** The number of the element in X12's dictionary. */
  readonly dictionaryNumber: string | null;
  /** IK403. */
  readonly code: string | null;
  /** A copy of what was wrong. It may be PHI. */
  readonly badValue: string | null;
  readonly contexts: readonly ErrorContext[];
  readonly source: string;
}

/** IK3. */
export interface SegmentError {
  readonly segmentId: string | null;
  /** Counted from ST, which is 1. */
  readonly position: number | null;
  readonly loop: string | null;
  /** IK304. */
  readonly code: string | null;
  readonly contexts: readonly ErrorContext[];
  readonly elements: readonly ElementError[];
  readonly source: string;
}

export const acknowledgmentOutcomes = ['accepted', 'acceptedWithErrors', 'partlyAccepted', 'rejected'] as const;
export type AcknowledgmentOutcome = (typeof acknowledgmentOutcomes)[number];

export interface AcknowledgedTransaction {
  readonly type: string | null;
  readonly control: string | null;
  readonly version: string | null;
  /** IK501, and what it comes to; null where the code is missing or unknown. */
  readonly code: string | null;
  readonly outcome: AcknowledgmentOutcome | null;
  /** IK502 to IK506. */
  readonly reasons: readonly string[];
  readonly segments: readonly SegmentError[];
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

export interface ImplementationAcknowledgment {
  readonly group: {
    /** AK101: HC claims, HS eligibility … */
    readonly functionalCode: string | null;
    readonly control: string | null;
    readonly version: string | null;
    /** AK901, and what it comes to. */
    readonly code: string | null;
    readonly outcome: AcknowledgmentOutcome | null;
    readonly transactions: {
      readonly included: number | null;
      readonly received: number | null;
      readonly accepted: number | null;
    };
    /** AK905 to AK909. */
    readonly reasons: readonly string[];
  };
  /** None where the whole group was taken or refused. */
  readonly transactions: readonly AcknowledgedTransaction[];
}

export interface ReadImplementationAcknowledgment {
  readonly value: ImplementationAcknowledgment;
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Data elements 717 (IK501) and 715 (AK901), as 005010X231A1 uses them: M, W and X are rejections for want of security. */
const outcomes: Readonly<Record<string, AcknowledgmentOutcome>> = {
  A: 'accepted',
  E: 'acceptedWithErrors',
  P: 'partlyAccepted',
  R: 'rejected',
  M: 'rejected',
  W: 'rejected',
  X: 'rejected',
};

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readImplementationAcknowledgment(set: TransactionSet): ReadImplementationAcknowledgment {
  const reading = new Reading(set, implementationAcknowledgment);
  const { head, tail } = reading.tree;
  const about = head.find(({ id }) => id === 'AK1');
  const verdict = tail.find(({ id }) => id === 'AK9');
  const code = reading.text(verdict, 1);
  const value = {
    group: {
      functionalCode: reading.text(about, 1),
      control: reading.text(about, 2),
      version: reading.text(about, 3),
      code,
      outcome: outcomeOf(code),
      transactions: {
        included: reading.number(verdict, 2),
        received: reading.number(verdict, 3),
        accepted: reading.number(verdict, 4),
      },
      reasons: reasonsOf(reading, verdict, [5, 6, 7, 8, 9]),
    },
    transactions: allLoops(reading.tree, '2000').map(({ loop }) => transactionOf(reading, loop)),
  };
  return { value, others: reading.rest(), faults: reading.faults };
}

function outcomeOf(code: string | null): AcknowledgmentOutcome | null {
  return outcomes[code ?? ''] ?? null;
}

function reasonsOf(reading: Reading, segment: KeptSegment | undefined, elements: readonly number[]): string[] {
  return elements.map((element) => reading.text(segment, element)).filter((reason) => reason !== null);
}

function transactionOf(reading: Reading, loop: Loop): AcknowledgedTransaction {
  const about = segmentOf(loop, 'AK2');
  const verdict = loopOf(loop, '2000.IK5')?.segments[0];
  const code = reading.text(verdict, 1);
  const segments = loopsOf(loop, '2100');
  const value = {
    type: reading.text(about, 1),
    control: reading.text(about, 2),
    version: reading.text(about, 3),
    code,
    outcome: outcomeOf(code),
    reasons: reasonsOf(reading, verdict, [2, 3, 4, 5, 6]),
    segments: segments.map((segment) => segmentErrorOf(reading, segment)),
    source: about?.source ?? '',
  };
  return { ...value, others: reading.others(loop, ...loop.loops, ...segments.flatMap((segment) => segment.loops)) };
}

function segmentErrorOf(reading: Reading, loop: Loop): SegmentError {
  const error = segmentOf(loop, 'IK3');
  return {
    segmentId: reading.text(error, 1),
    position: reading.number(error, 2),
    loop: reading.text(error, 3),
    code: reading.text(error, 4),
    contexts: contextsOf(reading, loop),
    elements: loopsOf(loop, '2110').map((element) => elementErrorOf(reading, element)),
    source: error?.source ?? '',
  };
}

function elementErrorOf(reading: Reading, loop: Loop): ElementError {
  const error = segmentOf(loop, 'IK4');
  const isPosition = error?.components(1).every((part) => /^\d{0,9}$/.test(part)) ?? false;
  const [element, component, repetition] = isPosition ? reading.components(error, 1, 3).map(countOf) : [];
  return {
    element: element ?? null,
    component: component ?? null,
    repetition: repetition ?? null,
    dictionaryNumber: reading.text(error, 2),
    code: reading.text(error, 3),
    badValue: reading.text(error, 4),
    contexts: contextsOf(reading, loop),
    source: error?.source ?? '',
  };
}

function contextsOf(reading: Reading, loop: Loop): ErrorContext[] {
  return segmentsOf(loop, 'CTX').map((segment) => {
    const [name = '', value = ''] = reading.components(segment, 1, 2);
    return {
      name: name === '' ? null : name,
      value: value === '' ? null : value,
      segmentId: reading.text(segment, 2),
      segmentPosition: reading.number(segment, 3),
      loop: reading.text(segment, 4),
      element: reading.text(segment, 5),
      dictionaryNumber: reading.text(segment, 6),
    };
  });
}

function countOf(text: string): number | null {
  return text === '' ? null : Number(text);
}

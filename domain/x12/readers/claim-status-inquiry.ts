// Reads a 276, claim status request (005010X212): one inquiry for each claim asked about.
import type { Fault } from '../findings.ts';
import { claimStatusInquiry } from '../grammars/claim-status-inquiry.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import type { Found } from '../tree.ts';
import { allLoops, loopOf, loopsOf, segmentOf } from '../tree.ts';
import type { Beginning, Party, Person, Procedure, QualifiedDate, Reference, Trace } from './parts.ts';
import { beginningOf, datesOf, partyOf, personOf, procedureOf, referenceIn, referencesOf, traceOf } from './parts.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';

/** A service of the claim, by which it may be found (SVC). */
export interface AskedLine {
  readonly procedure: Procedure | null;
  readonly chargeCents: number | null;
  readonly revenueCode: string | null;
  readonly units: number | null;
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly source: string;
}

/** Who a claim is between, in a 276 and in a 277. */
export interface ClaimParties {
  /** The payer. */
  readonly informationSource: Party | null;
  /** Who asks, the clinic or its clearinghouse. */
  readonly receiver: Party | null;
  /** Two where a provider is named by NPI and by an older number. */
  readonly providers: readonly Party[];
  readonly subscriber: Person | null;
  /** The patient, where that is not the subscriber. */
  readonly dependent: Person | null;
}

/** What is asked about one claim. It is PHI. */
export interface ClaimStatusInquiry extends ClaimParties {
  readonly trace: Trace;
  /** REF*EJ: CLM01, ours. */
  readonly patientControlNumber: string | null;
  /** REF*1K. */
  readonly payerClaimNumber: string | null;
  readonly chargeCents: number | null;
  /** All of them, those above among them. */
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly lines: readonly AskedLine[];
  /** What stands with the claim or its patient and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

export interface ClaimStatusInquiries {
  readonly beginning: Beginning | null;
  /** In the order of the file. */
  readonly values: readonly ClaimStatusInquiry[];
  /** What stands elsewhere and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readClaimStatusInquiries(set: TransactionSet): ClaimStatusInquiries {
  const reading = new Reading(set, claimStatusInquiry);
  const beginning = beginningOf(reading);
  const values = claimsIn(reading, '2200D', '2200E').map(([claim, trace]) => inquiryOf(reading, claim, trace));
  for (const { loop } of allLoops(reading.tree, '2000D', '2000E')) reportUnasked(reading, loop);
  return { beginning, values, others: reading.rest(), faults: reading.faults };
}

/** The claims of a 276 or 277 with their traces, in the order of the file. */
export function claimsIn(reading: Reading, ...ids: readonly string[]): [Found, KeptSegment][] {
  return allLoops(reading.tree, ...ids)
    .flatMap((found): [Found, KeptSegment][] => {
      const [trace] = found.loop.segments;
      return trace === undefined ? [] : [[found, trace]];
    })
    .sort(([, a], [, b]) => a.place.offset - b.place.offset);
}

/** Who a claim, or a level of a 277, is between. */
export function partiesOf(reading: Reading, above: readonly Loop[]): ClaimParties {
  const level = (id: string) => above.find((loop) => loop.id === id);
  const name = (parent: Loop | undefined, id: string) => (parent === undefined ? undefined : loopOf(parent, id));
  const [source, receiver, provider] = [level('2000A'), level('2000B'), level('2000C')];
  const [subscriber, dependent] = [level('2000D'), level('2000E')];
  return {
    informationSource: partyOf(reading, name(source, '2100A')),
    receiver: partyOf(reading, name(receiver, '2100B')),
    providers: provider === undefined ? [] : loopsOf(provider, '2100C').map((loop) => partyOf(reading, loop)),
    subscriber: subscriber === undefined ? null : personOf(reading, subscriber, name(subscriber, '2100D')),
    dependent: dependent === undefined ? null : personOf(reading, dependent, name(dependent, '2100E')),
  };
}

/** What stands with a claim and its patient and is in no field. */
export function othersOf(reading: Reading, claim: Loop, above: readonly Loop[]): OtherSegment[] {
  const people = above.filter(({ id }) => id === '2000D' || id === '2000E');
  const names = people.flatMap(({ loops }) => loops.filter(({ id }) => id === '2100D' || id === '2100E'));
  return reading.others(claim, ...claim.loops, ...people, ...names);
}

function inquiryOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): ClaimStatusInquiry {
  const references = referencesOf(reading, loop);
  const amount = segmentOf(loop, 'AMT', ['T3']);
  if (amount !== undefined) reading.know(amount, 1);
  const value = {
    trace: traceOf(reading, trace),
    ...partiesOf(reading, above),
    patientControlNumber: referenceIn(references, 'EJ'),
    payerClaimNumber: referenceIn(references, '1K'),
    chargeCents: reading.cents(amount, 2),
    references,
    dates: datesOf(reading, loop),
    lines: loop.loops.map((line) => lineOf(reading, line)),
    source: trace.source,
  };
  return { ...value, others: othersOf(reading, loop, above) };
}

function lineOf(reading: Reading, loop: Loop): AskedLine {
  const segment = segmentOf(loop, 'SVC');
  return {
    procedure: segment === undefined ? null : procedureOf(reading, segment, 1),
    chargeCents: reading.cents(segment, 2),
    revenueCode: reading.text(segment, 4),
    units: reading.number(segment, 7),
    references: referencesOf(reading, loop),
    dates: datesOf(reading, loop),
    source: segment?.source ?? '',
  };
}

function reportUnasked(reading: Reading, level: Loop): void {
  const [header] = level.segments;
  const isAsked = level.loops.some(({ id }) => id === '2200D' || id === '2200E' || id === '2000E');
  if (isAsked || header === undefined) return;
  const claim = level.id === '2000D' ? '2200D' : '2200E';
  reading.fault('loop.missing', `The loop ${claim} is missing: no claim of this patient is asked about.`, header);
}

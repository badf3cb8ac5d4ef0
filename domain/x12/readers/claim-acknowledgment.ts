// Reads a 277CA, claim acknowledgment (005010X214): which claims of a file were accepted into adjudication and which were sent back.
import type { Fault } from '../findings.ts';
import { claimAcknowledgment } from '../grammars/claim-acknowledgment.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import type { Found } from '../tree.ts';
import { loopOf, segmentOf } from '../tree.ts';
import { claimsIn } from './claim-status-inquiry.ts';
import type { AnsweredLine } from './claim-status-response.ts';
import { answeredLineOf } from './claim-status-response.ts';
import type { Beginning, Party, QualifiedDate, Reference, Trace } from './parts.ts';
import { beginningOf, dateIn, datesOf, partyOf, referenceIn, referencesOf, traceOf } from './parts.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';
import type { StatusInformation } from './status-information.ts';
import { statusesOf } from './status-information.ts';

/**
 * `basis`: STC03, the categories, or both where they agree. `contradiction`: one says accepted and one says rejected, so the
 * claim counts as rejected until a person has looked. Unknown: neither says anything that is known.
 */
export interface Verdict {
  readonly outcome: 'accepted' | 'rejected' | 'unknown';
  readonly basis: 'action' | 'category' | 'both' | 'contradiction' | 'none';
}

/** What the receiver of a file or a provider in it is told of all claims together. */
export interface LevelAcknowledgment {
  readonly level: 'receiver' | 'provider';
  readonly party: Party | null;
  readonly trace: Trace;
  readonly statuses: readonly StatusInformation[];
  readonly verdict: Verdict;
  readonly acceptedClaims: number | null;
  readonly rejectedClaims: number | null;
  readonly acceptedCents: number | null;
  readonly rejectedCents: number | null;
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

/** What became of one claim. It is PHI. */
export interface ClaimAcknowledgment {
  readonly informationSource: Party | null;
  readonly receiver: Party | null;
  readonly provider: Party | null;
  readonly patient: Party | null;
  /** TRN02: CLM01 of the claim, ours. */
  readonly trace: Trace;
  readonly payerClaimNumber: string | null;
  /** REF*D9. */
  readonly clearinghouseNumber: string | null;
  readonly statuses: readonly StatusInformation[];
  readonly verdict: Verdict;
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly lines: readonly (AnsweredLine & { readonly verdict: Verdict })[];
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

/** When the sender of the acknowledgment received and processed the file (2200A). */
export interface Receipt {
  readonly informationSource: Party | null;
  readonly trace: Trace;
  readonly receivedOn: string | null;
  readonly processedOn: string | null;
  readonly dates: readonly QualifiedDate[];
}

export interface ClaimAcknowledgments {
  readonly beginning: Beginning | null;
  readonly receipts: readonly Receipt[];
  readonly levels: readonly LevelAcknowledgment[];
  /** In the order of the file. */
  readonly claims: readonly ClaimAcknowledgment[];
  /** What stands elsewhere and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** STC03, data element 306, as 005010X214 uses it. */
const actions: Readonly<Record<string, Verdict['outcome']>> = { WQ: 'accepted', U: 'rejected' };

/** The acknowledgment categories (X12 external code list 507): forwarded, received, accepted or split; and sent back, or for A4 not found. */
const categories: Readonly<Record<string, Verdict['outcome']>> = {
  A0: 'accepted',
  A1: 'accepted',
  A2: 'accepted',
  A3: 'rejected',
  A4: 'rejected',
  A5: 'accepted',
  A6: 'rejected',
  A7: 'rejected',
  A8: 'rejected',
};

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readClaimAcknowledgments(set: TransactionSet): ClaimAcknowledgments {
  const reading = new Reading(set, claimAcknowledgment);
  const beginning = beginningOf(reading);
  const receipts = claimsIn(reading, '2200A').map(([level, trace]) => receiptOf(reading, level, trace));
  const levels = claimsIn(reading, '2200B', '2200C').map(([level, trace]) => levelOf(reading, level, trace));
  const claims = claimsIn(reading, '2200D').map(([claim, trace]) => claimOf(reading, claim, trace));
  return { beginning, receipts, levels, claims, others: reading.rest(), faults: reading.faults };
}

/** One rejected status makes a rejected claim: a claim sent back for one reason is sent back. */
export function verdictOf(statuses: readonly StatusInformation[]): Verdict {
  const said = (outcomes: readonly (Verdict['outcome'] | undefined)[]) =>
    outcomes.includes('rejected') ? 'rejected' : outcomes.includes('accepted') ? 'accepted' : 'unknown';
  const action = said(statuses.map((status) => actions[status.action ?? '']));
  const category = said(statuses.flatMap(({ codes }) => codes.map((code) => categories[code.category])));
  if (action === category) return { outcome: action, basis: action === 'unknown' ? 'none' : 'both' };
  if (action === 'unknown') return { outcome: category, basis: 'category' };
  if (category === 'unknown') return { outcome: action, basis: 'action' };
  return { outcome: 'rejected', basis: 'contradiction' };
}

function named(reading: Reading, above: readonly Loop[], level: string, name: string): Party | null {
  const parent = above.find(({ id }) => id === level);
  return parent === undefined ? null : partyOf(reading, loopOf(parent, name));
}

function receiptOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): Receipt {
  const dates = datesOf(reading, loop);
  return {
    informationSource: named(reading, above, '2000A', '2100A'),
    trace: traceOf(reading, trace),
    receivedOn: dateIn(dates, '050')?.from ?? null,
    processedOn: dateIn(dates, '009')?.from ?? null,
    dates,
  };
}

function levelOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): LevelAcknowledgment {
  const level = loop.id === '2200B' ? 'receiver' : 'provider';
  const statuses = statusesOf(reading, loop);
  const qualified = (id: string, code: string) => {
    const segment = segmentOf(loop, id, [code]);
    if (segment !== undefined) reading.know(segment, 1);
    return segment;
  };
  // 90 and AA count for the receiver, QA and QC for a provider.
  const [accepted, rejected] = level === 'receiver' ? ['90', 'AA'] : ['QA', 'QC'];
  const value = {
    level,
    party: level === 'receiver' ? named(reading, above, '2000B', '2100B') : named(reading, above, '2000C', '2100C'),
    trace: traceOf(reading, trace),
    statuses,
    verdict: verdictOf(statuses),
    acceptedClaims: reading.number(qualified('QTY', accepted), 2),
    rejectedClaims: reading.number(qualified('QTY', rejected), 2),
    acceptedCents: reading.cents(qualified('AMT', 'YU'), 2),
    rejectedCents: reading.cents(qualified('AMT', 'YY'), 2),
    references: referencesOf(reading, loop),
    dates: datesOf(reading, loop),
    source: trace.source,
  } as const;
  return { ...value, others: reading.others(loop) };
}

function claimOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): ClaimAcknowledgment {
  const statuses = statusesOf(reading, loop);
  const references = referencesOf(reading, loop);
  const value = {
    informationSource: named(reading, above, '2000A', '2100A'),
    receiver: named(reading, above, '2000B', '2100B'),
    provider: named(reading, above, '2000C', '2100C'),
    patient: named(reading, above, '2000D', '2100D'),
    trace: traceOf(reading, trace),
    payerClaimNumber: referenceIn(references, '1K'),
    clearinghouseNumber: referenceIn(references, 'D9'),
    statuses,
    verdict: verdictOf(statuses),
    references,
    dates: datesOf(reading, loop),
    lines: loop.loops.map((line) => {
      const answered = answeredLineOf(reading, line);
      return { ...answered, verdict: verdictOf(answered.statuses) };
    }),
    source: trace.source,
  };
  const patient = above.filter(({ id }) => id === '2000D');
  const names = patient.flatMap(({ loops }) => loops.filter(({ id }) => id === '2100D'));
  return { ...value, others: reading.others(loop, ...loop.loops, ...patient, ...names) };
}

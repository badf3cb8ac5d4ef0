// Reads a 277, claim status response (005010X212): what the payer says of each claim, and why nothing was looked up where it says that.
import type { AnsweredClaim, ClaimStatusAnswer, ClaimStatusLine } from '../../claim/status.ts';
import type { Fault } from '../findings.ts';
import { claimStatusResponse } from '../grammars/claim-status-response.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import type { Found } from '../tree.ts';
import { segmentOf } from '../tree.ts';
import type { ClaimParties } from './claim-status-inquiry.ts';
import { claimsIn, othersOf, partiesOf } from './claim-status-inquiry.ts';
import type { Beginning, Procedure, QualifiedDate, Reference, Trace } from './parts.ts';
import { beginningOf, dateIn, datesOf, procedureOf, referenceIn, referencesOf, traceOf } from './parts.ts';
import type { OtherSegment } from './reading.ts';
import { Reading } from './reading.ts';
import type { StatusInformation } from './status-information.ts';
import { claimStatusesOf, statusesOf } from './status-information.ts';

/** A service line of an answered claim (SVC). */
export interface AnsweredLine {
  readonly procedure: Procedure | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly revenueCode: string | null;
  readonly units: number | null;
  readonly statuses: readonly StatusInformation[];
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly source: string;
}

/** One claim with all that the 277 says of it. It is PHI. */
export interface ClaimResponse extends ClaimParties {
  /** TRN02, our trace number as it came back. */
  readonly trace: Trace;
  readonly patientControlNumber: string | null;
  readonly payerClaimNumber: string | null;
  readonly statuses: readonly StatusInformation[];
  readonly references: readonly Reference[];
  readonly dates: readonly QualifiedDate[];
  readonly lines: readonly AnsweredLine[];
  readonly others: readonly OtherSegment[];
  readonly source: string;
}

/** Why nothing below a level was looked up. */
export interface LevelRefusal extends ClaimParties {
  readonly level: 'receiver' | 'provider';
  readonly trace: Trace;
  readonly statuses: readonly StatusInformation[];
  readonly source: string;
}

export interface ClaimStatusResponse {
  readonly beginning: Beginning | null;
  /** What was answered, in the form that every wire has. */
  readonly value: ClaimStatusAnswer;
  readonly claims: readonly ClaimResponse[];
  readonly refusals: readonly LevelRefusal[];
  /** What stands outside the claims and is in no field. */
  readonly others: readonly OtherSegment[];
  readonly faults: readonly Fault[];
}

/** Never throws: what is wrong is in `faults`, what has no field in `others`. */
export function readClaimStatuses(set: TransactionSet): ClaimStatusResponse {
  const reading = new Reading(set, claimStatusResponse);
  const beginning = beginningOf(reading);
  const claims = claimsIn(reading, '2200D', '2200E').map(([claim, trace]) => responseOf(reading, claim, trace));
  const refusals = claimsIn(reading, '2200B', '2200C').map(([level, trace]) => refusalOf(reading, level, trace));
  const statuses = refusals.flatMap((refusal) => claimStatusesOf(refusal.statuses));
  const value = { claims: claims.map(answeredClaim), statuses };
  return { beginning, value, claims, refusals, others: reading.rest(), faults: reading.faults };
}

export function answeredLineOf(reading: Reading, loop: Loop): AnsweredLine {
  const segment = segmentOf(loop, 'SVC');
  return {
    procedure: segment === undefined ? null : procedureOf(reading, segment, 1),
    chargeCents: reading.cents(segment, 2),
    paidCents: reading.cents(segment, 3),
    revenueCode: reading.text(segment, 4),
    units: reading.number(segment, 7),
    statuses: statusesOf(reading, loop),
    references: referencesOf(reading, loop),
    dates: datesOf(reading, loop),
    source: segment?.source ?? '',
  };
}

function responseOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): ClaimResponse {
  const references = referencesOf(reading, loop);
  const value = {
    trace: traceOf(reading, trace),
    ...partiesOf(reading, above),
    patientControlNumber: referenceIn(references, 'EJ'),
    payerClaimNumber: referenceIn(references, '1K'),
    statuses: statusesOf(reading, loop),
    references,
    dates: datesOf(reading, loop),
    lines: loop.loops.map((line) => answeredLineOf(reading, line)),
    source: trace.source,
  };
  return { ...value, others: othersOf(reading, loop, above) };
}

function refusalOf(reading: Reading, { loop, above }: Found, trace: KeptSegment): LevelRefusal {
  return {
    level: loop.id === '2200B' ? 'receiver' : 'provider',
    trace: traceOf(reading, trace),
    ...partiesOf(reading, above),
    statuses: statusesOf(reading, loop),
    source: trace.source,
  };
}

function answeredClaim(claim: ClaimResponse): AnsweredClaim {
  const { trace, patientControlNumber, payerClaimNumber, statuses, lines } = claim;
  return {
    trace: trace.number,
    patientControlNumber,
    payerClaimNumber,
    ...servicePeriod(claim),
    statuses: claimStatusesOf(statuses),
    lines: lines.map(answeredLine),
  };
}

/** The claim's own service date, else the days of its lines. */
function servicePeriod({ dates, lines }: ClaimResponse): { from: string | null; to: string | null } {
  const own = dateIn(dates, '472');
  const days = own === null ? lines.flatMap((line) => dateIn(line.dates, '472') ?? []) : [own];
  const first = days.map(({ from }) => from).filter((day) => day !== null);
  const last = days.map(({ from, to }) => to ?? from).filter((day) => day !== null);
  return { from: first.toSorted()[0] ?? null, to: last.toSorted().at(-1) ?? null };
}

function answeredLine({ procedure, chargeCents, statuses }: AnsweredLine): ClaimStatusLine {
  return {
    procedure: procedure?.value ?? null,
    modifiers: procedure?.modifiers ?? [],
    chargeCents,
    statuses: claimStatusesOf(statuses),
  };
}

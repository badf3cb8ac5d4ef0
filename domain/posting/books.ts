// The books of a claim: charge = paid + adjusted + written off + what the patient owes + what is open, to the cent, in every order of arrival.
import type { Claim } from '../claim/schema.ts';
import { withEntries } from './entries.ts';
import type { Entry } from './entries.ts';
import type { PostingLine } from './lines.ts';
import { rankOf } from './rank.ts';
import { standingsOf } from './reversals.ts';
import type { Decision } from './reversals.ts';

/** A claim of a case, as far as its books need it. */
export interface BookClaim {
  readonly ref: string;
  readonly order: string;
  readonly chargeCents: number | null;
  /** Of its payer; and those of the others it names. */
  readonly rank: number | null;
  readonly otherRanks: readonly number[];
  /** CLM05-3: 8 voids what was billed. */
  readonly frequency: string | null;
  /** AMT*F5, what the patient paid before it was billed. */
  readonly patientPaidCents: number | null;
}

/** What one payer decided, as it states it itself. */
export interface PayerBooks {
  readonly rank: number;
  readonly payer: string;
  readonly paidCents: number;
  readonly adjustedCents: number;
  readonly patientCents: number;
}

/**
 * `open`: no payer has decided. `partly`: a payer has not, or not on every line. `settled`: nothing is open. `overpaid`: more was paid than
 * was left. `contradictory`: two decisions of one payer stand, or one was taken back that is not here.
 */
export type Standing = 'open' | 'partly' | 'settled' | 'overpaid' | 'contradictory';

/** Cents; null is unknown and counts with what is open. */
export interface Books {
  readonly standing: Standing;
  readonly chargeCents: number | null;
  readonly paidCents: number;
  readonly adjustedCents: number | null;
  /** By a named person: of what was open of insurance, and of what the patient owed. */
  readonly writtenOffCents: number;
  /** What the last payer or a person left to the patient, less what was written off of it; known once every payer has decided, or nothing is left. */
  readonly patientCents: number | null;
  readonly openCents: number | null;
  readonly patientPaidCents: number | null;
  /** What the patient still owes: its share less what it paid before. */
  readonly patientBalanceCents: number | null;
  readonly payers: readonly PayerBooks[];
}

/** @param of `isVoided`: taken back, whatever the claim itself asks for */
export function bookClaim(of: {
  readonly ref: string;
  readonly order: string;
  readonly claim: Claim;
  readonly isVoided?: boolean;
}): BookClaim {
  const { ref, order, isVoided = false } = of;
  const { chargeCents, responsibility, otherPayers, frequency, patientPaidCents } = of.claim;
  return {
    ref,
    order,
    chargeCents,
    rank: rankOf(responsibility),
    otherRanks: otherPayers.map((other) => rankOf(other.responsibility)).filter((rank) => rank !== null),
    frequency: isVoided ? '8' : frequency,
    patientPaidCents,
  };
}

/** What patients paid themselves to the claims of a case. */
export interface PatientPaid {
  /** Cents; below zero was paid back. */
  readonly payments: readonly { readonly on: string; readonly cents: number }[];
  /** By claim, the day on which it was taken in: until then it says itself what was paid (AMT*F5), where it says anything. */
  readonly takenInOn: ReadonlyMap<string, string>;
}

const nothingPaid: PatientPaid = { payments: [], takenInOn: new Map() };

/** What people did to the books of a case, as far as it was posted. */
interface ByPeople {
  readonly paidByPatient?: PatientPaid;
  /** What named persons wrote off or left to the patient. */
  readonly entries?: readonly Entry[];
}

/** What a payer leaves to the patient. */
export const patientKinds: readonly PostingLine['kind'][] = ['deductible', 'coinsurance', 'copay', 'patientOther'];

interface Ranked {
  readonly decision: Decision;
  readonly rank: number;
  readonly paid: number;
  readonly adjusted: number;
  readonly patient: number;
}

/**
 * @param claims the claims of one case, one at least
 * @param decisions those posted to any of them
 * @param byPeople of any of them
 */
export function booksOf(
  claims: readonly BookClaim[],
  decisions: readonly Decision[],
  { paidByPatient = nothingPaid, entries = [] }: ByPeople = {},
): Books {
  const inOrder = claims.toSorted((a, b) => (`${a.order} ${a.ref}` < `${b.order} ${b.ref}` ? -1 : 1));
  const { live, loose } = standingsOf(decisions);
  const ranked = ranksOf(inOrder, live).map(([decision, rank]) => ({ decision, rank, ...sumsOf(decision) }));
  const charge = chargeNow(inOrder);
  // What was taken back was paid by nobody the books know: it is money gone all the same.
  const paid = [...ranked, ...loose.map(sumsOf)].reduce((sum, one) => sum + one.paid, 0);
  const patientPaid = patientPaidIn(inOrder, paidByPatient);
  const known = loose.length > 0 ? unknown : chain(charge, ranksAsked(inOrder, ranked), ranked);
  const { patient, writtenOff, open } = withEntries({ charge, paid, ...known }, entries);
  return {
    standing: standingOf({ live, loose, open, contradicts: known.contradicts, patient }),
    chargeCents: charge,
    paidCents: paid,
    adjustedCents: known.adjusted,
    writtenOffCents: writtenOff,
    patientCents: patient,
    openCents: open,
    patientPaidCents: patientPaid,
    patientBalanceCents: patient === null ? null : patient - (patientPaid ?? 0),
    payers: payersOf(ranked),
  };
}

/** What the last claim that says so had been paid, and what was paid after the day it was taken in; null where nobody says anything. */
function patientPaidIn(inOrder: readonly BookClaim[], { payments, takenInOn }: PatientPaid): number | null {
  const stating = inOrder.findLast(({ patientPaidCents }) => patientPaidCents !== null);
  const upTo = stating === undefined ? undefined : takenInOn.get(stating.ref);
  const further = payments.filter(({ on }) => upTo === undefined || on > upTo);
  if (stating === undefined && payments.length === 0) return null;
  return (stating?.patientPaidCents ?? 0) + further.reduce((sum, { cents }) => sum + cents, 0);
}

function standingOf(of: {
  live: readonly Decision[];
  loose: readonly Decision[];
  open: number | null;
  contradicts: boolean;
  patient: number | null;
}): Standing {
  if (of.live.length + of.loose.length === 0) return of.open === 0 ? 'settled' : 'open';
  if (of.contradicts) return 'contradictory';
  if (of.open !== null && of.open < 0) return 'overpaid';
  return of.patient === null ? 'partly' : 'settled';
}

function sumsOf({ lines }: Decision): Pick<Ranked, 'paid' | 'adjusted' | 'patient'> {
  const sum = (fits: (kind: PostingLine['kind']) => boolean): number =>
    lines.reduce((cents, line) => (fits(line.kind) ? cents + line.cents : cents), 0);
  const isPatients = (kind: PostingLine['kind']): boolean => patientKinds.includes(kind);
  return {
    paid: sum((kind) => kind === 'payment'),
    adjusted: sum((kind) => kind !== 'payment' && !isPatients(kind)),
    patient: sum(isPatients),
  };
}

/** The rank of each decision: its own, else that of another decision of this payer, else that of the claim it was posted to. */
function ranksOf(claims: readonly BookClaim[], decisions: readonly Decision[]): (readonly [Decision, number])[] {
  return decisions.map((decision) => {
    const told = decisions
      .filter(({ payer, rank }) => payer === decision.payer && rank !== null)
      .map(({ rank }) => rank ?? 0);
    const known = claims.find(({ ref }) => ref === decision.claim)?.rank ?? null;
    return [decision, decision.rank ?? (told.length > 0 ? Math.min(...told) : (known ?? 1))] as const;
  });
}

/** What is billed now: by the newest claim to the first payer among them; nothing where that voids what was billed. */
function chargeNow(claims: readonly BookClaim[]): number | null {
  const first = Math.min(...claims.map(({ rank }) => rank ?? 1));
  const newest = claims.filter(({ rank }) => (rank ?? 1) === first).at(-1);
  return newest?.frequency === '8' ? 0 : (newest?.chargeCents ?? null);
}

/** Every payer that has decided or is to: of claims that were made, named as coming later, or told by the one before. */
function ranksAsked(claims: readonly BookClaim[], ranked: readonly Ranked[]): number[] {
  const asked = new Set([...claims.map(({ rank }) => rank ?? 1), ...ranked.map(({ rank }) => rank)]);
  const first = Math.min(...asked);
  for (const other of claims.flatMap(({ otherRanks }) => otherRanks)) if (other > first) asked.add(other);
  for (const { decision, rank } of ranked) if (decision.passedOn) asked.add(rank + 1);
  return [...asked].sort((a, b) => a - b);
}

/** Two decisions of one payer on the same charge, or a reversal of none: what counts is not known. */
const unknown: Chain = { adjusted: null, patient: null, contradicts: true };

interface Chain {
  readonly adjusted: number | null;
  readonly patient: number | null;
  readonly contradicts: boolean;
}

/**
 * Follows the charge from payer to payer. What one leaves to the patient is what the next decides about: it names the whole charge and
 * everything that was done before it as one adjustment (CARC 23), so its own adjustments are not added to the earlier ones.
 */
function chain(charge: number | null, ranks: readonly number[], ranked: readonly Ranked[]): Chain {
  if (charge === null) return { adjusted: null, patient: null, contradicts: false };
  let [left, adjusted] = [charge, 0];
  /** Nobody so far has paid anything or left anything to the patient: a later payer decides on the whole. */
  let isRefused = true;
  for (const [at, rank] of ranks.entries()) {
    const own = ranked.filter((one) => one.rank === rank);
    const speaking = own.filter(({ paid, patient }) => paid !== 0 || patient !== 0);
    const decided = chargesOf(speaking);
    if (decided > charge || decided < 0) return unknown;
    // A refusal of what was decided already, as of a claim sent twice, changes nothing.
    const refused = Math.min(charge - decided, Math.max(0, chargesOf(own.filter((one) => !speaking.includes(one)))));
    const isWhole = decided + refused === charge;
    if (!isWhole && left === 0 && !isRefused) continue;
    const [paid, patient] = [sum(speaking, 'paid'), sum(speaking, 'patient')];
    if (!isWhole) {
      // Which part of the earlier payers' share its lines are is not told.
      if (at === 0) adjusted = sum(speaking, 'adjusted') + refused;
      return { adjusted, patient: null, contradicts: false };
    }
    if (isRefused) [left, adjusted] = [charge, 0];
    if (at === 0) {
      adjusted = sum(speaking, 'adjusted') + refused;
      left = patient;
    } else {
      const room = left - paid;
      const owes = Math.max(0, Math.min(patient, room));
      adjusted += Math.max(0, room - owes);
      left = owes;
    }
    isRefused &&= speaking.length === 0;
  }
  return { adjusted, patient: left, contradicts: false };
}

function chargesOf(ranked: readonly Ranked[]): number {
  return ranked.reduce((cents, { decision }) => cents + decision.chargeCents, 0);
}

function sum(ranked: readonly Ranked[], part: 'paid' | 'adjusted' | 'patient'): number {
  return ranked.reduce((cents, one) => cents + one[part], 0);
}

function payersOf(ranked: readonly Ranked[]): PayerBooks[] {
  const keys = [...new Set(ranked.map(({ rank, decision }) => `${rank}|${decision.payer}`))].sort();
  return keys.flatMap((key) => {
    const own = ranked.filter(({ rank, decision }) => `${rank}|${decision.payer}` === key);
    const [first] = own;
    if (first === undefined) return [];
    const { rank, decision } = first;
    return [
      {
        rank,
        payer: decision.payer,
        paidCents: sum(own, 'paid'),
        adjustedCents: sum(own, 'adjusted'),
        patientCents: sum(own, 'patient'),
      },
    ];
  });
}

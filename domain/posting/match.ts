// Finds the clinic's claim that a claim of a remittance is about: one, several that could be it, or none, each with why.
import type { Claim } from '../claim/schema.ts';
import { serviceDays } from '../claim/facts.ts';
import type { RemittanceClaim } from '../claim/remittance.ts';
import { statusRow } from './codes-schema.ts';
import type { PostingCodes } from './codes-schema.ts';
import { matchLines } from './match-lines.ts';
import { rankOf } from './rank.ts';

/** A claim of the clinic that bears the number the payer names. */
export interface Candidate {
  readonly ref: string;
  /** Which was taken in earlier: ISO instants do, or counts. */
  readonly order: string;
  /** By which number it was found: ours (CLP01), or the payer's own of the claim (CLP07). */
  readonly by: 'patientControlNumber' | 'payerClaimNumber';
  readonly claim: Claim;
}

/** What a payer says of a claim and what the clinic knows of it cannot both be. */
export type Contradiction = 'days' | 'charge' | 'patient';

/** `noNumber`: the payer names none. `unknownNumber`: no claim bears it. `contradicted`: those that bear it are of other days, charges or patients. */
export type Unmatched = 'noNumber' | 'unknownNumber' | 'contradicted';

export interface JudgedCandidate {
  readonly ref: string;
  readonly contradictions: readonly Contradiction[];
}

export type Match =
  | { readonly kind: 'matched'; readonly claim: string; readonly why: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly JudgedCandidate[] }
  | { readonly kind: 'unmatched'; readonly why: Unmatched; readonly candidates: readonly JudgedCandidate[] };

export function matchClaim(codes: PostingCodes, said: RemittanceClaim, candidates: readonly Candidate[]): Match {
  if (said.patientControlNumber === null && said.payerClaimNumber === null)
    return { kind: 'unmatched', why: 'noNumber', candidates: [] };
  const judged = candidates.map((one) => ({ one, contradictions: contradictionsOf(said, one) }));
  const shown = judged.map(({ one, contradictions }) => ({ ref: one.ref, contradictions }));
  const possible = judged.filter(({ contradictions }) => contradictions.length === 0).map(({ one }) => one);
  // Our own number goes before the payer's.
  const named = possible.filter(({ by }) => by === 'patientControlNumber');
  const cases = casesOf(named.length > 0 ? named : possible);
  if (cases.length === 0)
    return { kind: 'unmatched', why: judged.length === 0 ? 'unknownNumber' : 'contradicted', candidates: shown };
  const exact = cases.filter((ones) => ones.some(({ claim }) => claim.chargeCents === chargeOf(said)));
  const [only, second] = cases.length === 1 ? cases : exact;
  const chosen = only === undefined || second !== undefined ? null : chosenOf(codes, said, only);
  if (chosen === null)
    return { kind: 'ambiguous', candidates: shown.filter(({ ref }) => possible.some((one) => one.ref === ref)) };
  return { kind: 'matched', claim: chosen.ref, why: reasonsFor(said, chosen, cases.length > 1) };
}

function reasonsFor(said: RemittanceClaim, { by, claim }: Candidate, byCharge: boolean): string[] {
  const days = saidDays(said).length > 0 && serviceDays(claim) !== null;
  const charge = byCharge || claim.chargeCents === chargeOf(said);
  return [by, ...(days ? ['days'] : []), ...(charge ? ['charge'] : [])];
}

/** A reversal names the charge it takes back with a minus. */
function chargeOf({ chargeCents }: RemittanceClaim): number | null {
  return chargeCents === null ? null : Math.abs(chargeCents);
}

function contradictionsOf(said: RemittanceClaim, { claim, by }: Candidate): Contradiction[] {
  return [
    ...(sharesDays(said, claim) ? [] : ['days' as const]),
    ...(chargeFits(said, claim, by) ? [] : ['charge' as const]),
    ...(isOtherPatient(said, claim) ? ['patient' as const] : []),
  ];
}

/** Periods that share a day; one of which nothing is known contradicts nothing. */
function sharesDays(said: RemittanceClaim, claim: Claim): boolean {
  const days = serviceDays(claim);
  const told = saidDays(said);
  const [first, last] = [told[0], told.at(-1)];
  if (days === null || first === undefined || last === undefined) return true;
  return first <= days.to && days.from <= last;
}

/** Service dates of the lines (DTM 472, 150, 151), else of the claim (232, 233), in order. */
function saidDays(said: RemittanceClaim): string[] {
  const named = (dates: RemittanceClaim['dates'], qualifiers: readonly string[]): string[] =>
    dates
      .filter(({ qualifier }) => qualifiers.includes(qualifier ?? ''))
      .map(({ date }) => date)
      .filter((date) => date !== null);
  const ofLines = said.lines.flatMap(({ dates }) => named(dates, ['472', '150', '151']));
  return (ofLines.length > 0 ? ofLines : named(said.dates, ['232', '233'])).sort();
}

/** The whole charge, or that of the lines which the payer decided apart from the others. */
function chargeFits(said: RemittanceClaim, claim: Claim, by: Candidate['by']): boolean {
  const charge = chargeOf(said);
  if (charge === null || claim.chargeCents === null || charge === claim.chargeCents) return true;
  if (charge > claim.chargeCents || by === 'payerClaimNumber' || said.lines.length === 0) return false;
  const matched = matchLines(said.lines, claim.lines).map((line) => line?.chargeCents ?? null);
  return !matched.includes(null) && matched.reduce<number>((sum, cents) => sum + (cents ?? 0), 0) === charge;
}

/** Another family name, and no member id that says it is the same person: payers shorten names and correct them. */
function isOtherPatient(said: RemittanceClaim, claim: Claim): boolean {
  const patient = said.names.find(({ role }) => role === 'QC');
  const insured = said.names.find(({ role }) => role === 'IL');
  const ids = [patient?.id?.value, insured?.id?.value].map(letters).filter((id) => id !== '');
  const member = letters(claim.subscriber.memberId);
  if (member !== '' && ids.includes(member)) return false;
  const [told, known] = [letters(patient?.family), letters((claim.patient ?? claim.subscriber).name)];
  if (told === '' || known === '') return false;
  return !told.startsWith(known) && !known.startsWith(told);
}

function letters(text: string | null | undefined): string {
  return (text ?? '').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * One service may be billed more than once: replaced, voided, to a second payer. Such claims bear one number and the days of one are
 * among those of the other; books are kept of them together.
 */
export function isSameCase(one: Claim, other: Claim): boolean {
  if (letters(one.patientControlNumber) !== letters(other.patientControlNumber)) return false;
  const [a, b] = [serviceDays(one), serviceDays(other)];
  if (a === null || b === null) return a === b;
  return (a.from <= b.from && b.to <= a.to) || (b.from <= a.from && a.to <= b.to);
}

function casesOf(candidates: readonly Candidate[]): Candidate[][] {
  const cases: Candidate[][] = [];
  for (const one of [...candidates].sort(byOrder)) {
    const known = cases.find((ones) => ones.some((other) => isSameCase(one.claim, other.claim)));
    if (known === undefined) cases.push([one]);
    else known.push(one);
  }
  return cases;
}

function byOrder(a: Candidate, b: Candidate): number {
  return `${a.order} ${a.ref}` < `${b.order} ${b.ref}` ? -1 : 1;
}

/** Of the claims of one case: the one to this payer, in the frequency named; what is taken back was the first, what is decided the last. */
function chosenOf(codes: PostingCodes, said: RemittanceClaim, ones: readonly Candidate[]): Candidate | null {
  const row = statusRow(codes, said.status);
  const rank = row?.rank ?? null;
  const narrowed = (from: readonly Candidate[], fits: (one: Candidate) => boolean): readonly Candidate[] => {
    const left = from.filter(fits);
    return left.length > 0 ? left : from;
  };
  const ofPayer = narrowed(ones, ({ claim }) => rank !== null && rankOf(claim.responsibility) === rank);
  const named = narrowed(ofPayer, ({ claim }) => said.frequency !== null && claim.frequency === said.frequency);
  const sorted = named.toSorted((a, b) => replaces(a.claim) - replaces(b.claim) || byOrder(a, b));
  const standing = sorted.filter(({ claim }) => claim.frequency !== '8');
  const chosen = row?.effect === 'reverses' ? sorted[0] : standing.at(-1);
  return chosen ?? sorted[0] ?? null;
}

function replaces({ originalClaimNumber, frequency }: Claim): number {
  return originalClaimNumber !== null || frequency === '7' || frequency === '8' ? 1 : 0;
}

// What a remittance posts: every amount of a claim and of the provider as a line in cents, with the segment it came from.
import { canonicalJson } from '../canonical-json.ts';
import type { Remittance, RemittanceClaim, RemittanceLine } from '../claim/remittance.ts';
import { adjustmentKind, providerKind } from './codes-schema.ts';
import type { AdjustmentKind, PostingCodes, ProviderKind } from './codes-schema.ts';

/** `cents` as the payer signs them: the lines of a claim add up to its charge, those of a reversal to the charge taken back. */
export interface PostingLine {
  readonly kind: 'payment' | AdjustmentKind;
  /** CAS01 and CAS02; null for a payment. */
  readonly group: string | null;
  readonly reason: string | null;
  readonly cents: number;
  /** Number of the claim's service line; null where the whole claim is meant, or nobody knows which. */
  readonly line: number | null;
  /** `CAS segment 23`. */
  readonly source: string;
}

/** Money outside the claims, as it changes the payment: positive adds to it. */
export interface ProviderLine {
  readonly kind: ProviderKind;
  readonly reason: string | null;
  readonly cents: number;
  /** PLB03-2, often a claim; it may be PHI. */
  readonly reference: string | null;
  readonly source: string;
}

/** Where a line stands, without the code behind the segment's id: that of a CLP is the claim's own number. */
function placeOf(source: string): string {
  return source.replace(/\*\S*/, '');
}

/** Cents of a claim or a line by which its charge is not its payment; null where an amount cannot be read. */
function offBy({
  chargeCents,
  paidCents,
  adjustments,
}: Pick<RemittanceLine, 'chargeCents' | 'paidCents' | 'adjustments'>): number | null {
  if (chargeCents === null || paidCents === null) return null;
  return chargeCents - paidCents - adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** Whether the charge (CLP03) less all its adjustments is the payment (CLP04), every amount known (005010X221A1, 1.10.2.1.2). */
export function claimBalances(claim: RemittanceClaim): boolean {
  const adjustments = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)];
  return offBy({ ...claim, adjustments }) === 0 && claim.lines.every(({ paidCents }) => paidCents !== null);
}

/** Whether the claims' payments less what concerns no claim are the payment (BPR02; 005010X221A1, 1.10.2.1.3). */
export function paymentBalances({ payment, claims, adjustments }: Remittance): boolean {
  const amounts = [...claims.map(({ paidCents }) => paidCents), ...adjustments.map(providerEffect)];
  return amounts.every((cents) => cents !== null) && payment.amountCents === total(amounts);
}

function providerEffect({ amountCents }: { readonly amountCents: number | null }): number | null {
  // Minus zero is another number to whoever compares.
  return amountCents === null ? null : amountCents === 0 ? 0 : -amountCents;
}

function total(amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((sum, cents) => sum + (cents ?? 0), 0);
}

/**
 * The lines of a claim that balances; amounts of zero move nothing and are left out.
 * @param numberOf the number of the claim's service line that a line of the remittance is about
 */
export function postingLines(
  codes: PostingCodes,
  claim: RemittanceClaim,
  numberOf: (line: RemittanceLine) => number | null,
): PostingLine[] {
  const paidByLines = total(claim.lines.map(({ paidCents }) => paidCents));
  const posted = [
    // A payer may tell of a line what it decided on the claim as a whole.
    paymentLine((claim.paidCents ?? 0) - paidByLines, null, claim.source),
    ...adjustmentLines(codes, claim.adjustments, null),
    ...claim.lines.flatMap((line) => {
      const number = numberOf(line);
      return [
        paymentLine(line.paidCents ?? 0, number, line.source),
        ...adjustmentLines(codes, line.adjustments, number),
      ];
    }),
  ];
  return posted.filter(({ cents }) => cents !== 0);
}

function paymentLine(cents: number, line: number | null, source: string): PostingLine {
  return { kind: 'payment', group: null, reason: null, cents, line, source: placeOf(source) };
}

function adjustmentLines(
  codes: PostingCodes,
  adjustments: RemittanceClaim['adjustments'],
  line: number | null,
): PostingLine[] {
  return adjustments.map(({ group, reason, amountCents, source }) => ({
    kind: adjustmentKind(codes, group, reason),
    group,
    reason,
    cents: amountCents,
    line,
    source: placeOf(source),
  }));
}

/** What a remittance moves outside its claims (PLB). A claim is never touched by it: what it takes back there, a reversal says. */
export function providerLines(codes: PostingCodes, { adjustments }: Pick<Remittance, 'adjustments'>): ProviderLine[] {
  return adjustments.map((one) => ({
    kind: providerKind(codes, one.reason),
    reason: one.reason,
    cents: providerEffect(one) ?? 0,
    reference: one.reference,
    source: placeOf(one.source),
  }));
}

/**
 * What makes a remittance this one: trace number (TRN02), who gave it, payer, payee and the day it was produced. Null where it has no
 * trace number. It is not patient data, but whoever holds it may ask a bank about a payment.
 */
export function remittanceIdentity(remittance: Remittance): string | null {
  const { payment, producedOn, payer, payee } = remittance;
  if (payment.trace === null) return null;
  const who = [payment.originator, payer?.id ?? payer?.name ?? null, payee?.id ?? payee?.name ?? null];
  return canonicalJson([payment.trace, ...who, producedOn ?? payment.on]);
}

/** Everything a remittance says but where in its file: the same one over another way is the same text. It is PHI. */
export function remittanceContent(remittance: Remittance): string {
  return canonicalJson(withoutSources(remittance));
}

function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'source');
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSources(inner)]));
}

/** Who pays, as the books tell payers apart: the payer's id, else the number of who gave the trace, else its name. */
export function payerKey({ payment, payer }: Pick<Remittance, 'payment' | 'payer'>): string {
  return payer?.id?.value ?? payment.originator ?? payer?.name ?? 'unknown';
}

// One payment of a simulated payer with its claims: the picture of it, told alike as X12 835 and as JSON.
import type { Adjustment } from '../../domain/claim/line-schema.ts';
import type { Decision } from './decide.ts';
import type { SubmittedClaim } from './submitted.ts';

export interface RemittedLine {
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly allowedCents: number;
  readonly unitsPaid: number;
  readonly unitsBilled: number;
  readonly date: string;
  readonly controlNumber: string | null;
  readonly adjustments: readonly Adjustment[];
  readonly remarks: readonly string[];
}

export interface RemittedClaim {
  /** CLP01. */
  readonly number: string;
  /** CLP02: 1 paid, 4 denied, 22 an earlier payment taken back. */
  readonly status: '1' | '4' | '22';
  readonly chargeCents: number;
  readonly paidCents: number;
  /** Null where it is not told: a reversal takes it back with its adjustments. */
  readonly patientCents: number | null;
  readonly filingCode: string;
  readonly payerNumber: string;
  readonly placeOfService: string;
  readonly frequency: string;
  readonly memberId: string | null;
  readonly patient: { readonly given: string; readonly family: string };
  readonly receivedOn: string;
  readonly lines: readonly RemittedLine[];
}

/** Money that belongs to no claim; positive takes from the payment. */
export interface ProviderChange {
  /** WO overpayment recovery, FB forwarded balance, L6 interest, 72 a refund accepted … */
  readonly reason: string;
  readonly reference: string;
  readonly cents: number;
}

export interface RemittancePicture {
  readonly trace: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly payer: { readonly id: string; readonly name: string };
  readonly payee: { readonly name: string; readonly npi: string; readonly taxId: string };
  /** BPR02; never below zero. */
  readonly paymentCents: number;
  readonly claims: readonly RemittedClaim[];
  readonly changes: readonly ProviderChange[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A claim as decided. */
export function remitted(
  claim: SubmittedClaim,
  decision: Decision,
  about: { readonly payerNumber: string; readonly receivedOn: string },
): RemittedClaim {
  const lines = claim.lines.map((line, at): RemittedLine => {
    const decided = decision.lines[at];
    return {
      code: line.code,
      modifiers: line.modifiers,
      chargeCents: line.chargeCents,
      paidCents: decided?.paidCents ?? 0,
      allowedCents: decided?.allowedCents ?? 0,
      unitsPaid: decided?.unitsPaid ?? 0,
      unitsBilled: line.units,
      date: line.date,
      controlNumber: line.controlNumber,
      adjustments: decided?.adjustments ?? [],
      remarks: decided?.remarks ?? [],
    };
  });
  const owed = lines.flatMap(({ adjustments }) => adjustments).filter(({ group }) => group === 'PR');
  return {
    number: claim.number,
    status: decision.status,
    chargeCents: claim.chargeCents,
    paidCents: sum(lines.map(({ paidCents }) => paidCents)),
    patientCents: sum(owed.map(({ amountCents }) => amountCents)),
    filingCode: claim.filingCode,
    payerNumber: about.payerNumber,
    placeOfService: claim.placeOfService,
    frequency: claim.frequency,
    memberId: claim.memberId,
    patient: claim.patient,
    receivedOn: about.receivedOn,
    lines,
  };
}

/** An earlier payment taken back: the same claim with every amount the other way (005010X221A1, section 1.10.2.8). */
export function reversed(claim: RemittedClaim): RemittedClaim {
  return {
    ...claim,
    status: '22',
    chargeCents: -claim.chargeCents,
    paidCents: -claim.paidCents,
    patientCents: null,
    lines: claim.lines.map((line) => ({
      ...line,
      chargeCents: -line.chargeCents,
      paidCents: -line.paidCents,
      allowedCents: -line.allowedCents,
      adjustments: line.adjustments.map((one) => ({ ...one, amountCents: -one.amountCents })),
    })),
  };
}

/** What a payer is owed back from an earlier payment that went below zero, and the number of that payment. */
export interface CarriedBalance {
  readonly cents: number;
  readonly reference: string;
}

/**
 * One payment of these claims. Where more is taken back than is paid, nothing is paid and the rest is carried forward (FB below zero); a
 * later payment is lessened by it (FB above zero) as far as it goes (005010X221A1, section 1.10.2.12).
 */
export function paymentOf(
  of: Omit<RemittancePicture, 'paymentCents'>,
  carried: CarriedBalance | null,
): { readonly picture: RemittancePicture; readonly carried: CarriedBalance | null } {
  const due = sum(of.claims.map(({ paidCents }) => paidCents)) - sum(of.changes.map(({ cents }) => cents));
  const before = carried?.cents ?? 0;
  const recovered = Math.max(0, Math.min(before, due));
  const short = Math.max(0, -due);
  const changes: readonly ProviderChange[] = [
    ...of.changes,
    ...(recovered === 0 ? [] : [{ reason: 'FB', reference: carried?.reference ?? '', cents: recovered }]),
    ...(short === 0 ? [] : [{ reason: 'FB', reference: of.trace, cents: -short }]),
  ];
  const after = before - recovered + short;
  return {
    picture: { ...of, changes, paymentCents: due - recovered + short },
    carried: after === 0 ? null : { cents: after, reference: short > 0 ? of.trace : (carried?.reference ?? of.trace) },
  };
}

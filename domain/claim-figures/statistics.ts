// The figures of a clinic's claims as a flow, the command line and the console are told them: counts, days, cents and references.
import type { ClaimFigures } from './figures.ts';
import type { Receivables } from './receivables.ts';
import type { TherapistFigures } from './therapists.ts';
import type { UnusualPayment } from './unusual.ts';

/** `from` and `to` are `YYYY-MM-DD` in the clinic's zone, both included; null: no bound. */
export interface Span {
  readonly from: string | null;
  readonly to: string | null;
}

export interface PayerClaims {
  /** Null: of all payers together. */
  readonly payer: string | null;
  /** Of the claims taken in within the span. */
  readonly figures: ClaimFigures;
  /** Of all claims, as of today. */
  readonly receivables: Receivables;
}

export interface NamedTherapist extends TherapistFigures {
  readonly name: string | null;
}

export interface ClaimStatistics extends Span {
  /** Today by the clinic's calendar. */
  readonly asOf: string;
  readonly total: PayerClaims;
  readonly payers: readonly PayerClaims[];
  /** Of the claims taken in within the span. */
  readonly therapists: readonly NamedTherapist[];
  /** Decided within the span. */
  readonly unusualPayments: readonly UnusualPayment[];
}

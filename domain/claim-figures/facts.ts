// What figures are made of: each claim and each case as the books, the checks and the payers' answers tell them, without a name.
import type { DeniedAmount } from '../claim/denial.ts';
import type { ClaimEventType } from '../claim/event-schema.ts';
import type { Books } from '../posting/books.ts';

/** What a payer decided about one claim: one claim of a remittance, no reversal. */
export interface DecisionFacts {
  /** When the remittance came, an instant. */
  readonly receivedAt: string;
  readonly postedAt: string;
  readonly paidCents: number | null;
  readonly isDenied: boolean;
  readonly denials: readonly DeniedAmount[];
}

export interface HappenedFacts {
  readonly type: ClaimEventType;
  readonly at: string;
  readonly detail: string | null;
  readonly frequency: string | null;
}

export interface ClaimFacts {
  readonly ref: string;
  readonly payer: string;
  readonly takenInAt: string;
  /** The day the last note of its days of service was signed, and the day it was taken in; null: the chart does not tell. */
  readonly daysSinceNote: number | null;
  /** What its checks ever found; null: it was never checked. */
  readonly check: {
    readonly findings: number;
    /** When the first finding that blocks was found. */
    readonly stoppedAt: string | null;
    /** One of those still stands, not overridden. */
    readonly isStopped: boolean;
    readonly overridden: number;
  } | null;
  /** A workflow follows it: what is not among `events` did not happen. */
  readonly isFollowed: boolean;
  /** Oldest first. */
  readonly events: readonly HappenedFacts[];
  /** What clearinghouse and payer said before anybody decided; oldest first. */
  readonly answers: readonly { readonly at: string; readonly isSentBack: boolean }[];
  /** Oldest first. */
  readonly decisions: readonly DecisionFacts[];
  /** What was paid after its first denial was corrected or appealed, less what was taken back; null: neither happened. */
  readonly recoveredCents: number | null;
}

/** One service line with the money that came for it; null: not told. */
export interface LineFacts {
  /** NPI of whoever treated; null: the claim names nobody. */
  readonly therapist: string | null;
  /** Tells visits apart and nothing else; null: the line has no day. */
  readonly visit: string | null;
  readonly billedCents: number | null;
  /** By the first payer. */
  readonly allowedCents: number | null;
  readonly paidCents: number | null;
}

/** The claims for one service: replaced, taken back, to another payer. */
export interface CaseFacts {
  /** Of the payer whose word is awaited, else of the first. */
  readonly payer: string;
  readonly serviceOn: string | null;
  readonly books: Pick<Books, 'standing' | 'chargeCents' | 'openCents' | 'patientBalanceCents'>;
  readonly isFollowed: boolean;
  readonly isClosed: boolean;
  /** The patient owes, and agreed on a plan or not. */
  readonly owing: 'balance' | 'plan' | null;
  /** Null: nothing was given up. `cents` null: nobody knows how much. */
  readonly writtenOff: { readonly cents: number | null } | null;
}

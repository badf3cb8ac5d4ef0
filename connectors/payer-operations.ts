// The questions that every clearinghouse answers in one shape, whatever its wire: coverage and claim status.
import type { ClaimStatusAnswer } from '../domain/claim/status.ts';
import type { EligibilityAnswer } from '../domain/eligibility/answer.ts';

/** `raw` is what came over the wire (JSON, or X12 as text), kept in the vault beside what was read from it. */
interface Answered<Answer> {
  readonly kind: 'answered';
  readonly answer: Answer;
  readonly raw: unknown;
}

/** Taken up, not answered: ask again with the vendor's own id of the question, where it gave one. */
export interface Pending {
  readonly kind: 'pending';
  readonly vendorRequestId: string | null;
  readonly retryAfterSeconds: number;
}

/** A refusal by the payer (AAA) is an answer; it stands in `answer`. */
export type EligibilityCheckResult = Answered<EligibilityAnswer> | Pending;

export type ClaimStatusCheckResult = Answered<ClaimStatusAnswer> | Pending;

/** A question, and the vendor's id of it where it was asked before and left pending. */
export interface Asked<Request> {
  readonly request: Request;
  readonly vendorRequestId: string | null;
}

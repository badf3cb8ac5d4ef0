// What a payer is asked about a claim and what it answers, in the terms of the 276 and 277 (005010X212), whatever wire carries it. It is PHI.

/** Null is what the asker does not know; most payers want at least member id, dates and provider. */
export interface ClaimStatusRequest {
  /** Our own trace number of the question (TRN02). */
  readonly trace: string;
  readonly payer: { readonly id: string; readonly name: string };
  readonly provider: { readonly organizationName: string; readonly npi: string | null; readonly taxId: string | null };
  readonly subscriber: {
    readonly given: string;
    readonly family: string;
    readonly memberId: string | null;
    readonly birthDate: string | null;
    readonly gender: 'female' | 'male' | 'other' | 'unknown';
  };
  /** The patient, where that is not the subscriber. */
  readonly dependent: {
    readonly given: string;
    readonly family: string;
    readonly birthDate: string | null;
    readonly gender: 'female' | 'male' | 'other' | 'unknown';
  } | null;
  readonly claim: {
    /** CLM01, ours. */
    readonly patientControlNumber: string | null;
    /** The payer's own number of the claim (REF*1K). */
    readonly payerClaimNumber: string | null;
    readonly chargeCents: number | null;
    readonly from: string;
    readonly to: string;
  };
}

/** One status (STC): category, code and entity as X12 defines them; amounts of the claim as the payer holds it. */
export interface ClaimStatus {
  readonly category: string;
  readonly code: string;
  readonly entity: string | null;
  /** Whose list `code` is from where it is not X12's claim status codes: RX for the rejects of NCPDP (pharmacy). */
  readonly codeList?: string | null;
  readonly effectiveOn: string | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly paidOn: string | null;
  readonly checkNumber: string | null;
  /** The payer's own words (STC12): shown, never decided on. */
  readonly message?: string | null;
  readonly source: string;
}

export interface ClaimStatusLine {
  readonly procedure: string | null;
  readonly modifiers: readonly string[];
  readonly chargeCents: number | null;
  readonly statuses: readonly ClaimStatus[];
}

export interface AnsweredClaim {
  /** Our trace number, or CLM01, as it came back. */
  readonly trace: string | null;
  readonly patientControlNumber: string | null;
  readonly payerClaimNumber: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly statuses: readonly ClaimStatus[];
  readonly lines: readonly ClaimStatusLine[];
}

/** Statuses outside any claim (source, receiver or provider level) tell why nothing was looked up. */
export interface ClaimStatusAnswer {
  readonly claims: readonly AnsweredClaim[];
  readonly statuses: readonly ClaimStatus[];
}

// Claims that a clearinghouse takes: checked, sent once, and found again, in one shape for all of them.
import type { Claim } from '../domain/claim/schema.ts';
import type { Reason } from './connector.ts';

/** A claim to be sent; `key` is the effect's own, so that the same sending is told from another of the same claim. */
export interface ClaimSending {
  readonly claim: Claim;
  readonly key: string;
}

/** An 837P as text, with what is needed to look for it afterwards: the claim it was written from. */
export interface X12ClaimSending extends ClaimSending {
  readonly x12: string;
}

/** Taken by the clearinghouse; what the payer says comes later. `raw` is PHI and goes into the vault. */
export interface ClaimReceipt {
  readonly patientControlNumber: string | null;
  /** The clearinghouse's or the payer's own id of the claim; null where none is known. */
  readonly vendorClaimId: string | null;
  /** Remarks that did not keep the claim from being taken. */
  readonly edits: readonly Reason[];
  readonly raw: unknown;
}

/** What a clearinghouse would say to a claim. Nothing was sent to a payer. */
export interface ClaimCheck {
  readonly acceptable: boolean;
  readonly edits: readonly Reason[];
  readonly raw: unknown;
}

// What a file of claims says of itself: who sends it to whom, under which number. Not part of any claim.
import type { ClaimContact } from './party-schema.ts';

/** The heading of an 837 (BHT and loops 1000A and 1000B). Null is what the file does not say. */
export interface ClaimSubmission {
  /** BHT02: 00 original, 18 reissue. */
  readonly purpose: string | null;
  /** BHT03: the sender's number of this file; it comes back in the 277CA. */
  readonly reference: string | null;
  /** `YYYY-MM-DD` and `HHMM`, the sender's clock. */
  readonly createdOn: string | null;
  readonly createdAt: string | null;
  /** BHT06: CH chargeable, RP reporting, 31 subrogation. */
  readonly use: string | null;
  readonly submitter: {
    readonly kind: 'organization' | 'person';
    readonly name: string | null;
    readonly given: string | null;
    readonly middle: string | null;
    readonly suffix: string | null;
    /** The electronic transmitter id the receiver gave (NM109 after 46). */
    readonly id: string | null;
    readonly contact: ClaimContact | null;
  };
  readonly receiver: { readonly name: string | null; readonly id: string | null };
}

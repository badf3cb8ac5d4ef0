// What the server knows of a claim when the workflow asks: how it was checked, what holds for its payer, what went before.

import type { Frequency } from './event-schema.ts';
import type { ClaimTerms } from './terms.ts';

/** References, codes and counts only. */
export interface ClaimPlan {
  readonly claim: string;
  readonly clinic: string;
  readonly payer: string;
  readonly route: 'electronic' | 'staffSend';
  /** Counts the contents the claim has had; another number is another content. */
  readonly version: number;
  /** What the claim itself asks to be: an original, a replacement or a void. */
  readonly frequency: Frequency;
  /** Findings that keep the claim back, those a named person has overridden left out; null: it was not checked. */
  readonly blocks: number | null;
  /** Whether the payer's own number of the claim is known: a replacement and a void name it (REF*F8). */
  readonly payerNumberKnown: boolean;
  /** Last attempt of each frequency that a person was asked for, also before this workflow. */
  readonly attempts: Readonly<Partial<Record<Frequency, number>>>;
  /** The claim went out without this workflow. */
  readonly sentBefore: { readonly frequency: Frequency; readonly attempt: number; readonly at: string } | null;
  /** A code that says why nothing may be done at present, such as `coverage.changed`; null: go on. */
  readonly hold: string | null;
  /** The last day on which the payer takes the claim; null: nobody told. */
  readonly fileBy: string | null;
  readonly terms: ClaimTerms;
}

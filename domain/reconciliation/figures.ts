// What a comparison of a clinic's visits found: counts and as-of times, no value of a record.
import type { DisagreementCode } from './visits.ts';

/** When each source was last heard, ISO UTC; null: nobody tells of it. */
export type AsOf = Readonly<Record<'schedule' | 'notes' | 'charges' | 'authorizations', string | null>>;

/** What became of the items of patients. */
export type ItemCounts = Readonly<Record<'opened' | 'changed' | 'closed' | 'same' | 'accepted', number>>;

export interface ReconciliationFigures {
  readonly asOf: AsOf;
  readonly patients: number;
  readonly agree: number;
  readonly claimsUnmatched: number;
  readonly byCode: readonly { readonly code: DisagreementCode; readonly count: number }[];
  readonly items: ItemCounts;
  /** Patients whose books disagree. */
  readonly disagreeing: number;
}

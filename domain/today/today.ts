// What a clinic's sources say now: one figure each with its words and its page; a source that said nothing is unknown, never 0.
import type { ClaimStanding } from '../claim/phases.ts';

/** Pages of the console that a figure leads to; `visits`: the list on the page itself. */
export type TodayPage =
  | 'workList'
  | 'visits'
  | 'authorizations'
  | 'benefits'
  | 'claims'
  | 'denials'
  | 'figures'
  | 'connections'
  | 'dataAudit'
  | 'messages'
  | 'attendance'
  | 'notes';

export interface TodayFigure {
  readonly words: string;
  /** Null: unknown. */
  readonly value: number | null;
  readonly unit: 'count' | 'cents';
  /** Null: there is no page the reader may open. */
  readonly page: TodayPage | null;
  /** Somebody should look at it today. */
  readonly urgent: boolean;
}

/** What one system last said, where a source has several. */
export interface TodaySystem {
  readonly name: string;
  /** ISO UTC; null: nothing yet. */
  readonly asOf: string | null;
  readonly words: string;
  readonly urgent: boolean;
}

export interface TodaySource {
  readonly source: SourceName;
  readonly title: string;
  /** ISO UTC; null: it said nothing yet. */
  readonly asOf: string | null;
  readonly figures: readonly TodayFigure[];
  readonly systems: readonly TodaySystem[];
}

export interface Today {
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly day: string;
  /** ISO UTC. */
  readonly at: string;
  readonly sources: readonly TodaySource[];
}

export const sourceTitles = {
  work: 'Work list',
  visits: 'Visits today',
  authorizations: 'Authorizations',
  coverage: 'Coverage',
  claims: 'Claims',
  messages: 'Messages',
  documentation: 'Documents',
  imports: 'Imports',
  dataAudit: 'Data audit',
  reconciliation: 'Visits compared',
} as const;
export type SourceName = keyof typeof sourceTitles;

type Said = Pick<TodayFigure, 'words' | 'value'> & Partial<Pick<TodayFigure, 'unit' | 'page' | 'urgent'>>;

/** A source with its figures; where it said nothing (`asOf` null) each of them is unknown, whatever was counted. */
export function sourceOf(
  source: SourceName,
  asOf: Date | string | null,
  figures: readonly Said[],
  systems: readonly TodaySystem[] = [],
): TodaySource {
  return {
    source,
    title: sourceTitles[source],
    asOf: asOf instanceof Date ? asOf.toISOString() : asOf,
    figures: figures.map(({ words, value, unit = 'count', page = null, urgent = false }) => {
      const known = asOf === null ? null : value;
      return { words, value: known, unit, page, urgent: urgent && known !== null && known > 0 };
    }),
    systems,
  };
}

/** In which figure a claim is counted; `closed` in none. */
export const claimGroups = {
  new: 'ours',
  toFix: 'ours',
  inReview: 'ours',
  sendingByStaff: 'ours',
  uncertain: 'ours',
  held: 'ours',
  appealInReview: 'ours',
  submitting: 'payer',
  sent: 'payer',
  pending: 'payer',
  awaitingRemittance: 'payer',
  appealSending: 'payer',
  appealPending: 'payer',
  overdue: 'overdue',
  denied: 'denied',
  partlyPaid: 'partly',
  reversed: 'partly',
  patientBalance: 'patient',
  paymentPlan: 'patient',
  closed: null,
} as const satisfies Record<ClaimStanding, string | null>;

/** How many claims stand in each group. @param rows how many stand at each point of their life */
export function claimsByGroup(
  rows: readonly { readonly state: ClaimStanding; readonly count: number }[],
): Readonly<Record<'ours' | 'payer' | 'overdue' | 'denied' | 'partly' | 'patient', number>> {
  const counts = { ours: 0, payer: 0, overdue: 0, denied: 0, partly: 0, patient: 0 };
  for (const { state, count } of rows) {
    const group = claimGroups[state];
    if (group !== null) counts[group] += count;
  }
  return counts;
}

// One document that is due, and what a due list is worked out from.
import type { ScrubChart } from '../scrub/chart-schema.ts';
import type { TreatmentDay } from '../scrub/chart/treatment-days.ts';
import type { ProgressReportPeriod } from '../scrub/reference-schema.ts';
import type { ClinicDue, PayerDue } from './schema.ts';

export type DueKind =
  | 'note'
  | 'signature'
  | 'progressReport'
  | 'certification'
  | 'recertification'
  | 'dischargeSummary';

export interface DueItem {
  readonly kind: DueKind;
  /** The visit, the first day of the period or of the plan, or the last day of the episode; null: unknown. */
  readonly about: string | null;
  /** The last day on which it is in time; null: not known yet, `words` tell why. */
  readonly due: string | null;
  /** Treatment days of the period so far, and the one by which it is due; null: not counted so. */
  readonly treatmentDays: { readonly soFar: number; readonly dueBy: number } | null;
  /** `done` is left out of the list; `unknown`: nobody can tell whether or when it is due. */
  readonly state: 'later' | 'soon' | 'overdue' | 'unknown';
  readonly words: string;
  readonly rule: string | null;
  readonly source: string | null;
}

/** What is in force: the tables, whole; the day of service picks the row. */
export interface DueRules {
  readonly payers: readonly PayerDue[];
  readonly clinic: readonly ClinicDue[];
  readonly progressReports: readonly ProgressReportPeriod[];
}

/** One patient's episode as the due list sees it. */
export interface DueEpisode {
  readonly chart: ScrubChart;
  /** Days of visits booked, of any day; those not after today are left out. null: not known. */
  readonly booked: readonly string[] | null;
  /** The last day of the episode; null: it goes on. */
  readonly endedOn: string | null;
}

/** What the parts of the list share. */
export interface DueFacts {
  readonly today: string;
  readonly chart: ScrubChart;
  readonly days: readonly TreatmentDay[];
  /** Days of booked visits after today, in order; null: not known. */
  readonly ahead: readonly string[] | null;
  readonly endedOn: string | null;
  readonly clinic: ClinicDue;
  readonly rules: DueRules;
}

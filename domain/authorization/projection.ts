// The shapes of a projection and of the assessment made from it; structure only, so both may travel.
import type { Role } from '../work-item/kinds.ts';
import type { Route } from '../payer/schema.ts';

/** Today in the clinic's zone. */
export interface Today {
  /** `YYYY-MM-DD` */
  readonly date: string;
}

export type CoverState = 'covered' | 'runsOut' | 'ended' | 'noApproval' | 'held' | 'notRequired';
export type Limit = 'endDate' | 'visits' | 'units' | 'weekLimit' | 'gap';

/** null means unknown. `left` is approved less used: what is booked is not taken off. */
export interface Tally {
  readonly approved: number | null;
  readonly used: number;
  readonly booked: number;
  readonly left: number | null;
}

/** As `Tally`, but a schedule may not tell the units of a visit: then even `used` and `booked` are unknown. */
export interface UnitTally {
  readonly approved: number | null;
  readonly used: number | null;
  readonly booked: number | null;
  readonly left: number | null;
}

/** The first booked visit nothing covers. `number` of `of`: "visit 13 of 12"; null where no count applies. */
export interface UncoveredVisit {
  readonly date: string;
  readonly appointment: string;
  readonly number: number | null;
  readonly of: number | null;
}

export interface RunsOut {
  readonly state: CoverState;
  readonly limitedBy: Limit | null;
  /** The last covered day if an end date limits; the day of the first uncovered visit if a count limits. */
  readonly runsOutOn: string | null;
  readonly firstUncoveredVisit: UncoveredVisit | null;
  /** First uncovered visit less one day less the turnaround; null if no booked visit is uncovered. */
  readonly actBy: string | null;
  readonly turnaround: {
    readonly days: number;
    readonly basis: 'regulation' | 'contract' | 'clinicHorizon';
    readonly citation: string | null;
  };
  readonly visits: Tally;
  readonly units: UnitTally;
  /** In words, with dates and counts and no name. */
  readonly reason: string;
}

export type Need = 'none' | 'initial' | 'renewal' | 'held' | 'number';

export interface Assessment {
  readonly authorization: string;
  readonly clinic: string;
  readonly payer: string;
  readonly route: Route;
  readonly need: Need;
  readonly projection: RunsOut;
  readonly actBy: string | null;
  /** The day on which time alone changes this assessment; null if only new data can. */
  readonly nextLookOn: string | null;
  /** The period concerned: the one to ask for (`initial`, `renewal`), to correct (`number`), else the latest. */
  readonly period: number;
  /** A request that waits for the payer; `dueOn` null where the payer's turnaround or the day of sending is unknown. */
  readonly pending: {
    readonly period: number;
    readonly since: string | null;
    readonly dueOn: string | null;
    readonly overdue: boolean;
  } | null;
  /** The latest request was denied and nobody asked again. */
  readonly denied: { readonly period: number; readonly decidedOn: string | null } | null;
  readonly policy: {
    readonly turnaroundDays: number | null;
    readonly pollEveryMinutes: number;
    readonly reviewDueDays: number;
    readonly remindAfterHours: number;
    readonly escalateAfterHours: number;
    readonly escalateTo: Role;
  };
  readonly reason: string;
}

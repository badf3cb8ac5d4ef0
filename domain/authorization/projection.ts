// The shapes of a projection; structure only, so it may travel.

/** Today in the clinic's zone. */
export interface Today {
  /** `YYYY-MM-DD` */
  readonly date: string;
}

export type CoverState = 'covered' | 'runsOut' | 'ended' | 'noApproval' | 'held' | 'notRequired';
export type Limit = 'endDate' | 'visits' | 'units' | 'weekLimit' | 'gap';

/** Why an authorization is held; nothing else holds one. */
export const coverageChanged = 'the coverage or payer changed';

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
  /** The last covered day if an end date limits; else the day of the first uncovered visit; null if no end is known. */
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
  /** The approved visits left now and in the periods that follow without a day between; null where that is unknown. */
  readonly visitsLeftAhead: number | null;
  /** In words, with dates and counts and no name. */
  readonly reason: string;
}

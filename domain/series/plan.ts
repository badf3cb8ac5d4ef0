// What a series of visits is proposed from, and what is proposed. References and structure only.
import type { WeeklyWindow } from '../schedule/clock.ts';
import type { Priority } from '../waitlist/book-schema.ts';
import type { VisitsLeft } from '../waitlist/candidate.ts';

/** A plan of care that wants visits: so many in each of the weeks that follow. */
export interface Plan {
  readonly ref: string;
  readonly patient: string;
  readonly discipline: string;
  readonly minutes: number;
  /** First day (`YYYY-MM-DD`) on which a visit may lie. */
  readonly from: string;
  /** Last day of the plan of care; null: not known. */
  readonly to: string | null;
  /** Visits wanted week by week (Monday to Sunday), the first that of `from`: 3, 3, 2, 1 tapers. */
  readonly visitsPerWeek: readonly number[];
  /** Least distance between the days of two visits; 2 leaves a day between. */
  readonly daysApart: number;
  /** Who may treat; null: any therapist of the discipline. */
  readonly therapists: readonly string[] | null;
  readonly wantedTherapist: string | null;
  /** null: any location. */
  readonly locations: readonly string[] | null;
  readonly equipment: readonly string[];
  /** When the patient can come, by the clinic's clock; null: nobody asked, any time is proposed and marked. */
  readonly times: readonly WeeklyWindow[] | null;
  /** The hour the patient usually comes, `HH:MM`. */
  readonly usualTime: string | null;
  readonly priority: Priority;
  readonly authorization: {
    readonly required: boolean | null;
    readonly from: string | null;
    readonly to: string | null;
  };
  /** Visits of the authorization and of the benefit year that are neither spent nor booked. */
  readonly authorizationVisitsFree: VisitsLeft;
  readonly benefitVisitsFree: VisitsLeft;
}

export interface Therapist {
  readonly ref: string;
  readonly discipline: string;
  readonly location: string;
  /** By the clinic's clock. */
  readonly hours: readonly WeeklyWindow[];
  /** Days (`YYYY-MM-DD`) away. */
  readonly daysOff: readonly string[];
}

export interface Room {
  readonly ref: string;
  readonly location: string;
  readonly equipment: readonly string[];
}

/** What is in the schedule already. */
export interface Booking {
  readonly ref: string;
  /** null: time kept free of patients. */
  readonly patient: string | null;
  readonly therapist: string | null;
  readonly room: string | null;
  /** ISO 8601 instant */
  readonly start: string;
  readonly minutes: number;
  /** The plan it belongs to, where the schedule tells. */
  readonly plan: string | null;
}

export interface Clinic {
  /** IANA name */
  readonly zone: string;
  readonly therapists: readonly Therapist[];
  /** Empty at a location: rooms are not kept there, and none is asked for. */
  readonly rooms: readonly Room[];
  readonly bookings: readonly Booking[];
}

export interface ProposedVisit {
  readonly plan: string;
  readonly patient: string;
  readonly date: string;
  /** `HH:MM` by the clinic's clock, and the instant. */
  readonly time: string;
  readonly start: string;
  readonly minutes: number;
  readonly therapist: string;
  readonly room: string | null;
  readonly points: number;
  /** What about it is not as wished, and what nobody knows. */
  readonly notes: readonly string[];
}

export const unplacedRules = [
  'series.authorization-visits',
  'series.benefit-visits',
  'series.authorization-dates',
  'series.plan-dates',
  'series.no-therapist',
  'series.equipment',
  'series.location',
  'series.times',
  'series.booked-full',
  'series.days-apart',
  'series.others-first',
] as const;
export type UnplacedRule = (typeof unplacedRules)[number];

/** Visits of one week of a plan that found no place, and why. */
export interface Unplaced {
  readonly plan: string;
  readonly patient: string;
  /** The Monday. */
  readonly week: string;
  readonly wanted: number;
  readonly missing: number;
  readonly reasons: readonly { readonly rule: UnplacedRule; readonly words: string }[];
}

/** `bound`: no proposal on this grid is worth more; `gap` is the share of it that could be left to gain. */
export interface Proposal {
  readonly rule: string;
  readonly visits: readonly ProposedVisit[];
  readonly unplaced: readonly Unplaced[];
  readonly points: number;
  readonly bound: number;
  readonly gap: number;
}

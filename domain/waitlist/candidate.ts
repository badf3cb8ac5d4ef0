// Who waits for a visit, and the slot that has become free. References and structure only: no name, no record.
import type { WeeklyWindow } from '../schedule/clock.ts';
import type { Priority } from './book-schema.ts';

/** A visit that will not take place, and what the room has. */
export interface FreedSlot {
  readonly ref: string;
  /** ISO 8601 instant */
  readonly start: string;
  readonly minutes: number;
  /** IANA name, such as `America/Chicago` */
  readonly zone: string;
  readonly therapist: string;
  readonly discipline: string;
  /** null: nobody has told. */
  readonly location: string | null;
  /** What is in the room and free: `pool`, `traction` …; null: nobody has told. */
  readonly equipment: readonly string[] | null;
  /** Who gave it up: nobody is offered the visit they have just cancelled. */
  readonly givenUpBy: string | null;
}

/** How many visits are left that are not spent: null is unknown, which is not none. */
export type VisitsLeft = number | 'unlimited' | null;

/** One offer made before, of any slot. */
export interface EarlierOffer {
  readonly slot: string;
  /** ISO 8601 instant */
  readonly at: string;
}

/** An entry of the waitlist with what is known of the patient on that day. */
export interface Candidate {
  /** The entry's reference. */
  readonly entry: string;
  readonly patient: string;
  readonly discipline: string;
  readonly minutes: number;
  /** Who may treat; null: any therapist of the discipline. */
  readonly therapists: readonly string[] | null;
  readonly wantedTherapist: string | null;
  /** null: any location of the clinic. */
  readonly locations: readonly string[] | null;
  readonly equipment: readonly string[];
  /** When the patient can come, by the clinic's clock; null: nobody asked. */
  readonly times: readonly WeeklyWindow[] | null;
  /** So long before the visit the patient wants to know. */
  readonly noticeMinutes: number;
  readonly plan: {
    readonly from: string | null;
    readonly to: string | null;
    /** null: the plan names none. */
    readonly visitsPerWeek: number | null;
    /** Least distance between the days of two visits; 1 is the next day, 2 leaves a day between. */
    readonly daysApart: number;
  };
  /** Days (`YYYY-MM-DD`) of visits booked or kept around the slot; the one that would be moved included. */
  readonly visitDays: readonly string[];
  /** The booked visit that would be moved to the slot; null: the slot would be one more visit. */
  readonly replaces: { readonly appointment: string; readonly date: string } | null;
  readonly authorization: {
    readonly required: boolean | null;
    /** Approved less used; what is booked is not taken off. */
    readonly visitsLeft: VisitsLeft;
    readonly from: string | null;
    readonly to: string | null;
  };
  /** Of the benefit year; approved less used, what is booked is not taken off. */
  readonly benefitVisitsLeft: VisitsLeft;
  /** Visits booked from today on that will spend what is left. */
  readonly visitsBooked: number;
  /** ISO 8601 instant since which the patient waits. */
  readonly waitingSince: string;
  readonly priority: Priority;
  readonly offers: readonly EarlierOffer[];
  /** Another slot that is held for this entry until staff book it; null: none. */
  readonly holdsSlot: string | null;
  readonly paused: boolean;
}

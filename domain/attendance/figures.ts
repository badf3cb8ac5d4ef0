// What a clinic's own books say of missed visits, reminders, freed slots and calls; what they do not tell is not known.

export interface VisitShare {
  readonly missed: number;
  readonly kept: number;
  /** From 0 to 1. */
  readonly share: number;
}

export interface AttendanceFigures {
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly asOf: string;
  /** The day of the clinic's first reminder; null: none was written. */
  readonly remindersSince: string | null;
  /** Null where no visit was kept or missed in that time. */
  readonly noShow: {
    readonly before: VisitShare | null;
    readonly since: VisitShare | null;
    readonly all: VisitShare | null;
  };
  /** Null: none was written. */
  readonly reminders: {
    readonly written: number;
    readonly underWay: number;
    /** The vendor said so. */
    readonly delivered: number;
    /** The vendor took it and said no more. */
    readonly sent: number;
    readonly notReached: number;
    readonly confirmed: number;
    readonly otherAnswer: number;
    /** Confirmed by a reply or a link, so that nobody had to call. */
    readonly confirmedWithoutCall: number;
  } | null;
  /** Null: none was opened. */
  readonly slots: {
    readonly opened: number;
    readonly booked: number;
    readonly underWay: number;
    /** From the slot's opening to the answer that took it; null: none was booked. */
    readonly medianHoursToAnswer: number | null;
  } | null;
  readonly calls: { readonly asked: number; readonly made: number; readonly reached: number };
}

/** Null: there was no visit, and so there is no share. */
export function shareOf(missed: number, kept: number): VisitShare | null {
  return missed + kept === 0 ? null : { missed, kept, share: missed / (missed + kept) };
}

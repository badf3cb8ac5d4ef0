// What is known of a visit the day before it, for the risk that it is missed: few features, each in words a person can check.
import { dayNumber, weekdayOf } from '../calendar.ts';
import type { Contribution, Sample } from './model.ts';

/** A visit of the clinic's own history, or one to come. */
export interface AttendedVisit {
  readonly patient: string;
  readonly date: string;
  /** Minutes after midnight by the clinic's clock; null: unknown. */
  readonly minute: number | null;
  /** When it was booked, `YYYY-MM-DD`; null: the system does not tell. */
  readonly bookedOn: string | null;
  /** The patient said yes to a reminder; null: none was sent or nobody knows. */
  readonly confirmed: boolean | null;
  /** `cancelled` visits are no visits: neither kept nor missed. */
  readonly outcome: 'kept' | 'missed' | 'cancelled' | 'ahead';
}

export const noShowFeatures = [
  'missedBefore',
  'missedLast',
  'firstVisit',
  'leadDays',
  'daysSinceLast',
  'confirmed',
  'early',
  'late',
  'monday',
  'friday',
] as const;
export type NoShowFeature = (typeof noShowFeatures)[number];
export type NoShowFacts = Readonly<Record<NoShowFeature, number | null>>;

/** What is known of a visit from the patient's visits before its day. */
export function noShowFacts(visit: AttendedVisit, before: readonly AttendedVisit[]): NoShowFacts {
  const earlier = before.filter(
    ({ date, outcome }) => date < visit.date && (outcome === 'kept' || outcome === 'missed'),
  );
  const missed = earlier.filter(({ outcome }) => outcome === 'missed').length;
  const last = earlier.reduce<AttendedVisit | null>(
    (latest, one) => (latest === null || one.date >= latest.date ? one : latest),
    null,
  );
  const day = dayNumber(visit.date);
  return {
    // Two visits of a mean patient are added, so that one missed of one is not everything.
    missedBefore: earlier.length === 0 ? null : missed / (earlier.length + 2),
    missedLast: last === null ? null : last.outcome === 'missed' ? 1 : 0,
    firstVisit: earlier.length === 0 ? 1 : 0,
    leadDays: visit.bookedOn === null ? null : Math.log1p(Math.max(0, day - dayNumber(visit.bookedOn))),
    daysSinceLast: last === null ? null : Math.log1p(day - dayNumber(last.date)),
    confirmed: visit.confirmed === null ? null : visit.confirmed ? 1 : 0,
    early: visit.minute === null ? null : visit.minute < 540 ? 1 : 0,
    late: visit.minute === null ? null : visit.minute >= 960 ? 1 : 0,
    monday: weekdayOf(day) === 0 ? 1 : 0,
    friday: weekdayOf(day) === 4 ? 1 : 0,
  };
}

/** A sample for each visit of the history that was kept or missed; each knows only what lay before it. */
export function noShowSamples(history: readonly AttendedVisit[]): Sample<NoShowFeature>[] {
  return [...Map.groupBy(history, ({ patient }) => patient).values()].flatMap((its) =>
    its.flatMap((visit) =>
      visit.outcome === 'kept' || visit.outcome === 'missed'
        ? [{ date: visit.date, features: noShowFacts(visit, its), happened: visit.outcome === 'missed' }]
        : [],
    ),
  );
}

const words: Readonly<Record<NoShowFeature, (value: number, more: boolean) => string>> = {
  missedBefore: (value, more) =>
    more ? 'Missed visits before' : value === 0 ? 'Never missed a visit' : 'Seldom missed a visit',
  missedLast: (value) => (value === 1 ? 'Missed the last visit' : 'Kept the last visit'),
  firstVisit: (value) => (value === 1 ? 'The first visit' : 'Was here before'),
  leadDays: (value) => `Booked ${Math.round(Math.expm1(value))} days ahead`,
  daysSinceLast: (value) => `The visit before was ${Math.round(Math.expm1(value))} days earlier`,
  confirmed: (value) => (value === 1 ? 'Said yes to the reminder' : 'Has not said yes to the reminder'),
  early: (value) => (value === 1 ? 'Before nine in the morning' : 'Not before nine'),
  late: (value) => (value === 1 ? 'After four in the afternoon' : 'Not after four'),
  monday: (value) => (value === 1 ? 'On a Monday' : 'Not on a Monday'),
  friday: (value) => (value === 1 ? 'On a Friday' : 'Not on a Friday'),
};

const unknown: Partial<Record<NoShowFeature, string>> = {
  leadDays: 'When it was booked is unknown',
  confirmed: 'No answer to a reminder is known',
  early: 'The hour is unknown',
  late: 'The hour is unknown',
};

/** "Missed visits before (odds × 2.1)": the reasons that move the odds by a tenth or more, the strongest first. */
export function reasonsInWords(
  contributions: readonly Contribution<NoShowFeature>[],
  facts: NoShowFacts,
  most = 3,
): readonly string[] {
  const said = contributions.filter(({ logOdds }) => Math.abs(logOdds) >= 0.1).slice(0, most);
  return said.flatMap(({ feature, logOdds }) => {
    const value = facts[feature];
    const text = value === null ? unknown[feature] : words[feature](value, logOdds > 0);
    return text === undefined ? [] : [`${text} (odds × ${Math.exp(logOdds).toFixed(1)})`];
  });
}

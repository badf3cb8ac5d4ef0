// What is known of an episode of care after a kept visit, for the risk that it was the last one: no discharge, no visit for weeks.
import { daysBetween } from '../calendar.ts';
import type { AttendanceRule } from './book-schema.ts';
import type { Contribution, Sample } from './model.ts';

/** One plan of care with its visits, oldest first. */
export interface Episode {
  readonly ref: string;
  readonly patient: string;
  readonly visits: readonly { readonly date: string; readonly outcome: 'kept' | 'missed' | 'cancelled' | 'ahead' }[];
  /** The day of discharge; null: not discharged. */
  readonly dischargedOn: string | null;
  /** Visits the plan of care asks for; null: unknown. */
  readonly plannedVisits: number | null;
  /** Days on which exercises were asked about, and those on which they were done; null: nobody asked. */
  readonly exercises: readonly { readonly date: string; readonly done: boolean }[] | null;
}

export const dropOutFeatures = [
  'missedShare',
  'missedLately',
  'cancelledShare',
  'progress',
  'exercisesDone',
  'pace',
] as const;
export type DropOutFeature = (typeof dropOutFeatures)[number];
export type DropOutFacts = Readonly<Record<DropOutFeature, number | null>>;

/** What is known at the end of a day. */
export function dropOutFacts({ visits, plannedVisits, exercises }: Episode, on: string): DropOutFacts {
  const until = visits.filter(({ date }) => date <= on);
  const kept = until.filter(({ outcome }) => outcome === 'kept');
  const missed = until.filter(({ outcome }) => outcome === 'missed');
  const cancelled = until.filter(({ outcome }) => outcome === 'cancelled');
  const attended = kept.length + missed.length;
  const asked = exercises?.filter(({ date }) => date <= on) ?? [];
  const [first] = kept;
  return {
    missedShare: attended === 0 ? null : missed.length / (attended + 2),
    missedLately: missed.some(({ date }) => daysBetween(date, on) <= 14) ? 1 : 0,
    cancelledShare: until.length === 0 ? null : cancelled.length / (until.length + 2),
    progress: plannedVisits === null || plannedVisits === 0 ? null : kept.length / plannedVisits,
    exercisesDone: asked.length === 0 ? null : asked.filter(({ done }) => done).length / asked.length,
    pace: first === undefined || kept.length < 2 ? null : Math.log1p(daysBetween(first.date, on) / (kept.length - 1)),
  };
}

/**
 * A sample for each kept visit of which it is known whether another followed: old enough, or followed by one.
 * @param asOf the last day the history tells of
 */
export function dropOutSamples(
  episodes: readonly Episode[],
  { dropOut: { quietDays } }: AttendanceRule,
  asOf: string,
): Sample<DropOutFeature>[] {
  return episodes.flatMap((episode) => {
    const kept = episode.visits.filter(({ outcome }) => outcome === 'kept').map(({ date }) => date);
    return kept.flatMap((date, index): Sample<DropOutFeature>[] => {
      const next = kept[index + 1];
      const discharged = episode.dischargedOn !== null && daysBetween(date, episode.dischargedOn) <= quietDays;
      const happened = !discharged && (next === undefined || daysBetween(date, next) > quietDays);
      if (happened && daysBetween(date, asOf) <= quietDays) return [];
      return [{ date, features: dropOutFacts(episode, date), happened }];
    });
  });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const words: Readonly<Record<DropOutFeature, (value: number) => string>> = {
  missedShare: (value) => (value === 0 ? 'Missed no visit' : 'Missed visits of this plan'),
  missedLately: (value) => (value === 1 ? 'Missed a visit within two weeks' : 'Missed none within two weeks'),
  cancelledShare: (value) => (value === 0 ? 'Cancelled no visit' : 'Cancelled visits of this plan'),
  progress: (value) => `${percent(value)} of the planned visits are done`,
  exercisesDone: (value) => `Did the exercises on ${percent(value)} of the days that were asked about`,
  pace: (value) => `A visit every ${Math.round(Math.expm1(value))} days`,
};

const unknown: Partial<Record<DropOutFeature, string>> = {
  progress: 'How many visits are planned is unknown',
  exercisesDone: 'Nobody asked about exercises',
};

/** "Missed a visit within two weeks (odds × 2.1)": the reasons that move the odds by a tenth or more, the strongest first. */
export function dropOutReasons(
  contributions: readonly Contribution<DropOutFeature>[],
  facts: DropOutFacts,
  most = 3,
): readonly string[] {
  const said = contributions.filter(({ logOdds }) => Math.abs(logOdds) >= 0.1).slice(0, most);
  return said.flatMap(({ feature, logOdds }) => {
    const value = facts[feature];
    const text = value === null ? unknown[feature] : words[feature](value);
    return text === undefined ? [] : [`${text} (odds × ${Math.exp(logOdds).toFixed(1)})`];
  });
}

/** The present run of visits: since the last pause of more than the quiet days, so that one alert counts once for it. */
export function episodeStart(
  { visits }: Pick<Episode, 'visits'>,
  { dropOut: { quietDays } }: AttendanceRule,
): string | null {
  const kept = visits.filter(({ outcome }) => outcome === 'kept').map(({ date }) => date);
  return kept.reduce<string | null>((start, date, index) => {
    const before = kept[index - 1];
    return before === undefined || daysBetween(before, date) > quietDays ? date : start;
  }, null);
}

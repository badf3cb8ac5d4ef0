// What the server answers about a week of the schedule, and where its visits stand in the picture of the week.
import type { Broken } from '../domain/schedule/breaks.ts';
import { clockOf } from '../domain/schedule/clock.ts';
import type { WeeklyWindow } from '../domain/schedule/clock.ts';
import type { Conflict } from '../domain/schedule/conflicts.ts';
import type { Unplaced } from '../domain/series/plan.ts';
import { weekdayWords } from './hours.ts';

export type { Broken };

export interface WeekVisit {
  readonly visit: string;
  /** Null for what the PT system has booked. */
  readonly series: string | null;
  readonly state: 'booked' | 'held' | 'proposed';
  readonly patient: string;
  readonly name: string | null;
  readonly therapist: string | null;
  readonly room: string | null;
  readonly date: string;
  /** `HH:MM` where the clinic is. */
  readonly time: string;
  readonly minutes: number | null;
  /** Minutes of the day by the wall's clock. */
  readonly from: number;
  readonly to: number;
  readonly kind: string | null;
  readonly notes: readonly string[];
}

export interface WeekTherapist {
  readonly therapist: string;
  readonly name: string | null;
  readonly hours: readonly WeeklyWindow[];
  /** False: nobody has said them, the schedule shows them. */
  readonly hoursSaid: boolean;
  readonly daysOff: readonly string[];
}

export interface OpenSeries {
  readonly series: string;
  readonly patient: string;
  readonly name: string | null;
  readonly revision: number;
  readonly workItem: string | null;
  readonly hash: string;
  /** The share that a better proposal could gain at most. */
  readonly gap: number;
  readonly visits: number;
  readonly firstAt: string | null;
  readonly unplaced: readonly Unplaced[];
}

export interface ScheduleWeek {
  readonly zone: string;
  readonly today: string;
  readonly monday: string;
  readonly grainMinutes: number;
  readonly days: readonly { readonly date: string; readonly changesClock: boolean }[];
  readonly therapists: readonly WeekTherapist[];
  readonly rooms: readonly { readonly room: string; readonly name: string; readonly location: string }[];
  readonly visits: readonly WeekVisit[];
  readonly series: readonly OpenSeries[];
}

export interface ConflictAhead extends Conflict {
  readonly id: string;
  readonly patient: string | null;
  readonly name: string | null;
}

export interface SeriesAsk {
  readonly patient: string;
  readonly visitsPerWeek?: readonly number[];
}

export interface SeriesAnswer {
  readonly outcome: 'proposed' | 'known' | 'notNeeded' | 'planUnknown';
  readonly series: string | null;
}

export interface VisitOfSeries {
  readonly series: string;
  readonly visit: string;
}

export interface VisitPlace {
  readonly date: string;
  readonly time: string;
  readonly therapist: string | null;
  readonly room: string | null;
}

export interface ScheduleStaff {
  readonly therapists: readonly {
    readonly therapist: string;
    readonly name: string | null;
    readonly skills: readonly string[];
    readonly locations: readonly string[];
    readonly hours: readonly WeeklyWindow[] | null;
    readonly daysOff: readonly string[];
    readonly active: boolean;
    readonly revision: number;
  }[];
  readonly rooms: readonly {
    readonly room: string;
    readonly name: string;
    readonly location: string;
    readonly equipment: readonly string[];
    readonly active: boolean;
    readonly revision: number;
  }[];
}

/** A visit with its lane of so many side by side, where several overlap. */
export interface Laid {
  readonly visit: WeekVisit;
  readonly lane: number;
  readonly lanes: number;
}

/** Lays the visits of one day beside each other where they overlap; in the order of time. */
export function lanesOf(visits: readonly WeekVisit[]): Laid[] {
  const sorted = [...visits].sort((one, other) => one.from - other.from || one.to - other.to);
  const laid: Laid[] = [];
  let group: { visit: WeekVisit; lane: number }[] = [];
  let reached = -1;
  const close = (): void => {
    const lanes = group.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
    laid.push(...group.map((one) => ({ ...one, lanes })));
    group = [];
  };
  for (const visit of sorted) {
    if (visit.from >= reached) close();
    const taken = new Set(group.filter((one) => one.visit.to > visit.from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    group.push({ visit, lane });
    reached = Math.max(reached, visit.to);
  }
  close();
  return laid;
}

/** Whole hours that the week shows: every hour of work and every visit, eight to five where there is none. */
export function shownHours(week: Pick<ScheduleWeek, 'visits' | 'therapists'>): {
  readonly from: number;
  readonly to: number;
} {
  const hours = week.therapists.flatMap((one) => one.hours.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]));
  const all = [...hours, ...week.visits.flatMap(({ from, to }) => [from, to])];
  const first = Math.min(8 * 60, ...all);
  const last = Math.max(17 * 60, ...all);
  return { from: Math.floor(first / 60) * 60, to: Math.min(1440, Math.ceil(last / 60) * 60) };
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** A time moved by so many minutes, on the grain, within the day. */
export function movedTime(time: string, minutes: number, grain: number): string {
  const at = Math.round((minutesOf(time) + minutes) / grain) * grain;
  return clockOf(Math.min(1440 - grain, Math.max(0, at)));
}

/** "9:15 AM" of `09:15`. */
export function timeInWords(time: string): string {
  const minutes = minutesOf(time);
  const hour = Math.floor(minutes / 60) % 24;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minutes % 60).padStart(2, '0')}\u00a0${hour < 12 ? 'AM' : 'PM'}`;
}

/** "Mon 30". */
export function dayShort(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return `${weekdayWords[(at.getUTCDay() + 6) % 7] ?? ''} ${at.getUTCDate()}`;
}

export const answerWords: Readonly<Record<SeriesAnswer['outcome'], string>> = {
  proposed: 'A series is proposed: look it through.',
  known: 'A series is proposed already: look it through.',
  notNeeded: 'The schedule holds all visits that the plan of care wants.',
  planUnknown: 'The plan of care does not say how often, or it is over. Say how many visits a week.',
};

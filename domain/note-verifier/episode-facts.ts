// What the episode records, as facts: plan, goals and counts, and every date of the record.
import type { Goal, NoteSource } from '../note/source-schema.ts';
import type { Session } from '../session/schema.ts';
import { blank, Collector, measureUnits, now, ofEpisode } from './facts.ts';
import type { Facts, Unit } from './facts.ts';
import { dayValue } from './numbers.ts';

/** What the episode knows: plan, goals and counts. */
export function episodeFacts({ episode }: NoteSource): Facts {
  const out = new Collector();
  const whole = blank('episode', '/episode', ofEpisode);
  out.add(whole);
  out.value(whole, 'days', episode.treatmentDays);
  if (episode.plan !== null) {
    const plan = blank('episode', '/episode/plan', ofEpisode);
    out.add(plan);
    out.value(plan, 'perWeek', episode.plan.visitsPerWeek);
    out.value(plan, 'weeks', episode.plan.weeks);
  }
  for (const [index, goal] of episode.goals.entries()) {
    for (const when of ['baseline', 'target'] as const) addGoal(out, goal, when, `/episode/goals/${index}/${when}`);
  }
  return out;
}

function addGoal(out: Collector, goal: Goal, when: 'baseline' | 'target', pointer: string): void {
  const fact = blank('goal', pointer, ofEpisode);
  const { of, unit } = goal;
  fact.when = when;
  if (of !== null && 'measure' in of) fact.measure = of.measure;
  if (of !== null && 'motion' in of) {
    fact.part = of.part;
    fact.motion = of.motion;
    fact.side = of.side;
  }
  out.add(fact);
  const value = goal[when];
  for (const each of goalUnits(unit, of !== null && 'measure' in of ? of.measure : null))
    out.value(fact, each, value === null ? null : scaled(each, value));
}

function scaled(unit: Unit, value: number): number {
  return unit === 'grade' ? value * 10 : value;
}

function goalUnits(unit: Goal['unit'], measure: Session['measures'][number]['measure'] | null): readonly Unit[] {
  switch (unit) {
    case 'degrees':
      return ['deg'];
    case 'seconds':
      return ['sec'];
    case 'meters':
      return ['m'];
    case 'feet':
      return ['ft'];
    case 'of 10':
      return ['of10'];
    case 'of 5':
      return ['grade'];
    case 'points':
    case 'percent':
      return [unit];
    case null:
      return measure === null ? ['plain'] : measureUnits[measure];
  }
}

export interface KnownDate {
  readonly value: number;
  readonly role: 'session' | 'earlier' | 'onset' | 'start' | 'from' | 'to' | 'due';
  /** Index of the earlier session. */
  readonly at: number;
}

/** Every date of the record with what it stands for. */
export function knownDates({ session, earlier, episode }: NoteSource): KnownDate[] {
  const dates: KnownDate[] = [{ value: dayValue(session.date), role: 'session', at: now }];
  for (const [at, { date }] of earlier.entries()) dates.push({ value: dayValue(date), role: 'earlier', at });
  addDate(dates, episode.onset, 'onset');
  addDate(dates, episode.startOfCare, 'start');
  addDate(dates, episode.plan?.from, 'from');
  addDate(dates, episode.plan?.to, 'to');
  for (const { due } of episode.goals) addDate(dates, due, 'due');
  return dates;
}

function addDate(dates: KnownDate[], date: string | null | undefined, role: KnownDate['role']): void {
  if (date !== null && date !== undefined) dates.push({ value: dayValue(date), role, at: ofEpisode });
}

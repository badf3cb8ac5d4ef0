// Minutes as they are typed against the units they support: the day's timed services, an assistant's share, what is missing.
import type { CodeTable } from '../billing-tables/codes.ts';
import { codeStanding } from '../billing-tables/codes.ts';
import { GaitError } from '../errors.ts';
import type { Intervention, Session } from '../session/schema.ts';
import type { AssistantRule, UnitRule } from '../units/rule-schema.ts';
import { unitRules } from '../units/rule-schema.ts';
import type { AssistantCount, UnitCount } from '../units/units.ts';
import { countAssistant, countUnits } from '../units/units.ts';

/** What minutes are judged by. `rule` null: nobody wrote down how this payer counts, and both ways are shown. */
export interface MinutesFacts {
  readonly codes: CodeTable;
  readonly rule: UnitRule | null;
  readonly assistant: AssistantRule | null;
}

export interface MinutesWarning {
  /** Place among the interventions; null: about the whole session. */
  readonly at: number | null;
  readonly words: string;
}

export interface MinutesCheck {
  /** Minutes of timed services. null: nothing is written down, or minutes or a code are missing, and the sum would be less than what was done. */
  readonly timedMinutes: number | null;
  /** All minutes written down so far, timed or not. */
  readonly writtenMinutes: number;
  /** What the minutes support: by the payer's rule, or by each where none is on file. */
  readonly counts: readonly (UnitCount & { readonly assistantShare: AssistantCount | null })[];
  /** Codes that are one unit however long they took. */
  readonly untimed: readonly string[];
  readonly warnings: readonly MinutesWarning[];
}

type Standing = 'timed' | 'untimed' | 'unknown' | 'none';

/** Judges the minutes of a session. It never says how many minutes would make another unit: minutes are recorded, not aimed at. */
export function checkMinutes(session: Session, facts: MinutesFacts): MinutesCheck {
  const known = session.interventions.map((one) => ({ one, standing: standingOf(one, facts.codes, session.date) }));
  const timed = known.filter(({ standing }) => standing === 'timed').map(({ one }) => one);
  const minutes = sumByCode(timed);
  const writtenMinutes = session.interventions.reduce((sum, one) => sum + (one.minutes ?? 0), 0);
  const isWhole =
    known.length > 0 &&
    known.every(({ one, standing }) => standing === 'untimed' || (standing === 'timed' && one.minutes !== null));
  const rules = facts.rule === null ? unitRules : [facts.rule];
  const counted = Object.keys(minutes).length > 0 ? tryCount(session, timed, minutes, rules, facts) : nothingCounted;
  return {
    timedMinutes: isWhole ? timed.reduce((sum, one) => sum + (one.minutes ?? 0), 0) : null,
    writtenMinutes,
    counts: counted.counts,
    untimed: known.flatMap(({ one, standing }) => (standing === 'untimed' && one.code !== null ? [one.code] : [])),
    warnings: [
      ...known.flatMap(({ one, standing }, at) => warningsOf(one, standing, at)),
      ...sessionWarnings(session, writtenMinutes),
      ...counted.warnings,
    ],
  };
}

/** The session with the sum of its timed minutes written down. */
export function withTimedMinutes(session: Session, { timedMinutes }: MinutesCheck): Session {
  return { ...session, timedMinutes };
}

interface Counted {
  readonly counts: MinutesCheck['counts'];
  readonly warnings: readonly MinutesWarning[];
}

const nothingCounted: Counted = { counts: [], warnings: [] };

function tryCount(
  session: Session,
  timed: readonly Intervention[],
  minutes: Readonly<Record<string, number>>,
  rules: readonly UnitRule[],
  { codes, assistant }: MinutesFacts,
): Counted {
  const day = { minutes, on: session.date, codes };
  const alone = sumByCode(timed.filter((one) => byAssistant(session, one)));
  const anyAlone = Object.values(alone).some((count) => count > 0);
  try {
    const counts = rules.map((rule) => ({
      ...countUnits(rule, day),
      assistantShare: anyAlone ? countAssistant(rule, day, alone, assistant) : null,
    }));
    const without = [...new Set(counts.flatMap(({ units }) => codesWithout(units, minutes)))];
    const warnings = without.map((code) => ({ at: null, words: `${code} has minutes but supports no unit.` }));
    return { counts, warnings };
  } catch (error) {
    if (error instanceof GaitError) return { counts: [], warnings: [{ at: null, words: error.message }] };
    throw error;
  }
}

function codesWithout(units: Readonly<Record<string, number>>, minutes: Readonly<Record<string, number>>): string[] {
  return Object.entries(units).flatMap(([code, count]) => (count === 0 && (minutes[code] ?? 0) > 0 ? [code] : []));
}

function standingOf({ code }: Intervention, codes: CodeTable, on: string): Standing {
  if (code === null) return 'none';
  const facts = codes.lookup(code);
  if (facts === null || codeStanding(facts, on) !== 'valid' || facts.time.kind === 'monthly') return 'unknown';
  return facts.time.kind === 'timed' ? 'timed' : 'untimed';
}

function warningsOf({ name, minutes }: Intervention, standing: Standing, at: number): MinutesWarning[] {
  if (standing === 'unknown') return [{ at, words: `${name}: its code is not one of that day.` }];
  if (standing === 'none') return minutes === null ? [] : [{ at, words: `${name}: has minutes but no code.` }];
  if (standing === 'timed' && minutes === null) return [{ at, words: `${name}: its minutes are missing.` }];
  return [];
}

function sessionWarnings({ totalMinutes, clinicians, supervision }: Session, written: number): MinutesWarning[] {
  const words: string[] = [];
  if (totalMinutes === null && written > 0) words.push('The total treatment time is missing.');
  if (totalMinutes !== null && totalMinutes < written)
    words.push(`The total time of ${totalMinutes} minutes is less than the ${written} written down.`);
  if (clinicians.some(({ credential }) => credential === 'PTA') && supervision === null)
    words.push('A PTA treated: how they were supervised is missing.');
  return words.map((one) => ({ at: null, words: one }));
}

/** Whether an assistant gave it; one who is not named was whoever treated, the first of the session. */
function byAssistant({ clinicians }: Session, { by }: Intervention): boolean {
  const who = by === null ? clinicians[0] : clinicians.find(({ ref }) => ref === by);
  return who?.credential === 'PTA';
}

function sumByCode(interventions: readonly Intervention[]): Record<string, number> {
  const minutes: Record<string, number> = {};
  for (const { code, minutes: count } of interventions)
    if (code !== null && count !== null) minutes[code] = (minutes[code] ?? 0) + count;
  return minutes;
}

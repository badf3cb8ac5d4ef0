// The units a treatment day supports by a payer's rule, beside the units billed; minutes of all visits of the day are added (Pub 100-04 ch. 5 §20.2).
import { codeStanding } from '../../billing-tables/codes.ts';
import { unitRuleOf } from '../../units/rule-schema.ts';
import type { UnitRule } from '../../units/rule-schema.ts';
import { countUnits } from '../../units/units.ts';
import type { Units } from '../../units/units.ts';
import type { ScrubCase } from '../case.ts';
import type { Intervention, TreatmentDay } from './treatment-days.ts';
import { sumOrNull } from './treatment-days.ts';

const minutesOfADay = 1440;
const mostServices = 16;

/** The rule a payer counts by on a day, as the profile or the data tells; null: nobody has told, and it is not guessed. */
export function payersUnitRule(
  { profile, reference, payerId, lineOfBusiness }: ScrubCase,
  on: string,
): UnitRule | null {
  if (profile.unitRule !== undefined) return profile.unitRule;
  return unitRuleOf(reference.unitRules, { payer: payerId, lineOfBusiness, on })?.rule ?? null;
}

/** Whether a code's minutes make its units on a day. */
export function isTimedOn({ tables }: Pick<ScrubCase, 'tables'>, code: string, on: string): boolean {
  const facts = tables.codes.lookup(code);
  return facts !== null && facts.time.kind === 'timed' && codeStanding(facts, on) === 'valid';
}

/**
 * Minutes by timed code of a day, a code that is charged and not documented with 0.
 * @returns null where the notes do not tell all of them in whole minutes
 */
export function timedMinutes(
  scrubbed: ScrubCase,
  { day, interventions }: TreatmentDay,
  charged: readonly string[],
): Readonly<Record<string, number>> | null {
  if (interventions === null) return null;
  const minutes: Record<string, number> = {};
  for (const code of charged) minutes[code] = 0;
  for (const [code, those] of byCode(interventions)) {
    if (!isTimedOn(scrubbed, code, day)) continue;
    const sum = sumOrNull(those.map((one) => one.minutes));
    if (sum === null || !Number.isInteger(sum) || sum > minutesOfADay) return null;
    minutes[code] = sum;
  }
  return Object.keys(minutes).length > mostServices ? null : minutes;
}

export function byCode(interventions: readonly Intervention[]): Map<string, Intervention[]> {
  const all = new Map<string, Intervention[]>();
  for (const one of interventions) {
    const same = all.get(one.code);
    if (same === undefined) all.set(one.code, [one]);
    else same.push(one);
  }
  return all;
}

export interface Supported {
  readonly total: number;
  /** Of the allocations the rule allows, the one nearest to what is billed. */
  readonly units: Units;
}

/** What a day's minutes support by a rule. @param billed units by code, to choose among allocations the rule leaves open */
export function supportedUnits(
  rule: UnitRule,
  {
    minutes,
    on,
    tables,
  }: { readonly minutes: Readonly<Record<string, number>>; readonly on: string; readonly tables: ScrubCase['tables'] },
  billed: Units,
): Supported {
  const { totalUnits, alternatives } = countUnits(rule, { minutes, on, codes: tables.codes });
  let [nearest = {}] = alternatives;
  for (const other of alternatives) if (distance(other, billed) < distance(nearest, billed)) nearest = other;
  return { total: totalUnits, units: nearest };
}

function distance(units: Units, billed: Units): number {
  let sum = 0;
  for (const [code, count] of Object.entries(units)) sum += Math.abs(count - (billed[code] ?? 0));
  return sum;
}

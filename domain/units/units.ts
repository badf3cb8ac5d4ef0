// Units out of minutes: what a day's timed services may be billed as, why, and which units were an assistant's.
import type { CodeTable } from '../billing-tables/codes.ts';
import { GaitError } from '../errors.ts';
import type { Allocation } from './allocation.ts';
import { allocations } from './allocation.ts';
import type { AssistantShare } from './assistant.ts';
import { assistantShare } from './assistant.ts';
import { explain } from './explanation.ts';
import type { AssistantRule, UnitRule } from './rule-schema.ts';
import type { Minutes, TimedService } from './services.ts';
import { assertMinutes, timedServices } from './services.ts';

/** Units by code; a code that was named and gets none has 0. */
export type Units = Readonly<Record<string, number>>;

export interface UnitCount {
  readonly rule: UnitRule;
  readonly timedMinutes: number;
  readonly totalUnits: number;
  /** The chosen allocation. */
  readonly units: Units;
  /** Every allocation the rule allows, the chosen one first. */
  readonly alternatives: readonly Units[];
  readonly explanation: readonly string[];
}

/** What an assistant's minutes mean for the chosen allocation. */
export interface AssistantCount {
  /** null: no modifier was asked for on that day. */
  readonly modifier: string | null;
  readonly citation: string | null;
  readonly services: readonly AssistantShare[];
  /** What only a person can tell. */
  readonly questions: readonly string[];
}

/** A day of treatment: minutes by code, the day of service, and what is known of codes. */
export interface TreatmentDay {
  readonly minutes: Minutes;
  readonly on: string;
  readonly codes: CodeTable;
}

/**
 * Counts the units of a day under a rule.
 * @throws GaitError `input.invalid` naming a code that is unknown, untimed or not in force, or minutes that are none
 */
export function countUnits(rule: UnitRule, { minutes, on, codes }: TreatmentDay): UnitCount {
  const services = timedServices(minutes, codes, on);
  const allowed = allocations(rule, services);
  const alternatives = allowed.map((allocation) => byCode(services, allocation));
  const [units = {}] = alternatives;
  return {
    rule,
    timedMinutes: services.reduce((sum, service) => sum + service.minutes, 0),
    totalUnits: Object.values(units).reduce((sum, count) => sum + count, 0),
    units,
    alternatives,
    explanation: explain(rule, services, allowed),
  };
}

/**
 * Which of the chosen units an assistant furnished in whole or in part.
 * @param assistant minutes by code that the assistant worked alone
 * @param share the rule in force on the day; null: none was
 * @throws GaitError `input.invalid` for minutes of a code that the day does not have, or more than it has
 */
export function countAssistant(
  rule: UnitRule,
  { minutes, on, codes }: TreatmentDay,
  assistant: Minutes,
  share: AssistantRule | null,
): AssistantCount {
  for (const [code, count] of Object.entries(assistant)) {
    assertMinutes(code, count);
    const all = Object.hasOwn(minutes, code) ? minutes[code] : undefined;
    if (all === undefined)
      throw new GaitError('input.invalid', `The assistant has minutes of ${code}, which the day does not have.`, {
        where: code,
        fix: `Give all minutes of ${code} too, those of the therapist and the assistant together.`,
      });
    if (count > all)
      throw new GaitError('input.invalid', `The assistant has ${count} minutes of ${code}, more than its ${all}.`, {
        where: code,
        fix: "The minutes of a code are the therapist's and the assistant's together.",
      });
  }
  const services = timedServices(minutes, codes, on);
  const [chosen = []] = allocations(rule, services);
  const shares = services.flatMap((service, at) => {
    if (!service.named.some((code) => Object.hasOwn(assistant, code))) return [];
    const alone = service.named.reduce((sum, code) => sum + (assistant[code] ?? 0), 0);
    return [assistantShare(service, chosen[at] ?? 0, alone, share)];
  });
  return {
    modifier: share?.modifier ?? null,
    citation: share?.citation ?? null,
    services: shares,
    questions: questionsAbout(shares, share),
  };
}

function questionsAbout(shares: readonly AssistantShare[], share: AssistantRule | null): string[] {
  const questions = shares.flatMap(({ question }) => question ?? []);
  if (share === null || shares.every(({ modified }) => modified === 0)) return questions;
  return [
    ...questions,
    'Did the assistant work these minutes alone? Time together with the therapist is the therapist’s.',
    `Does this payer take ${share.modifier}? Medicare does; others as their contract says.`,
  ];
}

function byCode(services: readonly TimedService[], allocation: Allocation): Units {
  const units: Record<string, number> = {};
  services.forEach(({ code, furtherCode, named }, at) => {
    for (const each of named) units[each] = 0;
    const count = allocation[at] ?? 0;
    if (furtherCode === code) units[code] = count;
    else {
      units[code] = Math.min(count, 1);
      if (count > 1) units[furtherCode] = count - 1;
    }
  });
  return units;
}

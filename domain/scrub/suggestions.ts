// Codes and units that the notes of a day support, beside what was charged: proposals with their reasons, never a change of the claim.
import type { FromSchema } from 'json-schema-to-ts';
import { codeStanding } from '../billing-tables/codes.ts';
import { unitRules } from '../units/rule-schema.ts';
import type { UnitRule } from '../units/rule-schema.ts';
import { countUnits } from '../units/units.ts';
import { caseOf } from './case.ts';
import type { ClaimDay, ScrubCase, ScrubInput } from './case.ts';
import { unitsBilled } from './chart/billed-units.ts';
import { textTold } from './chart/documentation.ts';
import type { Intervention } from './chart/treatment-days.ts';
import { byCode, isTimedOn, payersUnitRule, supportedUnits, timedMinutes } from './chart/unit-count.ts';

const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;

const suggestedCodeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'line', 'chargedUnits', 'supportedUnits', 'difference', 'reasons'],
  properties: {
    code: { type: 'string' },
    /** The first service line of the code, counted from 0; null: it is not charged. */
    line: nullableCount,
    chargedUnits: { type: ['number', 'null'], minimum: 0 },
    /** null: the notes tell too little to say. */
    supportedUnits: nullableCount,
    /** `same`, `fewer` or `more` are supported than charged, `uncharged`: documented only, `undocumented`: charged only. */
    difference: { enum: ['same', 'fewer', 'more', 'uncharged', 'undocumented', 'unknown'] },
    reasons: { type: 'array', items: { type: 'string' } },
  },
} as const;

export const suggestionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['day', 'rule', 'codes', 'reasons'],
  properties: {
    day: { type: 'string', format: 'date' },
    /** Where nobody has told how the payer counts, there is a proposal by each rule. */
    rule: { enum: unitRules },
    codes: { type: 'array', items: suggestedCodeSchema },
    /** How the units of the day were counted. */
    reasons: { type: 'array', items: { type: 'string' } },
  },
} as const;

export type SuggestedCode = FromSchema<typeof suggestedCodeSchema>;
export type Suggestion = FromSchema<typeof suggestionSchema>;

/** A service line of another claim for the same patient. */
export interface BilledBefore {
  readonly day: string;
  readonly code: string;
}

/**
 * A proposal for each day of the claim on which the chart has a visit with interventions; empty where there is no chart.
 * @param billed what was billed for the patient besides, as far as it is known: told beside what the notes say, never in its place
 */
export function suggestions(input: ScrubInput, billed: readonly BilledBefore[] = []): Suggestion[] {
  const scrubbed = caseOf(input);
  return scrubbed.days.flatMap((day) => {
    const done = day.treated?.interventions ?? null;
    if (done === null) return [];
    const rule = payersUnitRule(scrubbed, day.day);
    return (rule === null ? unitRules : [rule]).map((each) => suggestion(scrubbed, day, done, each, billed));
  });
}

function suggestion(
  scrubbed: ScrubCase,
  claimed: ClaimDay,
  done: readonly Intervention[],
  rule: UnitRule,
  before: readonly BilledBefore[],
): Suggestion {
  const { day, lines, treated } = claimed;
  const charged = [...new Set(lines.flatMap(({ code }) => code ?? []))].filter(
    (code) => !scrubbed.reference.functionalReporting.codes.includes(code),
  );
  const minutes = treated === null ? null : timedMinutes(scrubbed, treated, []);
  const billed = Object.fromEntries(charged.map((code) => [code, unitsBilled(lines, code) ?? 0]));
  const { tables } = scrubbed;
  const units = minutes === null ? null : supportedUnits(rule, { minutes, on: day, tables }, billed).units;
  const documented = byCode(done);
  const codes = [...new Set([...charged, ...documented.keys()])];
  return {
    day,
    rule,
    codes: codes.map((code) => {
      const about = supportOf(scrubbed, day, code, documented.get(code) ?? [], units);
      const chargedUnits = charged.includes(code) ? unitsBilled(lines, code) : 0;
      return {
        code,
        line: lines.find((one) => one.code === code)?.index ?? null,
        chargedUnits,
        supportedUnits: about.units,
        difference: differenceOf(about, chargedUnits, charged.includes(code), documented.has(code)),
        reasons: documented.has(code)
          ? [...about.reasons, ...billedEarlier(scrubbed, day, code, before)]
          : about.reasons,
      };
    }),
    reasons: minutes === null ? [] : [...countUnits(rule, { minutes, on: day, codes: tables.codes }).explanation],
  };
}

interface Support {
  readonly units: number | null;
  readonly reasons: string[];
}

function supportOf(
  scrubbed: ScrubCase,
  day: string,
  code: string,
  those: readonly Intervention[],
  units: Readonly<Record<string, number>> | null,
): Support {
  if (those.length === 0) return { units: 0, reasons: ['No note of the day has it.'] };
  const facts = scrubbed.tables.codes.lookup(code);
  if (facts === null) return { units: null, reasons: ['Nothing is known of the code: it is not in the tables.'] };
  if (codeStanding(facts, day) !== 'valid')
    return {
      units: 0,
      reasons: [`It is no code on that day${facts.replacedBy === null ? '' : `; see ${facts.replacedBy}`}.`],
    };
  const wordless = textTold(those) === false ? ['The note says nothing of what was done.'] : [];
  if (facts.time.kind === 'monthly')
    return { units: null, reasons: ['Its time is counted over a calendar month.', ...wordless] };
  if (!isTimedOn(scrubbed, code, day))
    return { units: 1, reasons: ['It is untimed: one unit, however long it took.', ...wordless] };
  if (those.some(({ minutes }) => typeof minutes !== 'number'))
    return { units: null, reasons: ['The note has no minutes for it.', ...wordless] };
  if (units === null)
    return { units: null, reasons: ['The notes of the day do not tell all timed minutes.', ...wordless] };
  const minutes = those.reduce((sum, one) => sum + (one.minutes ?? 0), 0);
  return { units: units[code] ?? 0, reasons: [`The notes have ${minutes} minutes of it.`, ...wordless] };
}

/** How often it was billed under this plan of care where the notes have it as they must; nothing where the plan's start is not known. */
function billedEarlier(scrubbed: ScrubCase, day: string, code: string, before: readonly BilledBefore[]): string[] {
  const start = scrubbed.chart?.planOfCare?.start ?? null;
  if (start === null) return [];
  const billedDays = new Set(before.map((one) => one.day));
  const documented = (scrubbed.treatmentDays ?? []).filter(
    ({ day: on, interventions }) =>
      on >= start &&
      on < day &&
      billedDays.has(on) &&
      interventions?.some(
        (one) => one.code === code && (typeof one.minutes === 'number' || !isTimedOn(scrubbed, code, on)),
      ),
  );
  if (documented.length === 0) return [];
  const times = documented.filter(({ day: on }) => before.some((one) => one.day === on && one.code === code)).length;
  const minutes = isTimedOn(scrubbed, code, day) ? ' with documented minutes' : ' whose notes have it';
  const visits = documented.length === 1 ? 'visit' : 'visits';
  return [`Under this plan of care it was billed on ${times} of ${documented.length} earlier ${visits}${minutes}.`];
}

function differenceOf(
  { units }: Support,
  charged: number | null,
  isCharged: boolean,
  isDocumented: boolean,
): SuggestedCode['difference'] {
  if (!isDocumented) return 'undocumented';
  if (units === null || charged === null) return 'unknown';
  if (!isCharged) return units === 0 ? 'same' : 'uncharged';
  if (units === charged) return 'same';
  return units < charged ? 'fewer' : 'more';
}

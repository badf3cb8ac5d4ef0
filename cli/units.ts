// `gait units`: what the timed minutes of a day may be billed as, and why, without a running stack.
import { codeTable } from '../domain/billing-tables/codes.ts';
import { isDate } from '../domain/calendar.ts';
import { linesOfBusiness } from '../domain/payer/lines-of-business.ts';
import type { LineOfBusiness } from '../domain/payer/lines-of-business.ts';
import type { UnitRule } from '../domain/units/rule-schema.ts';
import { assistantRuleOn, unitRuleOf, unitRules } from '../domain/units/rule-schema.ts';
import type { Minutes } from '../domain/units/services.ts';
import type { AssistantCount, TreatmentDay, UnitCount, Units } from '../domain/units/units.ts';
import { countAssistant, countUnits } from '../domain/units/units.ts';
import { readCodes } from '../server/billing-tables/billing-tables.ts';
import { readUnitRules } from '../server/billing-tables/unit-rules.ts';
import { createValidator } from '../server/http/validation.ts';
import { needed, parse, print, unusable } from './shared/command-line.ts';
import { today } from './shared/today.ts';

export const summary = 'count the units of timed minutes';

export const usage = `Usage: gait units --rule cms|midpoint --minutes 97110=33,97140=7 [--assistant 97110=10] [--on DATE] [--json]
       gait units --payer ID [--line-of-business LINE] --minutes … [--assistant …] [--on DATE] [--json]

  --rule              cms adds the day's timed minutes, midpoint counts each service for itself
  --payer             by the rule on file for this payer; where there is none, both are shown
  --line-of-business  ${linesOfBusiness.join(', ')}
  --minutes           minutes of treatment by code, the assistant's too; timed codes only
  --assistant         those of them that an assistant worked alone
  --on                the day of service, YYYY-MM-DD; today unless given
Exit status: 0 counted, 2 unusable arguments.`;

type Count = UnitCount & { readonly assistant: AssistantCount | null };

/** Returns 0. Throws a sentence for what cannot be counted. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    rule: { type: 'string' },
    payer: { type: 'string' },
    'line-of-business': { type: 'string' },
    minutes: { type: 'string' },
    assistant: { type: 'string' },
    on: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [extra] = positionals;
  if (extra !== undefined) throw unusable('Codes are given in --minutes.', usage);
  const on = values.on ?? today();
  if (!isDate(on)) throw unusable('--on is no date.', usage);
  const lineOfBusiness = lineOf(values['line-of-business']);
  if ((values.rule === undefined) === (values.payer === undefined && lineOfBusiness === null))
    throw unusable('Give --rule, or the payer.', usage);
  const minutes = minutesOf('--minutes', needed(values.minutes, '--minutes', usage));
  const assistant = values.assistant === undefined ? null : minutesOf('--assistant', values.assistant);
  const validator = createValidator();
  const [codes, { unitRules: rows, assistantRules }] = await Promise.all([
    readCodes(validator),
    readUnitRules(validator),
  ]);
  const day: TreatmentDay = { minutes, on, codes: codeTable(codes) };
  const share = assistantRuleOn(assistantRules, on);
  const count = (rule: UnitRule): Count => ({
    ...countUnits(rule, day),
    assistant: assistant === null ? null : countAssistant(rule, day, assistant, share),
  });
  const row = values.rule === undefined ? unitRuleOf(rows, { payer: values.payer ?? null, lineOfBusiness, on }) : null;
  const rule = values.rule === undefined ? (row?.rule ?? null) : ruleOf(values.rule);
  if (rule !== null) {
    const counted = count(rule);
    const citation = row?.citation ?? null;
    print(values.json, { ...counted, on, citation, either: [] }, lines(counted, citation));
    return 0;
  }
  const either = unitRules.map(count);
  const unknown = 'No rule is on file for this payer: its contract says which of the two it is.';
  const nothing = { rule: null, totalUnits: null, units: null, alternatives: [], assistant: null };
  const timedMinutes = either[0]?.timedMinutes ?? 0;
  print(values.json, { ...nothing, timedMinutes, explanation: [unknown], on, citation: null, either }, [
    unknown,
    ...either.flatMap((each) => ['', ...lines(each, null)]),
  ]);
  return 0;
}

function ruleOf(text: string): UnitRule {
  const rule = unitRules.find((known) => known === text);
  if (rule === undefined) throw unusable('--rule is neither cms nor midpoint.', usage);
  return rule;
}

function lineOf(text: string | undefined): LineOfBusiness | null {
  if (text === undefined) return null;
  const line = linesOfBusiness.find((known) => known === text);
  if (line === undefined) throw unusable('--line-of-business is none that Gait knows.', usage);
  return line;
}

/** `97110=33,97140=7` as minutes by code; what is no number is told by whoever counts. */
function minutesOf(option: string, text: string): Minutes {
  const minutes: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, code, count] = /^\s*([0-9A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (code === undefined || count === undefined)
      throw unusable(`${option} is a list of codes with minutes, e.g. 97110=33,97140=7.`, usage);
    const name = code.toUpperCase();
    if (Object.hasOwn(minutes, name)) throw unusable(`${option} names ${name} twice: add its minutes.`, usage);
    minutes[name] = /^-?\d+(\.\d+)?$/.test(count) ? Number(count) : Number.NaN;
  }
  return minutes;
}

const ruleWords: Readonly<Record<UnitRule, string>> = { cms: 'CMS rule', midpoint: 'midpoint rule' };

function lines(
  { rule, timedMinutes, totalUnits, units, alternatives, explanation, assistant }: Count,
  citation: string | null,
): string[] {
  const head = `${totalUnits} ${totalUnits === 1 ? 'unit' : 'units'} of ${timedMinutes} timed minutes (${ruleWords[rule]}${citation === null ? '' : `, ${citation}`})`;
  return [
    head,
    `  ${inWords(units)}`,
    ...alternatives.slice(1).map((other) => `  also allowed: ${inWords(other)}`),
    ...explanation.map((line) => `  ${line}`),
    ...(assistant === null ? [] : assistantLines(assistant)),
  ];
}

function inWords(units: Units): string {
  return Object.entries(units)
    .map(([code, count]) => `${code} × ${count}`)
    .join(', ');
}

function assistantLines({ modifier, citation, services, questions }: AssistantCount): string[] {
  const ground = modifier === null ? '' : ` (${modifier}, ${citation ?? ''})`;
  return [
    `  Assistant${ground}:`,
    ...services.map(
      ({ code, units, modified, why }) =>
        `    ${code}: ${modified === null ? 'unknown how many' : modified} of ${units} with ${modifier ?? 'a modifier'}. ${why}`,
    ),
    ...questions.map((question) => `    ask: ${question}`),
  ];
}

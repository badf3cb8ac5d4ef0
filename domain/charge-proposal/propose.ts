// What a captured session would be charged as: codes with their minutes and units by the payer's rule; a biller decides, nothing goes onto a claim by itself.
import type { CodeTable } from '../billing-tables/codes.ts';
import { codeStanding } from '../billing-tables/codes.ts';
import { GaitError } from '../errors.ts';
import type { Session } from '../session/schema.ts';
import type { AssistantRule, UnitRuleRow } from '../units/rule-schema.ts';
import { countAssistant, countUnits } from '../units/units.ts';

/** One code of the day. */
export interface ProposedLine {
  readonly code: string;
  /** Of all its interventions; null: not recorded. */
  readonly minutes: number | null;
  /** null: they cannot be counted, and a question says why. */
  readonly units: number | null;
  /** Units an assistant furnished in whole or in part; null: not known. */
  readonly assistantUnits: number | null;
  /** The modifier those carry; null: none was asked for on that day. */
  readonly assistantModifier: string | null;
}

export interface ChargeProposal {
  readonly date: string;
  readonly lines: readonly ProposedLine[];
  readonly timedMinutes: number | null;
  readonly totalMinutes: number | null;
  /** Of timed services. */
  readonly timedUnits: number | null;
  /** The row by which units are counted; null: nobody has written down how this payer counts. */
  readonly rule: string | null;
  /** Other ways to lay the same minutes that the rule allows. */
  readonly alternatives: readonly Readonly<Record<string, number>>[];
  readonly explanation: readonly string[];
  /** What a person must settle before this can be charged. */
  readonly questions: readonly string[];
}

export interface ChargeRules {
  readonly codes: CodeTable;
  readonly rule: UnitRuleRow | null;
  readonly assistant: AssistantRule | null;
}

/** @param session as captured and closed; the same facts give the same proposal */
export function proposeCharges(session: Session, { codes, rule, assistant }: ChargeRules): ChargeProposal {
  const questions: string[] = [];
  const without = session.interventions.filter(({ code }) => code === null).length;
  if (without > 0) questions.push(`Interventions without a code: ${without}. Nothing is charged for them.`);
  const minutes = minutesByCode(session);
  const known = [...minutes.keys()].filter((code) => isCharged(code, session.date, codes, questions));
  const timed = known.filter((code) => codes.lookup(code)?.time.kind === 'timed');
  const missing = timed.filter((code) => (minutes.get(code) ?? null) === null);
  for (const code of missing) questions.push(`${code} is counted by minutes, and not all of them are recorded.`);
  if (rule === null && timed.length > 0)
    questions.push('How this payer counts units is not written down: ask the payer and record its rule.');
  const day = { minutes: numbers(timed, minutes), on: session.date, codes };
  const count = rule === null || missing.length > 0 ? null : orAsked(questions, () => countUnits(rule.rule, day));
  const hands = handsOf(session);
  const shares =
    rule === null || count === null || hands === null
      ? null
      : orAsked(questions, () => countAssistant(rule.rule, day, numbersIn(hands, timed), assistant));
  if (hands === null) questions.push('Who gave each intervention is not recorded; an assistant took part.');
  questions.push(...(shares?.questions ?? []));
  return {
    date: session.date,
    lines: known.map((code): ProposedLine => {
      const isTimed = timed.includes(code);
      const share = shares?.services.find((one) => one.code === code);
      const assisted =
        hands === null ? null : isTimed ? (share?.modified ?? (shares === null ? null : 0)) : whole(hands, code);
      return {
        code,
        minutes: minutes.get(code) ?? null,
        units: isTimed ? (count?.units[code] ?? null) : 1,
        assistantUnits: assisted,
        assistantModifier: assisted === null || assisted > 0 ? (assistant?.modifier ?? null) : null,
      };
    }),
    timedMinutes: count?.timedMinutes ?? null,
    totalMinutes: session.totalMinutes,
    timedUnits: count?.totalUnits ?? null,
    rule: rule?.id ?? null,
    alternatives: count?.alternatives.slice(1) ?? [],
    explanation: count?.explanation ?? [],
    questions,
  };
}

/** What cannot be counted is a question for a person. */
function orAsked<Count>(questions: string[], count: () => Count): Count | null {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof GaitError)) throw error;
    questions.push(error.message);
    return null;
  }
}

/** Minutes of each code, in the order of the record; null where one of its interventions has none. */
function minutesByCode({ interventions }: Session): Map<string, number | null> {
  const sums = new Map<string, number | null>();
  for (const { code, minutes } of interventions) {
    if (code === null) continue;
    const before = sums.has(code) ? (sums.get(code) ?? null) : 0;
    sums.set(code, before === null || minutes === null ? null : before + minutes);
  }
  return sums;
}

function isCharged(code: string, on: string, codes: CodeTable, questions: string[]): boolean {
  const facts = codes.lookup(code);
  if (facts === null) questions.push(`${code} is not among the codes known here: a person counts it.`);
  else if (codeStanding(facts, on) !== 'valid') questions.push(`${code} is no code on ${on}.`);
  else return true;
  return false;
}

/** Minutes of the assistant alone, by code, with whether every minute of the code is; null: nobody recorded who gave what. */
function handsOf({ interventions, clinicians }: Session): ReadonlyMap<string, Hands> | null {
  const assistants = new Set(clinicians.flatMap(({ ref, credential }) => (credential === 'PTA' ? [ref] : [])));
  const hands = new Map<string, Hands>();
  if (assistants.size === 0) return hands;
  const alone = clinicians.length === 1;
  for (const { code, minutes, by } of interventions) {
    if (code === null) continue;
    if (by === null && !alone) return null;
    const isAssistant = by === null || assistants.has(by);
    const before = hands.get(code) ?? { minutes: 0, all: true };
    hands.set(code, {
      minutes: before.minutes + (isAssistant ? (minutes ?? 0) : 0),
      all: before.all && isAssistant,
    });
  }
  return hands;
}

interface Hands {
  readonly minutes: number;
  readonly all: boolean;
}

function whole(hands: ReadonlyMap<string, Hands>, code: string): number {
  return hands.get(code)?.all === true ? 1 : 0;
}

function numbers(timed: readonly string[], minutes: ReadonlyMap<string, number | null>): Record<string, number> {
  return Object.fromEntries(timed.map((code) => [code, minutes.get(code) ?? 0]));
}

function numbersIn(hands: ReadonlyMap<string, Hands>, timed: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...hands].flatMap(([code, { minutes }]) => (timed.includes(code) && minutes > 0 ? [[code, minutes]] : [])),
  );
}

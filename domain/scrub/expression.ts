// Conditions and facts of scrub rules: CEL, checked against the facts of their context when they are loaded, evaluated without ever throwing.
import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { Environment, EvaluationError, ParseError, serialize, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { addDays, dayNumber, daysBetween, isDate, spokenShortDate } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { conditionOf, factsIn } from './condition.ts';
import type { FactDefinitions, FactType, FactValue, Facts } from './facts.ts';

/** `needs`: the facts that are not known. */
type Evaluated =
  | { readonly known: true; readonly value: FactValue }
  | { readonly known: false; readonly needs: string };

export type Expression = (facts: Facts) => Evaluated;

const celTypes: Readonly<Record<FactType, string>> = {
  text: 'string',
  date: 'string',
  number: 'double',
  truth: 'bool',
  list: 'list<string>',
};

/** What an expression may come to: a condition is a truth, a fact is any value a finding can hold. */
const resultTypes = {
  condition: ['bool'],
  fact: ['bool', 'string', 'double', 'int', 'list<string>', 'list<double>', 'list<int>', 'list'],
} as const;

/** What rules may call besides CEL's own functions, for the reader of docs/rules.md. */
export const ruleFunctions = {
  'known(fact)': 'whether the fact is known',
  'hasAny(list, list)': 'whether the first list has one of the second',
  'addDays(date, number)': 'the day so many days later',
  'addYears(date, number)': 'the same day so many years later; 29 February becomes 28 February',
  'daysBetween(date, date)': 'days from the first to the second, negative if that is earlier',
  'yearOf(date)': 'the calendar year',
  'spoken(date)': 'the day in words: 3 May 2026',
} as const;

export type ExpressionCompiler = (source: string, kind: keyof typeof resultTypes) => Expression;

/** A compiler for expressions over these facts. An unknown name or two types that do not go together are refused as `input.invalid`. */
export function expressionsOver(definitions: FactDefinitions): ExpressionCompiler {
  const environment = environmentOf(definitions);
  return (source, kind) => {
    const run = readable(() => environment.parse(source));
    const checked = run.check();
    if (!checked.valid) throw unreadable(checked.error);
    const type = checked.type ?? '';
    if (!resultTypes[kind].some((allowed) => allowed === type))
      throw new GaitError('input.invalid', `comes to ${type}, not to ${resultTypes[kind].slice(0, 4).join(' or ')}`);
    const evaluate = evaluator(run, source, definitions);
    if (kind === 'fact') return simpleFact(run.ast) ?? evaluate;
    const condition = conditionOf(run.ast, (node) => {
      const part = serialize(node);
      const evaluatePart = evaluator(checkedParse(environment, part), part, definitions);
      const needed = factsIn(node) ?? [];
      return (facts) => {
        // CEL would come to the same by throwing, which costs more than all the rest of a rule.
        const missing = needed.find((name) => (facts[name] ?? null) === null);
        if (missing !== undefined) return missing;
        const evaluated = evaluatePart(facts);
        return evaluated.known ? evaluated.value === true : evaluated.needs;
      };
    });
    return (facts) => {
      const truth = condition(facts);
      return typeof truth === 'string' ? { known: false, needs: truth } : truth ? isTrue : isFalse;
    };
  };
}

const isTrue: Evaluated = { known: true, value: true };
const isFalse: Evaluated = { known: true, value: false };

/** A fact that is told as it stands. */
function simpleFact(node: ASTNode): Expression | null {
  if (node.op !== 'id') return null;
  const name = node.args;
  return (facts) => {
    const value = facts[name] ?? null;
    return value === null ? { known: false, needs: name } : { known: true, value };
  };
}

function checkedParse(environment: Environment, source: string): ParseResult {
  const run = environment.parse(source);
  run.check();
  return run;
}

function evaluator(run: ParseResult, source: string, definitions: FactDefinitions): Expression {
  const names = Object.keys(definitions).filter((name) => new RegExp(`\\b${name}\\b`).test(source));
  return (facts) => {
    try {
      const value: unknown = run(facts);
      return { known: true, value: factValue(value) };
    } catch (error) {
      return { known: false, needs: missingIn(error, names, facts) };
    }
  };
}

function environmentOf(definitions: FactDefinitions): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  for (const [name, { type }] of Object.entries(definitions)) environment.registerVariable(name, celTypes[type]);
  return environment
    .registerOperator('double + int', (one: number, other: bigint) => one + Number(other))
    .registerOperator('int + double', (one: bigint, other: number) => Number(one) + other)
    .registerOperator('double - int', (one: number, other: bigint) => one - Number(other))
    .registerOperator('int - double', (one: bigint, other: number) => Number(one) - other)
    .registerOperator('double * int', (one: number, other: bigint) => one * Number(other))
    .registerOperator('int * double', (one: bigint, other: number) => Number(one) * other)
    .registerOperator('double / int', (one: number, other: bigint) => one / Number(other))
    .registerOperator('double == int', (one: number, other: bigint) => one === Number(other))
    .registerFunction('hasAny(list<string>, list<string>): bool', hasAny)
    .registerFunction('addDays(string, int): string', (date: string, days: bigint) => addDays(date, Number(days)))
    .registerFunction('addDays(string, double): string', addDays)
    .registerFunction('addYears(string, int): string', (date: string, years: bigint) => addYears(date, Number(years)))
    .registerFunction('daysBetween(string, string): double', daysBetween)
    .registerFunction('yearOf(string): double', (date: string) => Number(date.slice(0, 4)))
    .registerFunction('spoken(string): string', spoken)
    .registerFunction('known(ast): bool', knownMacro);
}

function hasAny(list: readonly string[], others: readonly string[]): boolean {
  return list.some((one) => others.includes(one));
}

function addYears(date: string, years: number): string {
  const later = `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
  return isDate(later) ? later : addDays(`${later.slice(0, 8)}28`, 0);
}

/** With the year, whichever it is: a finding is read long afterwards. */
function spoken(date: string): string {
  const day = dayNumber(date);
  return spokenShortDate(day, day + 366);
}

interface KnownMacro {
  readonly node: ASTNode;
  readonly name: string;
  typeCheck(checker: Checker, macro: KnownMacro, context: unknown): unknown;
  evaluate(evaluator: unknown, macro: KnownMacro, context: { getValue(name: string): unknown }): boolean;
}

interface Checker {
  check(node: ASTNode, context: unknown): unknown;
  getType(name: string): unknown;
}

/** A macro, because a fact that is not known cannot be handed to a function: reading it ends the evaluation. */
function knownMacro({ args }: { readonly args: readonly ASTNode[] }): KnownMacro {
  const [node] = args;
  if (node?.op !== 'id') throw new GaitError('input.invalid', 'known() takes the name of a fact');
  return {
    node,
    name: node.args,
    typeCheck(checker, macro, context) {
      checker.check(macro.node, context);
      return checker.getType('bool');
    },
    evaluate: (_evaluator, macro, context) => (context.getValue(macro.name) ?? null) !== null,
  };
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(error);
  }
}

/** What CEL says of a wrong expression, and where in it. */
function unreadable(error: unknown): GaitError {
  if (error instanceof ParseError || error instanceof CelTypeError) {
    const { start } = error.range ?? { start: 0 };
    return new GaitError('input.invalid', `${error.summary}, at character ${start + 1}`);
  }
  return error instanceof GaitError ? error : new GaitError('input.invalid', 'cannot be read');
}

/** CEL counts in 64-bit integers; a finding holds numbers. */
function factValue(value: unknown): FactValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((one) => String(one));
  return null;
}

/** The fact the evaluation stopped at, else every fact of the expression that is not known. */
function missingIn(error: unknown, names: readonly string[], facts: Facts): string {
  const unknown = names.filter((name) => (facts[name] ?? null) === null);
  const node = error instanceof EvaluationError ? error.node : undefined;
  const stopped = node?.op === 'id' ? unknown.find((name) => name === node.args) : undefined;
  return stopped ?? (unknown.length > 0 ? unknown.join(', ') : names.join(', '));
}

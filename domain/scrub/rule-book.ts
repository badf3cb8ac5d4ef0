// Rules made ready to run: every expression compiled once, every name checked against the facts of its context.
import { GaitError } from '../errors.ts';
import type { ScrubContext } from './context.ts';
import { contexts } from './contexts/all.ts';
import { expressionsOver } from './expression.ts';
import type { Expression, ExpressionCompiler } from './expression.ts';
import type { FactDefinitions } from './facts.ts';
import { placeholders } from './message.ts';
import { parts } from './parts.ts';
import type { ScrubRule } from './rule-schema.ts';
import { sharedFacts, sharedNames } from './shared-facts.ts';

export interface CompiledRule {
  readonly rule: ScrubRule;
  /** Of its `needs`, the parts of a case. */
  readonly parts: readonly string[];
  /** Of its `needs`, the facts of its context. */
  readonly needed: readonly string[];
  readonly when: Expression;
  /** What the facts are, for a person who is told that one is not known. */
  readonly about: FactDefinitions;
  readonly facts: readonly (readonly [name: string, expression: Expression])[];
}

interface BookContext {
  readonly context: ScrubContext;
  readonly rules: readonly CompiledRule[];
  /** The facts of every claim that any of the rules names. */
  readonly shared: readonly (keyof typeof sharedFacts)[];
}

export interface RuleBook {
  readonly contexts: readonly BookContext[];
}

/**
 * Compiles rules, in the order they run.
 * @throws GaitError `input.invalid` with the rule and the place in it, for whatever could only fail when a claim is checked
 */
export function ruleBook(rules: readonly ScrubRule[]): RuleBook {
  const names = rules.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw refused(twice, 'variant', 'two statements have this name', 'Give each its own variant.');
  const unknown = rules.find(({ over }) => !contexts.some(({ name }) => name === over));
  if (unknown !== undefined)
    throw refused(nameOf(unknown), 'over', `there is no context "${unknown.over}"`, `There are: ${contextNames()}.`);
  return {
    contexts: contexts.flatMap((context) => {
      const over = rules.filter((rule) => rule.over === context.name);
      if (over.length === 0) return [];
      const compile = expressionsOver({ ...sharedFacts, ...context.facts });
      const named = over.map(({ needs, when, facts }) => [...needs, when, ...Object.values(facts)].join(' ')).join(' ');
      const shared = sharedNames.filter((name) => new RegExp(`\\b${name}\\b`).test(named));
      return [{ context, rules: over.map((rule) => compiled(rule, context, compile)), shared }];
    }),
  };
}

/** `modifier.discipline/gp-missing`: what overrides, reports and error texts call a statement by. */
export function nameOf({ id, variant }: Pick<ScrubRule, 'id' | 'variant'>): string {
  return variant === undefined ? id : `${id}/${variant}`;
}

function contextNames(): string {
  return contexts.map(({ name }) => name).join(', ');
}

function compiled(rule: ScrubRule, context: ScrubContext, compile: ExpressionCompiler): CompiledRule {
  const name = nameOf(rule);
  const expression = (place: string, source: string, kind: 'condition' | 'fact'): Expression => {
    try {
      return compile(source, kind);
    } catch (error) {
      const what = error instanceof GaitError ? error.message : 'cannot be read';
      throw refused(
        name,
        place,
        what,
        `The facts of "${context.name}" and of every claim are listed in docs/rules.md.`,
      );
    }
  };
  const known = { ...sharedFacts, ...context.facts };
  for (const need of rule.needs)
    if (!Object.hasOwn(parts, need) && !Object.hasOwn(known, need))
      throw refused(name, 'needs', `"${need}" is no part and no fact`, `Parts are: ${Object.keys(parts).join(', ')}.`);
  for (const place of ['message', 'fix'] as const)
    for (const filled of placeholders(rule[place]))
      if (!Object.hasOwn(rule.facts, filled))
        throw refused(name, place, `{${filled}} is no fact of the rule`, 'Add it under facts.');
  return {
    rule,
    about: known,
    parts: rule.needs.filter((need) => Object.hasOwn(parts, need)),
    needed: rule.needs.filter((need) => Object.hasOwn(known, need)),
    when: expression('when', rule.when, 'condition'),
    facts: Object.entries(rule.facts).map(([fact, source]) => [fact, expression(`facts.${fact}`, source, 'fact')]),
  };
}

function refused(rule: string, place: string, what: string, fix: string): GaitError {
  return new GaitError('input.invalid', `The rule ${rule} cannot be used: ${what}.`, {
    where: `${rule} ${place}`,
    fix,
  });
}

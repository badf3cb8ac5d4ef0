// Checks a claim against rules: all of them, without stopping at the first finding, and without ever changing the claim.
import { caseOf } from './case.ts';
import type { ScrubCase, ScrubInput } from './case.ts';
import { citationOf } from './citation.ts';
import type { ContextItem } from './context.ts';
import type { FactValue, Facts } from './facts.ts';
import type { NotChecked, ScrubFinding } from './finding.ts';
import { filledIn } from './message.ts';
import { missingPart } from './parts.ts';
import type { CompiledRule, RuleBook } from './rule-book.ts';
import { sharedFactsOf } from './shared-facts.ts';

export interface Scrubbed {
  readonly findings: readonly ScrubFinding[];
  readonly notChecked: readonly NotChecked[];
}

/** Every finding, by line; what could not be checked is named with the reason. Never throws, whatever the claim holds. */
export function scrub(book: RuleBook, input: ScrubInput): Scrubbed {
  const scrubbed = caseOf(input);
  const shared = sharedFactsOf(scrubbed);
  const found: ScrubFinding[] = [];
  const missing = new Missing();
  const days = [...new Set(scrubbed.lines.map(({ on }) => on))];
  for (const { context, rules, shared: names } of book.contexts) {
    const due = rules.filter((rule) => isDue(rule, scrubbed, days, missing));
    if (due.length === 0) continue;
    for (const item of context.items(scrubbed)) {
      const facts = factsOf(item, shared, names);
      for (const rule of due) {
        const finding = findingOf(rule, item, facts, scrubbed, missing);
        if (finding !== null) found.push(finding);
      }
    }
  }
  return { findings: found.sort((one, other) => (one.line ?? -1) - (other.line ?? -1)), notChecked: missing.list() };
}

function factsOf<Name extends string>(
  { facts }: ContextItem,
  shared: Readonly<Record<Name, FactValue>>,
  names: readonly Name[],
): Facts {
  if (names.length === 0) return facts;
  const all: Record<string, FactValue> = { ...facts };
  for (const name of names) all[name] = shared[name];
  return all;
}

/** Whether the rule speaks of any day of this claim, of its payer, and has the parts it needs. */
function isDue(rule: CompiledRule, scrubbed: ScrubCase, days: readonly (string | null)[], missing: Missing): boolean {
  const { effective, scope } = rule.rule;
  const { payerId, lineOfBusiness, state, profile } = scrubbed;
  const isDated = effective.from !== null || effective.to !== null;
  if (isDated && days.length > 0 && days.every((on) => on !== null && !holdsOn(rule, on))) return false;
  if (
    isOutside(scope.payers, payerId) ||
    isOutside(scope.linesOfBusiness, lineOfBusiness) ||
    isOutside(scope.states, state)
  )
    return false;
  const off = profile.off?.find(
    ({ rule: id, variant }) => id === rule.rule.id && (variant === undefined || variant === rule.rule.variant),
  );
  if (off !== undefined) return missing.add(rule, 'profile.off', null, `Switched off for this payer: ${off.reason}`);
  if (scope.payers !== undefined && payerId === null) return missing.add(rule, 'payer', null, untold('payer'));
  if (scope.linesOfBusiness !== undefined && lineOfBusiness === null)
    return missing.add(rule, 'lineOfBusiness', null, untold('line of business'));
  if (scope.states !== undefined && state === null) return missing.add(rule, 'state', null, untold('state'));
  const part = missingPart(rule, scrubbed);
  return part === null || missing.add(rule, part.name, null, part.why);
}

function isOutside(allowed: readonly string[] | undefined, value: string | null): boolean {
  return allowed !== undefined && value !== null && !allowed.includes(value);
}

function untold(what: string): string {
  return `The rule is for some only, and the ${what} is not told.`;
}

function holdsOn({ rule }: CompiledRule, on: string): boolean {
  const { from, to } = rule.effective;
  return (from === null || from <= on) && (to === null || on <= to);
}

function findingOf(
  rule: CompiledRule,
  { line, on: itemOn }: ContextItem,
  facts: Facts,
  scrubbed: ScrubCase,
  missing: Missing,
): ScrubFinding | null {
  const { effective } = rule.rule;
  const on = itemOn ?? scrubbed.on;
  if (on === null) {
    if (effective.from !== null || effective.to !== null) {
      missing.add(
        rule,
        'dateOfService',
        line,
        'The rule has a first or a last day, and the day of service is not told.',
      );
      return null;
    }
  } else if (!holdsOn(rule, on)) return null;
  const need = rule.needed.find((name) => (facts[name] ?? null) === null);
  const met = need === undefined ? rule.when(facts) : ({ known: false, needs: need } as const);
  if (!met.known) {
    missing.add(rule, met.needs, line, unknownFacts(rule, met.needs));
    return null;
  }
  if (met.value !== true) return null;
  return foundBy(rule, { line, on, facts }, scrubbed);
}

function foundBy(
  { rule, facts: expressions }: CompiledRule,
  { line, on, facts }: { readonly line: number | null; readonly on: string | null; readonly facts: Facts },
  { tables, asOf }: ScrubCase,
): ScrubFinding {
  const told = Object.fromEntries(
    expressions.map(([name, expression]) => {
      const evaluated = expression(facts);
      const value = evaluated.known ? evaluated.value : null;
      return [name, typeof value === 'object' && value !== null ? [...value] : value];
    }),
  );
  const { citation, staleSince } = citationOf(rule, tables, { on, asOf });
  return {
    rule: rule.id,
    ...(rule.variant === undefined ? {} : { variant: rule.variant }),
    severity: rule.severity,
    line,
    message: filledIn(rule.message, told),
    facts: told,
    fix: filledIn(rule.fix, told),
    role: rule.role,
    citation,
    ...(staleSince === null ? {} : { stale: true, staleSince }),
  };
}

/** The facts by what they are, without what the writer of a rule is told besides. */
function unknownFacts({ about }: CompiledRule, needs: string): string {
  const told = needs.split(', ').map((name) => about[name]?.about.split(';')[0] ?? name);
  return `Not known: ${told.join('; ')}.`;
}

/** Once for each rule and what it lacks; with the line and the statement where it is one's lack alone. */
class Missing {
  readonly #entries = new Map<string, NotChecked>();

  add({ rule: { id, variant } }: CompiledRule, needs: string, line: number | null, why: string): false {
    const key = `${id} ${needs}`;
    const known = this.#entries.get(key);
    const isOne = known === undefined || known.variant === variant;
    this.#entries.set(key, {
      rule: id,
      ...(isOne && variant !== undefined ? { variant } : {}),
      needs,
      line: known === undefined || known.line === line ? line : null,
      why,
    });
    return false;
  }

  list(): NotChecked[] {
    return [...this.#entries.values()];
  }
}

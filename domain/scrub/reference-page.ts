// The page docs/rule-reference.md: every rule that ships, and every context, fact, part and function a rule may name.
import type { ScrubContext } from './context.ts';
import { contexts } from './contexts/all.ts';
import { ruleFunctions } from './expression.ts';
import type { FactDefinitions } from './facts.ts';
import { parts } from './parts.ts';
import { nameOf } from './rule-book.ts';
import type { ScrubRule } from './rule-schema.ts';
import { sharedFacts } from './shared-facts.ts';

/** @param rules those of rules/scrub, in the order they run */
export function ruleReferencePage(rules: readonly ScrubRule[]): string {
  return `${[
    '# Rule reference',
    '',
    'Made from the code and from `rules/scrub` by `npm run docs`. How a rule is written: [rules.md](rules.md).',
    '',
    '## Rules that ship',
    '',
    ...table(['rule', 'severity', 'over', 'needs', 'days of service', 'for', 'source'], rules.map(ruleRow)),
    '',
    '## Facts of every context',
    '',
    ...factRows(sharedFacts),
    ...contexts.flatMap(contextSection),
    '',
    '## Parts that may be needed',
    '',
    ...table(
      ['part', 'where it is missing'],
      Object.entries(parts).map(([name, { why }]) => [code(name), why]),
    ),
    '',
    '## Functions besides those of CEL',
    '',
    ...table(
      ['function', 'comes to'],
      Object.entries(ruleFunctions).map(([name, about]) => [code(name), about]),
    ),
  ].join('\n')}\n`;
}

function ruleRow(rule: ScrubRule): string[] {
  const { severity, over, needs, effective, scope, citation } = rule;
  const { from, to } = effective;
  const days = from === null && to === null ? 'any' : `${from ?? '…'} to ${to ?? '…'}`;
  const some = [scope.payers, scope.linesOfBusiness, scope.states].flatMap((names) => names ?? []);
  const { source, section } = citation;
  return [
    code(nameOf(rule)),
    severity,
    code(over),
    needs.map(code).join(' '),
    days,
    some.length === 0 ? 'all' : some.join(', '),
    section === undefined ? source : `${source}, ${section}`,
  ];
}

function contextSection({ name, about, facts }: ScrubContext): string[] {
  return ['', `## \`${name}\`: ${about}`, '', ...factRows(facts)];
}

function factRows(facts: FactDefinitions): string[] {
  return table(
    ['fact', 'type', 'what it is'],
    Object.entries(facts).map(([name, { type, about }]) => [code(name), type, about]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`${text}\``;
}

// The catalogue as a page of Markdown; `npm run docs` writes it to docs/connectors.md and a test holds the file against it.
import { catalogue, evidences } from './catalogue.ts';
import type { CatalogueRow } from './catalogue.ts';
import { operations, systems } from './registry.ts';
import type { OperationName, SystemId } from './registry.ts';

const pages: Readonly<Partial<Record<string, string>>> = {
  webpt: 'webpt.md',
  therabill: 'therabill.md',
  availity: 'availity.md',
  changeHealthcare: 'change-healthcare.md',
  stedi: 'stedi.md',
  x12Files: 'x12-files.md',
};

function isSystem(id: string): id is SystemId {
  return Object.hasOwn(systems, id);
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function bullets(lines: readonly string[]): string {
  return lines.map((text) => `- ${text}`).join('\n');
}

function named(system: SystemId): string {
  const page = pages[system];
  const { title } = systems[system];
  return page === undefined ? title : `[${title}](connectors/${page})`;
}

function section(system: SystemId, row: CatalogueRow, sandboxFaults: readonly string[]): string {
  const listed = Object.entries(row.operations).map(([name, operation]) => [
    `\`${name}\``,
    operation.wire,
    isOperation(name) && operations[name].effect ? 'yes' : 'no',
    operation.checked,
  ]);
  return [
    `## ${systems[system].title}`,
    '',
    `${named(system)} · ${row.transport}. Source: ${row.source}.`,
    '',
    table(['operation', 'over the wire', 'changes something there', 'checked by'], listed),
    ...(sandboxFaults.length === 0 ? [] : ['', `Faults of its sandbox: ${sandboxFaults.join(', ')}.`]),
    ...(row.limits.length === 0 ? [] : ['', 'Known limits:', '', bullets(row.limits)]),
  ].join('\n');
}

/**
 * The whole page, with a newline at its end.
 * @param sandboxFaults by system, what its simulation can be told to have wrong
 */
export function cataloguePage(sandboxFaults: Readonly<Partial<Record<string, readonly string[]>>>): string {
  const rows = Object.entries(catalogue).flatMap(([system, row]) => (isSystem(system) ? [{ system, row }] : []));
  return [
    '# What Gait connects',
    '',
    'Made by `npm run docs` from `connectors/catalogue.ts`; a test compares them. Every operation runs in the server: a node names it, a connection and',
    'references, and never sees a credential or a record. An operation that changes something outside runs under a permit, once.',
    '',
    table(
      ['system', 'transport', 'operations', 'settings, failures and what they mean'],
      rows.map(({ system, row }) => [
        systems[system].title,
        row.transport,
        String(Object.keys(row.operations).length),
        named(system),
      ]),
    ),
    '',
    'How an operation was checked:',
    '',
    bullets(Object.entries(evidences).map(([name, meaning]) => `**${name}**: ${meaning}.`)),
    '',
    ...rows.map(({ system, row }) => `${section(system, row, sandboxFaults[system] ?? [])}\n`),
  ].join('\n');
}

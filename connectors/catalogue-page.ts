// The catalogue as a page of Markdown; `npm run docs` writes it to docs/connectors.md and a test holds the file against it.
import { catalogue } from './catalogue.ts';
import { evidences, wayNames } from './catalogue-row.ts';
import type { CatalogueRow, WayName } from './catalogue-row.ts';
import { operations, systems } from './registry.ts';
import type { OperationName, SystemId } from './registry.ts';

const pages: Readonly<Partial<Record<string, string>>> = {
  webpt: 'webpt.md',
  clinicient: 'clinicient.md',
  raintree: 'raintree.md',
  prompt: 'prompt.md',
  breezyNotes: 'breezy-notes.md',
  janeApp: 'jane-app.md',
  lumaHealth: 'luma-health.md',
  klara: 'klara.md',
  twilio: 'twilio.md',
  smtp: 'smtp.md',
  therabill: 'therabill.md',
  availity: 'availity.md',
  changeHealthcare: 'change-healthcare.md',
  stedi: 'stedi.md',
  x12Files: 'x12-files.md',
};

/** What a way in is called, and the page that tells how it is set up. */
const ways: Readonly<Record<WayName, string>> = {
  reports: '[exported reports](connectors/webpt.md)',
  hl7: '[HL7 v2](connectors/hl7.md)',
  fhir: '[FHIR R4](connectors/fhir.md)',
  rest: "[a partner's API](connectors/partner-api.md)",
  api: "the vendor's API",
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

/** By which ways the records of each PT system come in. */
function waysIn(rows: readonly { readonly system: SystemId; readonly row: CatalogueRow }[]): string {
  const told = rows.flatMap(({ system, row }) => (row.ways === undefined ? [] : [{ system, row: row.ways }]));
  return [
    '## Ways in of the PT systems',
    '',
    'The systems that keep patients and visits are asked for the same rows by whatever they offer. A connection may use several ways at once; a record that comes',
    'by two of them is one record. What a way brings, and how it was checked:',
    '',
    table(
      ['system', 'way in', 'what comes', 'checked by'],
      told.flatMap(({ system, row }) =>
        wayNames.flatMap((name) => {
          const way = row[name];
          return way === undefined ? [] : [[named(system), ways[name], way.wire, way.checked]];
        }),
      ),
    ),
    '',
  ].join('\n');
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
    waysIn(rows),
    ...rows.map(({ system, row }) => `${section(system, row, sandboxFaults[system] ?? [])}\n`),
  ].join('\n');
}

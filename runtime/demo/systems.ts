// The other systems of the demo clinic: where its notes are written, and the office it took over, which know many of its patients.
import { join } from 'node:path';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { ask, until } from './flow-api.ts';
import { pull } from './pull.ts';
import { adminOf, json, list } from './surfaces.ts';

/** Beside WebPT and Therabill; the templates and examples use these names. */
export const otherSystems = [
  { name: 'BreezyNotes', system: 'breezyNotes', lever: 'breezy-notes' },
  { name: 'Clinicient', system: 'clinicient', lever: 'clinicient' },
] as const;

/** The folder into which a system's reports are exported. */
export function dropOf(stack: Pick<Stack, 'home'>, system: (typeof otherSystems)[number]['system']): string {
  return join(stack.home, 'drop', system);
}

/** Lets each export what it holds of the clinic's people, with some doubles, contradictions and rows nobody can read. */
async function exportOf(stack: Stack, lever: string, folder: string, today: string): Promise<void> {
  await pull(stack, `${lever}/export`, {
    folder,
    today,
    systems: ['webpt', ...otherSystems.map((one) => one.system)],
    duplicates: 2,
    conflicts: 3,
    badRows: 2,
    disagreements: 4,
  });
}

/** Brings in what the other systems hold, has the data audited and the visits compared. False: the audit is not over yet. */
export async function connectSystems(stack: Stack, today: string, milliseconds: number): Promise<boolean> {
  for (const { name, system, lever } of otherSystems) {
    await exportOf(stack, lever, dropOf(stack, system), today);
    await ask(stack, 'POST', '/v1/operations', { operation: `${system}.records.import`, connection: name });
  }
  const admin = await adminOf(stack);
  await admin.post('/v1/reconciliation', {});
  await admin.post('/v1/console/data-audit', {});
  return until(
    milliseconds,
    async () => json((await admin.get('/v1/console/data-audit'))['newest'])['state'] === 'done',
  );
}

/** Lets a patient come to the front desk who is entered in WebPT, and nowhere else. */
export async function newPatient(stack: Stack, today: string): Promise<void> {
  const only = { condition: 'visitsBeforeDate', payer: 'harbor-health', mark: 'NEW1' };
  await pull(stack, 'webpt/export', { folder: stack.webptDrop, today, only });
}

const countOf = async (stack: Stack, kind: string): Promise<number> =>
  list((await ask(stack, 'GET', `/v1/work-items?status=open&limit=500&kind=${kind}`))['items']).length;

/** Waits until somebody new is laid before the front desk. False: not in time. */
export function firstNewPatient(stack: Stack, milliseconds: number): Promise<boolean> {
  return until(milliseconds, async () => (await countOf(stack, 'patient.review')) > 0);
}

/** What needs a person where several systems keep one patient, by kind of work item. */
const waiting = {
  'patient.review': 'somebody new: what is known, what is missing, how each step stands',
  'patient.welcome': 'the words and the forms for somebody new; a person sends them',
  'file.upload': 'a file for an import of the billing system',
  'record.enter': 'a system does not know it yet; the values are ready to copy',
  'patient.conflict': 'two systems say something else; both values stand side by side',
  'patient.merge': 'two records that look like one person; a person says whether',
  'visits.disagree': 'schedule, notes and charges do not agree about a patient',
} as const;

/** Whether the table of the systems counts such items. */
export function isOfSystems(kind: string): boolean {
  return Object.hasOwn(waiting, kind);
}

/** What several systems and the audit brought up; empty where there is nothing. */
export async function systemsTable(stack: Stack): Promise<string> {
  const counts = await Promise.all(
    Object.entries(waiting).map(async ([kind, words]) => [kind, await countOf(stack, kind), words] as const),
  );
  const rows = counts.filter(([, count]) => count > 0);
  if (rows.length === 0) return '';
  const audit = json(json((await (await adminOf(stack)).get('/v1/console/data-audit'))['last'])['figures']);
  const severities = json(audit['bySeverity']);
  return [
    `Patients in several systems (WebPT, ${otherSystems.map(({ name }) => name).join(', ')}): ${rows.reduce((sum, [, count]) => sum + count, 0)} items`,
    table(
      ['item', 'items', 'meaning'],
      rows.map(([kind, count, words]) => [kind, String(count), words]),
    ),
    ...(audit['records'] === undefined
      ? []
      : [
          `Data audit of ${cell(audit['records'])} records: ${cell(severities['error'])} errors, ${cell(severities['warning'])} warnings, ${cell(severities['note'])} notes (console, Data audit)`,
        ]),
    '',
  ].join('\n');
}

const cell = (value: unknown): string => (typeof value === 'number' ? String(value) : 'unknown');

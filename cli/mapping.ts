// `gait mapping suggest`: how an export may be read, proposed from its labels and values and tried on the whole of it.
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { GaitError } from '../domain/errors.ts';
import { tryMapping } from '../server/imports/mapping.ts';
import type { Problem, ReportKind, Suggestion } from '../server/imports/mapping.ts';
import { needed, parse, print, unusable } from './shared/command-line.ts';

export const summary = 'propose how an export of a PT system is read';

export const usage = `Usage: gait mapping suggest EXPORT --resource patient|authorization|appointment|note|charge|outcome [--write PROFILE.json] [--json]

  EXPORT       comma-separated values, or a workbook (.xlsx) whose first sheet is read
  --resource   what each row of the export is
  --write      writes the proposed profile: look at it, then name it in the connection's settings (docs/admin.md)
The whole file is read by the proposal: each row that cannot be read is told with row, column and reason, never with its values.
Exit status: 0 every row can be read and nothing is unsure, 1 something to look at, 2 an unusable file or arguments.`;

const kinds: Readonly<Record<string, ReportKind>> = {
  patient: 'patients',
  authorization: 'authorizations',
  appointment: 'appointments',
  note: 'notes',
  charge: 'charges',
  outcome: 'outcomes',
};

/** Returns 0 or 1. Throws a sentence for a file that is no table. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    resource: { type: 'string' },
    write: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [verb, file, extra] = positionals;
  if (verb !== 'suggest' || extra !== undefined) throw unusable('gait mapping knows suggest, for one file.', usage);
  const name = needed(file, 'EXPORT', usage);
  const kind = kinds[needed(values.resource, '--resource', usage)];
  if (kind === undefined)
    throw unusable('--resource is patient, authorization, appointment, note, charge or outcome.', usage);
  const tried = await tryMapping(await bytesOf(name), kind, basename(name));
  if (tried === null)
    throw new GaitError('file.unreadable', 'None of the first ten lines looks like the header of this report.', {
      where: name,
      fix: 'Export it with its column labels as comma-separated values, and say with --resource what its rows are.',
    });
  const { suggestion, problems, ...counts } = tried;
  if (values.write !== undefined) await write(values.write, suggestion);
  const { columns, missing, unknownWords, questions, profile } = suggestion;
  const document = { file: name, ...counts, columns, missing, unknownWords, questions };
  print(values.json, { ...document, problems, profile }, lines({ ...document, problems }));
  return questions.length === 0 && counts.rejected === 0 ? 0 : 1;
}

async function bytesOf(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch {
    throw new GaitError('file.unreadable', 'The file cannot be read.', { where: name });
  }
}

async function write(path: string, { profile }: Suggestion): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(profile, null, 2)}\n`, { flag: 'wx' });
  } catch {
    throw new GaitError('file.unreadable', 'The profile cannot be written.', {
      where: path,
      fix: 'Name a new file in a folder that is there.',
    });
  }
}

/** So many rows that cannot be read are told one by one; --json tells all. */
const mostTold = 20;

function lines(told: {
  readonly headerRow: number;
  readonly rows: number;
  readonly read: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly columns: Suggestion['columns'];
  readonly unknownWords: Suggestion['unknownWords'];
  readonly questions: readonly string[];
  readonly problems: readonly Problem[];
}): string[] {
  const { columns, problems, unknownWords, questions } = told;
  const width = Math.max(...columns.map(({ label }) => label.length));
  return [
    `Header in line ${told.headerRow}; ${told.rows} rows, ${told.read} can be read, ${told.duplicates} repeated, ${told.rejected} cannot.`,
    '',
    ...columns.map(
      ({ label, field, confidence, why }) =>
        `${label.padEnd(width)}  ${field === null ? '–' : `${field} (${confidence ?? ''})`}: ${why}`,
    ),
    ...(unknownWords.length === 0 ? [] : ['', 'Words nobody knows yet:']),
    ...unknownWords.map(
      ({ label, word, rows }) => `  ${label}: ${word ?? 'something that is not repeated here'}, rows: ${rows}`,
    ),
    ...(questions.length === 0 ? [] : ['', 'To look at:']),
    ...questions.map((question) => `  ${question}`),
    ...(problems.length === 0 ? [] : ['', 'What cannot be read:']),
    ...problems
      .slice(0, mostTold)
      .map(
        ({ row, column, reason, rejected }) =>
          `  row ${row}${column === null ? '' : `, ${column}`}: ${reason}${rejected ? ', row left out' : ''}`,
      ),
    ...(problems.length > mostTold ? [`  and ${problems.length - mostTold} more: --json tells all.`] : []),
  ];
}

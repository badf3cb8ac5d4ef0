// `gait x12`: what X12 files hold, what they mean and everything that is wrong with them, without a running stack.
import { createReadStream } from 'node:fs';
import { GaitError } from '../domain/errors.ts';
import { Envelopes } from '../domain/x12/envelopes.ts';
import { interchangeSentence } from '../domain/x12/explain/acknowledgment.ts';
import type { Explanation } from '../domain/x12/explain/explain.ts';
import { explain } from '../domain/x12/explain/explain.ts';
import type { Telling } from '../domain/x12/explain/words.ts';
import type { Finding } from '../domain/x12/findings.ts';
import type { InterchangeAcknowledgment, X12File } from '../domain/x12/file.ts';
import { X12Reader } from '../domain/x12/reader.ts';
import { Scanner } from '../domain/x12/scanner.ts';
import { TransactionSets } from '../domain/x12/transaction-set.ts';
import { readCodeWords } from '../server/codes/code-words.ts';
import { parse, print, unusable } from './shared/command-line.ts';

export const summary = 'read, check and explain X12 files';

export const usage = `Usage: gait x12 read FILE… [--json]
       gait x12 check FILE… [--json]
       gait x12 explain FILE… [--names] [--json]

  read    the interchanges, groups and transactions of each file, and what is wrong with them
  check   what is wrong with each file, also whether the amounts of a remittance (835) balance; with --json in the shape of read
  explain what each transaction says, in plain words; --names also tells names and numbers of patients
Exit status: 0 no errors, 1 a file has errors, 2 a file cannot be read or unusable arguments.`;

type ReadFile = X12File & { readonly file: string };

/** What `explain` tells of a file. */
interface ExplainedFile {
  readonly file: string;
  readonly segments: number;
  readonly transactions: readonly Explanation[];
  readonly ta1: readonly (InterchangeAcknowledgment & { readonly sentence: string })[];
  readonly findings: readonly Finding[];
}

/** Returns 0 when no file has an error, 1 when one has. */
export async function run(args: string[]): Promise<number> {
  const options = { json: { type: 'boolean', default: false }, names: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parse(args, usage, options);
  const [action, ...names] = positionals;
  if (action !== 'read' && action !== 'check' && action !== 'explain')
    throw unusable('Say what to do with X12 files.', usage);
  if (values.names && action !== 'explain') throw unusable('Only explain takes --names.', usage);
  if (names.length === 0) throw unusable('Name a file.', usage);
  if (action === 'explain') return explainFiles(names, values);
  const files: ReadFile[] = [];
  for (const name of names) files.push({ file: name, ...(await read(name, action)) });
  const lines = (file: ReadFile) => [
    heading(file),
    ...(action === 'read' ? contents(file) : []),
    ...file.findings.map(lineOf),
  ];
  print(values.json, files, values.json ? [] : files.flatMap(lines));
  return statusOf(files);
}

async function explainFiles(names: readonly string[], options: { json: boolean; names: boolean }): Promise<number> {
  const telling = { words: readCodeWords(), names: options.names };
  const files: ExplainedFile[] = [];
  for (const name of names) files.push(await explainFile(name, telling));
  print(
    options.json,
    files,
    files.flatMap((file) => [
      heading(file),
      ...file.transactions.flatMap(({ control, title, type, sentences }) => [
        `  transaction ${control}: ${title} (${type})`,
        ...sentences.map(({ text, segment }) => `    ${text}${segment === null ? '' : ` [${segment}]`}`),
      ]),
      ...file.ta1.map(({ sentence }) => `  ${sentence}`),
      ...file.findings.map(lineOf),
    ]),
  );
  return statusOf(files);
}

function statusOf(files: readonly { readonly findings: readonly Finding[] }[]): number {
  return files.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

async function read(name: string, action: 'read' | 'check'): Promise<X12File> {
  const reader = new X12Reader(action === 'check' ? 'transactions' : 'envelopes');
  await pour(name, reader);
  return reader.end();
}

/** One pass over the file: its envelopes are checked and each transaction set is explained when it is whole. */
async function explainFile(name: string, telling: Telling): Promise<ExplainedFile> {
  const transactions: Explanation[] = [];
  const envelopes = new Envelopes('transactions');
  const sets = new TransactionSets((set) => transactions.push(explain(set, telling)));
  const scanner = new Scanner({
    take(segment) {
      envelopes.take(segment);
      sets.take(segment);
    },
    fault: (code, message, offset) => envelopes.fault(code, message, offset),
  });
  await pour(name, scanner);
  const { segments, ta1, findings } = envelopes.end(scanner.end());
  sets.end();
  const acknowledged = ta1.map((one) => ({ ...one, sentence: interchangeSentence(one, telling) }));
  return { file: name, segments, transactions, ta1: acknowledged, findings };
}

async function pour(name: string, reader: { push(chunk: Uint8Array): void }): Promise<void> {
  try {
    for await (const chunk of createReadStream(name)) if (chunk instanceof Uint8Array) reader.push(chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence = error.code === 'ENOENT' ? `There is no file ${name}.` : `The file ${name} cannot be read.`;
    throw new GaitError('file.unreadable', sentence);
  }
}

function heading({ file, segments, findings }: Pick<ReadFile, 'file' | 'segments' | 'findings'>): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${file}: ${segments} segments; errors ${errors}, warnings ${findings.length - errors}`;
}

function contents({ interchanges, ta1 }: X12File): string[] {
  return [
    ...interchanges.flatMap((interchange) => [
      `  interchange ${known(interchange.control)} from ${known(interchange.sender)} to ${known(interchange.receiver)}`,
      ...interchange.groups.flatMap((group) => [
        `    group ${known(group.control)} (${known(group.code)})`,
        ...group.transactions.map(
          ({ control, type, version, segments }) =>
            `      transaction ${known(control)}: ${known(type)}, version ${known(version)}, ${segments} segments`,
        ),
      ]),
    ]),
    ...ta1.map(({ control, code, note }) => `  TA1 about interchange ${control}: ${code}, note ${note}`),
  ];
}

function lineOf({ severity, code, message, segment, offset }: Finding): string {
  return `  ${severity} ${code}, segment ${segment}, byte ${offset}: ${message}`;
}

function known(value: string | null): string {
  return value ?? 'unknown';
}

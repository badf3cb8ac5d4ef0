// `gait x12`: what X12 files hold and everything that is wrong with them, without a running stack.
import { createReadStream } from 'node:fs';
import { GaitError } from '../domain/errors.ts';
import type { Finding } from '../domain/x12/findings.ts';
import type { X12File } from '../domain/x12/file.ts';
import { X12Reader } from '../domain/x12/reader.ts';
import { parse, print, unusable } from './shared/command-line.ts';

export const summary = 'read and check X12 files';

export const usage = `Usage: gait x12 read FILE… [--json]
       gait x12 check FILE… [--json]

  read    the interchanges, groups and transactions of each file, and what is wrong with them
  check   what is wrong with each file, also whether the amounts of a remittance (835) balance; with --json in the shape of read
Exit status: 0 no errors, 1 a file has errors, 2 a file cannot be read or unusable arguments.`;

type ReadFile = X12File & { readonly file: string };

/** Returns 0 when no file has an error, 1 when one has. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, { json: { type: 'boolean', default: false } });
  const [action, ...names] = positionals;
  if (action !== 'read' && action !== 'check') throw unusable('Say what to do with X12 files.', usage);
  if (names.length === 0) throw unusable('Name a file.', usage);
  const files: ReadFile[] = [];
  for (const name of names) files.push({ file: name, ...(await read(name, action)) });
  print(
    values.json,
    files,
    files.flatMap((file) => [
      heading(file),
      ...(action === 'read' ? contents(file) : []),
      ...file.findings.map(lineOf),
    ]),
  );
  return files.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

async function read(name: string, action: 'read' | 'check'): Promise<X12File> {
  const reader = new X12Reader(action === 'check' ? 'transactions' : 'envelopes');
  try {
    for await (const chunk of createReadStream(name)) if (chunk instanceof Uint8Array) reader.push(chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence = error.code === 'ENOENT' ? `There is no file ${name}.` : `The file ${name} cannot be read.`;
    throw new GaitError('file.unreadable', sentence);
  }
  return reader.end();
}

function heading({ file, segments, findings }: ReadFile): string {
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

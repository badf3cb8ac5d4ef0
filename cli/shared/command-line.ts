// What the commands share: reading arguments, opening the services, printing.
import { readFileSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { GaitError } from '../../domain/errors.ts';
import { places } from '../../runtime/places.mjs';
import { stackNote } from '../../runtime/stack-file.ts';
import type { Services } from '../../server/services.ts';

/** Runs `work` over services of its own and lets go of them. The log goes to stderr and holds warnings only. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  // Loaded here, because commands over files need none of it and are to be quick and small.
  const [{ default: pino }, { readServerConfig }, { openServices }] = await Promise.all([
    import('pino'),
    import('../../server/config.ts'),
    import('../../server/open-services.ts'),
  ]);
  const config = readServerConfig(settings(process.env));
  const services = await openServices(config, { log: pino({ level: 'warn' }, pino.destination(2)) });
  try {
    return await work(services);
  } finally {
    await services.database.close();
  }
}

/** Prints one JSON document, or the lines for a person. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  if (!json) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  else {
    // The line's end by itself: behind the text it would be a second copy of what may be megabytes.
    process.stdout.write(JSON.stringify(value, null, 2));
    process.stdout.write('\n');
  }
}

/** Reads the options of a command and its words. Throws a sentence with the usage for an option that it does not have. */
export function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  usage: string,
  options: Options,
) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : '').split('. ');
    throw unusable(`${sentence.replace(/\.$/, '')}.`, usage);
  }
}

/** A command line that cannot be used: said with the usage. */
export function unusable(message: string, usage: string): GaitError {
  return new GaitError('input.invalid', message, { fix: usage });
}

/** The value of an option that must be given. */
export function needed(value: string | undefined, option: string, usage: string): string {
  if (value === undefined || value === '') throw unusable(`${option} is missing.`, usage);
  return value;
}

/** Everything on standard input, without the line's end. */
export async function standardInput(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const part of process.stdin) text += String(part);
  return text.replace(/\r?\n$/, '');
}

/**
 * The settings of the shell; where it names no database, the database and the keyring of the stack that was started here, by
 * the note it left.
 */
function settings(environment: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  const note = stackNote(places().home);
  const named = [environment['GAIT_DATABASE_URL'], environment['GAIT_DATABASE_URL_FILE']].some(
    (value) => value !== undefined && value !== '',
  );
  if (named || note === null) return environment;
  const address = new URL(note.databaseUrl);
  address.password = encodeURIComponent(readFileSync(note.postgresPasswordFile, 'utf8').trim());
  return { GAIT_KEYRING_FILE: note.keyringFile, ...environment, GAIT_DATABASE_URL: address.href };
}

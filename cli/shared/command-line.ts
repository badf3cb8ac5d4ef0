// Opens the services for a command: from the environment, or from the note of the stack that runs here.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { GaitError } from '../../domain/errors.ts';
import { places } from '../../runtime/places.mjs';
import { readServerConfig } from '../../server/config.ts';
import { openServices } from '../../server/open-services.ts';
import type { Services } from '../../server/services.ts';

/** Runs `work` over services of its own and lets go of them. The log goes to stderr and holds warnings only. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const config = readServerConfig({ ...stackEnvironment(places().home), ...given(process.env) });
  const services = await openServices(config, { log: pino({ level: 'warn' }, pino.destination(2)) });
  try {
    return await work(services);
  } finally {
    await services.database.close();
  }
}

/** Prints one JSON document, or the lines for a person. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
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

/** What `stack.json` in the state folder says of the database and the keyring; nothing where no stack was started. */
function stackEnvironment(home: string): Record<string, string> {
  const file = join(home, 'stack.json');
  if (!existsSync(file)) return {};
  const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const [url, passwordFile] = [textAt(note, ['databaseUrl']), textAt(note, ['files', 'postgresPassword'])];
  const keyring = textAt(note, ['files', 'secrets', 'keyring']);
  const environment: Record<string, string> = {};
  if (url !== null) environment['GAIT_DATABASE_URL'] = passwordFile === null ? url : withPassword(url, passwordFile);
  if (keyring !== null) environment['GAIT_KEYRING_FILE'] = keyring;
  return environment;
}

function withPassword(url: string, file: string): string {
  const address = new URL(url);
  address.password = encodeURIComponent(readFileSync(file, 'utf8').trim());
  return address.href;
}

function given(environment: NodeJS.ProcessEnv): Record<string, string> {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value !== '') set[name] = value;
  return set;
}

function textAt(value: unknown, path: readonly string[]): string | null {
  let inner: unknown = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null) return null;
    inner = Reflect.get(inner, name);
  }
  return typeof inner === 'string' ? inner : null;
}

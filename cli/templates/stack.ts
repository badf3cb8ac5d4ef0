// Where the running stack's n8n and server are, as the stack wrote it down.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import { places } from '../../runtime/places.mjs';

export interface Stack {
  readonly n8nUrl?: string;
  readonly n8nApiKeyFile?: string;
  readonly serverUrl?: string;
}

/** Reads `$GAIT_HOME/stack.json`; empty when no stack was started here. */
export function readStack(home = places().home): Stack {
  const file = join(home, 'stack.json');
  if (!existsSync(file)) return {};
  const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof found !== 'object' || found === null) return {};
  const entries = new Map(Object.entries(found));
  const text = (name: string): string | undefined => {
    const value: unknown = entries.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [n8nUrl, n8nApiKeyFile, serverUrl] = [text('n8nUrl'), text('n8nApiKeyFile'), text('serverUrl')];
  return {
    ...(n8nUrl === undefined ? {} : { n8nUrl }),
    ...(n8nApiKeyFile === undefined ? {} : { n8nApiKeyFile }),
    ...(serverUrl === undefined ? {} : { serverUrl }),
  };
}

/** A key kept in a file of its own, without the line's end. */
export function readKey(file: string, where: string): string {
  let key = '';
  try {
    key = readFileSync(file, 'utf8').trim();
  } catch {
    throw new GaitError('input.invalid', `${file} cannot be read.`, {
      where,
      fix: 'Name a file that holds the key and nothing else.',
    });
  }
  if (key === '')
    throw new GaitError('input.invalid', `${file} is empty.`, {
      where,
      fix: 'Name a file that holds the key and nothing else.',
    });
  return key;
}

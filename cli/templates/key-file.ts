// API keys that lie in files.
import { readFileSync } from 'node:fs';
import { GaitError } from '../../domain/errors.ts';

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

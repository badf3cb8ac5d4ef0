// The dated rules of the waitlist, read once at start.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitlistFileSchema } from '../../domain/waitlist/book-schema.ts';
import type { WaitlistRule } from '../../domain/waitlist/book-schema.ts';
import type { Validator } from '../http/validation.ts';

/** Throws `input.invalid` where the file has another shape. */
export async function readWaitlistRules(
  validator: Validator,
  file = join(import.meta.dirname, '../../rules/scheduling/waitlist.json'),
): Promise<readonly WaitlistRule[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  assertRules(validator, value);
  return value.rows;
}

function assertRules(
  validator: Validator,
  value: unknown,
): asserts value is { readonly rows: readonly WaitlistRule[] } {
  validator.check(waitlistFileSchema, value, 'scheduling/waitlist');
}

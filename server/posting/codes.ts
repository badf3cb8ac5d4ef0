// The rule data about remittances, read once at start.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postingCodesSchema } from '../../domain/posting/codes-schema.ts';
import type { PostingCodes } from '../../domain/posting/codes-schema.ts';
import type { Validator } from '../http/validation.ts';

/** Throws `input.invalid` where the file has another shape. */
export async function readPostingCodes(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules'),
): Promise<PostingCodes> {
  const value: unknown = JSON.parse(await readFile(join(folder, 'posting/codes.json'), 'utf8'));
  assertCodes(validator, value);
  return value;
}

function assertCodes(validator: Validator, value: unknown): asserts value is PostingCodes {
  validator.check(postingCodesSchema, value, 'posting/codes.json');
}

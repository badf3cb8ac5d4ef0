// The dated rules of series and conflicts, read once at start.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seriesFileSchema } from '../../domain/series/book-schema.ts';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import type { Validator } from '../http/validation.ts';

/** Throws `input.invalid` where the file has another shape. */
export async function readSeriesRules(
  validator: Validator,
  file = join(import.meta.dirname, '../../rules/scheduling/series.json'),
): Promise<readonly SeriesRule[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  assertRules(validator, value);
  return value.rows;
}

function assertRules(validator: Validator, value: unknown): asserts value is { readonly rows: readonly SeriesRule[] } {
  validator.check(seriesFileSchema, value, 'scheduling/series');
}

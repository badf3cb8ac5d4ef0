// The dated rules of series and conflicts, read once at start.
import { seriesFileSchema } from '../../domain/series/book-schema.ts';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedRows } from '../rule-files/dated-rows.ts';

export function readSeriesRules(validator: Validator): Promise<readonly SeriesRule[]> {
  return readDatedRows<SeriesRule>(validator, seriesFileSchema, 'scheduling/series.json');
}

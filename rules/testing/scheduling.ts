// The rule data of scheduling, as tests and measurements read them.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { attendanceFileSchema } from '../../domain/attendance/book-schema.ts';
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { seriesFileSchema } from '../../domain/series/book-schema.ts';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import { waitlistFileSchema } from '../../domain/waitlist/book-schema.ts';
import type { WaitlistRule } from '../../domain/waitlist/book-schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

function rowsOf<Row>(schema: object, file: string): readonly Row[] {
  const data: unknown = JSON.parse(readFileSync(new URL(`../scheduling/${file}`, import.meta.url), 'utf8'));
  const validate = ajv.compile<{ readonly rows: readonly Row[] }>(schema);
  if (!validate(data)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  return data.rows;
}

export const waitlistRows = rowsOf<WaitlistRule>(waitlistFileSchema, 'waitlist.json');

export const waitlistRule = ruleOn(waitlistRows, '2026-06-01');

export const seriesRows = rowsOf<SeriesRule>(seriesFileSchema, 'series.json');

export const seriesRule = ruleOn(seriesRows, '2026-06-01');

export const attendanceRows = rowsOf<AttendanceRule>(attendanceFileSchema, 'attendance.json');

export const attendanceRule = ruleOn(attendanceRows, '2026-06-01');

// The dated rules of attendance, read once at start.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attendanceFileSchema } from '../../domain/attendance/book-schema.ts';
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import type { Validator } from '../http/validation.ts';

/** Throws `input.invalid` where the file has another shape. */
export async function readAttendanceRules(
  validator: Validator,
  file = join(import.meta.dirname, '../../rules/scheduling/attendance.json'),
): Promise<readonly AttendanceRule[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  assertRules(validator, value);
  return value.rows;
}

function assertRules(
  validator: Validator,
  value: unknown,
): asserts value is { readonly rows: readonly AttendanceRule[] } {
  validator.check(attendanceFileSchema, value, 'scheduling/attendance');
}

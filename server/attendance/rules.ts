// The dated rules of attendance, read once at start.
import { attendanceFileSchema } from '../../domain/attendance/book-schema.ts';
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedRows } from '../rule-files/dated-rows.ts';

export function readAttendanceRules(validator: Validator): Promise<readonly AttendanceRule[]> {
  return readDatedRows<AttendanceRule>(validator, attendanceFileSchema, 'scheduling/attendance.json');
}

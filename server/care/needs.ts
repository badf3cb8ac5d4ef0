// What care between visits is made of: messages, and the dated rules of programs, plans and forms.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import { attendanceFileSchema } from '../../domain/attendance/book-schema.ts';
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { careFileSchema, intakeFileSchema } from '../../domain/care/book-schema.ts';
import type { CareRule, IntakeFormRow } from '../../domain/care/book-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import type { Validator } from '../http/validation.ts';
import { clinicOf } from '../messages/needs.ts';
import type { MessageNeeds } from '../messages/needs.ts';

export interface CareBook {
  readonly care: readonly CareRule[];
  readonly intake: readonly IntakeFormRow[];
  readonly attendance: readonly AttendanceRule[];
}

export interface CareNeeds extends MessageNeeds {
  readonly careBook: CareBook;
}

/** The rules as they ship. Throws `input.invalid` naming the file that has another shape. */
export async function readCareBook(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules'),
): Promise<CareBook> {
  const rows = async <Row>(name: string, schema: JSONSchema): Promise<readonly Row[]> => {
    const value: unknown = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    assertRows<Row>(validator, schema, value, name);
    return value.rows;
  };
  return {
    care: await rows<CareRule>('care/care', careFileSchema),
    intake: await rows<IntakeFormRow>('care/intake', intakeFileSchema),
    attendance: await rows<AttendanceRule>('scheduling/attendance', attendanceFileSchema),
  };
}

function assertRows<Row>(
  validator: Validator,
  schema: JSONSchema,
  value: unknown,
  name: string,
): asserts value is { readonly rows: readonly Row[] } {
  validator.check(schema, value, name);
}

/** Today at the clinic, with the rules of the day and what the clinic set instead. */
export async function dayOf({ db, now, careBook }: Pick<CareNeeds, 'db' | 'now' | 'careBook'>, clinic: string) {
  const voice = await clinicOf(db, clinic);
  const today = dateInZone(now().toISOString(), voice.zone);
  const own = voice.care;
  const attendance = ruleOn(careBook.attendance, today);
  return {
    today,
    zone: voice.zone,
    voice,
    rule: ruleOn(careBook.care, today),
    attendance: { ...attendance, discharge: { ...attendance.discharge, ...own.discharge } },
    form: own.intake ?? ruleOn(careBook.intake, today).form,
    tellsUndecided: own.tellUndecided ?? false,
  };
}

export type CareDay = Awaited<ReturnType<typeof dayOf>>;

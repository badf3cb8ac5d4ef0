// What care between visits is made of: messages, and the dated rules of programs, plans and forms.
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { careFileSchema, intakeFileSchema } from '../../domain/care/book-schema.ts';
import type { CareRule, IntakeFormRow } from '../../domain/care/book-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { readAttendanceRules } from '../attendance/rules.ts';
import type { Validator } from '../http/validation.ts';
import { clinicOf } from '../messages/needs.ts';
import type { MessageNeeds } from '../messages/needs.ts';
import { readDatedRows } from '../rule-files/dated-rows.ts';

export interface CareBook {
  readonly care: readonly CareRule[];
  readonly intake: readonly IntakeFormRow[];
  readonly attendance: readonly AttendanceRule[];
}

export interface CareNeeds extends MessageNeeds {
  readonly careBook: CareBook;
}

/** The rules as they ship. Throws `input.invalid` naming the file that has another shape. */
export async function readCareBook(validator: Validator): Promise<CareBook> {
  return {
    care: await readDatedRows<CareRule>(validator, careFileSchema, 'care/care.json'),
    intake: await readDatedRows<IntakeFormRow>(validator, intakeFileSchema, 'care/intake.json'),
    attendance: await readAttendanceRules(validator),
  };
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

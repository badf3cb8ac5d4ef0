// What attendance is made of, and the day it is at a clinic with the rule that holds on it.
import type { AttendanceRule } from '../../domain/attendance/book-schema.ts';
import type { ManagerFacts } from '../../domain/attendance/recommendations.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';

export interface AttendanceNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly workItems: WorkItems;
  readonly attendanceRules: readonly AttendanceRule[];
  /** What cannot stand as it is booked in the next weeks, with what would mend it. */
  readonly conflictsAhead: (clinic: string) => Promise<ManagerFacts['conflicts']>;
}

/** Throws `input.invalid` where no rule is in force. */
export async function dayOf({ db, now, attendanceRules }: AttendanceNeeds, clinic: string) {
  const { timezone: zone } = await db
    .selectFrom('clinics')
    .select('timezone')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const today = dateInZone(now().toISOString(), zone);
  return { zone, today, rule: ruleOn(attendanceRules, today) };
}

export type ClinicDay = Awaited<ReturnType<typeof dayOf>>;

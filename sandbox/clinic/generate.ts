// A believable PT clinic from a seed: sixty patients, about 120 visits a week, authorizations in every condition.
import { seededRandom } from '../random.ts';
import { authorizationsOf } from './authorizations.ts';
import { addDays, checkedDate, mondayOf } from './calendar.ts';
import { plantCanary } from './canary.ts';
import { castRoles, newcomerRoles } from './cast.ts';
import type { Clinic, ClinicAuthorization, ClinicPatient, ClinicVisit, Condition } from './model.ts';
import { makePatient, unitsPerVisit } from './patients.ts';
import { firstVisit, visitsOf } from './visits.ts';

export interface ClinicOptions {
  readonly seed: number;
  /** `YYYY-MM-DD`: everything before is past, everything from it on is booked. */
  readonly today: string;
  /** A token of letters, digits and hyphens to stand in every PHI field; `null` for none. */
  readonly canary: string | null;
  /** So many more who have a first visit ahead and nothing behind: the intake queue. */
  readonly newcomers?: number;
}

/** The same options always give the same clinic. Throws an Error with one sentence for a wrong date. */
export function generateClinic({ seed, today, canary, newcomers = 0 }: ClinicOptions): Clinic {
  checkedDate(today);
  const random = seededRandom(seed);
  const patients: ClinicPatient[] = [];
  const authorizations: ClinicAuthorization[] = [];
  const visits: ClinicVisit[] = [];
  const conditions: Record<string, Condition> = {};
  const roles = castRoles(random);
  for (const role of roles) {
    const recordNumber = `PT${10_001 + role.index}`;
    // Units do not move a date: the plan is drawn after the schedule has told the evaluation day.
    const dates = visitsOf(role, recordNumber, 0, today, random);
    const patient = makePatient(role, dates[0]?.date ?? mondayOf(today), today, random);
    const units = unitsPerVisit(patient);
    const own = dates.map((visit) => ({ ...visit, units: visit.units === null ? null : units }));
    patients.push(patient);
    visits.push(...own);
    authorizations.push(...authorizationsOf({ role, patient, visits: own, unitsPerVisit: units, today, random }));
    conditions[recordNumber] = role.condition;
  }
  // Drawn by themselves: the sixty stay who they are, however many come.
  const chance = seededRandom(seed + 1);
  for (const role of newcomerRoles(roles.length, newcomers, chance)) {
    const recordNumber = `PT${10_001 + role.index}`;
    const date = addDays(today, 1 + (role.index % 5));
    patients.push(makePatient(role, date, today, chance));
    visits.push(firstVisit(role, recordNumber, date));
    conditions[recordNumber] = role.condition;
  }
  visits.sort(
    (a, b) =>
      `${a.date} ${a.time}`.localeCompare(`${b.date} ${b.time}`) || a.appointmentId.localeCompare(b.appointmentId),
  );
  const clinic = { today, patients, authorizations, visits, conditions };
  return canary === null ? clinic : plantCanary(clinic, canary);
}

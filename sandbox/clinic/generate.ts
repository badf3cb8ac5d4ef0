// A believable PT clinic from a seed: sixty patients, about 120 visits a week, authorizations in every condition.
import { seededRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { authorizationsOf } from './authorizations.ts';
import { addDays, checkedDate, mondayOf } from './calendar.ts';
import { plantCanary } from './canary.ts';
import { castRoles, medicareRoles, newcomerRoles } from './cast.ts';
import type { Role } from './cast.ts';
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
  /** So many more whom Medicare Part B insures, with treatments behind and ahead. */
  readonly medicare?: number;
}

/** The same options always give the same clinic. Throws an Error with one sentence for a wrong date. */
export function generateClinic({ seed, today, canary, newcomers = 0, medicare = 0 }: ClinicOptions): Clinic {
  checkedDate(today);
  const random = seededRandom(seed);
  const patients: ClinicPatient[] = [];
  const authorizations: ClinicAuthorization[] = [];
  const visits: ClinicVisit[] = [];
  const conditions: Record<string, Condition> = {};
  const treat = (role: Role, chance: Random): void => {
    const recordNumber = `PT${10_001 + role.index}`;
    // Units do not move a date: the plan is drawn after the schedule has told the evaluation day.
    const dates = visitsOf(role, recordNumber, 0, today, chance);
    const patient = makePatient(role, dates[0]?.date ?? mondayOf(today), today, chance);
    const units = unitsPerVisit(patient);
    const own = dates.map((visit) => ({ ...visit, units: visit.units === null ? null : units }));
    patients.push(patient);
    visits.push(...own);
    authorizations.push(
      ...authorizationsOf({ role, patient, visits: own, unitsPerVisit: units, today, random: chance }),
    );
    conditions[recordNumber] = role.condition;
  };
  const roles = castRoles(random);
  for (const role of roles) treat(role, random);
  // Drawn by themselves: the sixty stay who they are, however many come.
  const chance = seededRandom(seed + 1);
  for (const role of newcomerRoles(roles.length, newcomers, chance)) {
    const recordNumber = `PT${10_001 + role.index}`;
    const date = addDays(today, 1 + (role.index % 5));
    patients.push(makePatient(role, date, today, chance));
    visits.push(firstVisit(role, recordNumber, date));
    conditions[recordNumber] = role.condition;
  }
  const further = seededRandom(seed + 2);
  for (const role of medicareRoles(medicare, further)) treat(role, further);
  visits.sort(
    (a, b) =>
      `${a.date} ${a.time}`.localeCompare(`${b.date} ${b.time}`) || a.appointmentId.localeCompare(b.appointmentId),
  );
  const clinic = { today, patients, authorizations, visits, conditions };
  return canary === null ? clinic : plantCanary(clinic, canary);
}

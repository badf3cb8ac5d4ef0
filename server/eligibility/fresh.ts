// Which of those to be checked need not be: the payer is being asked about them, or has just answered.
import type { Trx } from '../database/tables.ts';
import type { Asked } from './candidates.ts';
import { openStates } from './states.ts';

const freshMinutes = 15;

/** Checks of the same coverage and day that are under way or were answered just now, by patient. */
export async function freshChecks(
  trx: Trx,
  clinic: string,
  candidates: readonly Asked[],
  at: Date,
): Promise<ReadonlyMap<string, { readonly check: string; readonly patient: string }>> {
  if (candidates.length === 0) return new Map();
  const rows = await trx
    .selectFrom('eligibility_checks')
    .select(['ref', 'patient', 'coverage', 'service_date'])
    .where('clinic', '=', clinic)
    .where(
      'patient',
      'in',
      candidates.map(({ patient }) => patient),
    )
    .where((where) =>
      where.or([
        where('state', 'in', [...openStates]),
        where.and([
          where('state', '=', 'answered'),
          where('settled_at', '>', new Date(at.getTime() - freshMinutes * 60_000)),
        ]),
      ]),
    )
    .orderBy('trace')
    .execute();
  const wanted = new Map(candidates.map((one) => [one.patient, one]));
  return new Map(
    rows
      .filter(({ patient, coverage, service_date }) => {
        const asked = wanted.get(patient);
        return asked?.coverage === coverage && asked.serviceDate === service_date;
      })
      .map(({ ref, patient }) => [patient, { check: ref, patient }]),
  );
}

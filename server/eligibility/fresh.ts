// Which of those to be checked need not be: the payer is being asked about them, or has just answered or refused.
import type { Trx } from '../database/tables.ts';
import type { Asked } from './candidates.ts';
import { openStates } from './states.ts';

const freshMinutes = 15;

/**
 * Checks of the same coverage and day that are under way, were answered just now, or refused just now of a patient who is still told the
 * same: asked again, the payer says the same. By patient.
 */
export async function freshChecks(
  trx: Trx,
  clinic: string,
  candidates: readonly Asked[],
  at: Date,
): Promise<ReadonlyMap<string, { readonly check: string; readonly patient: string }>> {
  if (candidates.length === 0) return new Map();
  const rows = await trx
    .selectFrom('eligibility_checks as c')
    .innerJoin('patients as p', 'p.ref', 'c.patient')
    .select(['c.ref', 'c.patient', 'c.coverage', 'c.service_date'])
    .where('c.clinic', '=', clinic)
    .where(
      'c.patient',
      'in',
      candidates.map(({ patient }) => patient),
    )
    .where((where) =>
      where.or([
        where('c.state', 'in', [...openStates]),
        where.and([
          where('c.settled_at', '>', new Date(at.getTime() - freshMinutes * 60_000)),
          where.or([
            where('c.state', '=', 'answered'),
            where.and([where('c.state', '=', 'rejected'), where('p.updated_at', '<=', where.ref('c.settled_at'))]),
          ]),
        ]),
      ]),
    )
    .orderBy('c.trace')
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

// What bounds a plan of care, as far as Gait knows: the authorization, the benefit, how long a certification holds.
import { certificationRule } from '../../domain/documentation-due/rule-for.ts';
import type { PlanLimits } from '../../domain/plan-of-care/frequency.ts';
import type { Db } from '../database/tables.ts';
import { authorizationOf, benefitVisitsLeft } from '../waitlist/candidates.ts';
import type { PlanNeeds } from './needs.ts';

/** @param from `YYYY-MM-DD`, the first day of the plan */
export async function limitsOf(
  needs: PlanNeeds,
  db: Db,
  clinic: string,
  patient: string,
  from: string,
): Promise<PlanLimits> {
  const authorization = await authorizationOf(needs, db, { clinic, patient });
  const person = await db
    .selectFrom('patients')
    .select('payer')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  const id = person?.payer ?? null;
  const line = id === null ? 'unknown' : await needs.policies.lineOfBusiness(db, clinic, id, from);
  const payer = id === null ? null : { id, lineOfBusiness: line === 'unknown' ? null : line };
  const certified = certificationRule({ chart: { patient, payer }, rules: needs.dueRules }, from);
  const isFree = authorization.required === false;
  return {
    authorization: {
      visitsLeft: isFree ? 'unlimited' : authorization.visitsLeft,
      visitsPerWeek: isFree ? 'unlimited' : null,
      to: isFree ? 'unlimited' : authorization.to,
    },
    benefit: { visitsLeft: await benefitVisitsLeft(db, clinic, patient), yearEnds: null },
    certificationDays: certified?.certification?.longestDays ?? null,
  };
}

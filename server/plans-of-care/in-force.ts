// Which plan of care holds for a patient: the approved one written here, unless the chart tells of one that began later.
import type { Trx } from '../database/tables.ts';

export interface PlanFacts {
  readonly starts_on: string | null;
  readonly ends_on: string | null;
  readonly visits_per_week: number | null;
  readonly plan: string | null;
}

/** The facts of the plan in force, given what the chart tells. */
export async function planInForce(trx: Trx, patient: string, told: Omit<PlanFacts, 'plan'>): Promise<PlanFacts> {
  const own = await trx
    .selectFrom('plans_of_care')
    .select(['ref', 'starts_on', 'ends_on', 'visits_per_week'])
    .where('patient', '=', patient)
    .where('state', '=', 'approved')
    .orderBy('starts_on', 'desc')
    .executeTakeFirst();
  if (own === undefined || (told.starts_on !== null && told.starts_on > own.starts_on)) return { ...told, plan: null };
  const { ref, ...facts } = own;
  return { ...facts, plan: ref };
}

// The days on which a patient was treated, as far as Gait knows: several visits of one calendar day are one.
import type { Db } from '../database/tables.ts';

export interface Between {
  readonly clinic: string;
  /** Every record of the person. */
  readonly patients: readonly string[];
  readonly from: string;
  readonly to: string;
}

/**
 * Kept visits, closed sessions (one of the last day also while it is open), imported notes of treatment and charges,
 * both ends included, in order.
 */
export async function daysOfTreatment(db: Db, { clinic, patients, from, to }: Between): Promise<string[]> {
  const known = await db
    .selectFrom('appointments as a')
    .select('a.date')
    .where('a.clinic', '=', clinic)
    .where('a.patient', 'in', patients)
    .where('a.date', '>=', from)
    .where('a.date', '<=', to)
    .where((where) =>
      where.or([
        where('a.status', '=', 'arrived'),
        where.exists(
          where
            .selectFrom('session_records as s')
            .select('s.ref')
            .whereRef('s.appointment', '=', 'a.ref')
            .where((one) => one.or([one('s.state', '=', 'closed'), one('s.date', '=', to)])),
        ),
      ]),
    )
    .union(
      db
        .selectFrom('visit_notes as n')
        .select('n.date')
        .where('n.clinic', '=', clinic)
        .where('n.patient', 'in', patients)
        .where('n.kind', '<>', 'other')
        .where('n.date', '>=', from)
        .where('n.date', '<=', to),
    )
    .union(
      db
        .selectFrom('visit_charges as c')
        .select('c.date')
        .where('c.clinic', '=', clinic)
        .where('c.patient', 'in', patients)
        .where('c.date', '>=', from)
        .where('c.date', '<=', to),
    )
    .execute();
  return known.map(({ date }) => date).sort();
}

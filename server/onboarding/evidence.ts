// How the steps around a patient stand, as an item about the patient shows them: the coverage check, and what staff was asked to do.
import { workItemKinds } from '../../domain/work-item/kinds.ts';
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';
import { kindOf } from '../work-items/items.ts';

/** Newest first; the item that asks is not among them. */
export async function patientEvidence(
  db: Db,
  clinic: string,
  of: { readonly patient: string; readonly workItem: string },
): Promise<Evidence[]> {
  const check = await db
    .selectFrom('eligibility_checks')
    .select(['state', 'service_date', 'settled_at'])
    .where('clinic', '=', clinic)
    .where('patient', '=', of.patient)
    .orderBy('trace', 'desc')
    .limit(1)
    .executeTakeFirst();
  const items = await db
    .selectFrom('work_items')
    .select(['kind', 'status', 'reason', 'opened_at'])
    .where('clinic', '=', clinic)
    .where('subject', '=', of.patient)
    .where('id', '<>', of.workItem)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(20)
    .execute();
  return [
    {
      label: 'Coverage check',
      value: check === undefined ? 'not asked for yet' : `${check.state}, for ${check.service_date}`,
      source: 'Payer',
    },
    ...items.map((row) => ({
      label: `${workItemKinds[kindOf(row)].title}: ${row.status}`,
      value: row.reason,
      source: 'Work list',
    })),
  ];
}

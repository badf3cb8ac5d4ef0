// What a person's decision about a plan's end or a form brings about, in the transaction that settles it.
import type { Weeks } from '../../domain/care/taper.ts';
import type { Selectable } from 'kysely';
import type { Trx } from '../database/tables.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { planDecisions } from './tables.ts';

export interface CareDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

export function careDecisions({ now }: { readonly now: () => Date }): CareDecisions {
  return {
    async settle(trx, item, { decision }) {
      if (item.kind === 'patient.planEnds') await keepPlanDecision(trx, item, decision, now());
      if (item.kind === 'patient.intake' && decision === 'complete')
        await trx.updateTable('intake_forms').set({ state: 'reviewed' }).where('work_item', '=', item.id).execute();
    },
  };
}

/** The patient hears of it when the day has come: by the next run over the plans. */
async function keepPlanDecision(trx: Trx, item: WorkItemRow, said: string, at: Date): Promise<void> {
  const decision = planDecisions.find((one) => one === said);
  const ends = item.context['ends'];
  if (decision === undefined || typeof ends !== 'string') return;
  const weeks = decision === 'fewer' ? weeksIn(item.context['weeks']) : null;
  await trx
    .insertInto('plan_decisions')
    .values({
      clinic: item.clinic,
      patient: item.subject,
      ends_on: ends,
      decision,
      weeks: weeks === null ? null : JSON.stringify(weeks),
      work_item: item.id,
      at,
    })
    .onConflict((conflict) => conflict.columns(['patient', 'ends_on']).doNothing())
    .execute();
}

function weeksIn(value: unknown): Weeks | null {
  if (typeof value !== 'object' || value === null) return null;
  const from: unknown = Reflect.get(value, 'from');
  const visits: unknown = Reflect.get(value, 'visitsPerWeek');
  if (typeof from !== 'string' || !Array.isArray(visits)) return null;
  return { from, visitsPerWeek: visits.filter((one): one is number => typeof one === 'number') };
}

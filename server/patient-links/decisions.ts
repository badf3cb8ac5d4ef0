// What a person's decision on two records that look like one brings about: put together, or kept apart until they change.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import type { PatientLinks } from './links.ts';
import type { Merge } from './moved.ts';

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** What those who take decisions leave to those who keep patients. */
export interface PatientDecisions {
  /** Refuses what could not be put together, before the decision is written down. Throws `state.conflict`. */
  assertMayMerge(trx: Trx, item: WorkItemRow, outcome: unknown): Promise<void>;
  /** In the transaction that settles the decision; items of other kinds are none of its business. */
  settle(trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void>;
}

export function patientDecisions({
  links,
  now,
}: {
  readonly links: PatientLinks;
  readonly now: () => Date;
}): PatientDecisions {
  return {
    async assertMayMerge(trx, item, outcome) {
      if (item.kind === 'patient.merge') await links.assertMayMerge(trx, mergeOf(item, outcome));
    },
    async settle(trx, item, row) {
      if (item.kind !== 'patient.merge') return;
      const { one, other } = pairOf(item);
      const isMerged = row.decision === 'merge';
      if (isMerged) await links.merge(trx, { ...mergeOf(item, row.outcome), workItem: item.id, by: row.by_user });
      await trx
        .updateTable('patient_pairs')
        .set({ state: isMerged ? 'merged' : 'apart', at: now() })
        .where('clinic', '=', item.clinic)
        .where('one', '=', one)
        .where('other', '=', other)
        .execute();
    },
  };
}

/** The two records of an item, as they are laid out: first and second. */
function pairOf({ context }: WorkItemRow): { readonly one: string; readonly other: string } {
  const { one, other } = context;
  if (typeof one !== 'string' || typeof other !== 'string')
    throw new GaitError('internal.bug', 'An item about two records does not name them.');
  return { one, other };
}

function mergeOf(item: WorkItemRow, outcome: unknown): Merge {
  const { one, other } = pairOf(item);
  const stays: unknown = typeof outcome === 'object' && outcome !== null ? Reflect.get(outcome, 'stays') : null;
  return stays === 'second'
    ? { clinic: item.clinic, stays: other, goes: one }
    : { clinic: item.clinic, stays: one, goes: other };
}

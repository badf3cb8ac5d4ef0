// What a person's decision about a held slot brings about: it is in the schedule, or it goes to the next who waits.
import type { Selectable } from 'kysely';
import type { Trx } from '../database/tables.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { moveSlot } from './moves.ts';
import { slotRow } from './needs.ts';
import type { WaitlistNeeds } from './needs.ts';

export interface WaitlistDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

export function waitlistDecisions(needs: WaitlistNeeds): WaitlistDecisions {
  return {
    async settle(trx, item, { decision }) {
      if (item.kind !== 'waitlist.book') return;
      const held = await trx
        .selectFrom('slot_holds as h')
        .innerJoin('slot_offers as o', 'o.ref', 'h.offer')
        .select(['h.slot', 'o.entry'])
        .where('h.clinic', '=', item.clinic)
        .where('h.work_item', '=', item.id)
        .executeTakeFirst();
      // Taken back meanwhile: the decision is kept, and nothing follows from it.
      if (held === undefined) return;
      const row = await slotRow(trx, item.clinic, held.slot, true);
      if (decision !== 'done') {
        await moveSlot(needs, trx, row, { type: 'notBooked', why: 'The desk could not book it' });
        return;
      }
      await trx
        .updateTable('waitlist_entries')
        .set({ state: 'booked', updated_at: needs.now() })
        .where('ref', '=', held.entry)
        .execute();
      await moveSlot(needs, trx, row, { type: 'booked' });
    },
  };
}

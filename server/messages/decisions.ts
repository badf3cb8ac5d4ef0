// What a person's decision about a patient's words brings about: read, or meant as stop.
import type { Selectable } from 'kysely';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { revoke } from './consents.ts';
import type { MessageNeeds } from './needs.ts';
import { readItem } from './reply-item.ts';

export interface ReplyDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

export function replyDecisions(needs: Pick<MessageNeeds, 'now' | 'audit' | 'outreach'>): ReplyDecisions {
  return {
    async settle(trx, item, { decision }) {
      if (item.kind !== 'patient.reply') return;
      const read = await readItem(trx, item, needs.now());
      const patient = read?.patient ?? null;
      if (decision !== 'meansStop' || patient === null) return;
      await revoke(needs, trx, {
        clinic: item.clinic,
        patients: [patient],
        channel: 'text',
        source: 'staff',
        by: systemPrincipal('replies'),
      });
    },
  };
}

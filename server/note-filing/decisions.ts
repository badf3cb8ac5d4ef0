// What a person's decision about a note in the chart brings about, in the transaction that settles it.
import type { Selectable } from 'kysely';
import type { Trx } from '../database/tables.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { filingRow, updateFiling } from './needs.ts';
import type { FilingNeeds } from './needs.ts';

export interface FilingDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

export function filingDecisions(needs: Pick<FilingNeeds, 'now'>): FilingDecisions {
  return {
    async settle(trx, item, { decision, by_user: by }) {
      const { note, version, connection } = item.context;
      if (!item.kind.startsWith('note.') || typeof note !== 'string' || typeof version !== 'number') return;
      const filing = await filingRow(trx, item.clinic, { note, version });
      const settled = { not_before: null, reason: null };
      const isThere = decision === 'entered' || decision === 'wasSent';
      if (isThere && filing.state !== 'filed')
        await updateFiling(
          needs,
          trx,
          filing,
          {
            ...settled,
            state: 'filed',
            way: decision === 'entered' ? 'person' : filing.way,
            connection: typeof connection === 'string' ? connection : filing.connection,
            filed_at: needs.now(),
            filed_by: by,
          },
          { tell: true },
        );
      if (decision === 'notNeeded' && filing.state === 'byHand')
        await updateFiling(needs, trx, filing, { ...settled, state: 'notNeeded' }, { tell: true });
      if (decision === 'wasNotSent' && filing.state === 'uncertain')
        await updateFiling(needs, trx, filing, { ...settled, state: 'waiting' }, { tell: true });
    },
  };
}

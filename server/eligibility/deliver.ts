// Hands the summaries of a check to those who bill: from then on they stand in their list, and the day and the flow are on record.
import type { ErrorCode } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';

export type DeliveryResult =
  | { readonly item: string; readonly outcome: 'delivered' | 'alreadyDelivered' }
  | { readonly item: string; readonly error: { readonly code: ErrorCode } };

export interface Deliveries {
  /** Each check by itself; `state.conflict` for one that has no answer to hand over. */
  deliver(clinic: string, checks: readonly string[], by: Principal): Promise<readonly DeliveryResult[]>;
}

export function createDeliveries(needs: {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}): Deliveries {
  return {
    deliver: (clinic, checks, by) =>
      needs.db.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('eligibility_checks')
          .select(['ref', 'state', 'delivered_at'])
          .where('clinic', '=', clinic)
          .where('ref', 'in', [...checks])
          .orderBy('ref')
          .forNoKeyUpdate()
          .execute();
        const results = checks.map((item): DeliveryResult => {
          const row = rows.find(({ ref }) => ref === item);
          if (row === undefined) return { item, error: { code: 'reference.unknown' } };
          if (row.state !== 'answered') return { item, error: { code: 'state.conflict' } };
          return { item, outcome: row.delivered_at === null ? 'delivered' : 'alreadyDelivered' };
        });
        const now = results.flatMap((one) => ('outcome' in one && one.outcome === 'delivered' ? [one.item] : []));
        if (now.length === 0) return results;
        await trx
          .updateTable('eligibility_checks')
          .set({ delivered_at: needs.now() })
          .where('ref', 'in', now)
          .execute();
        await needs.audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: 'eligibility.delivered',
          subject: now[0] ?? null,
          details: { checks: now.length },
        });
        return results;
      }),
  };
}

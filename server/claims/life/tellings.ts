// What a claim's workflow is to be told, written down with the fact itself: told afterwards, never lost, and counted once.
import { sql } from 'kysely';
import type { Db, Trx } from '../../database/tables.ts';
import type { ToTell } from './tables.ts';

/** Leaves word for the claim's workflow, in the transaction of the fact. `id` is the same however often the fact is heard. */
export async function leaveWord(
  trx: Trx,
  of: {
    readonly id: string;
    readonly clinic: string;
    readonly claim: string;
    readonly body: ToTell;
    readonly at: Date;
  },
): Promise<void> {
  const { id, clinic, claim, body, at } = of;
  await trx
    .insertInto('claim_tellings')
    .values({ id, clinic, claim, body: JSON.stringify(body), at, try_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A patient's payment is in the books of the claim. */
export async function paymentPosted(
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly claim: string;
    readonly payment: string;
    readonly on: string;
    readonly at: Date;
  },
): Promise<void> {
  const { payment, on, ...about } = of;
  const { rows } = await sql<{ ledger: number }>`select nextval('posting_order') as ledger`.execute(trx);
  const ledger = rows[0]?.ledger ?? 0;
  await leaveWord(trx, { ...about, id: `payment/${payment}`, body: { what: 'payment', on, ledger } });
}

/** The claim is another one than before: its workflow, where there is one, is to look again. */
export async function claimChanged(trx: Trx, claim: string): Promise<void> {
  await trx
    .updateTable('claim_lives')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('claim', '=', claim)
    .execute();
}

/**
 * A chart is another one than before: followed claims that did not leave yet and were checked against it look again.
 * @param chart null: one of a patient without a chart so far, so claims that were checked without any
 */
export async function chartChanged(trx: Trx, clinic: string, chart: string | null): Promise<void> {
  await trx
    .updateTable('claim_lives')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('clinic', '=', clinic)
    .where('state', 'in', ['new', 'toFix', 'inReview'])
    .where('claim', 'in', (select) =>
      select
        .selectFrom('claim_scrubs')
        .select('claim')
        .where('clinic', '=', clinic)
        .where('chart', chart === null ? 'is' : '=', chart),
    )
    .execute();
}

/** The claim's workflow was told to look again, up to this change; what changed meanwhile stays to be told. */
export async function changeTold(db: Db, claim: string, changes: number): Promise<void> {
  await db
    .updateTable('claim_lives')
    .set({ changes_told: changes })
    .where('claim', '=', claim)
    .where('changes_told', '<', changes)
    .execute();
}

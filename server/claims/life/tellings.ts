// What a claim's workflow is to be told, written down with the fact itself: told afterwards, never lost, and counted once.
import { sql } from 'kysely';
import type { Trx } from '../../database/tables.ts';
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
  await trx.updateTable('claim_lives').set({ to_track: true }).where('claim', '=', claim).execute();
}

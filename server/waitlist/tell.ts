// Hands freed slots to Temporal: new ones, those about which something changed, and those whose message reached nobody.
import type { Db } from '../database/tables.ts';
import type { Workflows } from '../temporal/workflows.ts';

const atOnce = 100;

/** One round. Returns how many were handed over; throws where Temporal is away. */
export async function tellSlots({
  db,
  workflows,
}: {
  readonly db: Db;
  readonly workflows: Pick<Workflows, 'trackSlot'>;
}): Promise<number> {
  await noticeUnreached(db);
  await noticeBookedAgain(db);
  const rows = await db
    .selectFrom('freed_slots')
    .select(['ref', 'clinic', 'changes'])
    .whereRef('changes_told', '<', 'changes')
    .orderBy('updated_at')
    .limit(atOnce)
    .execute();
  for (const { ref, clinic, changes } of rows) {
    await workflows.trackSlot(clinic, ref);
    await db
      .updateTable('freed_slots')
      .set({ changes_told: changes })
      .where('ref', '=', ref)
      .where('changes_told', '<', changes)
      .execute();
  }
  return rows.length;
}

/** A visit that came back into the schedule is offered no longer. */
async function noticeBookedAgain(db: Db): Promise<void> {
  await db
    .updateTable('freed_slots as s')
    .from('appointments as a')
    .set((eb) => ({ changes: eb('s.changes', '+', 1) }))
    .whereRef('a.ref', '=', 's.appointment')
    .where('s.phase', 'in', ['offering', 'held'])
    .where('a.status', '<>', 'cancelled')
    .whereRef('s.changes_told', '=', 's.changes')
    .execute();
}

/** Whoever could not be reached need not be waited for: the slot is looked at before its offer ends. */
async function noticeUnreached(db: Db): Promise<void> {
  const found = await db
    .selectFrom('freed_slots as s')
    .innerJoin('slot_offers as o', 'o.slot', 's.ref')
    .innerJoin('messages as m', 'm.ref', 'o.message')
    .select('s.ref')
    .where('s.phase', '=', 'offering')
    .where('m.state', '=', 'over')
    .where('m.ending', 'in', ['unreached', 'callList'])
    .whereRef('m.updated_at', '>', 's.updated_at')
    .whereRef('s.changes_told', '=', 's.changes')
    .limit(atOnce)
    .execute();
  for (const { ref } of found)
    await db
      .updateTable('freed_slots')
      .set((eb) => ({ changes: eb('changes', '+', 1) }))
      .where('ref', '=', ref)
      .execute();
}

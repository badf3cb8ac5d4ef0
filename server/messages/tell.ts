// Hands messages to Temporal: new ones, and those about which something changed; while it is away they wait and are not lost.
import type { Db } from '../database/tables.ts';
import type { Workflows } from '../temporal/workflows.ts';

const atOnce = 100;

/** One round. Returns how many were handed over; throws where Temporal is away. */
export async function tellMessages({
  db,
  workflows,
}: {
  readonly db: Db;
  readonly workflows: Pick<Workflows, 'trackMessage'>;
}): Promise<number> {
  const rows = await db
    .selectFrom('messages')
    .select(['ref', 'clinic', 'changes', 'state'])
    .whereRef('changes_told', '<', 'changes')
    .orderBy('updated_at')
    .limit(atOnce)
    .execute();
  for (const { ref, clinic, changes, state } of rows) {
    if (state === 'open') await workflows.trackMessage(clinic, ref);
    await db
      .updateTable('messages')
      .set({ changes_told: changes })
      .where('ref', '=', ref)
      .where('changes_told', '<', changes)
      .execute();
  }
  return rows.length;
}

// Hands batches to Temporal: at once, and again until it has taken them.
import type { Workflows } from '../temporal/workflows.ts';
import type { Db } from '../database/tables.ts';

/** Starts the workflows of batches that have none yet. Returns how many; throws where Temporal is away. */
export async function startBatches(needs: {
  readonly db: Db;
  readonly workflows: Workflows;
  readonly now: () => Date;
}): Promise<number> {
  const waiting = await needs.db
    .selectFrom('eligibility_batches')
    .select(['id', 'clinic'])
    .where('started_at', 'is', null)
    .orderBy('created_at')
    .limit(50)
    .execute();
  for (const { id, clinic } of waiting) {
    await needs.workflows.startEligibilityBatch(clinic, id);
    await needs.db.updateTable('eligibility_batches').set({ started_at: needs.now() }).where('id', '=', id).execute();
  }
  return waiting.length;
}

// How many findings keep a claim from going out as it is.
import type { Db } from '../../database/tables.ts';
import type { ClaimRow } from '../records.ts';

/** Findings that keep this version back; null: it was not checked. */
export async function blocksOf(db: Db, { ref, version }: Pick<ClaimRow, 'ref' | 'version'>): Promise<number | null> {
  const scrub = await db.selectFrom('claim_scrubs').select('version').where('claim', '=', ref).executeTakeFirst();
  if (scrub?.version !== version) return null;
  const { blocks } = await db
    .selectFrom('claim_findings')
    .select((all) => all.fn.countAll<number>().as('blocks'))
    .where('claim', '=', ref)
    .where('severity', '=', 'blocks')
    .where('fixed_at', 'is', null)
    .where('overridden_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(blocks);
}

// Begins the filing of every version whose last signature is there, and hands what is new about each to its workflow.
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { untoldVersions, versionTold } from '../notes/signed.ts';
import type { SignedVersion } from '../notes/signed.ts';
import type { Workflows } from '../temporal/workflows.ts';

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly workflows: Pick<Workflows, 'trackFiling'>;
}

const atOnce = 100;

/** Begins the filing of a signed version, once however often it is told. */
async function beginFiling(
  { audit, now }: Pick<Needs, 'audit' | 'now'>,
  trx: Trx,
  { clinic, note, version }: SignedVersion,
): Promise<void> {
  const { patient } = await trx
    .selectFrom('notes')
    .select('patient')
    .where('clinic', '=', clinic)
    .where('ref', '=', note)
    .executeTakeFirstOrThrow();
  const at = now();
  const begun = await trx
    .insertInto('note_filings')
    .values({ note, version, clinic, patient, signed_at: at, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(['note', 'version']).doNothing())
    .returning('note')
    .executeTakeFirst();
  if (begun === undefined) return;
  await audit.append(trx, {
    clinic,
    actor: 'system:noteFiling',
    action: 'note.toBeFiled',
    subject: note,
    purpose: 'note.file',
    details: { version, patient },
  });
}

/** One round over the versions that nobody files yet. Returns how many. */
export async function takeSigned(needs: Pick<Needs, 'db' | 'audit' | 'now'>): Promise<number> {
  const signed = await untoldVersions(needs.db, atOnce);
  for (const version of signed) {
    await needs.db.transaction().execute((trx) => beginFiling(needs, trx, version));
    await versionTold(needs.db, version, needs.now());
  }
  return signed.length;
}

/** One round. Returns how many workflows were told; throws where Temporal is away. */
export async function tellFilings({ db, workflows }: Pick<Needs, 'db' | 'workflows'>): Promise<number> {
  const rows = await db
    .selectFrom('note_filings')
    .select(['note', 'version', 'clinic', 'changes'])
    .whereRef('changes_told', '<', 'changes')
    .orderBy('updated_at')
    .limit(atOnce)
    .execute();
  for (const { clinic, note, version, changes } of rows) {
    await workflows.trackFiling({ clinic, note, version });
    await db
      .updateTable('note_filings')
      .set({ changes_told: changes })
      .where('note', '=', note)
      .where('version', '=', version)
      .where('changes_told', '<', changes)
      .execute();
  }
  return rows.length;
}

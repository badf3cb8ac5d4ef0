// Ends checks, many in one transaction: answers and summaries into the vault, the rows, an item where a person is needed, an entry each.
import { sql } from 'kysely';
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import { openException } from './exception.ts';
import type { CheckRow } from './request.ts';
import type { Ending, Settled } from './states.ts';
import { structureOfSummary } from './structure.ts';

export interface EndingNeeds {
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  readonly policies: Policies;
}

/** The checks must be of one clinic. Each ends once: whoever comes second is given how it ended. Results in the order given. */
export async function endChecks(needs: EndingNeeds, trx: Trx, endings: readonly Ending[]): Promise<Settled[]> {
  const [first] = endings;
  if (first === undefined) return [];
  const { clinic } = first.row;
  const refs = endings.map(({ row }) => row.ref);
  const locked = await trx
    .selectFrom('eligibility_checks')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('ref', 'in', refs)
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
  const open = new Set(locked.filter(({ settled_at }) => settled_at === null).map(({ ref }) => ref));
  const fresh = endings.filter(({ row }) => open.delete(row.ref));
  const results = new Map(await write(needs, trx, clinic, fresh));
  for (const row of locked) if (!results.has(row.ref)) results.set(row.ref, await outcomeOf(trx, row));
  return refs.map(
    (ref) => results.get(ref) ?? { outcome: 'failed', structure: { code: null, summaries: [] }, refs: [] },
  );
}

async function write(
  needs: EndingNeeds,
  trx: Trx,
  clinic: string,
  endings: readonly Ending[],
): Promise<[string, Settled][]> {
  if (endings.length === 0) return [];
  const { vault } = needs;
  const at = needs.now();
  const answered = endings.flatMap(({ row, answer }) => (answer === null ? [] : [{ check: row.ref, record: answer }]));
  const answerRefs = await vault.putMany(
    clinic,
    answered.map(({ record }) => ({ kind: 'eligibilityAnswer', record })),
    { trx },
  );
  const answerOf = new Map(answered.map(({ check }, index) => [check, answerRefs[index] ?? null]));
  const summaries = endings.flatMap(({ row, summaries: own }) =>
    own.map((summary, position) => ({ check: row.ref, summary, position })),
  );
  const summaryRefs = await vault.putMany(
    clinic,
    summaries.map(({ summary }) => ({ kind: 'benefitSummary', record: { ...summary }, prefix: 'ben' as const })),
    { trx },
  );
  const kept = summaries.map((one, index) => ({ ...one, ref: summaryRefs[index] ?? '' }));
  if (kept.length > 0)
    await trx
      .insertInto('eligibility_summaries')
      .values(
        kept.map(({ check, summary, position, ref }) => ({
          ref,
          clinic,
          check_ref: check,
          position,
          structure: JSON.stringify(structureOfSummary(summary)),
          at,
        })),
      )
      .execute();
  const changed = endings.map(({ row, ending, code, connection }) => ({
    ref: row.ref,
    state: ending,
    code,
    connection,
    answer: answerOf.get(row.ref) ?? null,
  }));
  await sql`update eligibility_checks c
    set state = v.state, code = v.code, connection = v.connection, answer = v.answer, asking_until = null, settled_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      as v (ref text, state text, code text, connection text, answer text)
    where c.ref = v.ref`.execute(trx);
  const refsOf = (check: string): string[] => kept.filter((one) => one.check === check).map(({ ref }) => ref);
  const { zone } = await needs.policies.today(trx, clinic, at);
  for (const ending of endings) await openException(needs, trx, { ...ending, refs: refsOf(ending.row.ref) }, zone);
  await needs.audit.appendAll(
    trx,
    endings.map(({ row, ending, code, by, summaries: own }) => ({
      clinic,
      actor: actorOf(by),
      action: `eligibility.${ending}`,
      subject: row.ref,
      purpose: 'eligibility.check',
      details: { payer: row.payer, code, summaries: own.length },
    })),
  );
  return endings.map(({ row, ending, code, summaries: own }) => [
    row.ref,
    { outcome: ending, structure: { code, summaries: own.map(structureOfSummary) }, refs: refsOf(row.ref) },
  ]);
}

/** What a check that is over came to. */
export async function outcomeOf(trx: Trx, row: CheckRow): Promise<Settled> {
  const kept = await trx
    .selectFrom('eligibility_summaries')
    .select(['ref', 'structure'])
    .where('clinic', '=', row.clinic)
    .where('check_ref', '=', row.ref)
    .orderBy('position')
    .execute();
  return {
    outcome: row.state,
    structure: { code: row.code, summaries: kept.map(({ structure }) => structure) },
    refs: kept.map(({ ref }) => ref),
  };
}

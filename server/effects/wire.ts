// What an effect sends word for word: written once, kept before the first byte, the same however often it is asked for.
import type { ConnectorContext } from '../../connectors/connector.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectOperation, EffectPlan } from './operation.ts';
import { lockKey } from './store.ts';

type Needs = Pick<EffectsNeeds, 'db' | 'vault'>;

/** What was written for this effect; null where nothing was. */
export async function keptWire(
  { db, vault }: Needs,
  { identity: { clinic, key } }: EffectPlan,
  actor: SystemPrincipal,
): Promise<string | null> {
  const row = await db
    .selectFrom('effects')
    .select(['wire', 'operation'])
    .where('clinic', '=', clinic)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined || row.wire === null) return null;
  const { text } = await vault.open(clinic, row.wire, { purpose: row.operation, actor });
  return typeof text === 'string' ? text : null;
}

/** What was written for this effect, or is written now; null for an operation whose request needs no writing beforehand. */
export async function wireOf(
  needs: Needs,
  of: { operation: EffectOperation; plan: EffectPlan; context: ConnectorContext; record: VaultRecord },
  actor: SystemPrincipal,
): Promise<string | null> {
  const { operation, plan, context, record } = of;
  const kept = await keptWire(needs, plan, actor);
  const text = kept ?? (await operation.prepare?.(context, record, plan)) ?? null;
  if (kept !== null || text === null) return text;
  const { clinic, key } = plan.identity;
  await needs.db.transaction().execute(async (trx) => {
    await lockKey(trx, clinic, key);
    const wire = await needs.vault.put(clinic, 'effectWire', { text }, { trx });
    await trx.updateTable('effects').set({ wire }).where('clinic', '=', clinic).where('key', '=', key).execute();
  });
  return text;
}

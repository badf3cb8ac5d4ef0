// What became of an effect is written down: the permit, the payer's answer and the audit entry, all or none of them.
import { settle } from '../../domain/effect/permit.ts';
import type { EffectOutcome, Permit, PermitEvent } from '../../domain/effect/permit.ts';
import type { Structure } from '../audit/entry.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectPlan, EffectResult } from './operation.ts';
import { lockKey, permitOf, writePermit } from './store.ts';
import type { EffectIdentity } from './store.ts';

export type Settlement = ReturnType<typeof createSettlement>;

export function createSettlement(needs: EffectsNeeds) {
  const { db, audit, now } = needs;
  const instant = (): string => now().toISOString();

  const note = (
    trx: Trx,
    plan: { identity: EffectIdentity },
    by: Principal,
    action: string,
    details: Record<string, Structure> = {},
    rule?: string,
  ) =>
    audit.append(trx, {
      clinic: plan.identity.clinic,
      actor: actorOf(by),
      action,
      subject: plan.identity.key,
      purpose: plan.identity.operation,
      ...(rule === undefined ? {} : { rule }),
      details: { connection: plan.identity.connection, ...details },
    });

  /** Applies an event under the key's lock; null when the event came too late to count. */
  const settleNow = (plan: EffectPlan, event: PermitEvent, by: Principal, action: string): Promise<Permit | null> =>
    db.transaction().execute(async (trx) => {
      const row = await lockKey(trx, plan.identity.clinic, plan.identity.key);
      const settled = settle(row === null ? null : permitOf(row), event, instant());
      if (!settled.ok) return null;
      await writePermit(trx, plan.identity, settled.permit, now());
      await note(trx, plan, by, action, { attempt: settled.permit.attempt });
      if (settled.askPerson) await needs.doubt.open(trx, plan.identity, plan.about);
      return settled.permit;
    });

  /** Puts the vendor's answer into the vault and settles the permit, both or neither. */
  const settleDone = (
    plan: EffectPlan,
    result: EffectResult,
    by: Principal,
    event: (kept: EffectOutcome) => PermitEvent,
    action: string,
  ): Promise<EffectOutcome | null> =>
    db.transaction().execute(async (trx) => {
      const { clinic, key } = plan.identity;
      const row = await lockKey(trx, clinic, key);
      const stored = row === null ? null : permitOf(row);
      const probe = settle(stored, event({ outcome: 'done', structure: {}, refs: [] }), instant());
      if (!probe.ok) return null;
      const kept = { outcome: result.outcome, structure: result.structure, refs: await result.keep(trx, by) };
      const settled = settle(stored, event(kept), instant());
      if (!settled.ok) return null;
      await writePermit(trx, plan.identity, settled.permit, now());
      await note(trx, plan, by, action, { outcome: kept.outcome, refs: kept.refs });
      return kept;
    });

  return { note, settleNow, settleDone };
}

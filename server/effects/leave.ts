// Decides, under the key's lock, whether there is leave to cause an effect, and writes the decision before anything is done.
import { GaitError } from '../../domain/errors.ts';
import { atInstant, decidePermit, settle } from '../../domain/effect/permit.ts';
import type { Permit, PermitDecision, PermitQuestion } from '../../domain/effect/permit.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { leaseMarginSeconds } from './needs.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectAsk, EffectOperation, EffectPlan } from './operation.ts';
import { otherAttempts } from './other-attempts.ts';
import type { Settlement } from './settlement.ts';
import { identityOf, keepShadow, lockKey, permitOf, writePermit } from './store.ts';

/** One inquiry at a time; a crashed one frees the way after its own time-out. */
const inquiryMarginSeconds = 10;

export function createLeave(needs: EffectsNeeds, { note }: Settlement) {
  const { db, vault, now } = needs;
  const instant = (): string => now().toISOString();

  const questionOf = async (
    trx: Trx,
    plan: EffectPlan,
    stored: Permit | null,
    by: Principal,
  ): Promise<PermitQuestion> => {
    const { clinic, connection } = plan.identity;
    const row = await trx
      .selectFrom('connections')
      .select(['mode', 'agreement'])
      .where('clinic', '=', clinic)
      .where('id', '=', connection)
      .executeTakeFirstOrThrow();
    const paused = await trx
      .selectFrom('connection_pauses')
      .select('connection')
      .where('connection', '=', connection)
      .executeTakeFirst();
    const hold = await trx.selectFrom('clinic_holds').select('since').where('clinic', '=', clinic).executeTakeFirst();
    const open = stored === null || atInstant(stored, instant()).state === 'notSent';
    const mayBeSent = open && plan.identity.request !== '';
    const missing = mayBeSent
      ? plan.missing(
          await vault.open(clinic, plan.identity.request, {
            purpose: 'effect.check',
            actor: systemPrincipal('effects', by),
            trx,
          }),
        )
      : [];
    return {
      ...plan.facts,
      mode: row.mode === 'live' ? 'live' : 'shadow',
      paused: paused !== undefined,
      agreement: row.agreement,
      otherAttempt: await otherAttempt(trx, plan, open),
      missing,
      restored: hold !== undefined,
    };
  };

  /** Nobody else asks for an attempt that was given up: a person is asked what became of it. */
  const otherAttempt = async (trx: Trx, plan: EffectPlan, open: boolean): Promise<PermitQuestion['otherAttempt']> => {
    if (!open || !plan.facts.keyMatches) return null;
    const { sent, underWay, inDoubt } = await otherAttempts(trx, plan, instant());
    if (sent !== null) return sent;
    for (const effect of inDoubt) await needs.doubt.open(trx, effect, plan.about);
    return underWay || inDoubt.length > 0 ? 'unsettled' : null;
  };

  const decide = (operation: EffectOperation, clinic: string, ask: EffectAsk, by: Principal) =>
    db
      .transaction()
      .execute(async (trx): Promise<{ decision: PermitDecision; plan: EffectPlan; stored: Permit | null }> => {
        const asked = await operation.plan(trx, clinic, ask);
        const row = await lockKey(trx, clinic, asked.identity.key);
        const stored = row === null ? null : permitOf(row);
        const question = await questionOf(trx, asked, stored, by);
        const { date } = await needs.policies.today(trx, clinic, now());
        const decision = decidePermit(stored, question, { instant: instant(), date });
        // Whatever was approved since: doubt and its inquiry are about what was sent.
        const plan = row === null || decision.kind === 'send' ? asked : { ...asked, identity: identityOf(row) };
        switch (decision.kind) {
          case 'send': {
            const event = {
              kind: 'granted',
              attempt: decision.attempt,
              leaseSeconds: operation.requestTimeoutSeconds + leaseMarginSeconds,
              inquireAfterSeconds: operation.inquireAfterSeconds,
            } as const;
            const settled = settle(stored, event, instant());
            if (!settled.ok) throw new GaitError('internal.bug', 'A permit could not be granted.', { where: 'effect' });
            await writePermit(trx, plan.identity, settled.permit, now());
            await note(trx, plan, by, 'effect.granted', {
              attempt: decision.attempt,
              approval: plan.identity.approval,
            });
            break;
          }
          case 'shadow':
            await keepShadow(trx, plan.identity, now());
            await note(trx, plan, by, 'effect.shadowed', { approval: plan.identity.approval });
            break;
          case 'blocked':
            await note(trx, plan, by, 'effect.blocked', {}, decision.rule);
            break;
          case 'inquire': {
            if (row !== null && row.inquiring_until !== null && row.inquiring_until > now()) {
              return {
                plan,
                stored,
                decision: { kind: 'uncertain', retryAfterSeconds: operation.requestTimeoutSeconds },
              };
            }
            const event = { kind: 'held', inquireAfterSeconds: operation.inquireAfterSeconds } as const;
            const settled = stored === null ? settle(null, event, instant()) : null;
            const permit =
              settled?.ok === true ? settled.permit : stored === null ? null : atInstant(stored, instant());
            if (permit === null)
              throw new GaitError('internal.bug', 'A permit could not be held.', { where: 'effect' });
            await writePermit(trx, plan.identity, permit, now());
            const until = new Date(now().getTime() + (operation.requestTimeoutSeconds + inquiryMarginSeconds) * 1000);
            await trx
              .updateTable('effects')
              .set({ inquiring_until: until })
              .where('clinic', '=', clinic)
              .where('key', '=', plan.identity.key)
              .execute();
            await note(trx, plan, by, 'effect.inquired');
            return { plan, stored: permit, decision };
          }
          case 'duplicate':
          case 'wait':
          case 'uncertain':
            await note(trx, plan, by, `effect.${decision.kind}`, {}, 'rule' in decision ? decision.rule : undefined);
            break;
        }
        return { decision, plan, stored };
      });

  return { decide };
}

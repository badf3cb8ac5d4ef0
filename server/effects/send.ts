// Sends what there is leave for: the permit says so before the first byte, and is settled by the answer.
import type { Outcome } from '../../connectors/connector.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { notSent, told } from './answer.ts';
import type { EffectAnswer } from './answer.ts';
import { leaseMarginSeconds } from './needs.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import type { Settlement } from './settlement.ts';
import { askVendor, prepared } from './vendor-call.ts';
import { wireOf } from './wire.ts';

export function createSend(needs: EffectsNeeds, { settleNow, settleDone }: Settlement) {
  const { vault, now } = needs;

  const send = async (
    operation: EffectOperation,
    plan: EffectPlan,
    attempt: number,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { clinic, connection, request, key } = plan.identity;
    const actor = systemPrincipal('effects', by);
    const opened = await prepared(async () => {
      const record = await vault.open(clinic, request, { purpose: operation.name, actor });
      const context = await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by: actor,
        timeoutSeconds: operation.requestTimeoutSeconds,
      });
      const wire = await wireOf(needs, { operation, plan, context, record }, actor);
      return { record, context, wire, times: operation.times(context.config) };
    });
    if ('code' in opened) {
      const event = { kind: 'notSent', attempt, code: opened.code, reasons: [] } as const;
      await settleNow(plan, event, by, 'effect.notSent');
      return notSent(key, opened.code);
    }
    const { requestTimeoutSeconds: seconds, inquireAfterSeconds } = opened.times;
    const begun = await settleNow(
      plan,
      { kind: 'sending', attempt, leaseSeconds: seconds + leaseMarginSeconds, inquireAfterSeconds },
      by,
      'effect.sending',
    );
    // Somebody else took over, or the lease must not begin with less than the wait for an answer: no byte leaves.
    if (begun === null) return { key, state: 'wait', retryAfterSeconds: seconds };
    if (Date.parse(begun.leaseUntil ?? '') < now().getTime() + seconds * 1000) {
      await settleNow(
        plan,
        { kind: 'notSent', attempt, code: 'service.unavailable', reasons: [] },
        by,
        'effect.notSent',
      );
      return notSent(key, 'service.unavailable');
    }
    const outcome = await askVendor(opened.times, () =>
      operation.send(opened.context, opened.record, { plan, wire: opened.wire }),
    );
    return settleAnswer(operation, plan, attempt, outcome, by);
  };

  const settleAnswer = async (
    operation: EffectOperation,
    plan: EffectPlan,
    attempt: number,
    outcome: Outcome<EffectResult>,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { key } = plan.identity;
    try {
      switch (outcome.kind) {
        case 'done': {
          const settled = await settleDone(
            plan,
            outcome.result,
            by,
            (kept) => ({ kind: 'done', attempt, outcome: kept }),
            'effect.done',
          );
          return settled === null
            ? { key, state: 'uncertain', retryAfterSeconds: operation.inquireAfterSeconds }
            : told(key, 'done', settled);
        }
        case 'notSent':
        case 'rejected': {
          const reasons = outcome.kind === 'rejected' ? outcome.reasons : [];
          const event = { kind: 'notSent', attempt, code: outcome.code, reasons } as const;
          const permit = await settleNow(
            plan,
            event,
            by,
            outcome.kind === 'rejected' ? 'effect.rejected' : 'effect.notSent',
          );
          if (permit === null) return { key, state: 'uncertain', retryAfterSeconds: operation.inquireAfterSeconds };
          return outcome.kind === 'rejected'
            ? { key, state: 'notSent', code: outcome.code, reasons }
            : notSent(key, outcome.code, outcome.retryAfterSeconds);
        }
        case 'uncertain': {
          const event = {
            kind: 'uncertain',
            attempt,
            code: outcome.code,
            inquireAfterSeconds: outcome.inquireAfterSeconds,
          } as const;
          await settleNow(plan, event, by, 'effect.uncertain');
          return { key, state: 'uncertain', code: outcome.code, retryAfterSeconds: outcome.inquireAfterSeconds };
        }
      }
    } catch {
      // What the vendor did cannot be stored now: the lease runs out, and an inquiry finds it.
      return { key, state: 'uncertain', code: 'service.unavailable', retryAfterSeconds: operation.inquireAfterSeconds };
    }
  };

  return send;
}

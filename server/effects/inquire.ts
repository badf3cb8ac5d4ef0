// Asks the vendor what became of an effect in doubt. Nothing is sent again here; where the vendor cannot say, a person is asked.
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Permit } from '../../domain/effect/permit.ts';
import { because, notSent, told } from './answer.ts';
import type { EffectAnswer } from './answer.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectOperation, EffectPlan } from './operation.ts';
import type { Settlement } from './settlement.ts';
import { askVendor, prepared } from './vendor-call.ts';
import { keptWire } from './wire.ts';

/** When a person has to settle doubt, nobody need ask again sooner. */
const afterPersonSeconds = 300;

export function createInquire(needs: EffectsNeeds, { settleNow, settleDone }: Settlement) {
  const { vault } = needs;

  const inquire = async (
    operation: EffectOperation,
    plan: EffectPlan,
    stored: Permit | null,
    by: Principal,
  ): Promise<EffectAnswer> => {
    const { clinic, connection, request, key } = plan.identity;
    const actor = systemPrincipal('effects', by);
    const { inquire: question } = operation;
    const stillOpen = (retryAfterSeconds: number): EffectAnswer => ({
      key,
      state: 'uncertain',
      retryAfterSeconds,
      ...(stored?.state === 'held' ? because('effect.held') : {}),
    });
    if (question === null) {
      await settleNow(plan, { kind: 'notFound' }, by, 'effect.notFound');
      return stillOpen(afterPersonSeconds);
    }
    const seconds = operation.requestTimeoutSeconds;
    const opened = await prepared(async () => ({
      record: await vault.open(clinic, request, { purpose: `${operation.name}.inquiry`, actor }),
      context: await needs.vendor.open({
        clinic,
        connection,
        system: operation.system,
        purpose: operation.name,
        by: actor,
        timeoutSeconds: seconds,
      }),
      wire: await keptWire(needs, plan, actor),
    }));
    const answer =
      'code' in opened
        ? ({ kind: 'notSent', code: opened.code } as const)
        : await askVendor(operation, () =>
            question(
              opened.context,
              opened.record,
              stored === null || stored.sentAt === null ? undefined : { sentAt: stored.sentAt },
              { plan, wire: opened.wire },
            ),
          );
    switch (answer.kind) {
      case 'found': {
        const kept = await settleDone(
          plan,
          answer.result,
          by,
          (outcome) => ({ kind: 'found', outcome }),
          'effect.found',
        );
        return kept === null ? stillOpen(1) : told(key, 'duplicate', kept);
      }
      case 'notFound':
        if (operation.repeatable === true) {
          await settleNow(plan, { kind: 'wasNotSent' }, by, 'effect.wasNotSent');
          return notSent(key, 'vendor.unavailable');
        }
        await settleNow(plan, { kind: 'notFound' }, by, 'effect.notFound');
        return stillOpen(afterPersonSeconds);
      case 'notSent':
      case 'rejected':
      case 'uncertain': {
        const retryAfterSeconds = answer.kind === 'notSent' ? (answer.retryAfterSeconds ?? 60) : 60;
        await settleNow(plan, { kind: 'inquiryFailed', retryAfterSeconds }, by, 'effect.inquiryFailed');
        return stillOpen(retryAfterSeconds);
      }
    }
  };

  return inquire;
}

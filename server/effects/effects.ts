// Causes outside effects, each at most once: the permit is written before the first byte and settled after the answer.
import { GaitError } from '../../domain/errors.ts';
import type { Principal } from '../http/principal.ts';
import { because, told } from './answer.ts';
import type { EffectAnswer } from './answer.ts';
import { createInquire } from './inquire.ts';
import { createLeave } from './leave.ts';
import type { EffectsNeeds } from './needs.ts';
import type { EffectAsk } from './operation.ts';
import { createSend } from './send.ts';
import { createSettlement } from './settlement.ts';

export interface Effects {
  /** Asks for one effect and, where leave is given, causes it. Doubt is an answer, never an error. */
  ask(clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer>;
}

export function createEffects(needs: EffectsNeeds): Effects {
  const settlement = createSettlement(needs);
  const { decide } = createLeave(needs, settlement);
  const send = createSend(needs, settlement);
  const inquire = createInquire(needs, settlement);

  return {
    async ask(clinic, ask, by) {
      const operation = needs.operations.get(ask.operation);
      if (operation === undefined)
        throw new GaitError('input.invalid', 'There is no such effect.', { where: 'operation' });
      const { decision, plan, stored } = await decide(operation, clinic, ask, by);
      const { key } = plan.identity;
      switch (decision.kind) {
        case 'send':
          return send(operation, plan, decision.attempt, by);
        case 'inquire':
          // Asked over another way meanwhile: it is inquired after where it was sent.
          return inquire(needs.operations.get(plan.identity.operation) ?? operation, plan, stored, by);
        case 'shadow':
          return { key, state: 'shadow', outcome: 'shadow' };
        case 'blocked':
          return {
            key,
            state: 'blocked',
            ...because(decision.rule),
            where: decision.where,
          };
        case 'duplicate':
          return told(key, 'duplicate', decision.outcome);
        case 'wait':
        case 'uncertain':
          return {
            key,
            state: decision.kind,
            retryAfterSeconds: decision.retryAfterSeconds,
            ...(decision.rule === undefined ? {} : because(decision.rule)),
          };
      }
    },
  };
}

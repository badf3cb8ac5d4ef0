// A connector's outcome with its own result, as the outcome of an effect.
import type { Inquiry, Outcome } from '../../connectors/connector.ts';
import type { EffectResult } from './operation.ts';

export function resultOf<Result>(
  outcome: Outcome<Result>,
  as: (result: Result) => EffectResult,
): Outcome<EffectResult> {
  return outcome.kind === 'done' ? { kind: 'done', result: as(outcome.result) } : outcome;
}

export function resultFound<Result>(
  inquiry: Inquiry<Result>,
  as: (result: Result) => EffectResult,
): Inquiry<EffectResult> {
  return inquiry.kind === 'found' ? { kind: 'found', result: as(inquiry.result) } : inquiry;
}

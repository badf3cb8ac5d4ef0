// How an effect stands, as it is told to the flow that asked: structure and references only.
import { errorTable } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { blockingRules } from '../../domain/effect/permit.ts';
import type { BlockingRule, EffectOutcome, RefusalReason } from '../../domain/effect/permit.ts';

/** What kept a request from being sent and passes by itself is tried again after so long, where the vendor names no time. */
const afterPassingFailureSeconds = 60;

/**
 * How an effect stands after it was asked for. `outcome` is the word a flow branches on where it is another than the state: a
 * request that was not sent because nobody was there has the outcome `wait`. `rule` says why it is blocked; `refs` are references
 * of what the vendor answered.
 */
export interface EffectAnswer {
  readonly key: string;
  readonly state: 'done' | 'duplicate' | 'shadow' | 'blocked' | 'wait' | 'uncertain' | 'notSent';
  readonly outcome?: string;
  readonly rule?: string;
  readonly fix?: string;
  readonly where?: readonly string[];
  readonly code?: string;
  readonly reasons?: readonly RefusalReason[];
  readonly retryAfterSeconds?: number;
  readonly structure?: Readonly<Record<string, unknown>>;
  readonly refs?: readonly string[];
}

/** A settled effect, as it is told. */
export function told(key: string, state: 'done' | 'duplicate', kept: EffectOutcome): EffectAnswer {
  return { key, state, outcome: kept.outcome, structure: kept.structure, refs: kept.refs };
}

/** The rule that stands in the way, and what to do about it. */
export function because(rule: BlockingRule): Pick<EffectAnswer, 'rule' | 'fix'> {
  return { rule, fix: blockingRules[rule] };
}

/**
 * Surely not sent. What time mends (nobody there, too many requests) is to be waited for and asked again under the same approval;
 * only what stays so goes back to a person.
 */
export function notSent(key: string, code: ErrorCode, retryAfterSeconds?: number): EffectAnswer {
  const passes = retryAfterSeconds !== undefined || errorTable[code].retry;
  return {
    key,
    state: 'notSent',
    code,
    ...(passes ? { outcome: 'wait', retryAfterSeconds: retryAfterSeconds ?? afterPassingFailureSeconds } : {}),
  };
}

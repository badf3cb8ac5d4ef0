// Pure: makes the complete answer of a call out of the answers that reached the end of the flow.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isDataObject } from '../../shared/values';
import { isRefusalCode } from '../../transport/words';
import type { RefusalCode } from '../../transport/words';

/** One answer as the flow gave it; `itemIndex` is the input item it came from. */
export type GivenAnswer =
  | {
      readonly item: string;
      readonly itemIndex: number;
      readonly outcome: string;
      readonly structure?: IDataObject;
      readonly refs?: string[];
    }
  | { readonly item: string; readonly itemIndex: number; readonly error: { readonly code: RefusalCode } };

/** An answer as it is sent; `itemIndex` null means that the flow lost the item on its way. */
export type SentAnswer =
  | GivenAnswer
  | { readonly item: string; readonly itemIndex: null; readonly error: { readonly code: 'step.lost' } };

export type Completed =
  | { readonly ok: true; readonly answers: SentAnswer[] }
  | { readonly ok: false; readonly message: string; readonly fix: string; readonly itemIndex: number };

/**
 * Every item of the call gets exactly one answer, in the call's order. An item the flow lost is answered with `step.lost`, so that the
 * others are not held up and the workflow asks again for it. Two answers for one item, or one for an item that was not asked, are refused.
 */
export function completeAnswers(asked: readonly string[], given: readonly GivenAnswer[]): Completed {
  const byItem = new Map<string, GivenAnswer>();
  for (const answer of given) {
    if (!asked.includes(answer.item)) {
      return {
        ok: false,
        message: `${answer.item} was not asked about`,
        fix: 'Answer the items that the Gait Step trigger gave out. [input.invalid]',
        itemIndex: answer.itemIndex,
      };
    }
    if (byItem.has(answer.item)) {
      return {
        ok: false,
        message: `Two answers for ${answer.item}`,
        fix: 'Let each item reach this node once. [input.invalid]',
        itemIndex: answer.itemIndex,
      };
    }
    byItem.set(answer.item, answer);
  }
  return {
    ok: true,
    answers: asked.map((item) => byItem.get(item) ?? { item, itemIndex: null, error: { code: 'step.lost' } }),
  };
}

/**
 * The code of an item that failed earlier in the flow, or null for one that did not. A Gait node's own code is kept; another node's
 * error has none and counts as `step.lost`: the flow brought no answer.
 */
export function errorCodeOf(input: Pick<INodeExecutionData, 'json' | 'error'>): RefusalCode | null {
  const error: unknown = input.json.error;
  if (error === undefined || error === null || error === false || error === '')
    return input.error === undefined ? null : 'step.lost';
  const code: unknown = isDataObject(error) ? error.code : undefined;
  return isRefusalCode(code) ? code : 'step.lost';
}

/** The answer as it goes over the wire. */
export function withoutIndex(answer: SentAnswer): IDataObject {
  if ('error' in answer) return { item: answer.item, error: { code: answer.error.code } };
  const { item, outcome, structure, refs } = answer;
  return { item, outcome, ...(structure === undefined ? {} : { structure }), ...(refs === undefined ? {} : { refs }) };
}

// Why a step did not send, as a code that may be repeated.

import { isBlockingRule } from '../effect/permit.ts';
import { isErrorCode } from '../errors.ts';

/** The permit's rule, else the vendor's class of fault; null for a word that is neither: it is a flow's own. */
export function refusalCode({ rule, code }: Readonly<Record<string, unknown>>): string | null {
  return isBlockingRule(rule) ? rule : isErrorCode(code) ? code : null;
}

// What the action codes of a review (X12 278 HCR01, 005010X217) say about an authorization, whatever wire they came over.
import type { AuthorizationAnswer } from './answer-schema.ts';
import type { Quantity } from './schema.ts';

/**
 * `ready`: the payer has spoken. `attention`: a refusal, "call the payer" or a code that nobody has explained to us, so a
 * person should look; the answer stays as undecided as it is.
 */
export interface ReviewAnswer {
  readonly ready: boolean;
  readonly attention: boolean;
  readonly answer: AuthorizationAnswer;
}

/** HCR01. A6, modified, is certified otherwise than asked. A code that is not here is known to nobody. */
export const reviewActions: Readonly<Record<string, AuthorizationAnswer['status']>> = {
  A1: 'approved',
  A2: 'partlyApproved',
  A3: 'denied',
  A4: 'pended',
  A6: 'partlyApproved',
  C: 'cancelled',
  CT: 'pended',
  NA: 'unknown',
};

/** Whether an action grants something. */
export function isCertified(action: string | null): boolean {
  return action === 'A1' || action === 'A2' || action === 'A6';
}

/** The action on which services agree; certified and refused together are certified in part; null where they say neither. */
export function agreedAction(actions: readonly (string | null)[]): string | null {
  const [first = null, ...others] = new Set(actions);
  if (others.length === 0) return first;
  return actions.some(isCertified) && actions.includes('A3') ? 'A2' : null;
}

/** Only a certification in total (A1) that names no count means what was asked. */
export function countsMeant(action: string | null, told: Quantity, asked: Quantity): Quantity {
  return action === 'A1' && told.visits === null && told.units === null ? asked : told;
}

/** Whether fewer visits or units were approved than asked for, as far as both are known. */
export function isLessThanAsked(approved: Quantity, asked: Quantity): boolean {
  const isLess = (one: number | null, most: number | null): boolean => one !== null && most !== null && one < most;
  return isLess(approved.visits, asked.visits) || isLess(approved.units, asked.units);
}

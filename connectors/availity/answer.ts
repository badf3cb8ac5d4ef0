// A payer's answer in a service review: HCR action codes and Availity's status codes to one AuthorizationAnswer.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import {
  agreedAction,
  countsMeant,
  isLessThanAsked,
  reviewActions,
} from '../../domain/authorization/review-actions.ts';
import type { ReviewAnswer } from '../../domain/authorization/review-actions.ts';
import type { Quantity } from '../../domain/authorization/schema.ts';
import { countAt, dateAt, isObject, listAt, textAt } from '../json.ts';
import { visitsOf } from './request.ts';
import { isShortCode } from './wire.ts';

/** Availity's own codes while the payer has not answered: in progress, retrying, payer not reached. Observed, not documented. */
const waiting: ReadonlySet<string> = new Set(['0', '1', 'R', 'R1']);
const unreached: ReadonlySet<string> = new Set(['7', '13', '14', '15', 'E']);
/** Complete; the decision is in the procedures. */
const complete = '4';

function reasonCodes(review: unknown): string[] {
  const lists = [review, ...listAt(review, 'procedures')].map((part) => listAt(part, 'statusReasons'));
  const codes = lists.flat().map((reason) => textAt(reason, 'code'));
  return [...new Set(codes.filter((code) => code !== null).map(named))];
}

/** A code as it may be shown; what has not the shape of one may be a vendor's sentence and stays behind. */
function named(code: string): string {
  return isShortCode(code) ? code : 'unreadable';
}

/** The payer's own words, for the vault only. */
function reasonText(review: unknown): string | null {
  const texts = [
    ...listAt(review, 'statusReasons').map((reason) => textAt(reason, 'value')),
    ...listAt(review, 'procedures').flatMap((procedure) =>
      listAt(procedure, 'statusReasons').map((reason) => textAt(reason, 'value')),
    ),
    ...listAt(review, 'payerNotes').map((note) => textAt(note, 'message')),
  ].filter((text) => text !== null);
  return texts.length === 0 ? null : [...new Set(texts)].join('\n');
}

/** The action code: the review's own, or for a completed review the one on which its procedures agree. */
function actionCode(review: unknown): string | null {
  const own = textAt(review, 'statusCode');
  if (own !== null && own !== complete) return own;
  const procedures = listAt(review, 'procedures').filter(isObject);
  return agreedAction(procedures.map((procedure) => textAt(procedure, 'statusCode'))) ?? own;
}

function unitsOf(review: unknown): number | null {
  if (textAt(review, 'quantityTypeCode') === 'UN') return countAt(review, 'quantity');
  const certified = listAt(review, 'procedures').filter((procedure) => textAt(procedure, 'quantityTypeCode') === 'UN');
  const counts = certified
    .filter((procedure) => textAt(procedure, 'statusCode') !== 'A3')
    .map((procedure) => countAt(procedure, 'quantity'));
  const known = counts.filter((count) => count !== null);
  return certified.length === 0 || known.length !== counts.length ? null : known.reduce((sum, count) => sum + count, 0);
}

/**
 * Reads a ServiceReview. Approved counts come from the answer; only a certification in total (A1) that names no count means
 * what was asked. A code not in the tables stays `unknown` with `attention`. `receivedAt` is an instant, ISO UTC.
 */
export function toAnswer(
  review: unknown,
  asked: Quantity,
  vendorRequestId: string | null,
  receivedAt: string,
): ReviewAnswer {
  const code = actionCode(review);
  const blank = {
    number: textAt(review, 'certificationNumber'),
    visitsApproved: null,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: reasonCodes(review),
    reasonText: reasonText(review),
    vendorRequestId: vendorRequestId ?? textAt(review, 'id'),
    receivedAt,
  };
  if (code === null || waiting.has(code) || unreached.has(code)) {
    const attention = code !== null && unreached.has(code);
    const codes = attention && code !== null ? [...blank.reasonCodes, code] : blank.reasonCodes;
    return { ready: false, attention, answer: { ...blank, status: 'pended', reasonCodes: codes } };
  }
  const status = reviewActions[code];
  if (status === undefined || code === 'NA' || code === 'CT') {
    const reasonCodes = [...new Set([...blank.reasonCodes, named(code)])];
    const answer = { ...blank, status: status ?? ('unknown' as const), reasonCodes };
    return { ready: status !== 'pended', attention: true, answer };
  }
  if (status !== 'approved' && status !== 'partlyApproved')
    return { ready: true, attention: false, answer: { ...blank, status } };
  const whole = countsMeant(code, { visits: visitsOf(review), units: unitsOf(review) }, asked);
  return {
    ready: true,
    attention: false,
    answer: {
      ...blank,
      // Fewer than asked is partial, whatever the code says.
      status: isLessThanAsked(whole, asked) ? 'partlyApproved' : status,
      visitsApproved: whole.visits,
      unitsApproved: whole.units,
      from: dateAt(review, 'certificationEffectiveDate') ?? dateAt(review, 'fromDate'),
      to: dateAt(review, 'certificationExpirationDate') ?? dateAt(review, 'toDate'),
    },
  };
}

/** The answer right after acceptance: taken up, not decided. */
export function pended(vendorRequestId: string | null, receivedAt: string): AuthorizationAnswer {
  return {
    status: 'pended',
    number: null,
    visitsApproved: null,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId,
    receivedAt,
  };
}

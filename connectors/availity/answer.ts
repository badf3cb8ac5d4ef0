// A payer's answer in a service review: HCR action codes and Availity's status codes to one AuthorizationAnswer.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { countAt, dateAt, isObject, listAt, textAt } from '../json.ts';
import { visitsOf } from './request.ts';
import { isShortCode } from './wire.ts';

/** What was asked for, to tell a full approval from a partial one; `null` when not known here. */
export interface Asked {
  readonly visits: number | null;
  readonly units: number | null;
}

/**
 * `ready`: the payer has spoken. `attention`: a code that says "call the payer" or that nobody has explained to us, so a
 * person should look; the answer stays as undecided as it is.
 */
export interface ReviewResult {
  readonly ready: boolean;
  readonly attention: boolean;
  readonly answer: AuthorizationAnswer;
}

/** X12 278 HCR01, ASC X12N 005010X217. */
const actions: Readonly<Record<string, AuthorizationAnswer['status']>> = {
  A1: 'approved',
  A2: 'partlyApproved',
  A3: 'denied',
  A4: 'pended',
  A6: 'partlyApproved',
  C: 'cancelled',
  CT: 'pended',
  NA: 'unknown',
};

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

/** The action code: the review's own, or for a completed review the one on which its procedures agree (A2 when they differ). */
function actionCode(review: unknown): string | null {
  const own = textAt(review, 'statusCode');
  if (own !== null && own !== complete) return own;
  const codes = new Set(
    listAt(review, 'procedures')
      .filter(isObject)
      .map((procedure) => textAt(procedure, 'statusCode')),
  );
  if (codes.size === 1) return [...codes][0] ?? own;
  const certified = codes.has('A1') || codes.has('A2') || codes.has('A6');
  return codes.size > 1 && certified && codes.has('A3') ? 'A2' : own;
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

/** Fewer than asked is partial, whatever the code says. */
function settledStatus(
  status: AuthorizationAnswer['status'],
  approved: Asked,
  asked: Asked,
): AuthorizationAnswer['status'] {
  if (status !== 'approved') return status;
  const fewerVisits = approved.visits !== null && asked.visits !== null && approved.visits < asked.visits;
  const fewerUnits = approved.units !== null && asked.units !== null && approved.units < asked.units;
  return fewerVisits || fewerUnits ? 'partlyApproved' : status;
}

/**
 * Reads a ServiceReview. Approved counts come from the answer; only a certification in total (A1) that names no count means
 * what was asked. A code not in the tables stays `unknown` with `attention`. `receivedAt` is an instant, ISO UTC.
 */
export function toAnswer(
  review: unknown,
  asked: Asked,
  vendorRequestId: string | null,
  receivedAt: string,
): ReviewResult {
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
  const status = actions[code];
  if (status === undefined || code === 'NA' || code === 'CT') {
    const reasonCodes = [...new Set([...blank.reasonCodes, named(code)])];
    const answer = { ...blank, status: status ?? ('unknown' as const), reasonCodes };
    return { ready: status !== 'pended', attention: true, answer };
  }
  if (status !== 'approved' && status !== 'partlyApproved')
    return { ready: true, attention: false, answer: { ...blank, status } };
  const approved = { visits: visitsOf(review), units: unitsOf(review) };
  const whole = code === 'A1' && approved.visits === null && approved.units === null ? asked : approved;
  return {
    ready: true,
    attention: false,
    answer: {
      ...blank,
      status: settledStatus(status, whole, asked),
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

// A payer's answer to a prior authorization request (ClaimResponse) as a period of an authorization.
import type { Quantity, RequestKind } from '../../domain/authorization/schema.ts';
import type { Element } from '../../domain/fhir/element.ts';
import { codeOf } from '../../domain/fhir/parties.ts';
import type { AuthorizationRow } from '../pt-records/rows.ts';
import { approvedQuantity, extensionsOf, requestedQuantity } from './authorized-quantity.ts';
import { patientAt, payerAt } from './read-party.ts';
import { ownWord, Reading, wordsOf } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';

type Status = AuthorizationRow['status'];

/** X12 306, the action a payer took, as Da Vinci PAS carries it. "No action required" is no authorization. */
const actions: Readonly<Record<string, Status>> = {
  A1: 'approved',
  A2: 'partlyApproved',
  A3: 'denied',
  A4: 'pended',
  A6: 'partlyApproved',
  C: 'cancelled',
  CT: 'pended',
};
/** X12 1322, the kind of certification. */
const kinds: Readonly<Record<string, RequestKind>> = {
  I: 'initial',
  R: 'renewal',
  '4': 'renewal',
  '1': 'appeal',
  '2': 'appeal',
};
const unknown: Quantity = { visits: null, units: null };

/** The reviews of the whole request and of each of its items. */
function reviewsOf(response: Element): readonly Element[] {
  const items = [...response.children('item'), ...response.children('addItem')];
  const adjudications = [...response.children('adjudication'), ...items.flatMap((one) => one.children('adjudication'))];
  return [response, ...items, ...adjudications].flatMap((one) => extensionsOf(one, 'reviewAction'));
}

function actionOf(review: Element): string | null {
  const [code = null] = extensionsOf(review, 'reviewActionCode');
  return (
    codeOf(code?.child('valueCodeableConcept') ?? null) ?? review.string('valueCode') ?? review.string('valueString')
  );
}

/** One status for all items: approved in part where they differ. */
function together(statuses: readonly Status[]): Status | null {
  const [first] = statuses;
  if (first === undefined || statuses.every((one) => one === first)) return first ?? null;
  if (statuses.some((one) => one === 'approved' || one === 'partlyApproved')) return 'partlyApproved';
  return statuses.includes('pended') ? 'pended' : 'denied';
}

/**
 * `complete` says that the payer has decided, not how. Without a review action or a word of the connection's own, only an answer with a
 * number and a time in which it holds is an approval.
 */
function decided(response: Element): Status | null {
  const hasPeriod = response.child('preAuthPeriod') !== null;
  return hasPeriod && response.string('preAuthRef') !== null ? 'approved' : null;
}

function statusOf(response: Element, reading: Reading, { settings }: Surroundings): Status | null {
  if (response.string('status') === 'cancelled') return 'cancelled';
  const own = ownWord(settings.words.disposition, [response.string('disposition')]);
  if (own !== null) return own;
  const codes = reviewsOf(response).flatMap((one) => actionOf(one) ?? []);
  if (codes.length > 0) {
    const statuses = codes.flatMap((code) => actions[code] ?? []);
    return statuses.length < codes.length
      ? reading.fail('ClaimResponse.adjudication', 'unknown word', true)
      : together(statuses);
  }
  const outcome = response.string('outcome');
  if (outcome === 'queued' || outcome === 'partial') return 'pended';
  const status = outcome === 'complete' ? decided(response) : null;
  return status ?? reading.fail('ClaimResponse.outcome', outcome === null ? 'empty' : 'unknown word', true);
}

/** The time in which it holds: of the whole answer, else from the first day of any item to the last. */
function periodOf(response: Element, reading: Reading): { from: string | null; to: string | null } {
  const items = [...response.children('item'), ...response.children('addItem')];
  const ofItems = items.flatMap((one) =>
    extensionsOf(one, 'itemPreAuthPeriod').map((found) => found.child('valuePeriod')),
  );
  const whole = response.child('preAuthPeriod');
  const periods = whole === null ? ofItems : [whole];
  const starts = periods.flatMap((one) => reading.start(one, true) ?? []).sort();
  const ends = periods.flatMap((one) => reading.day(one, 'end', true) ?? []).sort();
  return { from: starts[0] ?? null, to: ends.at(-1) ?? null };
}

function numberOf(response: Element): string | null {
  const numbers = reviewsOf(response).flatMap((one) =>
    extensionsOf(one, 'number').map((found) => found.string('valueString')),
  );
  return response.string('preAuthRef') ?? numbers.find((one) => one !== null) ?? null;
}

function kindOf(claim: Element | null): RequestKind | null {
  const places = claim === null ? [] : [claim, ...claim.children('item')];
  const [type = null] = places.flatMap((one) => extensionsOf(one, 'certificationType'));
  return kinds[codeOf(type?.child('valueCodeableConcept') ?? null) ?? ''] ?? null;
}

/** Why it was not approved as asked, in the payer's words for its code. */
function reasonOf(response: Element): string | null {
  const reasons = reviewsOf(response).flatMap((one) => extensionsOf(one, 'reasonCode'));
  const concept = reasons[0]?.child('valueCodeableConcept') ?? null;
  return wordsOf(concept) ?? codeOf(concept) ?? response.string('disposition');
}

function decidedOn(response: Element, reading: Reading): string | null {
  const [issued = null] = response.children('item').flatMap((one) => extensionsOf(one, 'itemPreAuthIssueDate'));
  return reading.day(issued, 'valueDate') ?? reading.day(response, 'created');
}

/** Answers to claims and to questions of coverage are none of ours. */
export function readAuthorization(response: Element, row: number, around: Surroundings): Told<'authorizations'> {
  const reading = new Reading(row, around.clock);
  if (response.string('use') !== 'preauthorization') return reading.nothing();
  if (response.string('status') === 'entered-in-error') {
    reading.fail(`${response.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const status = statusOf(response, reading, around) ?? 'requested';
  const followed = around.follow(response.child('request'));
  const request = followed?.path === 'Claim' ? followed : null;
  const isApproved = status === 'approved' || status === 'partlyApproved';
  const isDecided = isApproved || status === 'denied';
  return reading.told<'authorizations'>({
    recordNumber: patientAt(response.child('patient'), reading, around, `${response.path}.patient`),
    number: numberOf(response),
    ...payerAt(response.child('insurer'), reading, around),
    kind: kindOf(request),
    status,
    ...periodOf(response, reading),
    requested: requestedQuantity(request, reading),
    approved: isApproved ? approvedQuantity(response, reading) : unknown,
    visitsUsed: null,
    weekLimit: null,
    maxGapDays: null,
    submittedOn: reading.day(request, 'created'),
    decidedOn: isDecided ? decidedOn(response, reading) : null,
    reason: status === 'denied' || status === 'partlyApproved' ? reasonOf(response) : null,
  });
}

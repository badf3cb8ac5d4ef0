// What the simulated payers hold: service reviews, how they will decide, and how far the polls have come.
import { createHash } from 'node:crypto';

export type JsonObject = Record<string, unknown>;

/** HCR01 of X12 278: certified in total, partial, not certified, pended, modified, cancelled, contact payer, none needed. */
export const decisions = ['A1', 'A2', 'A3', 'A4', 'A6', 'C', 'CT', 'NA'] as const;
export type Decision = (typeof decisions)[number];

/**
 * How a payer will treat a review: `notReady` polls answered 202, then `pended` polls answered 200 with A4 (`null`: until
 * somebody decides), then the decision.
 */
export interface Scenario {
  readonly notReady: number;
  readonly pended: number | null;
  readonly decision: string;
  readonly visits: number | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
}

export const usualScenario: Scenario = {
  notReady: 1,
  pended: 1,
  decision: 'A1',
  visits: null,
  reasonCode: null,
  reasonText: null,
};

export interface Review {
  readonly id: string;
  readonly createdAt: string;
  readonly body: JsonObject;
  readonly scenario: Scenario;
  readonly polls: number;
  readonly decided: boolean;
  /** So many inquiries still fail to find it. */
  readonly hiddenInquiries: number;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows dotted names ("payer.id") into objects. */
export function dotted(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

export function dottedText(value: unknown, path: string): string {
  const found = dotted(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A member stands in the journal as a hash, so that a journal can be shown and compared. */
export function memberHash(memberId: string): string {
  return digest(`member/${memberId}`).slice(0, 16);
}

/** The certification number a payer issues for `id`: always the same one. */
export function certificationNumber(id: string): string {
  return `PA${String(Number.parseInt(digest(`certification/${id}`).slice(0, 10), 16))
    .padStart(12, '0')
    .slice(0, 10)}`;
}

/** The names a request may not lack, as a payer of this sandbox demands them. */
const required = [
  'requestTypeCode',
  'serviceTypeCode',
  'quantity',
  'quantityTypeCode',
  'fromDate',
  'toDate',
  'payer.id',
  'requestingProvider.lastName',
  'requestingProvider.npi',
  'subscriber.memberId',
  'patient.lastName',
  'patient.firstName',
  'patient.birthDate',
] as const;

export interface FieldError {
  readonly field: string;
  readonly errorMessage: string;
  readonly code: string;
}

/** Every field a create or update lacks or misspells. Error texts quote the value, as the vendor's do. */
export function fieldErrors(body: JsonObject): FieldError[] {
  const missing = required
    .filter((field) => dottedText(body, field) === '')
    .map((field) => ({ field, code: '15', errorMessage: `${field} is required` }));
  const wrongDates = ['fromDate', 'toDate', 'patient.birthDate']
    .filter((field) => dottedText(body, field) !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(dottedText(body, field)))
    .map((field) => ({ field, code: '56', errorMessage: `${field} ${dottedText(body, field)} is not a date` }));
  const lists = ['diagnoses', 'procedures']
    .filter((field) => !Array.isArray(body[field]) || body[field].length === 0)
    .map((field) => ({ field, code: '15', errorMessage: `${field} must name at least one` }));
  const npi = dottedText(body, 'requestingProvider.npi');
  const wrongNpi = npi !== '' && !/^\d{10}$/.test(npi);
  return [
    ...missing,
    ...wrongDates,
    ...lists,
    ...(wrongNpi
      ? [{ field: 'requestingProvider.npi', code: '43', errorMessage: `provider ${npi} is not known` }]
      : []),
  ];
}

/** Where a review stands now: not ready (202), pended (A4) or decided. */
export function standing(review: Review): 'notReady' | 'pended' | 'decided' {
  if (review.decided) return 'decided';
  const { notReady, pended } = review.scenario;
  if (review.polls < notReady) return 'notReady';
  return pended === null || review.polls < notReady + pended ? 'pended' : 'decided';
}

const statusWords: Readonly<Record<string, string>> = {
  A1: 'CERTIFIED IN TOTAL',
  A2: 'CERTIFIED - PARTIAL',
  A3: 'NOT CERTIFIED',
  A4: 'PENDED',
  A6: 'MODIFIED',
  C: 'CANCELLED',
  CT: 'CONTACT PAYER',
  NA: 'NO ACTION REQUIRED',
};

/** The ServiceReview a GET answers, with the payer's decision in it once there is one. Quantities are texts. */
export function toWire(review: Review): JsonObject {
  const state = standing(review);
  const { decision, visits, reasonCode, reasonText } = review.scenario;
  const statusCode = state === 'notReady' ? '0' : state === 'pended' ? 'A4' : decision;
  const certified = state === 'decided' && ['A1', 'A2', 'A6'].includes(decision);
  const reasons = state === 'decided' && reasonCode !== null ? [{ code: reasonCode, value: reasonText ?? '' }] : [];
  const issuedOn = review.createdAt.slice(0, 10);
  return {
    ...review.body,
    id: review.id,
    controlNumber: String(Number.parseInt(digest(review.id).slice(0, 8), 16)).slice(0, 9),
    customerId: '1194',
    createdDate: review.createdAt,
    updatedDate: review.createdAt,
    statusCode,
    status: statusWords[statusCode] ?? 'In Progress',
    statusReasons: reasons,
    updatable: !certified,
    deletable: state !== 'decided',
    ...(certified
      ? {
          quantity: String(visits ?? dottedText(review.body, 'quantity')),
          quantityTypeCode: 'VS',
          certificationNumber: certificationNumber(review.id),
          certificationIssueDate: issuedOn,
          certificationEffectiveDate: dottedText(review.body, 'fromDate'),
          certificationExpirationDate: dottedText(review.body, 'toDate'),
        }
      : {}),
  };
}

/** Whether `review` answers the dotted query of an inquiry; names that are not in the review's own words are ignored. */
export function answersQuery(review: Review, query: ReadonlyMap<string, string>): boolean {
  const asked = ['payer.id', 'subscriber.memberId', 'patient.lastName', 'patient.firstName', 'patient.birthDate'];
  const plain = ['requestingProvider.npi', 'requestTypeCode', 'fromDate', 'toDate'];
  const same = [...asked, ...plain].every((name) => {
    const wanted = query.get(name);
    return (
      wanted === undefined || wanted === '' || wanted.toUpperCase() === dottedText(review.body, name).toUpperCase()
    );
  });
  const wire = toWire(review);
  return (
    same && ['certificationNumber', 'statusCode'].every((name) => !query.get(name) || query.get(name) === wire[name])
  );
}

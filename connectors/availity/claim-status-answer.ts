// Availity's claim statuses as the one form every wire is read into: X12 categories and codes as they came, amounts as cents.
import type { AnsweredClaim, ClaimStatus, ClaimStatusAnswer, ClaimStatusLine } from '../../domain/claim/status.ts';
import { centsOf } from '../../domain/x12/money.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';

function centsAt(holder: unknown, ...keys: readonly string[]): number | null {
  const text = keys.map((key) => textAt(holder, key)).find((found) => found !== null);
  return text === undefined || text === null ? null : centsOf(text);
}

/** Integrators report the payment under two names. */
function statusOf(detail: unknown, source: string): ClaimStatus | null {
  const category = textAt(detail, 'categoryCode');
  const code = textAt(detail, 'statusCode');
  if (category === null || code === null) return null;
  return {
    category,
    code,
    entity: textAt(detail, 'entityCode'),
    effectiveOn: dateAt(detail, 'effectiveDate'),
    chargeCents: centsAt(detail, 'claimAmount'),
    paidCents: centsAt(detail, 'paymentAmount', 'paidAmount'),
    paidOn: dateAt(detail, 'paymentDate') ?? dateAt(detail, 'checkDate'),
    checkNumber: textAt(detail, 'checkNumber'),
    source,
  };
}

function statusesOf(holder: unknown, path: string): ClaimStatus[] {
  return listAt(holder, 'statusDetails').flatMap((detail, index) => {
    const status = statusOf(detail, `${path}statusDetails[${index}]`);
    return status === null ? [] : [status];
  });
}

const modifierFields = ['modifierCode1', 'modifierCode2', 'modifierCode3', 'modifierCode4'] as const;

function linesOf(claim: unknown, path: string): ClaimStatusLine[] {
  return listAt(claim, 'serviceLines')
    .filter(isObject)
    .map((line, index) => ({
      procedure: textAt(line, 'procedureCode'),
      modifiers: modifierFields.flatMap((field) => textAt(line, field) ?? []),
      chargeCents: centsAt(line, 'chargeAmount'),
      statuses: statusesOf(line, `${path}.serviceLines[${index}].`),
    }));
}

/**
 * Reads one transaction: the claims that the payer found, and the statuses it gives outside any claim. `json` is a claim status as it
 * stands under its id, or the list of one that the search answers with.
 */
export function toClaimStatusAnswer(json: unknown): ClaimStatusAnswer {
  const transaction = transactionIn(json);
  const claims = listAt(transaction, 'claimStatuses')
    .filter(isObject)
    .map((claim, index): AnsweredClaim => {
      const path = `claimStatuses[${index}]`;
      return {
        trace: textAt(claim, 'traceId'),
        patientControlNumber:
          textAt(claim, 'patientAccountNumber') ?? textAt(at(transaction, 'patient'), 'accountNumber'),
        payerClaimNumber: textAt(claim, 'claimNumber') ?? textAt(claim, 'claimControlNumber'),
        from: dateAt(claim, 'fromDate'),
        to: dateAt(claim, 'toDate'),
        statuses: statusesOf(claim, `${path}.`),
        lines: linesOf(claim, path),
      };
    });
  return { claims, statuses: statusesOf(transaction, '') };
}

/** The transaction itself: the search wraps it in a list whose one element has an id, a look-up by id does not. */
export function transactionIn(json: unknown): unknown {
  const [first] = listAt(json, 'claimStatuses');
  return textAt(json, 'id') === null && textAt(first, 'id') !== null ? first : json;
}

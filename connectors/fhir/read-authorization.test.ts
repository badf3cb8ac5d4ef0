// What a payer's answer to a prior authorization request says; an answer that does not say how it was decided approves nothing.
import { expect, test } from 'vitest';
import { bundled, patient, readAll } from './testing/reading.ts';

const pas = 'http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-';
const review = (code: string, ...more: readonly object[]) => ({
  url: `${pas}reviewAction`,
  extension: [{ url: `${pas}reviewActionCode`, valueCodeableConcept: { coding: [{ code }] } }, ...more],
});
const detail = (value: number, code?: string) => ({
  url: `${pas}itemAuthorizedDetail`,
  extension: [{ url: 'quantity', valueQuantity: { value, ...(code === undefined ? {} : { code }) } }],
});
const item = (code: string, ...details: readonly object[]) => ({
  itemSequence: 1,
  extension: details,
  adjudication: [{ extension: [review(code)] }],
});

function response(changes: object): object {
  return { resourceType: 'ClaimResponse', id: 'r1', status: 'active', use: 'preauthorization', patient: { reference: 'Patient/p1' }, insurer: { display: 'Harbor Health' }, outcome: 'complete', created: '2026-05-06', ...changes }; // prettier-ignore
}

const read = (changes: object, fhir: object = {}, ...others: readonly object[]) =>
  readAll(bundled(patient(), response(changes), ...others), fhir, { 'Harbor Health': 'harbor-health' });
const statusOf = (changes: object, fhir: object = {}) => read(changes, fhir).rows.authorizations[0]?.status;

test('an approval with its number, its days and its visits, and what was asked for', () => {
  const request = {
    resourceType: 'Claim', id: 'q1', use: 'preauthorization', created: '2026-05-04',
    extension: [{ url: `${pas}certificationType`, valueCodeableConcept: { coding: [{ code: 'R' }] } }],
    item: [{ quantity: { value: 18, unit: 'visits' } }],
  }; // prettier-ignore
  const { rows, problems } = read(
    {
      request: { reference: 'Claim/q1' },
      preAuthRef: 'A1234567',
      preAuthPeriod: { start: '2026-05-07', end: '2026-07-06' },
      item: [item('A2', detail(12, 'VS'), detail(48, 'UN'))],
    },
    {},
    request,
  );
  expect(problems).toEqual([]);
  expect(rows.authorizations).toEqual([
    {
      recordNumber: 'R-1',
      number: 'A1234567',
      payerName: 'Harbor Health',
      payerId: 'harbor-health',
      kind: 'renewal',
      status: 'partlyApproved',
      from: '2026-05-07',
      to: '2026-07-06',
      requested: { visits: 18, units: null },
      approved: { visits: 12, units: 48 },
      visitsUsed: null,
      weekLimit: null,
      maxGapDays: null,
      submittedOn: '2026-05-04',
      decidedOn: '2026-05-06',
      reason: null,
    },
  ]);
});

test.each([
  [['A1'], 'approved'],
  [['A1', 'A1'], 'approved'],
  [['A1', 'A3'], 'partlyApproved'],
  [['A6'], 'partlyApproved'],
  [['A3', 'A3'], 'denied'],
  [['A3', 'A4'], 'pended'],
  [['CT'], 'pended'],
  [['C'], 'cancelled'],
])('items reviewed as %s make it %s', (codes, status) => {
  expect(statusOf({ item: codes.map((code) => item(code)) })).toBe(status);
});

test('what is waiting is pended, and has nothing approved', () => {
  const waiting = { outcome: 'queued', item: [{ extension: [detail(12, 'VS')] }] };
  expect(read(waiting).rows.authorizations[0]).toMatchObject({
    status: 'pended',
    approved: { visits: null, units: null },
    decidedOn: null,
  });
  expect(statusOf({ status: 'cancelled' })).toBe('cancelled');
});

test('a denial keeps the payer’s reason', () => {
  const denied = item('A3');
  const why = review('A3', { url: 'reasonCode', valueCodeableConcept: { text: 'Not medically necessary' } });
  expect(read({ item: [{ ...denied, adjudication: [{ extension: [why] }] }] }).rows.authorizations[0]).toMatchObject({
    status: 'denied',
    decidedOn: '2026-05-06',
    reason: 'Not medically necessary',
  });
});

test('"complete" alone approves nothing; a number and a time in which it holds do', () => {
  const open = read({ preAuthRef: 'A1' });
  expect(open.rows.authorizations).toEqual([]);
  expect(open.problems).toEqual([{ row: 2, column: 'ClaimResponse.outcome', reason: 'unknown word', rejected: true }]);
  expect(statusOf({ preAuthRef: 'A1', preAuthPeriod: { start: '2026-05-07' } })).toBe('approved');
  expect(
    statusOf(
      { disposition: 'Approved as requested' },
      { words: { disposition: { 'approved as requested': 'approved' } } },
    ),
  ).toBe('approved');
});

test.each([
  ['without a unit', detail(12), 'not in the form expected'],
  ['in parts', detail(1.5, 'VS'), 'not a whole number'],
])('a limit %s is no unlimited approval', (_name, odd, reason) => {
  const { rows, problems } = read({ item: [item('A1', odd)] });
  expect(rows.authorizations).toEqual([]);
  expect(problems).toMatchObject([{ reason, rejected: true }]);
});

test('two lines that name different visits contradict each other; their units add up', () => {
  expect(read({ item: [item('A1', detail(12, 'VS')), item('A1', detail(10, 'VS'))] }).rows.authorizations).toEqual([]);
  const both = read({
    item: [item('A1', detail(12, 'VS'), detail(24, 'UN')), item('A1', detail(12, 'VS'), detail(12, 'UN'))],
  });
  expect(both.rows.authorizations[0]?.approved).toEqual({ visits: 12, units: 36 });
});

test('adjudications may name visits by their category', () => {
  const adjudication = [
    { category: { text: 'Visits Approved' }, value: 8 },
    { category: { coding: [{ code: 'eligpercent' }] }, value: 80 },
  ];
  expect(read({ item: [{ extension: [review('A1')], adjudication }] }).rows.authorizations[0]?.approved).toEqual({
    visits: 8,
    units: null,
  });
});

test('a time that begins at a month is not understood, and the row is left out: a limit would be lost', () => {
  const { rows, problems } = read({ item: [item('A1')], preAuthPeriod: { start: '2026-05', end: '2026-07-06' } });
  expect(rows.authorizations).toEqual([]);
  expect(problems).toMatchObject([
    { column: 'ClaimResponse.preAuthPeriod.start', reason: 'only a part of a date', rejected: true },
  ]);
});

test('an action nobody knows is told; an answer to a claim is none of ours', () => {
  expect(read({ item: [item('NA')] }).problems).toMatchObject([{ reason: 'unknown word', rejected: true }]);
  expect(read({ use: 'claim', item: [item('A1')] })).toMatchObject({ rows: { authorizations: [] }, problems: [] });
  expect(read({ status: 'entered-in-error' }).problems).toMatchObject([{ reason: 'withdrawn', rejected: true }]);
});

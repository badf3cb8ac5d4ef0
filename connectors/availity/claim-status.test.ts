// A claim status in the one form: codes as X12 has them, amounts to the cent, a payment that nobody named stays unknown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleClaimStatusRequest } from '../testing/requests.ts';
import { toClaimStatusAnswer, transactionIn } from './claim-status-answer.ts';
import { toClaimStatusForm } from './claim-status-request.ts';
import { readAvailityConfig } from './config.ts';

const config = readAvailityConfig({ environment: 'demo', scope: 'demo', payers: { 'harbor-health': 'HARBOR1' } });
const detail = { categoryCode: 'F1', statusCode: '65', effectiveDate: '2026-11-18' };

test('a question has dotted names, the payer’s id at Availity and the charge with both places', () => {
  expect(Object.fromEntries(toClaimStatusForm(sampleClaimStatusRequest(), config))).toMatchObject({
    'payer.id': 'HARBOR1',
    'providers.npi': '1999999984',
    'subscriber.memberId': 'HBR900100200',
    'patient.subscriberRelationshipCode': '18',
    'patient.accountNumber': 'CLAIM0001',
    claimAmount: '180.00',
    fromDate: '2026-11-02',
  });
});

test('what is not known of a claim is left out of the question', () => {
  const request = sampleClaimStatusRequest();
  const claim = { ...request.claim, chargeCents: null, patientControlNumber: null };
  const names = [...toClaimStatusForm({ ...request, claim }, config).keys()];
  expect(names).not.toContain('claimAmount');
  expect(names).not.toContain('patient.accountNumber');
  expect(names).not.toContain('submitter.id');
});

test.each([
  [{ paymentAmount: '144.00' }, 14_400],
  [{ paidAmount: '144' }, 14_400],
  [{ paymentAmount: '0' }, 0],
  [{}, null],
])('a payment told as %j is %s cents', (payment, paidCents) => {
  const answer = toClaimStatusAnswer({ claimStatuses: [{ statusDetails: [{ ...detail, ...payment }] }] });
  expect(answer.claims[0]?.statuses).toMatchObject([
    { category: 'F1', code: '65', paidCents, effectiveOn: '2026-11-18' },
  ]);
});

test('every claim the payer found is kept, with the statuses of its lines', () => {
  const line = { procedureCode: '97110', modifierCode1: 'GP', chargeAmount: '90.50', statusDetails: [detail] };
  const answer = toClaimStatusAnswer({
    patient: { accountNumber: 'CLAIM0001' },
    claimStatuses: [{ traceId: '1', claimControlNumber: 'P1', serviceLines: [line] }, { traceId: '2' }],
  });
  expect(answer.claims.map(({ trace, patientControlNumber }) => [trace, patientControlNumber])).toEqual([
    ['1', 'CLAIM0001'],
    ['2', 'CLAIM0001'],
  ]);
  expect(answer.claims[0]).toMatchObject({
    payerClaimNumber: 'P1',
    lines: [
      {
        procedure: '97110',
        modifiers: ['GP'],
        chargeCents: 9050,
        statuses: [{ source: 'claimStatuses[0].serviceLines[0].statusDetails[0]' }],
      },
    ],
  });
});

test('a status outside any claim tells why nothing was found; one without both codes is no status', () => {
  const answer = toClaimStatusAnswer({
    statusDetails: [{ categoryCode: 'D0', statusCode: '35' }, { categoryCode: 'A4' }],
  });
  expect(answer).toMatchObject({ claims: [], statuses: [{ category: 'D0', code: '35', source: 'statusDetails[0]' }] });
});

test('a search wraps the transaction in a list, a look-up does not: both read alike', () => {
  const transaction = { id: '7', statusCode: '4', claimStatuses: [{ traceId: '1', statusDetails: [detail] }] };
  expect(transactionIn({ totalCount: 1, claimStatuses: [transaction] })).toBe(transaction);
  expect(transactionIn(transaction)).toBe(transaction);
});

test('whatever the wire brings is read without a throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
      toClaimStatusAnswer(transactionIn(one));
      toClaimStatusAnswer({
        claimStatuses: [two, { statusDetails: [{ categoryCode: 'F1', statusCode: '65', claimAmount: one }] }],
      });
    }),
  );
});

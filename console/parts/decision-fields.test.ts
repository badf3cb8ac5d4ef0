import { expect, test } from 'vitest';
import { decisionBody, fieldsOf, leadsToSubmission, leftEmpty } from './decision-fields.ts';

const zone = 'America/Chicago';
const now = '2026-05-04T15:00:00.000Z';

test('a rejection without a reason is incomplete', () => {
  expect(leftEmpty('reject', new Map([['reason', '  ']]))).toEqual(['reason']);
  expect(leftEmpty('reject', new Map([['reason', 'wrong plan']]))).toEqual([]);
});

test('the approved revision travels with the approval by its hash', () => {
  expect(decisionBody('approve', 'abc', new Map(), zone, now)).toEqual({ decision: 'approve', hash: 'abc' });
});

test('approved visits that were not told are unknown, not zero', () => {
  const body = decisionBody('answered', null, new Map([['status', 'approved']]), zone, now);
  expect(body.outcome).toMatchObject({ status: 'approved', visitsApproved: null, number: null });
});

test('an answer carries its units, its reason codes and the day it came', () => {
  const values = new Map([
    ['status', 'denied'],
    ['unitsApproved', '0'],
    ['reasonCodes', ' 0V, 12 ;AE'],
    ['receivedOn', '2026-05-01'],
  ]);
  expect(decisionBody('answered', null, values, zone, now).outcome).toMatchObject({
    unitsApproved: 0,
    reasonCodes: ['0V', '12', 'AE'],
    receivedAt: '2026-05-01T17:00:00.000Z',
  });
});

test('an answer of today came by now, not at a noon still ahead; one without its day is incomplete', () => {
  const values = new Map([
    ['status', 'approved'],
    ['receivedOn', '2026-05-04'],
  ]);
  expect(decisionBody('answered', null, values, zone, now).outcome).toMatchObject({ receivedAt: now });
  expect(leftEmpty('answered', new Map([['status', 'approved']]))).toEqual(['receivedOn']);
});

test('only decisions that may lead to a payer name once more what is sent', () => {
  expect(leadsToSubmission('approve')).toBe(true);
  expect(leadsToSubmission('reject')).toBe(false);
  expect(fieldsOf('approve')).toEqual([]);
});

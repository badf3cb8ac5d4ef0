// Who may tell Gait of new transactions at Stedi, and which of them it acts on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFromStedi, stediEvent } from './webhook.ts';

const event = {
  version: '0',
  id: 'event-1',
  'detail-type': 'transaction.processed.v2',
  source: 'stedi.core',
  detail: {
    transactionId: 'tx-1',
    direction: 'INBOUND',
    mode: 'production',
    x12: { metadata: { transaction: { transactionSetIdentifier: '277' } } },
  },
};

test('only the very secret of the connection is believed, and never an empty one', () => {
  expect(isFromStedi('a-long-random-text', 'a-long-random-text')).toBe(true);
  expect(isFromStedi('a-long-random-texT', 'a-long-random-text')).toBe(false);
  expect(isFromStedi(undefined, 'a-long-random-text')).toBe(false);
  expect(isFromStedi('', '')).toBe(false);
});

test('a processed acknowledgment or remittance that came in is an event, wrapped or not', () => {
  expect(stediEvent(event)).toEqual({ eventId: 'event-1', transactionId: 'tx-1', set: '277' });
  expect(stediEvent({ event })).toEqual({ eventId: 'event-1', transactionId: 'tx-1', set: '277' });
});

test.each([
  ['a claim that went out', { ...event, detail: { ...event.detail, direction: 'OUTBOUND' } }],
  ['a file that was delivered', { ...event, 'detail-type': 'file.delivered.v2' }],
  ['another transaction', { ...event, detail: { ...event.detail, x12: { transactionSetIdentifier: '999' } } }],
  ['an event without a transaction', { ...event, detail: { ...event.detail, transactionId: '' } }],
])('%s is none', (_name, body) => {
  expect(stediEvent(body)).toBeNull();
});

test('whatever a webhook holds, reading it never fails', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(() => stediEvent(body)).not.toThrow();
    }),
  );
});

// A patient's payment is entered to the cent, on a day that has come, and never as nothing.
import { expect, test } from 'vitest';
import { newPaymentKey, paymentOf } from './payment-values.ts';

const today = '2026-06-15';
const typed = (more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> =>
  new Map(Object.entries({ amount: '20', direction: 'paid', paidOn: today, method: '', ...more }));

test.each([
  ['20', 2_000],
  [' $1,250.50 ', 125_050],
  ['0.29', 29],
  ['1.15', 115],
  ['100000', 10_000_000],
])('%j typed is %i cents', (amount, cents) => {
  expect(paymentOf(typed({ amount }), today).payment).toEqual({ cents, paidOn: today });
});

test('what was paid back is below zero, and how it was paid is told where it is known', () => {
  const { payment } = paymentOf(typed({ direction: 'paidBack', method: 'check' }), today);
  expect(payment).toEqual({ cents: -2_000, paidOn: today, method: 'check' });
});

test.each(['', '12.5', '1.234', '-5', '1e3', 'twenty', '0', '0.00', '100000.01', '99999999'])(
  '%j is no amount of a payment',
  (amount) => {
    const { payment, wrong } = paymentOf(typed({ amount }), today);
    expect([payment, wrong.has('amount'), wrong.size]).toEqual([null, true, 1]);
  },
);

test('a payment has a day, and not one that is still to come', () => {
  expect(paymentOf(typed({ paidOn: '2026-06-16' }), today).wrong.get('paidOn')).toBe('This day has not come yet.');
  expect(paymentOf(typed({ paidOn: '' }), today).wrong.has('paidOn')).toBe(true);
  expect(paymentOf(typed({ paidOn: '2025-12-31' }), today).payment?.paidOn).toBe('2025-12-31');
});

test('every key is one that the server takes, and another one', () => {
  const keys = Array.from({ length: 50 }, newPaymentKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[0-9A-Za-z-]{16,64}$/);
});

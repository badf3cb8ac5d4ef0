// What somebody typed of a patient's payment becomes cents, a day and a way of paying.
import { amountInWords } from '../claim-words.ts';
import type { PatientPayment } from '../remittances.ts';
import { centsOf, howToTypeDollars } from './amounts.ts';

export const directions = [
  ['paid', 'The patient paid'],
  ['paidBack', 'Paid back to the patient'],
] as const;

export const methods = [
  ['cash', 'Cash'],
  ['check', 'Check'],
  ['card', 'Card'],
  ['other', 'Another way'],
] as const;

/** The server takes no more at once. */
const mostCents = 10_000_000;

/** The payment; null where something is `wrong`, which is told by the name of its control. */
export function paymentOf(
  typed: ReadonlyMap<string, string>,
  today: string,
): { readonly payment: Omit<PatientPayment, 'key'> | null; readonly wrong: ReadonlyMap<string, string> } {
  const wrong = new Map<string, string>();
  const cents = centsOf((typed.get('amount') ?? '').trim());
  if (cents === undefined) wrong.set('amount', howToTypeDollars);
  else if (cents === 0) wrong.set('amount', 'A payment of nothing is none: enter what was paid.');
  else if (cents > mostCents) wrong.set('amount', `Enter at most ${amountInWords(mostCents)} at once.`);
  const paidOn = typed.get('paidOn') ?? '';
  if (paidOn === '') wrong.set('paidOn', 'Enter the day on which it was paid.');
  else if (paidOn > today) wrong.set('paidOn', 'This day has not come yet.');
  if (cents === undefined || wrong.size > 0) return { payment: null, wrong };
  const method = methods.find(([one]) => one === typed.get('method'))?.[0];
  const signed = typed.get('direction') === 'paidBack' ? -cents : cents;
  return { payment: { cents: signed, paidOn, ...(method === undefined ? {} : { method }) }, wrong };
}

/** A key that no other payment bears; `randomUUID` is missing where the console is served without TLS. */
export function newPaymentKey(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

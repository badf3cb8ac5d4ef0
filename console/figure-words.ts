// Figures in words: what nobody knows says so and is never nothing.
import type { AgeBand } from '../domain/claim-figures/receivables.ts';
import type { CentSum } from '../domain/claim-figures/sums.ts';
import { amountInWords } from './claim-words.ts';

export function countInWords(count: number | null): string {
  return count === null ? 'unknown' : String(count);
}

/** "93.8%". */
export function shareInWords(share: number | null): string {
  return share === null ? 'unknown' : `${Number((share * 100).toFixed(1))}%`;
}

/** "2.5 days". */
export function spentInWords(days: number | null): string {
  return days === null ? 'unknown' : `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** "$12.00", "$12.00, unknown for 3"; `none` where there is nothing to add up. */
export function knownInWords({ known, unknownFor }: CentSum, none: string): string {
  if (known === null) return unknownFor === 0 ? none : `unknown for ${unknownFor}`;
  return `${amountInWords(known)}${unknownFor === 0 ? '' : `, unknown for ${unknownFor}`}`;
}

/** In days: "31–60", "over 120", "day unknown". */
export function bandInWords({ fromDays, toDays }: Pick<AgeBand, 'fromDays' | 'toDays'>): string {
  if (fromDays === null) return 'day unknown';
  return toDays === null ? `over ${fromDays - 1}` : `${fromDays}–${toDays}`;
}

/** "−$20.00", "+$5.00". */
export function changeInWords(cents: number): string {
  return `${cents < 0 ? '−' : '+'}${amountInWords(Math.abs(cents))}`;
}

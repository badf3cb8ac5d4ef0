// Whether a text in an authorization number field is a number at all: staff type `0000` or `TBD` to get past the form.
import type { NumberKind } from './schema.ts';

/** Words that stand for "no number yet", whatever else is typed beside them. */
const placeholderWords: ReadonlySet<string> = new Set(
  (
    'AWAITING DUMMY ESTIMATED FAKE NEED NEEDED NONE NULL PEND PENDED PENDING PLACEHOLDER REQUESTED SUBMITTED ' +
    'TBA TBD TEMP TEST UNKNOWN WAITING'
  ).split(' '),
);

/**
 * Classes the text of an authorization number field.
 *
 * `missing`: nothing but spaces and signs. `placeholder`: no digit at all (N/A, none, xxx, see notes), one sign
 * repeated (0000, 1111, 9-9-9-9), a run counted up from 0 or 1 (1234, 0123456789), or a word such as TBD or pending beside
 * anything (TBD 5/12). `present`: everything else; a payer's numbers have no common shape, so the rest is not guessed at.
 */
export function classifyNumber(text: string | null | undefined): NumberKind {
  const words =
    (text ?? '')
      .normalize('NFKC')
      .toUpperCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const signs = words.join('');
  if (signs === '') return 'missing';
  if (!/\p{Nd}/u.test(signs)) return 'placeholder';
  if (words.some((word) => placeholderWords.has(word.replace(/\d+$/, '')))) return 'placeholder';
  if (new Set(signs).size === 1) return 'placeholder';
  if (signs.length >= 3 && ('1234567890'.startsWith(signs) || '0123456789'.startsWith(signs))) return 'placeholder';
  return 'present';
}

/** The number as it may be stored and sent: trimmed, or null if it is missing or a placeholder. */
export function realNumber(text: string | null | undefined): string | null {
  return classifyNumber(text) === 'present' && typeof text === 'string' ? text.trim() : null;
}

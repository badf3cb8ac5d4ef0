// What leaves for a language model names nobody: references in place of names and numbers, dates moved by a secret number of days.
import { dateOf, dayNumberOrNull } from '../calendar.ts';

/** What is known to identify the patient, with the word that stands for it: `{ '[patient]': ['Maria Lopez', 'Lopez'] }`. */
export type Identifiers = Readonly<Record<string, readonly string[]>>;

export interface Key {
  readonly identifiers: Identifiers;
  /** Days by which every date is moved, not 0. */
  readonly shiftDays: number;
}

export interface Deidentified {
  readonly text: string;
  /** Which words stood where, in the order of the text, so that each comes back as it was. */
  readonly replaced: Readonly<Record<string, readonly string[]>>;
}

const isoOrUs = /\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;
/** What looks like a telephone number, a mail address or a number of nine digits identifies somebody, whoever it is. */
const loose: readonly (readonly [string, RegExp])[] = [
  ['[mail]', /[\w.+-]+@[\w-]+\.[\w.]+/g],
  ['[phone]', /(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)/g],
  ['[number]', /(?<!\d)\d{3}-?\d{2}-?\d{4}(?!\d)/g],
];

/** A text without its identifiers; `reidentify` with the same key brings them back. */
export function deidentify(text: string, { identifiers, shiftDays }: Key): Deidentified {
  const replaced: Record<string, string[]> = {};
  let out = shiftDates(text, shiftDays);
  for (const [reference, pattern] of loose) out = put(out, pattern, reference, replaced);
  for (const [reference, names] of Object.entries(identifiers))
    for (const name of names.toSorted((one, other) => other.length - one.length))
      out = put(out, new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, 'gi'), reference, replaced);
  return { text: out, replaced };
}

function put(text: string, pattern: RegExp, reference: string, replaced: Record<string, string[]>): string {
  return text.replace(pattern, (found) => {
    const known = (replaced[reference] ??= []);
    const at = known.indexOf(found);
    if (at < 0) known.push(found);
    return numbered(reference, at < 0 ? known.length - 1 : at);
  });
}

/** `[patient]`, then `[patient 2]` for another wording of the same. */
function numbered(reference: string, at: number): string {
  return at === 0 ? reference : `${reference.slice(0, -1)} ${at + 1}]`;
}

/** The text with its identifiers and its dates as they were. A reference that was never given stays, for a person to see. */
export function reidentify(
  text: string,
  { shiftDays }: Pick<Key, 'shiftDays'>,
  replaced: Deidentified['replaced'],
): string {
  let out = text;
  for (const [reference, all] of Object.entries(replaced))
    all.forEach((found, at) => {
      out = out.replaceAll(numbered(reference, at), () => found);
    });
  return shiftDates(out, -shiftDays);
}

/** Moves every date of a text; 5/4/2026 comes back as 05/04/2026. What looks like a date and is none stays. */
function shiftDates(text: string, days: number): string {
  return text.replace(isoOrUs, (found: string, ...groups: string[]) => {
    const [year, month, day, usMonth, usDay, usYear] = groups;
    const isIso = year !== undefined;
    const iso = isIso
      ? `${year}-${month ?? ''}-${day ?? ''}`
      : `${usYear ?? ''}-${(usMonth ?? '').padStart(2, '0')}-${(usDay ?? '').padStart(2, '0')}`;
    const number = dayNumberOrNull(iso);
    if (number === null) return found;
    const moved = dateOf(number + days);
    return isIso ? moved : `${moved.slice(5, 7)}/${moved.slice(8, 10)}/${moved.slice(0, 4)}`;
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

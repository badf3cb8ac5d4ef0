// What a message may say: no more than it takes to come to a visit, who writes, and how to stop it.
import type { ContentRow, LimitRow } from './schema.ts';

/** A message as the patient gets it, with what must stand in it. */
export interface Written {
  readonly text: string;
  /** As the clinic calls itself; its own name may hold a word that is no business of a message otherwise. */
  readonly clinicName: string;
  /** Words by which the patient stops messages, in the language of the message. */
  readonly optOutWords: readonly string[];
}

export type ContentFault = 'empty' | 'tooLong' | 'clinicalWord' | 'clinicMissing' | 'optOutMissing' | 'unfilled';

/** Text as it is compared: without accents, in small letters, one space between words. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’‘`]/g, "'").replace(/\s+/g, ' ').trim();
}

/** Whether the words stand in the text as whole words. */
export function holdsWords(text: string, words: string): boolean {
  const at = text.indexOf(words);
  if (at === -1) return false;
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const isWhole = !isLetter(text[at - 1]) && !isLetter(text[at + words.length]);
  return isWhole || holdsWords(text.slice(at + 1), words);
}

/** What is wrong with a message, the names of the faults only: never a piece of its text. */
export function contentFaults(
  written: Written,
  rules: { readonly content: readonly ContentRow[]; readonly limits: readonly LimitRow[] },
): readonly ContentFault[] {
  const text = plain(written.text);
  const said = text.replaceAll(plain(written.clinicName), ' ');
  const faults: ContentFault[] = [];
  if (text === '') faults.push('empty');
  if (/\{\{|\}\}/.test(text)) faults.push('unfilled');
  const most = Math.min(...rules.limits.map(({ maxCharacters }) => maxCharacters ?? Infinity));
  if ([...written.text].length > most) faults.push('tooLong');
  if (rules.content.some(({ clinicalWords }) => clinicalWords.some((word) => holdsWords(said, plain(word)))))
    faults.push('clinicalWord');
  if (rules.limits.some(({ namesClinic }) => namesClinic) && !text.includes(plain(written.clinicName)))
    faults.push('clinicMissing');
  if (rules.limits.some(({ optOut }) => optOut) && !written.optOutWords.some((word) => holdsWords(text, plain(word))))
    faults.push('optOutMissing');
  return faults;
}

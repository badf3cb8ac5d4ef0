// Finds the vocabulary's phrases in tokens, the longest first.
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary-schema.ts';

export const phraseKinds = {
  exercises: 'exercise',
  services: 'service',
  parts: 'part',
  motions: 'motion',
  muscles: 'muscle',
  symptoms: 'symptom',
  tests: 'test',
  measures: 'measure',
  balance: 'balance',
  activities: 'activity',
  devices: 'device',
  deviations: 'deviation',
  skills: 'skill',
  assistance: 'assistance',
  responses: 'response',
  progressions: 'progression',
  bands: 'band',
} as const;
export type PhraseKind = (typeof phraseKinds)[keyof typeof phraseKinds];

export interface Phrase {
  readonly kind: PhraseKind;
  readonly name: string;
  /** The part of the body that goes with it, where there is one. */
  readonly part: string | null;
  /** The code a service is charged under. */
  readonly code: string | null;
  readonly words: readonly string[];
  readonly capitals: boolean;
}

/** Phrases by their first word, the longest first. */
export type PhraseBook = ReadonlyMap<string, readonly Phrase[]>;

/** Made once for a vocabulary. */
export function phraseBook(vocabulary: Vocabulary): PhraseBook {
  const book = new Map<string, Phrase[]>();
  for (const section of Object.keys(phraseKinds)) {
    if (!isSection(section)) continue;
    for (const row of vocabulary[section]) {
      const part = 'part' in row ? row.part : null;
      const code = 'code' in row ? row.code : null;
      for (const said of row.says) {
        const words = tokensOf(said).map(({ word }) => word);
        const [first] = words;
        if (first === undefined) continue;
        const capitals = said === said.toUpperCase() && said !== said.toLowerCase();
        const phrase = { kind: phraseKinds[section], name: row.name, part, code, words, capitals };
        const same = book.get(first);
        if (same === undefined) book.set(first, [phrase]);
        else same.push(phrase);
      }
    }
  }
  for (const phrases of book.values()) phrases.sort((one, other) => other.words.length - one.words.length);
  return book;
}

function isSection(name: string): name is keyof typeof phraseKinds {
  return Object.hasOwn(phraseKinds, name);
}

/** The longest phrase that begins at a token; null: none does. */
export function phraseAt(book: PhraseBook, tokens: readonly Token[], at: number): Phrase | null {
  const first = tokens[at];
  if (first === undefined) return null;
  const found = book
    .get(first.word)
    ?.find(
      ({ words, capitals }) =>
        words.every((word, offset) => tokens[at + offset]?.word === word) &&
        (!capitals || first.text === first.text.toUpperCase()),
    );
  return found ?? null;
}

// The names a record gives to exercises, tests and activities, found again in a text, whole or by their beginning.
import type { Fact } from './facts.ts';
import type { Piece } from './scan.ts';
import { kinds, scan } from './scan.ts';

interface Named {
  readonly words: readonly number[];
  readonly fact: Fact;
}

export interface NameFound {
  readonly length: number;
  readonly facts: readonly Fact[];
}

/** Short forms clinicians use instead of the whole name. */
const shortForms: Readonly<Record<string, string>> = {
  'straight leg raise': 'slr',
  'long arc quad': 'laq',
  'short arc quad': 'saq',
  'terminal knee extension': 'tke',
  'sit to stand': 'sts',
  'soft tissue mobilization': 'stm',
  'single leg stance': 'sls',
  'anterior drawer test': 'anterior drawer',
};

const mayBeShort = new RegExp(`^(${Object.keys(shortForms).join('|')})`, 'i');

export class Names {
  readonly #byFirst = new Map<number, Named[]>();

  constructor(facts: readonly Fact[]) {
    for (const fact of facts) {
      if (fact.name === null) continue;
      this.#add(fact.name, fact);
      if (!mayBeShort.test(fact.name)) continue;
      for (const [long, short] of Object.entries(shortForms))
        if (fact.name.toLowerCase().startsWith(long)) this.#add(short, fact);
    }
  }

  #add(text: string, fact: Fact): void {
    const words: number[] = [];
    for (const { kind, hash } of scan(text)) if (kind === kinds.word) words.push(hash);
    const [first] = words;
    if (first === undefined) return;
    const list = this.#byFirst.get(first);
    if (list === undefined) this.#byFirst.set(first, [{ words, fact }]);
    else list.push({ words, fact });
  }

  /** The longest name that begins at a piece, with what bears it. */
  longestAt(pieces: readonly Piece[], at: number): NameFound | null {
    const candidates = this.#byFirst.get(pieces[at]?.hash ?? 0);
    if (candidates === undefined) return null;
    let length = 0;
    let found: Fact[] = [];
    for (const { words, fact } of candidates) {
      const matched = matchedFrom(words, pieces, at);
      // The beginning of a name is enough where it is two words, or the whole of it.
      if (matched < Math.min(words.length, 2) || matched < length) continue;
      if (matched > length) found = [];
      length = matched;
      found.push(fact);
    }
    return found.length === 0 ? null : { length, facts: found };
  }
}

/** How many words of a name stand in the text from here on. */
function matchedFrom(words: readonly number[], pieces: readonly Piece[], at: number): number {
  let matched = 0;
  while (matched < words.length) {
    const piece = pieces[at + matched];
    if (piece === undefined || piece.kind !== kinds.word || piece.hash !== words[matched]) break;
    matched++;
  }
  return matched;
}

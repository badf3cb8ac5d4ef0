// The verifier's words as a tree of stems: the longest phrase that begins at a word is found in one walk.
import type { Piece } from './scan.ts';
import { kinds, wordHash } from './scan.ts';
import { clinicalWords, lexiconWords, plainWords, treatmentModifiers, treatmentNouns } from './lexicon-words.ts';

export type Category = keyof typeof lexiconWords | 'treatment' | 'clinical' | 'plain';

export interface Entry {
  readonly category: Category;
  readonly value: string;
}

interface Node {
  readonly next: Map<number, Node>;
  readonly entries: Entry[];
  /** What is found where a phrase ends here; made once, for it is asked for at every word. */
  found: Found | null;
}

export interface Found {
  readonly entries: readonly Entry[];
  /** How many pieces the phrase takes. */
  readonly length: number;
}

function node(): Node {
  return { next: new Map(), entries: [], found: null };
}

function add(root: Node, phrases: string, entry: Entry): void {
  for (const phrase of phrases.split(',')) {
    let at = root;
    const words = phrase.trim().split(' ');
    for (const word of words) {
      const hash = wordHash(word);
      const next = at.next.get(hash) ?? node();
      at.next.set(hash, next);
      at = next;
    }
    if (!at.entries.some(({ category, value }) => category === entry.category && value === entry.value))
      at.entries.push(entry);
    at.found = { entries: at.entries, length: words.length };
  }
}

/** Built once by whoever verifies; it does not change. */
export class Lexicon {
  readonly #root = node();
  readonly #modifiers: ReadonlySet<number>;

  constructor() {
    const root = this.#root;
    for (const [category, values] of Object.entries(lexiconWords))
      for (const [value, phrases] of Object.entries(values))
        add(root, phrases, { category: category as Category, value });
    for (const noun of treatmentNouns.split(',')) add(root, noun, { category: 'treatment', value: noun.trim() });
    for (const word of clinicalWords.split(',')) add(root, word, { category: 'clinical', value: word.trim() });
    add(root, plainWords, { category: 'plain', value: '' });
    this.#modifiers = new Set(treatmentModifiers.split(',').map((word) => wordHash(word.trim())));
  }

  /** Whether a word tells one exercise from another: "wall" in "wall squat". */
  isModifier(hash: number): boolean {
    return this.#modifiers.has(hash);
  }

  /** The longest phrase that begins at a piece; null for a word that is in none. */
  longestAt(pieces: readonly Piece[], at: number): Found | null {
    let here: Node | undefined = this.#root;
    let found: Found | null = null;
    for (let index = at; index < pieces.length; index++) {
      const piece = pieces[index];
      if (piece === undefined || piece.kind !== kinds.word) break;
      here = here.next.get(piece.hash);
      if (here === undefined) break;
      if (here.found !== null) found = here.found;
    }
    return found;
  }
}

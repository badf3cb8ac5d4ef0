// Everything a document may be held against, read from the source as it is needed, and what of it the document has told.
import type { NoteSource } from '../note/source-schema.ts';
import type { Atom } from './atoms.ts';
import { readAtoms } from './atoms.ts';
import type { KnownDate } from './episode-facts.ts';
import { episodeFacts, knownDates } from './episode-facts.ts';
import { Collector, now } from './facts.ts';
import type { Fact, Facts } from './facts.ts';
import type { Lexicon } from './lexicon.ts';
import { Names } from './names.ts';
import { codeHash, kinds, scan } from './scan.ts';
import { sessionFacts } from './session-facts.ts';
import type { SourceText } from './source-texts.ts';
import { sourceTexts } from './source-texts.ts';

/** A free text of the record, read. */
export interface ReadText extends SourceText {
  readonly atoms: readonly Atom[];
  readonly isNegated: boolean;
}

/** What a document has told so far. */
export interface Told {
  readonly facts: Set<Fact>;
  /** Interventions whose response was told. */
  readonly responses: Set<Fact>;
  /** Hashes of charged codes. */
  readonly codes: Set<number>;
}

const noFacts: Facts = new Collector();

export class Evidence {
  readonly source: NoteSource;
  readonly lexicon: Lexicon;
  readonly names: Names;
  readonly current: Facts;
  readonly episode: Facts;
  readonly dates: readonly KnownDate[];
  readonly told: Told = { facts: new Set(), responses: new Set(), codes: new Set() };
  /** Free texts by their words, for quotations. */
  readonly quotable: ReadonlyMap<string, string>;
  readonly #past: Facts[] = [];
  readonly #texts: readonly SourceText[];
  #read: ReadText[] | undefined;
  #words: Set<number> | undefined;

  constructor(source: NoteSource, lexicon: Lexicon) {
    this.source = source;
    this.lexicon = lexicon;
    this.current = sessionFacts(source.session, '/session', now);
    this.names = new Names(this.current.all);
    this.episode = episodeFacts(source);
    this.dates = knownDates(source);
    this.#texts = sourceTexts(source);
    const quotable = new Map<string, string>();
    for (const { pointer, text } of this.#texts) quotable.set(text, pointer);
    this.quotable = quotable;
  }

  /** What an earlier session records, by its index. */
  earlier(at: number): Facts {
    const session = this.source.earlier[at];
    if (session === undefined) return noFacts;
    return (this.#past[at] ??= sessionFacts(session, `/earlier/${at}`, at));
  }

  texts(): readonly ReadText[] {
    if (this.#read === undefined) {
      this.#read = [];
      for (const text of this.#texts) this.#read.push(readText(text, this));
    }
    return this.#read;
  }

  /** Whether a word stands anywhere in the free texts or names of the record. */
  hasWord(hash: number): boolean {
    this.#words ??= wordsOf(this.#texts);
    return this.#words.has(hash);
  }

  /** Minutes of the interventions charged under a code; null where one of them has none, undefined for an unknown code. */
  minutesOf(code: number): number | null | undefined {
    let sum: number | null | undefined;
    for (const { code: own, minutes } of this.source.session.interventions) {
      if (own === null || codeHash(own) !== code) continue;
      sum = minutes === null || sum === null ? null : (sum ?? 0) + minutes;
    }
    return sum;
  }

  isDiagnosis(wanted: number): boolean {
    for (const { code } of this.source.episode.diagnoses) if (codeHash(code) === wanted) return true;
    return false;
  }
}

function readText({ pointer, text }: SourceText, { lexicon, names }: Evidence): ReadText {
  const atoms: Atom[] = [];
  readAtoms(scan(text), atoms, lexicon, names);
  return { pointer, text, atoms, isNegated: atoms.some(isNegation) };
}

function isNegation({ what }: Atom): boolean {
  return what === 'negation';
}

function wordsOf(texts: readonly SourceText[]): Set<number> {
  const words = new Set<number>();
  for (const { text } of texts) for (const { kind, hash } of scan(text)) if (kind === kinds.word) words.add(hash);
  return words;
}

/** Marks facts of this session as told. */
export function tell({ told }: Evidence, facts: readonly Fact[]): void {
  for (const fact of facts) told.facts.add(fact);
}

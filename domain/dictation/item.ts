// What a sentence is made of once it is read: things named and values said, each with its place.
import type { PhraseKind } from './phrases.ts';
import type { ClosedKind } from './closed-words.ts';
import type { Span, Token } from './tokens.ts';

export type ValueKind =
  | 'sets'
  | 'repetitions'
  | 'hold'
  | 'seconds'
  | 'minutes'
  | 'load'
  | 'degrees'
  | 'motionRange'
  | 'grade'
  | 'painScore'
  | 'outOf'
  | 'percent'
  | 'distance'
  | 'code'
  | 'mobilization'
  | 'bare';
export type ItemKind = PhraseKind | ClosedKind | ValueKind | 'side' | 'total' | 'home' | 'unnamed';

export interface Item {
  readonly kind: ItemKind;
  /** The canonical name, or the unit, or the grade as written. */
  readonly name: string;
  /** null: said, and not understood for sure. */
  readonly value: number | null;
  /** The whole of "out of", the lower end of a range of motion, or null. */
  readonly of: number | null;
  readonly part: string | null;
  readonly code: string | null;
  readonly unsure: string | null;
  /** Tokens of the sentence, the last not included. */
  readonly first: number;
  readonly end: number;
}

/** An item with what is usual left out. */
export function itemOf(is: Pick<Item, 'kind' | 'name' | 'first' | 'end'> & Partial<Item>): Item {
  return { value: null, of: null, part: null, code: null, unsure: null, ...is };
}

/** Where an item stands in the text. */
export function spanOf(tokens: readonly Token[], { first, end }: Pick<Item, 'first' | 'end'>): Span {
  const said = tokens.slice(first, end);
  const from = Math.min(...said.map((token) => token.from));
  const to = Math.max(...said.map((token) => token.to));
  return said.length === 0 ? { from: 0, to: 0 } : { from, to };
}

// A dictation cut into sentences and clauses, each read into items.
import { closedWord, sideOf } from './closed-words.ts';
import { itemOf } from './item.ts';
import type { Item } from './item.ts';
import { phraseAt } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';
import { quantityAt } from './quantities.ts';
import type { Token } from './tokens.ts';

export interface Sentence {
  readonly tokens: readonly Token[];
  readonly items: readonly Item[];
  /** The clause of each token. */
  readonly clauseOf: readonly number[];
}

/** Things that values are said of. */
export const anchorKinds: ReadonlySet<string> = new Set([
  'exercise',
  'service',
  'motion',
  'muscle',
  'test',
  'measure',
  'balance',
  'activity',
  'gait',
  'symptom',
  'total',
  'rom',
  'home',
  'unnamed',
]);

const abbreviations = new Set(['min', 'mins', 'lb', 'lbs', 'sec', 'secs', 'ft', 'rep', 'deg', 'approx', 'kg', 'pt']);
const enders = new Set(['.', '\n', '?', '!']);
const breaks = new Set([',', ';', ':', '(', ')', '—', '–']);

/** The sentences of a dictation, in order. */
export function sentencesOf(tokens: readonly Token[], book: PhraseBook): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let current: Token[] = [];
  const close = (): void => {
    if (current.length > 0) sentences.push(readSentence(current, book));
    current = [];
  };
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const abbreviated =
      token.text === '.' && abbreviations.has(tokens[at - 1]?.word ?? '') && !/^\p{Lu}/u.test(next?.text ?? 'A');
    if (enders.has(token.text) && !abbreviated) close();
    else if (!abbreviated) current.push(token);
  }
  close();
  return sentences;
}

function readSentence(tokens: readonly Token[], book: PhraseBook): Sentence {
  const items = itemsOf(tokens, book);
  return { tokens, items, clauseOf: clausesOf(tokens, items) };
}

function itemsOf(tokens: readonly Token[], book: PhraseBook): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = itemsAt(tokens, at, book);
    items.push(...found);
    at = Math.max(at + 1, ...found.map(({ end }) => end));
  }
  return items;
}

function itemsAt(tokens: readonly Token[], at: number, book: PhraseBook): readonly Item[] {
  const token = tokens[at];
  if (token === undefined) return [];
  const fixed = totalAt(tokens, at) ?? homeAt(tokens, at) ?? assistanceRangeAt(tokens, at, book) ?? fixedAt(tokens, at);
  if (fixed !== null) return [fixed];
  const phrase = phraseAt(book, tokens, at);
  if (phrase !== null) {
    const { kind, name, part, code, words } = phrase;
    const is = { name, part, code, first: at, end: at + words.length, unsure: doubtIn(tokens, at, at + words.length) };
    if (kind === 'band') return [itemOf({ ...is, kind: 'load', name: `${name} band` })];
    const isWeight = kind === 'part' && tokens[at + words.length]?.word === 'weight';
    return isWeight || isNegated(kind, tokens, at) ? [] : [itemOf({ ...is, kind })];
  }
  const quantity = quantityAt(tokens, at);
  if (quantity.length > 0) return quantity;
  const side = sideOf(token.word, token.text);
  const each = tokens[at - 1]?.word === 'per' || tokens[at - 1]?.word === 'each';
  if (side !== null && !isLevelOfSpine(tokens, at) && !each && !isBothOfList(tokens, at)) {
    const end = side === 'both' && tokens[at + 1]?.word === 'side' ? at + 2 : at + 1;
    const forward = tokens[at + 2]?.word === 'forward' ? 'the side of the foot in front was said' : null;
    return [itemOf({ kind: 'side', name: side, first: at, end, unsure: token.unsure ?? forward })];
  }
  return closedWord(token.word).map(({ kind, name }) => itemOf({ kind, name, first: at, end: at + 1 }));
}

function doubtIn(tokens: readonly Token[], from: number, to: number): string | null {
  return tokens.slice(from, to).find(({ unsure }) => unsure !== null)?.unsure ?? null;
}

/** "No increased pain" tells of no response. */
function isNegated(kind: string, tokens: readonly Token[], at: number): boolean {
  return kind === 'response' && ['no', 'not', 'without', 'denie', 'denied'].includes(tokens[at - 1]?.word ?? '');
}

/** L4, R1: a letter with a number at its side is no side. */
function isLevelOfSpine(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  return token?.text.length === 1 && next?.number !== undefined && next.number !== null && next.from === token.to;
}

/** "Both positive" is of two tests, not of two sides. */
function isBothOfList(tokens: readonly Token[], at: number): boolean {
  const next = closedWord(tokens[at + 1]?.word ?? '').some(({ kind }) => kind === 'polarity');
  return tokens[at]?.word === 'both' && next;
}

function words(tokens: readonly Token[], at: number, said: string): number {
  const each = said.split(' ');
  return each.every((word, offset) => tokens[at + offset]?.word === word) ? each.length : 0;
}

const fixedPhrases: readonly (readonly [said: string, kind: Item['kind'], name: string])[] = [
  ['active range of motion', 'mode', 'active'],
  ['passive range of motion', 'mode', 'passive'],
  ['range of motion', 'rom', 'rom'],
  ['body weight', 'load', 'bodyweight'],
  ['bodyweight', 'load', 'bodyweight'],
];

const romans = ['i', 'ii', 'iii', 'iv', 'v'];

function fixedAt(tokens: readonly Token[], at: number): Item | null {
  const roman = romans.indexOf(tokens[at + 1]?.word ?? '');
  if (tokens[at]?.word === 'grade' && roman >= 0)
    return itemOf({ kind: 'mobilization', name: romans[roman]?.toUpperCase() ?? '', first: at, end: at + 2 });
  for (const [said, kind, name] of fixedPhrases) {
    const length = words(tokens, at, said);
    if (length > 0) return itemOf({ kind, name, first: at, end: at + length });
  }
  return null;
}

const totals: readonly (readonly [said: string, name: string])[] = [
  ['total timed minute', 'timed'],
  ['total timed time', 'timed'],
  ['timed minute', 'timed'],
  ['timed code minute', 'timed'],
  ['total treatment time', 'total'],
  ['total treatment minute', 'total'],
  ['total time', 'total'],
  ['total minute', 'total'],
  ['treatment time', 'total'],
];

function totalAt(tokens: readonly Token[], at: number): Item | null {
  for (const [said, name] of totals) {
    const length = words(tokens, at, said);
    if (length > 0) return itemOf({ kind: 'total', name, first: at, end: at + length });
  }
  return null;
}

function homeAt(tokens: readonly Token[], at: number): Item | null {
  for (const said of ['home exercise program', 'home exercise', 'home program', 'hep']) {
    const length = words(tokens, at, said);
    if (length > 0) return itemOf({ kind: 'home', name: 'home', first: at, end: at + length });
  }
  return null;
}

const levelWords = new Set(['min', 'minimal', 'mod', 'moderate', 'max', 'maximal', 'cga', 'sba', 'supervision']);

/** "min to mod assist": which of the two was meant nobody can tell. */
function assistanceRangeAt(tokens: readonly Token[], at: number, book: PhraseBook): Item | null {
  if (!levelWords.has(tokens[at]?.word ?? '') || !['to', '-', '/'].includes(tokens[at + 1]?.word ?? '')) return null;
  const phrase = phraseAt(book, tokens, at + 2);
  if (phrase?.kind !== 'assistance') return null;
  const unsure = `a range was said: ${tokens[at]?.text ?? ''} to ${phrase.name}`;
  return itemOf({ kind: 'assistance', name: '', first: at, end: at + 2 + phrase.words.length, unsure });
}

/** Clauses end at a comma and the like, at "then", and at "and" where something is named on either side of it. */
function clausesOf(tokens: readonly Token[], items: readonly Item[]): number[] {
  const clauses: number[] = [];
  let clause = 0;
  const named = (from: number, to: number): boolean =>
    items.some(({ kind, first }) => anchorKinds.has(kind) && first >= from && first < to);
  let start = 0;
  for (const [at, { text, word }] of tokens.entries()) {
    const inside = items.some(({ first, end }) => at > first && at < end);
    const isAnd = (word === 'and' || word === '&') && named(start, at) && named(at, nextBreak(tokens, at + 1));
    if (!inside && (breaks.has(text) || word === 'then' || isAnd)) {
      clause += 1;
      start = at + 1;
    }
    clauses.push(clause);
  }
  return clauses;
}

function nextBreak(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !breaks.has(tokens[at]?.text ?? '') && tokens[at]?.word !== 'and') at += 1;
  return at;
}

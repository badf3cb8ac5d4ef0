// What the speaker took back: "strike that" removes, "correction" puts a new value in the place of the last of its shape.
import { phraseAt } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';
import { isSideWord } from './closed-words.ts';
import type { Token } from './tokens.ts';

const removing = ['strike that', 'scratch that', 'delete that'];
const replacing = ['correction', 'i mean', 'make that', 'no wait', 'wait no', 'sorry', 'or rather'];
const markers = [...removing, ...replacing].map((said) => ({
  words: said.split(' '),
  removes: removing.includes(said),
}));
const filler = new Set([',', ':', 'that', 'is', 'should', 'be', 'it', 'wa', 'was']);
const enders = new Set(['.', '\n', '?', '!']);

/** The tokens as they are meant, in order; what was taken back is gone. */
export function corrected(tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  let left: readonly Token[] = tokens;
  for (let at = 0; at < left.length; ) {
    const marker = markers.find(({ words }) => words.every((word, offset) => left[at + offset]?.word === word));
    if (marker === undefined) {
      at += 1;
      continue;
    }
    const placed = takeBack(left, at, at + marker.words.length, marker.removes, book);
    left = placed.tokens;
    at = placed.next;
  }
  return left;
}

interface Placed {
  readonly tokens: readonly Token[];
  readonly next: number;
}

function takeBack(tokens: readonly Token[], at: number, after: number, removes: boolean, book: PhraseBook): Placed {
  let before = at;
  while (tokens[before - 1]?.text === ',') before -= 1;
  const ownSentence = before === 0 || enders.has(tokens[before - 1]?.text ?? '');
  const start = sentenceStart(tokens, ownSentence ? before - 1 : before);
  let said = after;
  while (filler.has(tokens[said]?.word ?? '')) said += 1;
  const end = clauseEnd(tokens, said);
  const target = unitsOf(tokens.slice(start, before), book);
  const replacement = unitsOf(tokens.slice(said, end), book);
  const place = ownSentence && removes ? null : placeOf(target, replacement);
  if (place !== null) {
    const changed = mendedUnits(target, replacement, place);
    return spliced(tokens, start, end, changed);
  }
  if (removes) return spliced(tokens, start, skipEnder(tokens, after), []);
  // It cannot be told what is corrected: all stays, and all of it is doubtful.
  const doubtful = [...tokens.slice(start, before), ...tokens.slice(said, end)];
  return spliced(
    tokens,
    start,
    end,
    doubtful.map((token) => unsureOf(token, 'a correction was said and its place is not clear')),
  );
}

function spliced(tokens: readonly Token[], start: number, end: number, middle: readonly Token[]): Placed {
  return { tokens: [...tokens.slice(0, start), ...middle, ...tokens.slice(end)], next: start + middle.length };
}

function skipEnder(tokens: readonly Token[], at: number): number {
  return enders.has(tokens[at]?.text ?? '') || tokens[at]?.text === ',' ? at + 1 : at;
}

function sentenceStart(tokens: readonly Token[], before: number): number {
  let at = Math.max(0, before);
  while (at > 0 && !enders.has(tokens[at - 1]?.text ?? '')) at -= 1;
  return at;
}

function clauseEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !enders.has(tokens[at]?.text ?? '') && ![',', ';'].includes(tokens[at]?.text ?? ''))
    at += 1;
  return at;
}

interface Unit {
  readonly shape: string;
  readonly tokens: readonly Token[];
}

/** Tokens by what kind of thing they are: a number is a number, an exercise an exercise, other words are themselves. */
function unitsOf(tokens: readonly Token[], book: PhraseBook): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const phrase = phraseAt(book, tokens, at);
    const length = phrase?.words.length ?? 1;
    units.push({
      shape: phrase === null ? shapeOf(token, tokens, at) : `<${kindOf(phrase.kind)}>`,
      tokens: tokens.slice(at, at + length),
    });
    at += length;
  }
  return units;
}

/** One kind of thing done may be corrected into another. */
function kindOf(kind: string): string {
  return kind === 'service' || kind === 'exercise' ? 'done' : kind;
}

function shapeOf({ number, word, text }: Token, tokens: readonly Token[], at: number): string {
  if (number !== null) {
    const whole = tokens[at - 1]?.text === '/' || (tokens[at - 1]?.word === 'of' && tokens[at - 2]?.word === 'out');
    return whole ? '<whole>' : '<number>';
  }
  if (isSideWord(word, text)) return '<side>';
  if (['+', '-', 'plus', 'minus'].includes(word)) return '<sign>';
  return word;
}

interface Place {
  readonly at: number;
  readonly length: number;
}

/** Where the longest beginning of the new units has the same shape as old ones, the last such place. */
function placeOf(target: readonly Unit[], replacement: readonly Unit[]): Place | null {
  for (let length = replacement.length; length > 0; length -= 1) {
    const shapes = replacement.slice(0, length).map(({ shape }) => shape);
    if (!shapes.some((shape) => shape.startsWith('<'))) return null;
    for (let at = target.length - length; at >= 0; at -= 1)
      if (shapes.every((shape, offset) => target[at + offset]?.shape === shape)) return { at, length };
  }
  return null;
}

function mendedUnits(target: readonly Unit[], replacement: readonly Unit[], { at, length }: Place): Token[] {
  const alone = replacement.length === 1 && replacement[0]?.shape === '<number>';
  const numbers = target.filter(({ shape }) => shape === '<number>').length;
  const why = alone && numbers > 1 ? 'one number was corrected where several were said' : null;
  const fresh = replacement
    .flatMap(({ tokens }) => tokens)
    .map((token) => (why === null ? token : unsureOf(token, why)));
  const old = (units: readonly Unit[]): Token[] => units.flatMap(({ tokens }) => [...tokens]);
  return [...old(target.slice(0, at)), ...fresh, ...old(target.slice(at + length))];
}

function unsureOf(token: Token, why: string): Token {
  return { ...token, unsure: token.unsure ?? why };
}

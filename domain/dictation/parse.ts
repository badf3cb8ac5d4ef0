// A dictated session as a session record: what was understood, where each value was said, what is doubtful and what was not understood.
import type { Measure } from '../measures/schema.ts';
import type { Session } from '../session/schema.ts';
import { corrected } from './corrections.ts';
import type { FieldSource } from './entry.ts';
import { fillSentence, startingPlace } from './fill.ts';
import { framed } from './frames.ts';
import type { PhraseBook } from './phrases.ts';
import { Recorded } from './record.ts';
import type { PlacedDoubt } from './record.ts';
import { sectionOf } from './sections.ts';
import { sentencesOf } from './sentence.ts';
import { tokensOf } from './tokens.ts';
import type { Span, Token } from './tokens.ts';

export interface Dictated {
  /** A draft for a person to look through; its entries carry their doubts as well. */
  readonly session: Session;
  readonly sources: readonly FieldSource[];
  readonly doubts: readonly PlacedDoubt[];
  /** Numbers and sentences that went into no field, for a person to read. */
  readonly notUnderstood: readonly Span[];
}

export interface Listener {
  readonly book: PhraseBook;
  readonly measures: readonly Measure[];
}

/**
 * Reads a dictation. Nothing is guessed: what is not said stays null, what may be meant otherwise is marked.
 * @param text as typed or transcribed, with or without punctuation; any text, it never throws
 * @param is whose session and when; of these nothing is taken from the text
 */
export function parseDictation(
  text: string,
  is: Pick<Session, 'ref' | 'patient' | 'date' | 'kind'>,
  listener: Listener,
): Dictated {
  const tokens = corrected(tokensOf(text), listener.book);
  const recorded = new Recorded(is);
  const unread: Span[] = [];
  let place = startingPlace;
  for (const sentence of sentencesOf(tokens, listener.book)) {
    const before = recorded.sources.length + recorded.doubts.length;
    place = fillSentence(recorded, framed(sentence), place, listener.measures, text);
    sectionOf(recorded, sentence, text);
    const span = spanOfAll(sentence.tokens);
    if (recorded.sources.length + recorded.doubts.length === before && hasWord(sentence.tokens)) unread.push(span);
  }
  return {
    session: recorded.session,
    sources: recorded.sources,
    doubts: recorded.doubts,
    notUnderstood: [...unread, ...loneNumbers(tokens, recorded, unread)].sort((one, other) => one.from - other.from),
  };
}

const verbatim = /^\/(?:subjective\/words|homeProgram\/words|assessment|plan|education\/\d+)$/;

/** Numbers that no field was filled from. */
function loneNumbers(tokens: readonly Token[], { sources, doubts }: Recorded, unread: readonly Span[]): Span[] {
  const read = [
    ...sources.filter(({ path }) => !verbatim.test(path)),
    ...doubts.flatMap(({ spans }) => spans),
    ...unread,
  ];
  return tokens
    .filter(({ number, from, to }) => number !== null && !read.some((span) => span.from <= from && to <= span.to))
    .map(({ from, to }) => ({ from, to }));
}

function hasWord(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function spanOfAll(tokens: readonly Token[]): Span {
  return { from: Math.min(...tokens.map(({ from }) => from)), to: Math.max(...tokens.map(({ to }) => to)) };
}

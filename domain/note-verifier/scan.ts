// Cuts a text into words, numbers and marks in one pass; words are compared by the hash of their stem.

export const kinds = { word: 0, number: 1, ratio: 2, times: 3, date: 4, code: 5, mark: 6 } as const;

/** One piece of a text. Which of the fields mean something depends on its kind. */
export interface Piece {
  readonly kind: number;
  /** word, code: hash of the stem or of the code. mark: its character code. ratio: 0, or the code of a plus or minus behind the first number. */
  readonly hash: number;
  /** number, ratio, times: the first number. date: 20260131, or 131 without a year. */
  readonly value: number;
  /** ratio: what it is of. times: the second number. word: 1 if it is a single capital letter. */
  readonly other: number;
  readonly from: number;
  readonly to: number;
}

/** So many letters of a word count. */
const longest = 63;
/** The letters of the word that is read, from 1, and the hash up to each of them. */
const letters = new Uint8Array(longest + 1);
const prefixes = new Int32Array(longest + 1);

const basis = 0x811c9dc5 | 0;
const prime = 0x01000193;

function isLetter(code: number): boolean {
  const low = code | 32;
  return low >= 97 && low <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The hash of a word's stem: without the endings of plural, -ing and -ed, so that "bridges" and "bridging" are one word. */
function stemHash(text: string, from: number, to: number): number {
  let length = 0;
  let hash = basis;
  for (let at = from; at < to && length < longest; at++) {
    const low = text.charCodeAt(at) | 32;
    if (low < 97 || low > 122) continue;
    hash = Math.imul(hash ^ low, prime);
    length++;
    letters[length] = low;
    prefixes[length] = hash;
  }
  return stemOf(length, hash);
}

/** The same for the letters that were read last into `letters` and `prefixes`. */
function stemOf(read: number, hash: number): number {
  let length = read;
  if (length < 4) return hash;
  const last = letters[length];
  if (last === 115) {
    const second = letters[length - 1];
    if (second === 115 || second === 117 || second === 105) return hash;
    length--;
  } else if (last === 103 && length >= 6 && letters[length - 1] === 110 && letters[length - 2] === 105) {
    return prefixes[doubled(length - 3) ? length - 4 : length - 3] ?? hash;
  } else if (last === 100 && length >= 6 && letters[length - 1] === 101) {
    return prefixes[doubled(length - 2) ? length - 3 : length - 2] ?? hash;
  }
  if (letters[length] === 101 && length >= 5) length--;
  return prefixes[length] ?? hash;
}

/** "squatt", "stepp": a consonant that is doubled before an ending. */
function doubled(length: number): boolean {
  const last = letters[length];
  return last === letters[length - 1] && last !== 108 && last !== 115;
}

/** The hash a word of a text has, for the tables that words are looked up in. */
export function wordHash(word: string): number {
  return stemHash(word, 0, word.length);
}

/** The hash of a code such as `97110` or `M54.50`, letters in upper case. */
export function codeHash(code: string): number {
  let hash = basis;
  for (let at = 0; at < code.length; at++) {
    const letter = code.charCodeAt(at);
    hash = Math.imul(hash ^ (letter >= 97 && letter <= 122 ? letter - 32 : letter), prime);
  }
  return hash;
}

/** Whether one of the pieces has this hash. */
export function hasHash(pieces: readonly Piece[], hash: number): boolean {
  for (const one of pieces) if (one.hash === hash) return true;
  return false;
}

/** The pieces of a text between two offsets, in order. White space and unknown characters are no pieces. */
export function scan(text: string, begin = 0, end: number = text.length): Piece[] {
  const pieces: Piece[] = [];
  let at = begin;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10) at++;
    else if (isLetter(code)) at = scanWord(text, at, end, pieces);
    else if (isDigit(code)) at = scanNumber(text, at, end, pieces, 1);
    else if ((code === 45 || code === 8722) && isDigit(text.charCodeAt(at + 1)) && !isDigit(text.charCodeAt(at - 1)))
      at = scanNumber(text, at + 1, end, pieces, -1);
    else {
      if (code !== 45 && code !== 39 && code !== 8217) pieces.push(piece(kinds.mark, code, 0, 0, at, at + 1));
      at++;
    }
  }
  return pieces;
}

function piece(kind: number, hash: number, value: number, other: number, from: number, to: number): Piece {
  return { kind, hash, value, other, from, to };
}

function scanWord(text: string, from: number, end: number, pieces: Piece[]): number {
  let length = 0;
  let hash = basis;
  let to = from;
  for (; to < end; to++) {
    const code = text.charCodeAt(to);
    const low = code | 32;
    if (low >= 97 && low <= 122) {
      if (length === longest) continue;
      hash = Math.imul(hash ^ low, prime);
      length++;
      letters[length] = low;
      prefixes[length] = hash;
    } else if ((code !== 39 && code !== 8217) || !isLetter(text.charCodeAt(to + 1))) break;
  }
  // A letter with digits behind it is a code: M54.50, S83.511D, G0283, L4.
  if (to - from <= 2 && to < end && isDigit(text.charCodeAt(to))) return scanCode(text, from, end, pieces);
  const isCapital = to - from === 1 && text.charCodeAt(from) < 97;
  pieces.push(piece(kinds.word, stemOf(length, hash), 0, isCapital ? 1 : 0, from, to));
  return to;
}

function scanCode(text: string, from: number, end: number, pieces: Piece[]): number {
  let to = from;
  while (to < end) {
    const code = text.charCodeAt(to);
    const next = text.charCodeAt(to + 1);
    if (isLetter(code) || isDigit(code) || (code === 46 && (isLetter(next) || isDigit(next)))) to++;
    else break;
  }
  pieces.push(piece(kinds.code, codeHash(text.slice(from, to)), 0, 0, from, to));
  return to;
}

function digitsTo(text: string, from: number, end: number): number {
  let to = from;
  while (to < end && isDigit(text.charCodeAt(to))) to++;
  return to;
}

function valueOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function scanNumber(text: string, from: number, end: number, pieces: Piece[], sign: number): number {
  let to = digitsTo(text, from, end);
  const start = sign < 0 ? from - 1 : from;
  if (to - from === 5) {
    pieces.push(piece(kinds.code, codeHash(text.slice(from, to)), valueOf(text, from, to), 0, start, to));
    return to;
  }
  let value = valueOf(text, from, to);
  const next = text.charCodeAt(to);
  if (next === 46 && isDigit(text.charCodeAt(to + 1))) {
    const fraction = digitsTo(text, to + 1, end);
    value += valueOf(text, to + 1, fraction) / 10 ** (fraction - to - 1);
    to = fraction;
  }
  const dated = scanDate(text, from, to, end, pieces);
  if (dated > 0) return dated;
  return scanAfterNumber(text, { start, to, end, value: sign * value }, pieces);
}

/** 2026-01-31, 01/31/2026 and 1/31/26; 0 if it is no date. */
function scanDate(text: string, from: number, to: number, end: number, pieces: Piece[]): number {
  const mark = text.charCodeAt(to);
  if (mark !== 45 && mark !== 47) return 0;
  const second = digitsTo(text, to + 1, end);
  if (second === to + 1 || second - to > 3 || text.charCodeAt(second) !== mark) return 0;
  const third = digitsTo(text, second + 1, end);
  if (third === second + 1) return 0;
  const a = valueOf(text, from, to);
  const b = valueOf(text, to + 1, second);
  const c = valueOf(text, second + 1, third);
  const value = to - from === 4 ? a * 10_000 + b * 100 + c : (c < 100 ? 2000 + c : c) * 10_000 + a * 100 + b;
  pieces.push(piece(kinds.date, 0, value, 0, from, third));
  return third;
}

interface Read {
  readonly start: number;
  readonly to: number;
  readonly end: number;
  readonly value: number;
}

/** What stands directly behind a number: "/5", "+/5", " x 10", or nothing. */
function scanAfterNumber(text: string, { start, to, end, value }: Read, pieces: Piece[]): number {
  let at = to;
  let sign = 0;
  const next = text.charCodeAt(at);
  if (
    (next === 43 || next === 45 || next === 8722) &&
    value >= 0 &&
    value <= 5 &&
    !isLetter(text.charCodeAt(at + 1)) &&
    !isDigit(text.charCodeAt(at + 1))
  ) {
    sign = next === 43 ? 43 : 45;
    at++;
  }
  if (text.charCodeAt(at) === 47 && isDigit(text.charCodeAt(at + 1))) {
    const last = digitsTo(text, at + 1, end);
    pieces.push(piece(kinds.ratio, sign, value, valueOf(text, at + 1, last), start, last));
    return last;
  }
  if (sign !== 0) {
    pieces.push(piece(kinds.ratio, sign, value, 5, start, at));
    return at;
  }
  const times = timesAt(text, to, end);
  if (times > 0) {
    const last = digitsTo(text, times, end);
    pieces.push(piece(kinds.times, 0, value, valueOf(text, times, last), start, last));
    return last;
  }
  pieces.push(piece(kinds.number, 0, value, 0, start, to));
  return to;
}

/** Where the second number of "3x10" or "3 × 10" begins; 0 if there is none. */
function timesAt(text: string, from: number, end: number): number {
  let at = from;
  if (text.charCodeAt(at) === 32) at++;
  const mark = text.charCodeAt(at);
  if (mark !== 120 && mark !== 88 && mark !== 215) return 0;
  at++;
  if (text.charCodeAt(at) === 32) at++;
  return at < end && isDigit(text.charCodeAt(at)) ? at : 0;
}

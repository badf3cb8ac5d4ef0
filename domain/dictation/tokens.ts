// A dictation as words, numbers and marks, each with its place in the text; number words become numbers.

/** A piece of the text: from the first character to the one after the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Token extends Span {
  readonly text: string;
  /** Lower case, without a plural s; the digits of a number. */
  readonly word: string;
  readonly number: number | null;
  /** Why the token may not be what was meant. */
  readonly unsure: string | null;
}

const piece = /\d+(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)?|\n|\S/gu;

/** The tokens of a text in order; for any text, without an error. */
export function tokensOf(text: string): readonly Token[] {
  const raw = [...text.matchAll(piece)].map((match) => rawToken(match[0], match.index));
  const joined = raw.filter((token, at) => !isHyphenOfWord(token, raw[at - 1], raw[at + 1]));
  return combineNumbers(joined);
}

function rawToken(text: string, from: number): Token {
  const number = /^\d/.test(text) ? Number(text) : null;
  const word = number === null ? stem(text.toLowerCase().replace(/['’]/g, '')) : String(number);
  return { text, word, number, from, to: from + text.length, unsure: null };
}

/** "degrees" and "degree" are one word, "press", "pelvis" and "minus" stay. */
function stem(word: string): string {
  if (word === 'ups') return 'up';
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

/** "re-education" is said as two words; "4-/5" and "3 - 5" keep their mark. */
function isHyphenOfWord(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (token.text !== '-' && token.text !== '‐') return false;
  if (before === undefined || after === undefined) return false;
  const touches = before.to === token.from && token.to === after.from;
  return touches && /^\p{L}/u.test(before.text) && /^\p{L}/u.test(after.text);
}

const units: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
const teens: Readonly<Record<string, number>> = {
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

function valueIn(table: Readonly<Record<string, number>>, token: Token | undefined): number | null {
  const word = token?.text.toLowerCase() ?? '';
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null;
}

interface Read {
  readonly value: number;
  readonly end: number;
  readonly unsure: string | null;
}

function combineNumbers(tokens: readonly Token[]): Token[] {
  const combined: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const read = numberAt(tokens, at);
    if (read === null) {
      combined.push(token);
      at += 1;
      continue;
    }
    const to = tokens[read.end - 1]?.to ?? token.to;
    const text = tokens
      .slice(at, read.end)
      .map((one) => one.text)
      .join(' ');
    combined.push({ text, word: String(read.value), number: read.value, from: token.from, to, unsure: read.unsure });
    at = read.end;
  }
  return combined;
}

function numberAt(tokens: readonly Token[], at: number): Read | null {
  const whole = wholeAt(tokens, at);
  if (whole === null) return null;
  const word = (offset: number): string => tokens[whole.end + offset]?.word ?? '';
  if (word(0) === 'and' && word(1) === 'a' && word(2) === 'half')
    return { ...whole, value: whole.value + 0.5, end: whole.end + 3 };
  if (word(0) === 'point') {
    let digits = '';
    let end = whole.end + 1;
    for (let digit = valueIn(units, tokens[end]); digit !== null; digit = valueIn(units, tokens[end])) {
      digits += String(digit);
      end += 1;
    }
    if (digits !== '') return { ...whole, value: Number(`${whole.value}.${digits}`), end };
  }
  return whole;
}

function wholeAt(tokens: readonly Token[], at: number): Read | null {
  const digits = tokens[at]?.number ?? null;
  if (digits !== null) return { value: digits, end: at + 1, unsure: null };
  const isHundred = tokens[at]?.word === 'a' && tokens[at + 1]?.word === 'hundred';
  const first = isHundred ? { value: 1, end: at + 1 } : belowHundred(tokens, at);
  if (first === null) return null;
  if (tokens[first.end]?.word === 'hundred') {
    const next = tokens[first.end + 1]?.word === 'and' ? first.end + 2 : first.end + 1;
    const rest = belowHundred(tokens, next);
    const value = first.value * 100;
    return rest === null
      ? { value, end: first.end + 1, unsure: null }
      : { value: value + rest.value, end: rest.end, unsure: null };
  }
  const rest = first.value === 1 ? belowHundred(tokens, first.end) : null;
  if (rest !== null && rest.value >= 10)
    return {
      value: 100 + rest.value,
      end: rest.end,
      unsure: `said as "one" and ${rest.value}, taken as ${100 + rest.value}`,
    };
  return { ...first, unsure: null };
}

function belowHundred(tokens: readonly Token[], at: number): { readonly value: number; readonly end: number } | null {
  const ten = valueIn(tens, tokens[at]);
  if (ten !== null) {
    const unit = valueIn(units, tokens[at + 1]);
    return unit === null || unit === 0 ? { value: ten, end: at + 1 } : { value: ten + unit, end: at + 2 };
  }
  const single = valueIn(teens, tokens[at]) ?? valueIn(units, tokens[at]);
  return single === null ? null : { value: single, end: at + 1 };
}

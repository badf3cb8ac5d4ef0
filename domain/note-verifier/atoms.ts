// Reads a sentence into what it claims: values with units, names of the record, and the closed words of clinicians.
import type { Fact, Unit } from './facts.ts';
import type { Category, Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Piece } from './scan.ts';
import { kinds, wordHash } from './scan.ts';

export type AtomWhat = Category | 'value' | 'name' | 'break' | 'date' | 'code' | 'quote' | 'roman' | 'word';

export interface Atom {
  readonly what: AtomWhat;
  /** A closed word; of a break its mark; of a quote the pointer of what it quotes. */
  readonly word: string;
  /** A value's number; the hash of a code, a roman numeral or an unknown word; a date as 20260131. */
  readonly number: number;
  readonly unit: Unit | null;
  /** What a name stands for. */
  readonly facts: readonly Fact[];
  readonly from: number;
  readonly to: number;
}

const none: readonly Fact[] = [];

export function atom(
  what: AtomWhat,
  word: string,
  number: number,
  unit: Unit | null,
  from: number,
  to: number,
  facts = none,
): Atom {
  return { what, word, number, unit, facts, from, to };
}

const breaks: ReadonlySet<number> = new Set([40, 41, 44, 46, 58, 59]);
const degreeMark = 176;
const percentMark = 37;
const slash = 47;

interface Reading {
  readonly pieces: readonly Piece[];
  readonly atoms: Atom[];
  readonly lexicon: Lexicon;
  readonly names: Names;
}

/** The atoms of a run of pieces, behind those that are there already. */
export function readAtoms(pieces: readonly Piece[], atoms: Atom[], lexicon: Lexicon, names: Names): void {
  const reading = { pieces, atoms, lexicon, names };
  let at = 0;
  while (at < pieces.length) {
    const piece = pieces[at];
    if (piece === undefined) return;
    at += piece.kind === kinds.word ? readWord(reading, at, piece) : readOther(reading, at, piece);
  }
}

function readOther(reading: Reading, at: number, piece: Piece): number {
  const { atoms } = reading;
  switch (piece.kind) {
    case kinds.number:
      return readNumber(reading, at, piece, piece.value);
    case kinds.ratio:
      atoms.push(ratioAtom(piece));
      return 1;
    case kinds.times:
      atoms.push(atom('value', '', piece.value, 'sets', piece.from, piece.to));
      atoms.push(atom('value', '', piece.other, 'reps', piece.from, piece.to));
      return 1;
    case kinds.date:
      atoms.push(atom('date', '', piece.value, null, piece.from, piece.to));
      return 1;
    case kinds.code:
      atoms.push(atom('code', '', piece.hash, null, piece.from, piece.to));
      return 1;
    default:
      if (breaks.has(piece.hash))
        atoms.push(atom('break', String.fromCharCode(piece.hash), 0, null, piece.from, piece.to));
      return 1;
  }
}

function ratioAtom({ value, other, hash, from, to }: Piece): Atom {
  const sign = hash === 43 ? 3 : hash === 45 ? -3 : 0;
  if (other === 5) return atom('value', '', value * 10 + sign, 'grade', from, to);
  return atom('value', '', value, other === 10 ? 'of10' : 'points', from, to);
}

function wordEntry({ pieces, lexicon }: Reading, at: number, category: Category): string | null {
  return lexicon.longestAt(pieces, at)?.entries.find((entry) => entry.category === category)?.value ?? null;
}

/** A number with the unit behind or before it; how many pieces it took. */
function readNumber(reading: Reading, at: number, piece: Piece, value: number): number {
  const { pieces, atoms, lexicon } = reading;
  const next = pieces[at + 1];
  const push = (unit: Unit, length: number, to = pieces[at + length - 1]?.to ?? piece.to): number => {
    atoms.push(atom('value', '', unit === 'grade' ? value * 10 : value, unit, piece.from, to));
    return length;
  };
  if (next?.kind === kinds.mark) {
    if (next.hash === degreeMark) return push('deg', 2);
    if (next.hash === percentMark) return push('percent', 2);
    if (next.hash === slash && wordEntry(reading, at + 2, 'topic') === 'week') return push('perWeek', 3);
  }
  if (next?.kind === kinds.word) {
    const found = lexicon.longestAt(pieces, at + 1);
    for (const { category, value: word } of found?.entries ?? []) {
      const length = (found?.length ?? 0) + 1;
      if (category === 'measure') return 1;
      if (category === 'unit') return readUnit(reading, at, push, word, length);
      if (category === 'topic' && word === 'of')
        return push(outOf(pieces[at + length], reading, at + length), length + 1);
      if (category === 'topic' && (word === 'week' || word === 'day'))
        return push(word === 'week' ? 'weeks' : 'days', length);
      if (category === 'topic' && word === 'visit')
        return push(perWeekAt(reading, at + length) ? 'perWeek' : 'days', length);
      if (category === 'topic' && word === 'session' && wordEntry(reading, at + length, 'topic') === 'day')
        return push('days', length + 1);
    }
  }
  const last = atoms.at(-1);
  if (last?.what === 'topic' && (last.word === 'level' || last.word === 'visit')) return push(last.word, 1);
  if (pieces[at - 1]?.hash === gradeHash) {
    atoms.push(atom('roman', '', romanHash(value), null, piece.from, piece.to));
    return 1;
  }
  const before = pieces[at - 1];
  const isOfSets = last?.what === 'value' && last.unit === 'sets' && before !== undefined && before.to - last.to <= 3;
  return push(isOfSets ? 'reps' : 'plain', 1);
}

function outOf(piece: Piece | undefined, reading: Reading, at: number): Unit {
  const of = piece?.kind === kinds.number ? piece.value : Number(wordEntry(reading, at, 'amount') ?? 0);
  return of === 10 ? 'of10' : of === 5 ? 'grade' : 'points';
}

/** "2 visits a week", "3 times per week". */
function perWeekAt(reading: Reading, at: number): boolean {
  return wordEntry(reading, at, 'topic') === 'week' || wordEntry(reading, at + 1, 'topic') === 'week';
}

const unitNames: Readonly<Record<string, Unit>> = {
  deg: 'deg',
  lb: 'lb',
  kg: 'kg',
  min: 'min',
  sec: 'sec',
  ft: 'ft',
  m: 'm',
  sets: 'sets',
  reps: 'reps',
  points: 'points',
  percent: 'percent',
};

function readUnit(
  reading: Reading,
  at: number,
  push: (unit: Unit, length: number) => number,
  word: string,
  length: number,
): number {
  if (word === 'times')
    return push(
      wordEntry(reading, at + length, 'topic') === 'week' || perWeekAt(reading, at + length) ? 'perWeek' : 'reps',
      length,
    );
  const unit = unitNames[word];
  return unit === undefined ? push('plain', 1) : push(unit, length);
}

const romans = ['i', 'ii', 'iii', 'iv', 'v'];
const gradeHash = wordHash('grade');
const romanHashes = romans.map((word) => wordHash(word));

function romanHash(value: number): number {
  return romanHashes[value - 1] ?? 0;
}

function readWord(reading: Reading, at: number, piece: Piece): number {
  const { pieces, atoms, lexicon, names } = reading;
  const named = names.longestAt(pieces, at);
  const found = lexicon.longestAt(pieces, at);
  if (named !== null && named.length >= (found?.length ?? 0)) {
    const last = pieces[at + named.length - 1];
    atoms.push(atom('name', '', 0, null, piece.from, last?.to ?? piece.to, named.facts));
    return named.length;
  }
  if (found === null) {
    const isRoman = pieces[at - 1]?.hash === gradeHash && romanHashes.includes(piece.hash);
    atoms.push(atom(isRoman ? 'roman' : 'word', '', piece.hash, null, piece.from, piece.to));
    return 1;
  }
  const to = pieces[at + found.length - 1]?.to ?? piece.to;
  // Numbers take their units themselves, so that a word with two meanings is no unit here: "foot", "band".
  const [only, second] = found.entries;
  const entry = only?.category === 'unit' ? second : only;
  if (entry === undefined || entry.category === 'plain') return found.length;
  if (entry.category === 'amount') return readAmount(reading, at, piece, entry.value);
  if (entry.category === 'month') return readMonth(reading, at, piece, Number(entry.value));
  // A single letter is a side only as a capital.
  if (entry.category === 'side' && to - piece.from === 1 && piece.other === 0) return 1;
  atoms.push(atom(entry.category, entry.value, piece.hash, null, piece.from, to));
  return found.length;
}

function readAmount(reading: Reading, at: number, piece: Piece, word: string): number {
  const before = reading.atoms.length;
  const length = readNumber(reading, at, piece, Number(word));
  const last = reading.atoms.at(-1);
  // A bare number word is too common in plain language to be a claim: "one of the goals".
  if (reading.atoms.length > before && last?.unit === 'plain') reading.atoms.pop();
  return length;
}

/** "March 4, 2026", "May 4"; the word alone is no date. */
function readMonth({ pieces, atoms }: Reading, at: number, piece: Piece, month: number): number {
  const day = pieces[at + 1];
  if (day?.kind !== kinds.number || day.value < 1 || day.value > 31) return 1;
  const comma = pieces[at + 2];
  const skip = comma?.kind === kinds.mark && comma.hash === 44 ? 3 : 2;
  const year = pieces[at + skip];
  const hasYear = year?.kind === kinds.number && year.value > 1900;
  atoms.push(
    atom(
      'date',
      '',
      (hasYear ? year.value * 10_000 : 0) + month * 100 + day.value,
      null,
      piece.from,
      hasYear ? year.to : day.to,
    ),
  );
  return hasYear ? skip + 1 : 2;
}

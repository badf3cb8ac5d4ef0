// Checks one sentence: reads its claims clause by clause and looks for the fact behind each.
import type { Atom } from './atoms.ts';
import { atom, readAtoms } from './atoms.ts';
import { checkClaims } from './claims.ts';
import { emptyContext, takeAll } from './context.ts';
import type { Evidence } from './evidence.ts';
import { scan } from './scan.ts';
import { isSameDay } from './sense.ts';
import type { Doubt, Sense } from './sense.ts';

export function checkSentence(text: string, evidence: Evidence): Sense {
  const atoms: Atom[] = [];
  const doubts: Doubt[] = [];
  readParts(text, evidence, atoms, doubts);
  const sense = senseOf(text, atoms, doubts, evidence);
  let inherited = emptyContext();
  let begin = 0;
  for (let at = 0; at <= atoms.length; at++) {
    if (at < atoms.length && !endsClause(atoms, begin, at)) continue;
    const first = emptyContext();
    const isPlain = takeAll(first, atoms, begin, at);
    inherited = checkClaims(evidence, sense, { from: begin, to: at, first, isPlain, inherited });
    begin = at;
  }
  return sense;
}

/** A mark ends a clause; "and", "versus" and the "to" of "from … to" do where there is a value on either side. */
function endsClause(atoms: readonly Atom[], begin: number, at: number): boolean {
  const here = atoms[at];
  if (here === undefined || at === begin) return false;
  if (here.what === 'break') return true;
  if (here.what === 'link' && here.word === 'contrast') return true;
  const isJoint =
    (here.what === 'link' && here.word === 'and') ||
    (here.what === 'role' && here.word === 'to' && atoms[at + 1]?.what === 'value');
  return isJoint && hasAnchor(atoms, begin, at) && hasAnchor(atoms, at + 1, nextBreak(atoms, at + 1));
}

function nextBreak(atoms: readonly Atom[], from: number): number {
  for (let at = from; at < atoms.length; at++) if (atoms[at]?.what === 'break') return at;
  return atoms.length;
}

function hasAnchor(atoms: readonly Atom[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const what = atoms[at]?.what;
    if (what === 'value' || what === 'assistance' || what === 'result') return true;
  }
  return false;
}

/** Reads the text around quotations and gaps; a quotation must stand in the record word for word. */
function readParts(text: string, evidence: Evidence, atoms: Atom[], doubts: Doubt[]): void {
  let at = 0;
  while (at < text.length) {
    const next = nextPart(text, at);
    if (next === null) break;
    readAtoms(scan(text, at, next.from), atoms, evidence.lexicon, evidence.names);
    if (next.isQuote) readQuote(text, next, evidence, atoms, doubts);
    else if (!isGap(text, next.from, next.to))
      readAtoms(scan(text, next.from, next.to), atoms, evidence.lexicon, evidence.names);
    at = next.to;
  }
  readAtoms(scan(text, at), atoms, evidence.lexicon, evidence.names);
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly isQuote: boolean;
}

function nextPart(text: string, from: number): Part | null {
  const open = earliest(text.indexOf('“', from), earliest(text.indexOf('"', from), text.indexOf('[', from)));
  if (open < 0) return null;
  const mark = text.charAt(open);
  const end = text.indexOf(mark === '[' ? ']' : mark === '"' ? '"' : '”', open + 1);
  return end < 0 ? null : { from: open, to: end + 1, isQuote: mark !== '[' };
}

/** The smaller of two places, -1 being none. */
function earliest(one: number, other: number): number {
  if (one < 0) return other;
  return other < 0 ? one : Math.min(one, other);
}

/** A gap claims nothing: it names what is missing and holds no number. */
function isGap(text: string, from: number, to: number): boolean {
  const inner = text.slice(from + 1, to - 1);
  return /^(not|to confirm)\b/i.test(inner) && !/\d/.test(inner);
}

function readQuote(text: string, { from, to }: Part, evidence: Evidence, atoms: Atom[], doubts: Doubt[]): void {
  const inner = text.slice(from + 1, to - 1);
  const pointer = evidence.quotable.get(inner) ?? pointerOfPart(evidence, inner);
  if (pointer !== undefined) {
    atoms.push(atom('quote', pointer, 0, null, from, to));
    return;
  }
  doubts.push({
    class: 'quote',
    from,
    to,
    message: 'These words stand in quotation marks, and nobody recorded them like this.',
    fix: 'Put the recorded words back, or take the quotation marks away and say it as your own.',
    pointers: [],
  });
  readAtoms(scan(text, from + 1, to - 1), atoms, evidence.lexicon, evidence.names);
}

/** Part of a recorded text, at least three words of it. */
function pointerOfPart({ quotable }: Evidence, inner: string): string | undefined {
  const wanted = inner.replace(/[.,;]$/, '').toLowerCase();
  if (wanted.split(' ').length < 3) return undefined;
  for (const [text, pointer] of quotable) if (text.toLowerCase().includes(wanted)) return pointer;
  return undefined;
}

function senseOf(text: string, atoms: readonly Atom[], doubts: Doubt[], evidence: Evidence): Sense {
  let trend = null as Atom | null;
  let isPast = false;
  let isAboutGoal = false;
  let isAboutHome = false;
  let isCarried = false;
  const earlierDates: number[] = [];
  for (const each of atoms) {
    const { what, word, number } = each;
    if (what === 'trend') trend ??= each;
    else if (what === 'past' || (what === 'topic' && word === 'baseline')) isPast = true;
    else if (what === 'carried') isCarried = true;
    else if (what === 'topic' && (word === 'goal' || word === 'target')) isAboutGoal = true;
    else if (what === 'topic' && word === 'home') isAboutHome = true;
    else if (what === 'date')
      for (const { value, role, at } of evidence.dates)
        if (role === 'earlier' && isSameDay(value, number)) earlierDates.push(at);
  }
  return { text, atoms, trend, isPast, isAboutGoal, isAboutHome, isCarried, earlierDates, doubts, traced: [] };
}

// The claims of one clause, each checked by its kind.
import type { Atom } from './atoms.ts';
import type { Context } from './context.ts';
import { emptyContext, inherit, resolve, take } from './context.ts';
import { checkWord } from './claim-words.ts';
import { checkDate } from './dates.ts';
import { checkPlace } from './places.ts';
import type { Evidence } from './evidence.ts';
import { tell } from './evidence.ts';
import type { Fact } from './facts.ts';
import { now, ofEpisode } from './facts.ts';
import { textHasValue } from './free-text.ts';
import type { State } from './claim-types.ts';
import type { Clause, Sense } from './sense.ts';
import { isSameDay } from './sense.ts';
import { hasHash, scan } from './scan.ts';
import { agrees, support } from './trace.ts';
import type { Claim, Times } from './trace.ts';

/** What a word may claim; the other kinds only say what a value is about. */
const claiming: ReadonlySet<Atom['what']> = new Set([
  'negation',
  'symptom',
  'assistance',
  'result',
  'response',
  'name',
  'treatment',
  'roman',
  'clinical',
  'code',
  'state',
  'trend',
  'skill',
  'band',
  'device',
  'progression',
  'done',
  'credential',
  'supervision',
]);

/** Checks the claims of a clause; the context at its end is what the next one goes on from. */
export function checkClaims(evidence: Evidence, sense: Sense, clause: Clause): Context {
  const { first, inherited, isPlain } = clause;
  const whole = isPlain ? inherit(first, inherited) : null;
  const here = whole ?? emptyContext();
  const state: State = { negation: null, isPlaceVouched: false };
  let place: Atom | null = null;
  for (let at = clause.from; at < clause.to; at++) {
    const atom = sense.atoms[at];
    if (atom === undefined) continue;
    if (whole === null) take(here, atom);
    if (atom.what === 'side' || atom.what === 'part') place = placeOf(place, atom);
    else if (atom.what === 'value')
      checkValue(evidence, sense, clause, state, at, whole ?? resolve(here, first, inherited));
    else if (atom.what === 'date') checkDate(evidence, sense, at);
    else if (claiming.has(atom.what))
      checkWord({ evidence, sense, clause, state, at, atom, context: whole ?? resolve(here, first, inherited) });
  }
  const context = whole ?? resolve(here, first, inherited);
  if (place !== null && !state.isPlaceVouched) checkPlace(evidence, sense, context, place);
  return context;
}

/** A side says more than a joint. */
function placeOf(known: Atom | null, atom: Atom): Atom {
  return known?.what === 'side' ? known : atom;
}

function checkValue(
  evidence: Evidence,
  sense: Sense,
  clause: Clause,
  state: State,
  at: number,
  context: Context,
): void {
  const atom = sense.atoms[at];
  if (atom === undefined || atom.unit === null) return;
  const claim: Claim = { value: atom.number, unit: atom.unit, context, times: timesOf(evidence, sense, clause, at) };
  const facts = support(evidence, claim);
  if (facts.length > 0 && isUnnamedDose(claim) && !isNamedByWords(sense, at, facts)) {
    sense.doubts.push({
      class: 'exercise',
      from: atom.from,
      to: atom.to,
      message: 'This dose is told of something that is not among what was done.',
      fix: 'Name what was done as it was recorded, or record it.',
      pointers: [],
    });
    return;
  }
  if (facts.length > 0) {
    // A goal's baseline is no word about what was found today.
    if (!facts.some(isOfEpisode)) tell(evidence, facts);
    sense.traced.push({ atom, facts, context });
    if (context.side !== null) state.isPlaceVouched = true;
    checkCarried(sense, facts, atom);
    return;
  }
  if (isFree(context) && textHasValue(evidence, atom, context)) return;
  const found = diagnose(evidence, claim, atom, sense.text);
  if (found.class === 'side' || found.class === 'part') state.isPlaceVouched = true;
  sense.doubts.push(found);
}

function isUnnamedDose({ unit, context }: Claim): boolean {
  return context.names === null && (unit === 'sets' || unit === 'reps');
}

/** Whether the words before a dose are mostly words of the name of what had it; a dose without words goes on from the sentence before. */
function isNamedByWords({ atoms }: Sense, at: number, facts: readonly Fact[]): boolean {
  const words: number[] = [];
  for (let before = at - 1; before >= 0; before--) {
    const atom = atoms[before];
    if (atom === undefined || (atom.what === 'break' && atom.word !== ':')) break;
    if (named.has(atom.what)) words.push(atom.number);
  }
  if (words.length === 0) return true;
  for (const { name } of facts) if (name !== null && holdsMost(name, words)) return true;
  return false;
}

/** Whether more than half of the words are of a name. */
function holdsMost(name: string, words: readonly number[]): boolean {
  const pieces = scan(name);
  let held = 0;
  for (const word of words) if (hasHash(pieces, word)) held++;
  return held * 2 > words.length;
}

const named: ReadonlySet<Atom['what']> = new Set(['word', 'part', 'motion', 'muscle', 'treatment']);

/** Nothing structured is spoken of, so that a number of somebody's own words may be meant. */
function isFree({ names, measure, motion, muscle, when, code, topic }: Context): boolean {
  if (topic === 'total' || topic === 'timed') return false;
  return names === null && measure === null && motion === null && muscle === null && when === null && code === null;
}

const nowOnly: Times = { isNowAllowed: true, earlier: [], isGoalAllowed: false };
const nowOrGoal: Times = { isNowAllowed: true, earlier: [], isGoalAllowed: true };

/** Which sessions a value may come from, by the words around it. */
function timesOf(evidence: Evidence, sense: Sense, clause: Clause, at: number): Times {
  const isFrom = roleBefore(sense, at) === 'from';
  const isPastHere = sense.trend === null ? sense.isPast && clauseIsPast(sense, clause) : isFrom;
  const isGoalAllowed = sense.isAboutGoal || (isPastHere && sense.isPast);
  const date = isFrom ? dateBehind(sense, at) : null;
  if (date !== null) {
    const known = evidence.dates.filter(({ value }) => isSameDay(value, date));
    const earlier = known.flatMap((each) => (each.role === 'earlier' ? [each.at] : []));
    return { isNowAllowed: known.some(({ role }) => role === 'session'), earlier, isGoalAllowed };
  }
  if (!isPastHere) return isGoalAllowed ? nowOrGoal : nowOnly;
  const all = sense.earlierDates.length > 0 ? sense.earlierDates : [...evidence.source.earlier.keys()];
  return { isNowAllowed: true, earlier: all, isGoalAllowed };
}

/** "from 95° on 05/04/2026": the date that stands behind a value. */
function dateBehind({ atoms }: Sense, at: number): number | null {
  for (let next = at + 1; next <= at + 2; next++) {
    const atom = atoms[next];
    if (atom?.what === 'date') return atom.number;
    if (atom?.what !== 'role') return null;
  }
  return null;
}

function clauseIsPast({ atoms, earlierDates }: Sense, { from, to }: Clause): boolean {
  if (earlierDates.length > 0) return true;
  for (let at = from; at < to; at++) if (isPastWord(atoms[at])) return true;
  return from === 0;
}

function isPastWord(atom: Atom | undefined): boolean {
  return atom?.what === 'past' || (atom?.what === 'topic' && atom.word === 'baseline');
}

function roleBefore({ atoms }: Sense, at: number): string | null {
  const before = atoms[at - 1];
  return before?.what === 'role' ? before.word : null;
}

function isOfEpisode({ at }: Fact): boolean {
  return at === ofEpisode;
}

function isCarriedNow({ carried, at }: Fact): boolean {
  return carried && at === now;
}

function checkCarried(sense: Sense, facts: readonly Fact[], atom: Atom): void {
  if (sense.isCarried || !facts.every(isCarriedNow)) return;
  sense.doubts.push({
    class: 'carried',
    from: atom.from,
    to: atom.to,
    message: 'This was carried forward from the last session and is told as if it had been found today.',
    fix: 'Say that it was carried forward, or record what was found today.',
    pointers: facts.map(({ pointer }) => pointer),
  });
}

/** Says why nothing bears a value: another side, another joint, another unit, or another number. */
function diagnose(evidence: Evidence, claim: Claim, { from, to }: Atom, text: string): Sense['doubts'][number] {
  const said = text.slice(from, to);
  const { context } = claim;
  const elsewhere = (changes: Partial<Context>): readonly Fact[] =>
    support(evidence, { ...claim, context: { ...context, ...changes } });
  const bySide = context.side === null ? [] : elsewhere({ side: null });
  const places = (facts: readonly Fact[]): string[] => facts.map(({ pointer }) => pointer);
  const fix = 'Correct it to what was recorded, or record what was found.';
  if (bySide.length > 0)
    return {
      class: 'side',
      from,
      to,
      message: `“${said}” was recorded, but not of the side that is named here.`,
      fix,
      pointers: places(bySide),
    };
  const byPart =
    context.part === null && context.motion === null
      ? []
      : elsewhere({ part: null, motion: null, muscle: null, mode: null });
  if (byPart.length > 0)
    return {
      class: 'part',
      from,
      to,
      message: `“${said}” was recorded, but of another joint or motion.`,
      fix,
      pointers: places(byPart),
    };
  const about = evidence.current.all.filter((fact) => agrees(fact, claim) && isOfUnit(evidence, fact, claim));
  const isUnit = claim.unit !== 'plain' && otherUnits(evidence, claim);
  return {
    class: isUnit ? 'unit' : claim.unit === 'grade' ? 'grade' : 'number',
    from,
    to,
    message: isUnit
      ? `The number of “${said}” was recorded in another unit.`
      : `Nothing on record says “${said}”${about.length > 0 ? '; another value was recorded' : ''}.`,
    fix,
    pointers: places(about),
  };
}

function isOfUnit({ current }: Evidence, fact: Fact, { unit }: Claim): boolean {
  return (current.byUnit.get(unit) ?? []).some((valued) => valued.fact === fact);
}

const swapped: Readonly<Partial<Record<Claim['unit'], readonly Claim['unit'][]>>> = {
  lb: ['kg'],
  kg: ['lb'],
  ft: ['m'],
  m: ['ft'],
  sec: ['min'],
  min: ['sec', 'hold'],
  points: ['percent', 'sec', 'm'],
  percent: ['points', 'deg'],
  deg: ['percent'],
};

function otherUnits(evidence: Evidence, claim: Claim): boolean {
  return (swapped[claim.unit] ?? []).some((unit) => support(evidence, { ...claim, unit }).length > 0);
}

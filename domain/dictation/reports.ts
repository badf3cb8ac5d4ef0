// What the patient says: pain scores, symptoms reported and denied, the home program.
import type { PainScore, Session, SymptomReport } from '../session/schema.ts';
import { bodyParts, sides, symptoms } from '../session/words.ts';
import { marked, notSaid, slotOf, wordOf } from './entry.ts';
import type { Marked, Slot } from './entry.ts';
import type { Frame, Framed } from './frames.ts';
import { spanOf } from './item.ts';
import type { Item } from './item.ts';
import type { Token } from './tokens.ts';

type When = PainScore['when'];

/** Whether a frame of pain has a score. */
export function hasScore(tokens: readonly Token[], frame: Frame): boolean {
  return frame.anchor.kind === 'symptom' && frame.anchor.name === 'pain' && scoresIn(tokens, frame).length > 0;
}

/** A bare number is a score only where it is said as one: "pain is 4", "three at best". */
function scoresIn(tokens: readonly Token[], { values }: Frame): Item[] {
  const leads = ['pain', 'level', 'is', 'at', 'a', 'was', 'to', 'rated', 'score', 'as'];
  return values.filter((item) => {
    if (item.kind === 'painScore') return true;
    if (item.kind !== 'bare') return false;
    const next = values.find(
      (value) => value.kind === 'when' && value.first >= item.end && value.first <= item.end + 1,
    );
    return leads.includes(tokens[item.first - 1]?.word ?? '') || next !== undefined;
  });
}

/** The scores of a frame, each with when it was: before, after, at worst, at best. */
export function painOf(tokens: readonly Token[], frame: Frame): readonly Marked<PainScore>[] {
  const scores = scoresIn(tokens, frame);
  const place = {
    part: slotOf(tokens, kindOf(frame, 'part'), ({ name }) => wordOf(bodyParts, name)),
    side: slotOf(tokens, kindOf(frame, 'side'), ({ name }) => wordOf(sides, name)),
  };
  const whens = scores.map((_, at) => whenOf(tokens, frame, scores, at));
  return scores.map((item, at) => {
    const score = slotOf(tokens, [item], ({ value }) => (value !== null && value >= 0 && value <= 10 ? value : null));
    const own = whens[at] ?? notSaid;
    const same = whens.filter(({ value }) => value === own.value).length > 1;
    const when = same ? { ...own, unsure: own.unsure ?? 'several scores were said of the same time' } : own;
    const entry = { when: when.value ?? 'before', score: score.value, part: place.part.value, side: place.side.value };
    return marked(entry, { when, score, ...place });
  });
}

function kindOf({ values }: Frame, kind: Item['kind']): Item[] {
  return values.filter((item) => item.kind === kind);
}

function whenOf(tokens: readonly Token[], frame: Frame, scores: readonly Item[], at: number): Slot<When> {
  const item = scores[at];
  const whens = kindOf(frame, 'when');
  const all = frame.values.filter((value) => value.kind === 'when' || scores.includes(value));
  // "From six to three": the order tells, and a word of "after" makes it sure.
  const fell = item !== undefined && (item.name === 'before' || item.name === 'after');
  if (fell) {
    const told = whens.some(({ name }) => name === 'after');
    const value = item.name === 'before' ? ('before' as const) : ('after' as const);
    return { value, spans: [spanOf(tokens, item)], unsure: told ? null : 'from the order in which they were said' };
  }
  const first = all[0];
  const whenFirst = first?.kind === 'when';
  const place = item === undefined ? -1 : all.indexOf(item);
  const run: Item[] = [];
  if (whenFirst && !trails(all, scores))
    for (let i = place - 1; i >= 0 && all[i]?.kind === 'when'; i -= 1) run.push(...all.slice(i, i + 1));
  else for (let i = place + 1; i < all.length && all[i]?.kind === 'when'; i += 1) run.push(...all.slice(i, i + 1));
  const near = run.length > 0 ? run : scores.length === 1 ? whens : [];
  if (near.length === 0) return { value: 'before', spans: [], unsure: 'not said whether before or after treatment' };
  return slotOf(tokens, near, ({ name }) => wordOf(['before', 'after', 'worst', 'best'] as const, name));
}

/** A first word of time with others after every score: "today four before, two after". */
function trails(all: readonly Item[], scores: readonly Item[]): boolean {
  return (
    scores.length > 1 && all.at(-1)?.kind === 'when' && all.filter(({ kind }) => kind === 'when').length > scores.length
  );
}

/** The report of a symptom; null where neither a report nor a denial was said, or only a change of it. */
export function reportOf({ sentence, frames }: Framed, frame: Frame): Marked<SymptomReport> | null {
  const { tokens, items } = sentence;
  const symptom = wordOf(symptoms, frame.anchor.name);
  if (symptom === null || isAboutChange(tokens, frame.anchor)) return null;
  const cue = cueFor(items, frame.anchor);
  if (cue === null) return null;
  const negated = items.some(
    ({ kind, end }) => cue.kind === 'reports' && kind === 'denies' && end <= cue.first && cue.first - end <= 1,
  );
  const less = laterChange(tokens, frame.anchor, nextAnchor(frames, frame));
  const denied = cue.kind === 'denies' || negated;
  const condition = isConditional(tokens, frame.anchor) ? 'denied under a condition only' : null;
  const present: Slot<boolean> = {
    value: cue.kind === 'reports' && !negated,
    spans: [spanOf(tokens, cue)],
    unsure: denied ? condition : less === null ? null : `"${less}" was said of it`,
  };
  const named: Slot<string> = { value: symptom, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  const part = slotOf(tokens, kindOf(frame, 'part'), ({ name }) => wordOf(bodyParts, name));
  const side = slotOf(tokens, kindOf(frame, 'side'), ({ name }) => wordOf(sides, name));
  const entry = { symptom, present: present.value === true, part: part.value, side: side.value };
  return marked(entry, { symptom: named, present, part, side });
}

/** The nearest word of reporting or denying before it, since the last "but". */
function cueFor(items: readonly Item[], anchor: Item): Item | null {
  const before = items.filter(({ first }) => first < anchor.first);
  const turn = before.findLast(({ kind }) => kind === 'turn')?.first ?? -1;
  return before.findLast(({ kind, first }) => (kind === 'denies' || kind === 'reports') && first > turn) ?? null;
}

/** "No increase in pain" denies an increase, not pain. */
function isAboutChange(tokens: readonly Token[], { first }: Item): boolean {
  const changes = [
    'increase',
    'increased',
    'change',
    'decrease',
    'decreased',
    'worsening',
    'reduction',
    'reduced',
    'less',
    'more',
  ];
  return [first - 1, first - 2, first - 3].some((at) => changes.includes(tokens[at]?.word ?? ''));
}

/** "Denies pain at rest", "no pain with squats": more is not denied. */
function isConditional(tokens: readonly Token[], { end }: Item): boolean {
  return ['at', 'with', 'during', 'when', 'while', 'on', 'after'].includes(tokens[end]?.word ?? '');
}

function nextAnchor(frames: readonly Frame[], frame: Frame): number {
  return frames.find(({ anchor }) => anchor.first > frame.anchor.first)?.anchor.first ?? Infinity;
}

const lessWords = new Set(['gone', 'resolved', 'improved', 'better', 'decreased', 'subsided', 'less', 'reduced']);

function laterChange(tokens: readonly Token[], { end }: Item, until: number): string | null {
  const said = tokens.find(({ word }, at) => at >= end && at < until && lessWords.has(word));
  return said?.text ?? null;
}

type HomeProgram = NonNullable<Session['homeProgram']>;

const doneWords: readonly (readonly [done: NonNullable<HomeProgram['done']>, words: readonly string[]])[] = [
  ['none', ['not', 'no', 'none', 'never']],
  ['most', ['most', 'mostly']],
  ['some', ['some', 'occasionally', 'sometime', 'partially', 'inconsistent', 'inconsistently']],
  ['all', ['daily', 'all', 'fully', 'every', 'full', 'twice']],
];

/** How much of the home program was done, where that was said; else only the words. */
export function homeOf({ sentence: { tokens } }: Framed, frame: Frame, text: string): Marked<HomeProgram> | null {
  const found = doneWords.flatMap(([done, words]) => {
    const at = tokens.findIndex(({ word }) => words.includes(word));
    return at < 0 ? [] : [{ done, at }];
  })[0];
  const done: Slot<HomeProgram['done']> =
    found === undefined
      ? notSaid
      : { value: found.done, spans: [spanOf(tokens, { first: found.at, end: found.at + 1 })], unsure: null };
  const words: Slot<string> = { value: text, spans: [spanOf(tokens, { first: 0, end: tokens.length })], unsure: null };
  const isWord = frame.anchor.kind === 'home';
  return isWord ? marked({ done: done.value, words: text }, { done, words }) : null;
}

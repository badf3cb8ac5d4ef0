// Which value belongs to which thing: each value goes to the nearest thing of its clause that can have it.
import { stopWords } from './closed-words.ts';
import { itemOf } from './item.ts';
import type { Item, ItemKind } from './item.ts';
import { anchorKinds } from './sentence.ts';
import type { Sentence } from './sentence.ts';

/** A thing named, with the values said of it in the order in which they were said. */
export interface Frame {
  readonly anchor: Item;
  readonly clause: number;
  readonly values: Item[];
}

export interface Framed {
  readonly sentence: Sentence;
  readonly frames: readonly Frame[];
  /** Values that belong to nothing in the sentence. */
  readonly loose: readonly Item[];
}

const ofWork = [
  'sets',
  'repetitions',
  'hold',
  'seconds',
  'load',
  'side',
  'part',
  'assistance',
  'minutes',
  'skill',
  'response',
  'progression',
  'code',
] as const;
const accepted: Readonly<Record<string, readonly ItemKind[]>> = {
  exercise: ofWork,
  unnamed: ofWork,
  service: [...ofWork, 'mobilization'],
  motion: [...ofWork, 'degrees', 'motionRange', 'grade', 'bare', 'mode'],
  muscle: ['grade', 'side', 'part'],
  measure: ['outOf', 'percent', 'seconds', 'distance', 'bare', 'painScore', 'when'],
  test: ['polarity', 'side', 'denies'],
  gait: ['distance', 'device', 'assistance', 'deviation'],
  balance: [...ofWork],
  activity: ['assistance', 'sets', 'repetitions', 'load', 'minutes', 'skill', 'response', 'progression'],
  symptom: ['side', 'part'],
  pain: ['painScore', 'bare', 'motionRange', 'when', 'side', 'part'],
  total: ['minutes', 'bare'],
  rom: ['motionRange', 'degrees', 'side', 'part', 'mode'],
  home: [],
};

function accepts({ anchor }: Frame, kind: ItemKind): boolean {
  const isPain = anchor.kind === 'symptom' && anchor.name === 'pain';
  return (accepted[isPain ? 'pain' : anchor.kind] ?? []).includes(kind);
}

/** Places and sides lean on what they stand next to; other values go by order. */
const leaning: ReadonlySet<ItemKind> = new Set(['side', 'part', 'mode']);

/** Frames of a sentence with what belongs to each. */
export function framed(sentence: Sentence): Framed {
  const anchors = [
    ...sentence.items.filter((item) => anchorKinds.has(item.kind) && !isHeading(sentence, item)),
    ...unnamedIn(sentence),
    ...gaitIn(sentence),
  ];
  anchors.sort((one, other) => one.first - other.first);
  const frames: Frame[] = anchors.map((anchor) => ({ anchor, clause: clauseAt(sentence, anchor), values: [] }));
  const loose: Item[] = [];
  for (const item of sentence.items) {
    if (anchorKinds.has(item.kind)) continue;
    const frame = leaning.has(item.kind) ? leansOn(sentence, frames, item) : frameOf(sentence, frames, item);
    const why = frame === null || item.kind !== 'side' ? null : mayLeanOn(sentence, frames, item, frame);
    if (frame === null) loose.push(item);
    else frame.values.push(why === null ? item : { ...item, unsure: item.unsure ?? why });
  }
  shareResults(sentence, frames);
  return { sentence, frames, loose };
}

/** "Knee flexion AROM 105": where a motion is named, the words of range of motion only head it, unless an arc follows. */
function isHeading(sentence: Sentence, item: Item): boolean {
  if (item.kind !== 'rom' || !sentence.items.some(({ kind }) => kind === 'motion')) return false;
  const clause = clauseAt(sentence, item);
  return !sentence.items.some(
    (other) => other.kind === 'motionRange' && other.first > item.first && clauseAt(sentence, other) === clause,
  );
}

/** "Neer and Hawkins positive on the left": the result is of both. */
function shareResults({ tokens }: Sentence, frames: readonly Frame[]): void {
  for (const [at, frame] of frames.entries()) {
    const next = frames[at + 1];
    if (frame.anchor.kind !== 'test' || next?.anchor.kind !== 'test' || frame.values.length > 0) continue;
    const between = tokens.slice(frame.anchor.end, next.anchor.first).map(({ word }) => word);
    if (between.length > 0 && between.every((word) => word === 'and' || word === ',' || word === '&'))
      frame.values.push(...next.values);
  }
}

function clauseAt({ clauseOf }: Sentence, { first }: Item): number {
  return clauseOf[first] ?? 0;
}

function frameOf(sentence: Sentence, frames: readonly Frame[], item: Item): Frame | null {
  const clause = clauseAt(sentence, item);
  const able = frames.filter((frame) => accepts(frame, item.kind));
  const own = able.filter((frame) => frame.clause === clause);
  const before = own.filter(({ anchor }) => anchor.first <= item.first).at(-1) ?? null;
  const after = own.find(({ anchor }) => anchor.first > item.first) ?? null;
  if (before !== null || after !== null)
    return valueFirst(sentence, own, clause) ? (after ?? before) : (before ?? after);
  const earlier = able.filter((frame) => frame.clause < clause).at(-1) ?? null;
  if (earlier !== null) return earlier;
  // "Three sets of ten, straight leg raises": nothing before it, so the thing comes after.
  return able.find((frame) => frame.clause === clause + 1) ?? null;
}

/** Whether a clause says its values before its things: "three sets of ten bridges". */
function valueFirst(sentence: Sentence, own: readonly Frame[], clause: number): boolean {
  const first = sentence.items.find(
    (item) =>
      clauseAt(sentence, item) === clause &&
      !leaning.has(item.kind) &&
      !['when', 'reports', 'denies'].includes(item.kind) &&
      own.some((frame) => frame.anchor === item || accepts(frame, item.kind)),
  );
  return first !== undefined && !own.some(({ anchor }) => anchor === first);
}

/** A side right before a thing is that thing's: "left shoulder flexion"; else it is of the one before: "to the left shoulder". */
function leansOn(sentence: Sentence, frames: readonly Frame[], item: Item): Frame | null {
  const clause = clauseAt(sentence, item);
  if (isOfCue(sentence, item)) return null;
  const next = nextThing(sentence, frames, item);
  const able = frames.filter((frame) => accepts(frame, item.kind));
  const before = able.filter(({ anchor, clause: its }) => its === clause && anchor.first < item.first).at(-1);
  if (before !== undefined && saidOn(sentence, item)) return before;
  if (next !== null && accepts(next, item.kind)) return next;
  const after = able.find(({ anchor, clause: its }) => its === clause && anchor.first > item.first);
  return before ?? after ?? able.filter((frame) => frame.clause < clause).at(-1) ?? null;
}

/** "Tactile cues for knee alignment": the cue was about the knee, the exercise need not be. */
function isOfCue({ tokens, items }: Sentence, { kind, first }: Item): boolean {
  return (
    kind === 'part' &&
    tokens[first - 1]?.word === 'for' &&
    items.some((one) => one.kind === 'skill' && one.end === first - 1)
  );
}

/** "Three sets of ten on the left": it ends what was said before. */
function saidOn({ tokens }: Sentence, { first }: Item): boolean {
  const [last, one] = [tokens[first - 1]?.word, tokens[first - 2]?.word];
  return last === 'on' || (last === 'the' && (one === 'on' || one === 'to'));
}

/** Without a mark between, a side after one thing may belong to the next: "green band right side lying hip abduction". */
function mayLeanOn(sentence: Sentence, frames: readonly Frame[], item: Item, { anchor }: Frame): string | null {
  if (anchor.first > item.first || saidOn(sentence, item)) return null;
  const clause = clauseAt(sentence, item);
  const unread = sentence.tokens[item.end];
  const known = sentence.items.some(({ first, end }) => item.end >= first && item.end < end);
  const follows = frames.some((frame) => frame.clause === clause && frame.anchor.first > item.first);
  return follows && !known && unread !== undefined ? 'it may be of what follows' : null;
}

/** The thing that follows with nothing but sides, places and small words between. */
function nextThing(sentence: Sentence, frames: readonly Frame[], item: Item): Frame | null {
  const clause = clauseAt(sentence, item);
  let at = item.end;
  while (at < sentence.tokens.length && sentence.clauseOf[at] === clause) {
    const frame = frames.find(({ anchor }) => anchor.first === at);
    if (frame !== undefined && frame.anchor.kind !== 'rom') return frame;
    const between = sentence.items.find(({ first, end }) => at >= first && at < end);
    const small = between === undefined && ['the', 'of'].includes(sentence.tokens[at]?.word ?? '');
    if (!small && !(between !== undefined && (leaning.has(between.kind) || between.kind === 'rom'))) return null;
    at += 1;
  }
  return null;
}

const worked: ReadonlySet<ItemKind> = new Set(['sets', 'repetitions']);

/** An exercise that the vocabulary does not have: the words beside its sets or repetitions, as they were said. */
function unnamedIn(sentence: Sentence): Item[] {
  const unnamed: Item[] = [];
  const clauses = new Set(sentence.clauseOf);
  for (const clause of clauses) {
    const items = sentence.items.filter((item) => clauseAt(sentence, item) === clause);
    const first = items.find(({ kind }) => worked.has(kind));
    if (first === undefined || items.some(({ kind }) => anchorKinds.has(kind))) continue;
    const words = sentence.tokens.flatMap((token, at) => {
      const said = sentence.clauseOf[at] === clause && items.every((item) => at < item.first || at >= item.end);
      return said && /^\p{L}/u.test(token.text) ? [at] : [];
    });
    const run = runOf(words, sentence);
    const name = run.map((at) => sentence.tokens[at]?.text.toLowerCase() ?? '').join(' ');
    const [from, to] = [run[0], run.at(-1)];
    if (from !== undefined && to !== undefined)
      unnamed.push(
        itemOf({ kind: 'unnamed', name, first: from, end: to + 1, unsure: "not in the clinic's vocabulary" }),
      );
  }
  return unnamed;
}

/** The first run of words that is more than small words; small words at its ends are left out. */
function runOf(words: readonly number[], sentence: Sentence): number[] {
  const runs: number[][] = [];
  for (const at of words) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === at - 1) run.push(at);
    else runs.push([at]);
  }
  const isSmall = (at: number | undefined): boolean => {
    const token = at === undefined ? undefined : sentence.tokens[at];
    const last = token?.text.toLowerCase() === 'holds';
    return token === undefined || (stopWords.has(token.word) && !last);
  };
  for (const run of runs) {
    while (run.length > 0 && isSmall(run[0])) run.shift();
    while (run.length > 0 && isSmall(run.at(-1))) run.pop();
    if (run.length > 0) return run;
  }
  return [];
}

/** Deviations tell of gait even where it is not named. */
function gaitIn({ items }: Sentence): Item[] {
  const deviation = items.find(({ kind }) => kind === 'deviation');
  if (deviation === undefined || items.some(({ kind }) => kind === 'gait')) return [];
  return [itemOf({ kind: 'gait', name: 'gait', first: deviation.first, end: deviation.first })];
}

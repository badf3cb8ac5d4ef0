// Findings of a record out of frames: range of motion, strength, special tests.
import type { RangeOfMotion, SpecialTest, Strength } from '../session/schema.ts';
import { motions, strengthGrades } from '../session/words.ts';
import { marked, notSaid, slotOf, wordOf } from './entry.ts';
import type { Marked, Slot } from './entry.ts';
import type { Frame } from './frames.ts';
import { spanOf } from './item.ts';
import type { Item, ItemKind } from './item.ts';
import { sideSlot } from './place.ts';
import type { Place, Side } from './place.ts';
import type { Token } from './tokens.ts';

type Motion = RangeOfMotion['motion'];
type Mode = NonNullable<RangeOfMotion['mode']>;

/** One value with what it is of, where several were said in a row: "110 on the left and 150 on the right". */
interface Paired {
  readonly value: Item;
  readonly side: Slot<Side>;
  readonly mode: Slot<Mode>;
}

/** Values of a frame, each with its side and mode: one for all, or as many as there are values, in their order. */
function paired(tokens: readonly Token[], frame: Frame, kinds: readonly ItemKind[], place: Place): Paired[] {
  const values = frame.values.filter(({ kind }) => kinds.includes(kind));
  const sided = frame.values.filter(({ kind }) => kind === 'side');
  const modes = frame.values.filter(({ kind }) => kind === 'mode');
  return values.map((value, at) => ({
    value,
    side: ofPair(sided, at, values.length, place.side, (items) => sideSlot(tokens, items)),
    mode: ofPair(modes, at, values.length, notSaid, (items) =>
      slotOf(tokens, items, ({ name }) => wordOf(['active', 'passive'] as const, name)),
    ),
  }));
}

function ofPair<Value>(
  items: readonly Item[],
  at: number,
  count: number,
  otherwise: Slot<Value>,
  read: (items: readonly Item[]) => Slot<Value>,
): Slot<Value> {
  const item = items[at];
  if (items.length === 0) return otherwise;
  if (count > 1 && items.length === count && item !== undefined) return read([item]);
  return read(items);
}

/** @returns an entry for each value; none where the part of the body is not known, which the record must have */
export function rangesOf(
  tokens: readonly Token[],
  frame: Frame,
  place: Place,
  modeBefore: Slot<Mode>,
): readonly Marked<RangeOfMotion>[] {
  const part = place.part.value;
  const motion = wordOf(motions, frame.anchor.name);
  if (part === null || motion === null) return [];
  const kinds: ItemKind[] = ['degrees', 'motionRange', 'bare'];
  const pairs = paired(tokens, frame, kinds, place).filter(({ value }) => isDegrees(value));
  const sides = new Set(pairs.map(({ side, mode }) => `${side.value ?? ''} ${mode.value ?? ''}`));
  // Several values of one side and mode: which of them holds nobody can tell.
  if (pairs.length > 1 && sides.size < pairs.length) {
    const said = slotOf(
      tokens,
      pairs.map(({ value }) => value),
      degreesOf,
    );
    return [rangeEntry(place, motion, part, said, frame, tokens, place.side, modeOf(tokens, frame, modeBefore))];
  }
  return pairs.map(({ value, side, mode }) =>
    rangeEntry(
      place,
      motion,
      part,
      slotOf(tokens, [value], degreesOf),
      frame,
      tokens,
      side,
      mode.value === null ? modeBefore : mode,
    ),
  );
}

/** A bare number of five or less may as well be a grade: it is not taken. */
function isDegrees({ kind, value }: Item): boolean {
  return kind !== 'bare' || (value !== null && Math.abs(value) > 5) || (value !== null && value <= 0);
}

/** Of a range of degrees none is the reading. */
function degreesOf({ kind, value }: Item): number | null {
  if (kind === 'motionRange' || value === null || !Number.isInteger(value)) return null;
  return value >= -90 && value <= 220 ? value : null;
}

export function modeOf(tokens: readonly Token[], { values }: Frame, before: Slot<Mode>): Slot<Mode> {
  const modes = values.filter(({ kind }) => kind === 'mode');
  return modes.length === 0
    ? before
    : slotOf(tokens, modes, ({ name }) => wordOf(['active', 'passive'] as const, name));
}

function rangeEntry(
  place: Place,
  motion: Motion,
  part: RangeOfMotion['part'],
  degrees: Slot<number>,
  frame: Frame,
  tokens: readonly Token[],
  side: Slot<Side>,
  mode: Slot<Mode>,
): Marked<RangeOfMotion> {
  const motionSlot: Slot<Motion> = { value: motion, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  const entry = { part, motion, side: side.value, mode: mode.value, degrees: degrees.value };
  return marked(entry, { part: place.part, motion: motionSlot, side, mode, degrees });
}

/** "Knee range of motion 0 to 120": extension and flexion. From more than 0 it may be a lack or not: extension stays open. */
export function arcOf(
  tokens: readonly Token[],
  frame: Frame,
  place: Place,
  mode: Slot<Mode>,
): readonly Marked<RangeOfMotion>[] {
  const part = place.part.value;
  if (part !== 'knee' && part !== 'elbow') return [];
  const [arc, ...more] = frame.values.filter(({ kind }) => kind === 'motionRange');
  if (arc === undefined || more.length > 0) return [];
  const spans = [spanOf(tokens, arc)];
  const low = arc.of === 0 ? 0 : null;
  const extension: Slot<number> = {
    value: low,
    spans,
    unsure: low === null ? `from ${arc.of ?? ''}: a lack of extension, or how far it was moved` : null,
  };
  const flexion: Slot<number> = { value: arc.value, spans, unsure: null };
  return [
    rangeEntry(place, 'extension', part, extension, frame, tokens, place.side, mode),
    rangeEntry(place, 'flexion', part, flexion, frame, tokens, place.side, mode),
  ];
}

/** @returns an entry for each grade; none where the part of the body is not known */
export function strengthsOf(tokens: readonly Token[], frame: Frame, place: Place): readonly Marked<Strength>[] {
  const part = place.part.value;
  if (part === null) return [];
  const { anchor } = frame;
  const isMuscle = anchor.kind === 'muscle';
  return paired(tokens, frame, ['grade'], place).map(({ value, side }) => {
    const grade = slotOf(tokens, [value], ({ name }) => wordOf(strengthGrades, name));
    const known =
      grade.value === null && grade.unsure === 'not understood'
        ? { ...grade, unsure: 'there is no such grade' }
        : grade;
    const motion = isMuscle ? null : wordOf(motions, anchor.name);
    const muscle = isMuscle ? anchor.name : null;
    const named: Slot<string> = { value: anchor.name, spans: [spanOf(tokens, anchor)], unsure: null };
    const entry = { part, motion, muscle, side: side.value, grade: known.value };
    return marked(entry, { part: place.part, [isMuscle ? 'muscle' : 'motion']: named, side, grade: known });
  });
}

/** Special tests: positive, negative, or named without a result. */
export function testsOf(tokens: readonly Token[], frame: Frame): readonly Marked<SpecialTest>[] {
  const { anchor, values } = frame;
  const results = values.filter(({ kind }) => kind === 'polarity');
  const sided = values.filter(({ kind }) => kind === 'side');
  const name: Slot<string> = { value: anchor.name, spans: [spanOf(tokens, anchor)], unsure: null };
  const entryOf = (result: readonly Item[], ofSide: readonly Item[]): Marked<SpecialTest> => {
    const said = slotOf(tokens, result, (item) => item.name === 'positive');
    const positive = result.length === 0 ? { ...said, unsure: 'named without a result' } : said;
    const side = sideSlot(tokens, ofSide);
    return marked({ name: anchor.name, side: side.value, positive: positive.value }, { name, side, positive });
  };
  if (results.length > 1 && sided.length === results.length)
    return results.map((result, at) => entryOf([result], sided.slice(at, at + 1)));
  return [entryOf(results, sided)];
}

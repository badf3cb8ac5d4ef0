// Where on the body a finding is: what is said with it, else what was said before it in the sentence, else, in doubt, in the sentence before.
import type { RangeOfMotion } from '../session/schema.ts';
import { bodyParts, sides } from '../session/words.ts';
import { notSaid, slotOf, wordOf } from './entry.ts';
import type { Slot } from './entry.ts';
import type { Frame, Framed } from './frames.ts';
import { spanOf } from './item.ts';
import type { Item } from './item.ts';
import type { Token } from './tokens.ts';

export type Part = RangeOfMotion['part'];
export type Side = NonNullable<RangeOfMotion['side']>;

/** The place spoken of last. */
export interface Place {
  readonly part: Slot<Part>;
  readonly side: Slot<Side>;
}

export const nowhere: Place = { part: notSaid, side: notSaid };

const carried = 'taken from the sentence before';

/** A place as the next sentence may take it over: in doubt. */
export function carriedOver({ part, side }: Place): Place {
  const doubtful = <Value>(slot: Slot<Value>): Slot<Value> =>
    slot.value === null ? notSaid : { ...slot, unsure: carried };
  return { part: doubtful(part), side: doubtful(side) };
}

/** The part that items name; of none it is not said. */
export function partSlot(tokens: readonly Token[], items: readonly Item[]): Slot<Part> {
  return slotOf(
    tokens,
    items.filter(({ kind }) => kind === 'part'),
    ({ name }) => wordOf(bodyParts, name),
  );
}

export function sideSlot(tokens: readonly Token[], items: readonly Item[]): Slot<Side> {
  return slotOf(
    tokens,
    items.filter(({ kind }) => kind === 'side'),
    ({ name }) => wordOf(sides, name),
  );
}

/** What a frame's place is, with what came before it. A side is taken over only with its part. */
export function placeOf(framedSentence: Framed, frame: Frame, before: Place): Place {
  const { tokens } = framedSentence.sentence;
  const own = partSlot(tokens, frame.values);
  const ownPart = frame.anchor.part === null ? null : wordOf(bodyParts, frame.anchor.part);
  const fromAnchor: Slot<Part> =
    ownPart === null ? notSaid : { value: ownPart, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  const part = own.value !== null ? own : fromAnchor.value !== null ? fromAnchor : before.part;
  const said = sideSlot(tokens, frame.values);
  if (said.value !== null || said.unsure !== null) return { part, side: said };
  const trailing = trailingSide(framedSentence, frame);
  if (trailing !== null) return { part, side: sideSlot(tokens, [trailing]) };
  return { part, side: before.part.value === null || before.part.value === part.value ? before.side : notSaid };
}

/** A last clause of a side and nothing else is about all before it: "extension minus 5, flexion 110, left". */
function trailingSide({ sentence, frames }: Framed, frame: Frame): Item | null {
  const last = sentence.clauseOf.at(-1) ?? 0;
  const items = sentence.items.filter(({ first }) => sentence.clauseOf[first] === last);
  const [item] = items;
  if (items.length !== 1 || item?.kind !== 'side' || last === frame.clause) return null;
  const sided = frames.filter(({ values }) => values.some((value) => value.kind === 'side' && value !== item));
  return sided.length === 0 ? item : null;
}

/** The loose sides and places of a sentence before a frame: "Left shoulder: flexion 110". */
export function looseBefore({ sentence, loose }: Framed, { anchor }: Frame, before: Place): Place {
  return looseOf(
    sentence.tokens,
    loose.filter(({ first }) => first < anchor.first),
    before,
  );
}

/** The place that loose items name, or the one before. */
export function looseOf(tokens: readonly Token[], items: readonly Item[], before: Place): Place {
  const part = partSlot(tokens, items);
  const side = sideSlot(tokens, items);
  if (part.value === null && side.value === null) return before;
  return part.value === null ? { part: before.part, side } : { part, side };
}

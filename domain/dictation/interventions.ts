// Interventions of a record out of frames: exercises and services with their dose.
import { blankIntervention } from '../session/blank.ts';
import type { Intervention, Load } from '../session/schema.ts';
import { assistanceLevels, bandColors, bodyParts, progressions, responses, sides, skills } from '../session/words.ts';
import { marked, notSaid, slotOf, wordOf } from './entry.ts';
import type { Marked, Slot } from './entry.ts';
import type { Frame } from './frames.ts';
import { spanOf } from './item.ts';
import type { Item, ItemKind } from './item.ts';
import { stopWords } from './closed-words.ts';
import type { Sentence } from './sentence.ts';
import type { Token } from './tokens.ts';

const always: ReadonlySet<ItemKind> = new Set(['exercise', 'service', 'unnamed']);
const dosed: ReadonlySet<ItemKind> = new Set(['sets', 'repetitions', 'hold']);
const mayBe: ReadonlySet<ItemKind> = new Set(['motion', 'balance', 'activity']);

/** Whether a frame tells of something that was done, and not of something that was found. */
export function isIntervention({ anchor, values }: Frame): boolean {
  if (always.has(anchor.kind)) return true;
  return mayBe.has(anchor.kind) && values.some(({ kind }) => dosed.has(kind));
}

/** The intervention of a frame, with where each of its fields was said. */
export function interventionOf({ tokens, items }: Sentence, frame: Frame): Marked<Intervention> {
  const { anchor, values } = frame;
  const of = (...kinds: ItemKind[]): Item[] => values.filter(({ kind }) => kinds.includes(kind));
  const number = (...kinds: ItemKind[]): Slot<number> =>
    slotOf(tokens, of(...kinds), ({ value }) => wholeOrNull(value));
  const word = <Word extends string>(list: readonly Word[], kind: ItemKind): Slot<Word> =>
    slotOf(tokens, of(kind), ({ name }) => wordOf(list, name));
  const named = nameOf(tokens, items, frame);
  const slots = {
    name: named,
    code: codeOf(tokens, frame),
    minutes: number('minutes'),
    sets: number('sets'),
    repetitions: number('repetitions'),
    holdSeconds: number('hold', 'seconds'),
    side: word(sides, 'side'),
    part: partOf(tokens, frame),
    assistance: word(assistanceLevels, 'assistance'),
    response: word(responses, 'response'),
    progression: word(progressions, 'progression'),
  };
  const load = loadOf(tokens, of('load'));
  const cues = of('skill');
  const entry: Intervention = {
    ...blankIntervention(named.value ?? anchor.name),
    code: slots.code.value,
    minutes: slots.minutes.value,
    sets: slots.sets.value,
    repetitions: slots.repetitions.value,
    holdSeconds: slots.holdSeconds.value,
    load: load.value,
    side: slots.side.value,
    part: slots.part.value,
    assistance: slots.assistance.value,
    skills: [...new Set(cues.flatMap(({ name }) => wordOf(skills, name) ?? []))],
    response: slots.response.value,
    progression: slots.progression.value,
  };
  const skillSlot: Slot<true> = { value: true, spans: cues.map((item) => spanOf(tokens, item)), unsure: null };
  return marked(entry, { ...slots, load, skills: skillSlot });
}

/** As the vocabulary names it; "knee extension" where a motion was exercised, "joint mobilization grade III". */
function nameOf(tokens: readonly Token[], items: readonly Item[], frame: Frame): Slot<string> {
  const { anchor, values } = frame;
  const grade = values.find(({ kind }) => kind === 'mobilization');
  const part = values.find(({ kind, end }) => kind === 'part' && end === anchor.first);
  const spans = [spanOf(tokens, anchor), ...(grade === undefined ? [] : [spanOf(tokens, grade)])];
  const longer = saidAround(tokens, items, anchor, part);
  if (longer !== null) return longer;
  const motion = anchor.kind === 'motion' && part !== undefined ? `${part.name} ${anchor.name}` : anchor.name;
  const value = grade === undefined || grade.name === '' ? motion : `${motion} grade ${grade.name}`;
  return { value, spans, unsure: anchor.unsure ?? grade?.unsure ?? null };
}

/** "Bulgarian split squats" is more than a squat: with words that are not known beside it, the name is as it was said, and in doubt. */
function saidAround(
  tokens: readonly Token[],
  items: readonly Item[],
  anchor: Item,
  part: Item | undefined,
): Slot<string> | null {
  if (anchor.kind === 'service' || anchor.kind === 'unnamed') return null;
  const isWord = (at: number): boolean => {
    const token = tokens[at];
    const taken = items.some(({ first, end }) => at >= first && at < end);
    return (
      token !== undefined &&
      !taken &&
      /^\p{L}{2}/u.test(token.text) &&
      (token.word === 'hold' || !stopWords.has(token.word))
    );
  };
  let first = part?.first ?? anchor.first;
  while (isWord(first - 1) && tokens[first - 1]?.word !== 'hold') first -= 1;
  let end = anchor.end;
  if (anchor.kind === 'motion') while (isWord(end)) end += 1;
  if (first === (part?.first ?? anchor.first) && end === anchor.end) return null;
  const value = tokens
    .slice(first, end)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
  return { value, spans: [spanOf(tokens, { first, end })], unsure: 'some of its words are not in the vocabulary' };
}

function codeOf(tokens: readonly Token[], { anchor, values }: Frame): Slot<string> {
  const said = values.filter(({ kind }) => kind === 'code');
  if (said.length > 0) {
    const slot = slotOf(tokens, said, ({ code }) => code);
    const other = anchor.code !== null && slot.value !== null && slot.value !== anchor.code;
    return other
      ? { ...slot, value: null, unsure: `${slot.value ?? ''} was said of what is ${anchor.code ?? ''}` }
      : slot;
  }
  return anchor.code === null ? notSaid : { value: anchor.code, spans: [spanOf(tokens, anchor)], unsure: null };
}

function partOf(tokens: readonly Token[], { anchor, values }: Frame): Slot<NonNullable<Intervention['part']>> {
  const said = values.filter(({ kind }) => kind === 'part');
  if (said.length > 0) return slotOf(tokens, said, ({ name }) => wordOf(bodyParts, name));
  const part = anchor.part === null ? null : wordOf(bodyParts, anchor.part);
  return part === null ? notSaid : { value: part, spans: [spanOf(tokens, anchor)], unsure: null };
}

function loadOf(tokens: readonly Token[], items: readonly Item[]): Slot<Load> {
  const [item, ...more] = items;
  if (item === undefined) return notSaid;
  const spans = items.map((one) => spanOf(tokens, one));
  const same = more.every(({ name, value }) => name === item.name && value === item.value);
  if (!same) return { value: null, spans, unsure: 'several loads were said' };
  const color = item.name.endsWith(' band') ? wordOf(bandColors, item.name.replace(' band', '')) : null;
  if (color !== null) return { value: { value: null, unit: 'band', band: color }, spans, unsure: item.unsure };
  if (item.name === 'bodyweight')
    return { value: { value: null, unit: 'bodyweight', band: null }, spans, unsure: item.unsure };
  const unit = wordOf(['lb', 'kg', 'level'] as const, item.name);
  if (unit === null || item.value === null) return { value: null, spans, unsure: item.unsure ?? 'not understood' };
  return { value: { value: item.value, unit, band: null }, spans, unsure: item.unsure };
}

/** Counts and minutes are whole in the record; "two and a half sets" is left open. */
function wholeOrNull(value: number | null): number | null {
  return value !== null && Number.isInteger(value) ? value : null;
}

// How the patient does: gait, balance, function, outcome measures, and the session's minutes.
import type { Measure } from '../measures/schema.ts';
import { isScore } from '../measures/score.ts';
import type { Balance, FunctionalActivity, Gait, MeasureScore } from '../session/schema.ts';
import { assistanceLevels, devices, measureIds } from '../session/words.ts';
import { marked, slotOf, wordOf } from './entry.ts';
import type { Marked, Slot } from './entry.ts';
import type { Frame } from './frames.ts';
import { spanOf } from './item.ts';
import type { Item, ItemKind } from './item.ts';
import { sideSlot } from './place.ts';
import type { Token } from './tokens.ts';

function kindOf({ values }: Frame, ...kinds: ItemKind[]): Item[] {
  return values.filter(({ kind }) => kinds.includes(kind));
}

/** null where nothing was said of it. */
export function gaitOf(tokens: readonly Token[], frame: Frame): Marked<Gait> | null {
  if (frame.values.length === 0) return null;
  const walked = kindOf(frame, 'distance');
  const distance = slotOf(tokens, walked, ({ value }) => value);
  const unit = slotOf(tokens, distance.value === null ? [] : walked, ({ name }) => wordOf(['ft', 'm'] as const, name));
  const device = slotOf(tokens, kindOf(frame, 'device'), ({ name }) => wordOf(devices, name));
  const assistance = slotOf(tokens, kindOf(frame, 'assistance'), ({ name }) => wordOf(assistanceLevels, name));
  const seen = kindOf(frame, 'deviation');
  const deviations: Slot<true> = { value: true, spans: seen.map((item) => spanOf(tokens, item)), unsure: null };
  const entry = {
    distance: distance.value,
    unit: unit.value,
    device: device.value,
    assistance: assistance.value,
    deviations: [...new Set(seen.map(({ name }) => name))],
  };
  return marked(entry, { distance, unit, device, assistance, deviations });
}

/** One entry for each time, with its side. */
export function balanceOf(tokens: readonly Token[], frame: Frame): readonly Marked<Balance>[] {
  const times = kindOf(frame, 'seconds', 'hold');
  const sided = kindOf(frame, 'side');
  const assistance = slotOf(tokens, kindOf(frame, 'assistance'), ({ name }) => wordOf(assistanceLevels, name));
  const test: Slot<string> = { value: frame.anchor.name, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  const entryOf = (time: readonly Item[], ofSide: readonly Item[]): Marked<Balance> => {
    const seconds = slotOf(tokens, time, ({ value }) => value);
    const side = sideSlot(tokens, ofSide);
    const entry = { test: frame.anchor.name, side: side.value, seconds: seconds.value, assistance: assistance.value };
    return marked(entry, { test, side, seconds, assistance });
  };
  if (times.length === 0 && assistance.value === null) return [];
  if (times.length > 1 && times.length === sided.length)
    return times.map((time, at) => entryOf([time], sided.slice(at, at + 1)));
  return [entryOf(times, sided)];
}

/** null where no assistance was said: naming an activity is no finding. */
export function functionOf(tokens: readonly Token[], frame: Frame): Marked<FunctionalActivity> | null {
  const assistance = slotOf(tokens, kindOf(frame, 'assistance'), ({ name }) => wordOf(assistanceLevels, name));
  if (assistance.spans.length === 0) return null;
  const activity: Slot<string> = { value: frame.anchor.name, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  const entry = { activity: frame.anchor.name, assistance: assistance.value, words: null };
  return marked(entry, { activity, assistance });
}

const feetToMeters = 0.3048;

/** null where no score was said. @param measures as scored, for their unit and range */
export function measureOf(
  tokens: readonly Token[],
  frame: Frame,
  measures: readonly Measure[],
): Marked<MeasureScore> | null {
  const id = wordOf(measureIds, frame.anchor.name);
  const known = measures.find(({ measure }) => measure === id);
  const said = kindOf(frame, 'outOf', 'percent', 'seconds', 'distance', 'bare', 'painScore');
  if (id === null || known === undefined || said.length === 0) return null;
  const read = slotOf(tokens, said, (item) => scoreOf(item, known));
  const score =
    read.value === null && read.unsure === 'not understood' ? { ...read, unsure: whyNot(said, known) } : read;
  const measure: Slot<string> = { value: id, spans: [spanOf(tokens, frame.anchor)], unsure: null };
  return marked({ measure: id, score: score.value }, { measure, score });
}

/** The score in the measure's own unit; null where the unit was not said and could be another, or it lies outside the range. */
function scoreOf({ kind, name, value, of }: Item, measure: Measure): number | null {
  if (value === null) return null;
  const score = inUnit();
  return score !== null && isScore(measure, score) ? score : null;

  function inUnit(): number | null {
    if (value === null) return null;
    if (measure.unit === 'percent') {
      if (kind === 'percent') return value;
      if (kind === 'outOf' && of !== null && of > 0) return Math.round((value / of) * 1000) / 10;
      return kind === 'bare' && value > 50 ? value : null;
    }
    if (measure.unit === 'meters') {
      if (kind !== 'distance') return null;
      return name === 'ft' ? Math.round(value * feetToMeters * 10) / 10 : value;
    }
    if (measure.unit === 'seconds') return kind === 'seconds' || kind === 'bare' ? value : null;
    if (kind === 'painScore') return measure.range.most === 10 ? value : null;
    if (kind === 'outOf') return of === measure.range.most ? value : null;
    return kind === 'bare' || kind === 'percent' ? value : null;
  }
}

function whyNot(said: readonly Item[], { name, unit, range }: Measure): string {
  const bare = said.every(({ kind }) => kind === 'bare');
  const value = said[0]?.value ?? null;
  if (
    bare &&
    value !== null &&
    value >= range.least &&
    value <= range.most &&
    (unit === 'percent' || unit === 'meters')
  )
    return `the unit was not said: ${unit}, or another`;
  return `not a score of ${name}, which lies from ${range.least} to ${range.most}`;
}

/** The minutes of the whole session or of its timed services. */
export function totalOf(tokens: readonly Token[], frame: Frame): Slot<number> {
  return slotOf(tokens, kindOf(frame, 'minutes', 'bare'), ({ value }) =>
    value !== null && Number.isInteger(value) && value >= 0 && value <= 1440 ? value : null,
  );
}

// Fills the record from one sentence: each frame becomes the entry it is of.
import type { Measure } from '../measures/schema.ts';
import type { Gait, RangeOfMotion, SymptomReport } from '../session/schema.ts';
import { notSaid } from './entry.ts';
import type { Marked, Slot } from './entry.ts';
import { arcOf, modeOf, rangesOf, strengthsOf, testsOf } from './findings.ts';
import type { Frame, Framed } from './frames.ts';
import { interventionOf, isIntervention } from './interventions.ts';
import { balanceOf, functionOf, gaitOf, measureOf, totalOf } from './performance.ts';
import { moodOf, wasLeftOut } from './mood.ts';
import { carriedOver, looseBefore, looseOf, nowhere, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { Recorded } from './record.ts';
import { hasScore, homeOf, painOf, reportOf } from './reports.ts';
import { wordsOf } from './sections.ts';

export const startingPlace = nowhere;

/** @param before the place of the sentence before; @returns that of this one */
export function fillSentence(
  recorded: Recorded,
  sentence: Framed,
  before: Place,
  measures: readonly Measure[],
  text: string,
): Place {
  let place = carriedOver(before);
  let mode: Slot<NonNullable<RangeOfMotion['mode']>> = notSaid;
  const mood = moodOf(sentence.sentence);
  if (mood === 'planned' || mood === 'earlier') return nowhere;
  for (const frame of sentence.frames) {
    place = placeFor(sentence, frame, place);
    mode = modeOf(sentence.sentence.tokens, frame, mode);
    const done = mood === 'today' && !wasLeftOut(sentence.sentence, frame);
    if (done || !isIntervention(frame)) fillFrame({ recorded, sentence, frame, place, mode, measures, text });
  }
  const last = sentence.frames.at(-1);
  const rest = last === undefined ? sentence.loose : sentence.loose.filter(({ first }) => first > last.anchor.first);
  return looseOf(sentence.sentence.tokens, rest, place);
}

const located: ReadonlySet<string> = new Set(['motion', 'muscle', 'rom', 'symptom']);

/** The place as this frame has it, for what follows too; one on which nothing bears leaves it as it was. */
function placeFor(sentence: Framed, frame: Frame, before: Place): Place {
  const loose = looseBefore(sentence, frame, before);
  return located.has(frame.anchor.kind) && !isIntervention(frame) ? placeOf(sentence, frame, loose) : loose;
}

interface Filling {
  readonly recorded: Recorded;
  readonly sentence: Framed;
  readonly frame: Frame;
  readonly place: Place;
  readonly mode: Slot<NonNullable<RangeOfMotion['mode']>>;
  readonly measures: readonly Measure[];
  readonly text: string;
}

function fillFrame(filling: Filling): void {
  const { recorded, sentence, frame, place, mode } = filling;
  const { session } = recorded;
  const { tokens } = sentence.sentence;
  if (isIntervention(frame)) {
    recorded.add('/interventions', session.interventions, interventionOf(sentence.sentence, frame));
    return;
  }
  switch (frame.anchor.kind) {
    case 'motion':
    case 'muscle':
      if (frame.anchor.kind === 'motion')
        for (const range of rangesOf(tokens, frame, place, mode))
          recorded.add('/rangeOfMotion', session.rangeOfMotion, range);
      for (const strength of strengthsOf(tokens, frame, place)) recorded.add('/strength', session.strength, strength);
      return;
    case 'rom':
      for (const range of arcOf(tokens, frame, place, mode))
        recorded.add('/rangeOfMotion', session.rangeOfMotion, range);
      return;
    case 'test':
      for (const test of testsOf(tokens, frame)) recorded.add('/specialTests', session.specialTests, test);
      return;
    case 'balance':
      for (const balance of balanceOf(tokens, frame)) recorded.add('/balance', session.balance, balance);
      return;
    case 'symptom':
      fillSymptom(filling);
      return;
    default:
      fillOther(filling);
  }
}

function fillSymptom({ recorded, sentence, frame }: Filling): void {
  const { session } = recorded;
  const { tokens } = sentence.sentence;
  if (hasScore(tokens, frame)) {
    for (const pain of painOf(tokens, frame)) recorded.add('/pain', session.pain, pain);
    return;
  }
  const report = reportOf(sentence, frame);
  const { reports } = session.subjective;
  const again = reports.some((one) => report !== null && sameReport(one, report.entry));
  if (report !== null && !again) recorded.add('/subjective/reports', session.subjective.reports, report);
}

function sameReport(one: SymptomReport, other: SymptomReport): boolean {
  const { symptom, present, part, side } = other;
  return one.symptom === symptom && one.present === present && one.part === part && one.side === side;
}

function fillOther({ recorded, sentence, frame, measures, text }: Filling): void {
  const { session } = recorded;
  const { tokens } = sentence.sentence;
  const { kind, name } = frame.anchor;
  if (kind === 'measure') {
    const measure = measureOf(tokens, frame, measures);
    if (measure !== null) recorded.add('/measures', session.measures, measure);
  }
  if (kind === 'activity') {
    const activity = functionOf(tokens, frame);
    if (activity !== null) recorded.add('/function', session.function, activity);
  }
  if (kind === 'gait') fillGait(recorded, gaitOf(tokens, frame));
  if (kind === 'total') {
    const minutes = totalOf(tokens, frame);
    if (name === 'timed') session.timedMinutes = recorded.field('/timedMinutes', minutes) ?? session.timedMinutes;
    else session.totalMinutes = recorded.field('/totalMinutes', minutes) ?? session.totalMinutes;
  }
  if (kind === 'home') {
    const from = tokens[0]?.from ?? 0;
    const home = homeOf(sentence, frame, wordsOf(tokens, text, { from, to: tokens.at(-1)?.to ?? from }));
    if (home !== null && session.homeProgram === null) {
      recorded.note('/homeProgram', home.sources, home.doubts);
      session.homeProgram = home.entry;
    }
  }
}

/** Gait is told in one entry: a later sentence adds what was not yet said, and what contradicts is left for a person. */
function fillGait(recorded: Recorded, said: Marked<Gait> | null): void {
  if (said === null) return;
  const { session } = recorded;
  const { entry, sources, doubts } = said;
  const now = session.gait;
  const fields = ['distance', 'unit', 'device', 'assistance'] as const;
  if (
    now !== null &&
    fields.some((field) => now[field] !== null && entry[field] !== null && now[field] !== entry[field])
  ) {
    for (const { field, from, to } of sources)
      recorded.doubts.push({ path: `/gait/${field}`, why: 'said more than once, not the same', spans: [{ from, to }] });
    return;
  }
  recorded.note('/gait', sources, doubts);
  const deviations = [...new Set([...(now?.deviations ?? []), ...entry.deviations])];
  const merged =
    now === null
      ? entry
      : { ...now, ...Object.fromEntries(fields.map((field) => [field, now[field] ?? entry[field]])) };
  session.gait = { ...merged, deviations };
}

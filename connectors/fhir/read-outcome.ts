// The score of an outcome measure, of the Observations that are one; weight and blood pressure are not ours to keep.
import type { Element } from '../../domain/fhir/element.ts';
import { patientAt } from './read-party.ts';
import { ownWord, Reading, termsOf } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';

/** LOINC: Oswestry disability index score; pain severity, 0 to 10 verbal numeric rating. */
const measureByCode: Readonly<Record<string, string>> = { '97909-6': 'ODI', '72514-3': 'NPRS' };

/** The names PT clinics use; the shorter ones as a word of their own. */
const measureByWord: readonly (readonly [RegExp, string])[] = [
  [/\bLEFS\b|lower extremity functional scale/i, 'LEFS'],
  [/\bNDI\b|neck disability index/i, 'NDI'],
  [/\bODI\b|oswestry/i, 'ODI'],
  [/quick\s?-?dash/i, 'QuickDASH'],
  [/\bDASH\b|disabilities of the arm/i, 'DASH'],
  [/\bNPRS\b|numeric pain rating/i, 'NPRS'],
  [/\bPSFS\b|patient.specific functional scale/i, 'PSFS'],
  [/\bSPADI\b|shoulder pain and disability/i, 'SPADI'],
  [/\bKOOS\b|knee injury and osteoarthritis/i, 'KOOS'],
  [/\bTUG\b|timed up and go/i, 'TUG'],
];

/** The measure an Observation scores; null: it is another kind of observation. */
export function measureOf(observation: Element, { settings }: Pick<Surroundings, 'settings'>): string | null {
  const terms = termsOf(observation.child('code'));
  const own = ownWord(settings.words.outcomeMeasure, terms);
  if (own !== null) return own;
  for (const term of terms) {
    const found = measureByCode[term] ?? measureByWord.find(([word]) => word.test(term))?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function scoreOf(observation: Element, reading: Reading): number {
  const text = observation.string('valueString');
  const found =
    observation.child('valueQuantity')?.number('value') ??
    observation.number('valueInteger') ??
    (text !== null && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null);
  if (found !== null && Number.isFinite(found)) return found;
  const isSaid = observation.child('dataAbsentReason') !== null;
  const reason = isSaid ? 'said to be absent' : text === null ? 'empty' : 'not a number';
  reading.fail(`${observation.path}.value`, reason, true);
  return 0;
}

const withdrawn: readonly string[] = ['cancelled', 'entered-in-error'];

export function readObservation(observation: Element, row: number, around: Surroundings): Told<'outcomes'> {
  const reading = new Reading(row, around.clock);
  const measure = measureOf(observation, around);
  if (measure === null) return reading.nothing();
  if (withdrawn.includes(observation.string('status') ?? '')) {
    reading.fail(`${observation.path}.status`, 'withdrawn', true);
    return reading.nothing();
  }
  const day =
    reading.day(observation, 'effectiveDateTime') ??
    reading.day(observation, 'effectiveInstant') ??
    reading.start(observation.child('effectivePeriod')) ??
    reading.day(observation, 'issued');
  return reading.told<'outcomes'>({
    recordNumber: patientAt(observation.child('subject'), reading, around, `${observation.path}.subject`),
    measure,
    score: scoreOf(observation, reading),
    date: day ?? reading.fail(`${observation.path}.effective`, 'empty', true) ?? '',
  });
}

// Lies told on purpose: each changes one thing in a document so that the record no longer bears it.
import type { NoteDocument, Sentence } from '../document-schema.ts';
import type { NoteSource } from '../source-schema.ts';
import { symptoms } from '../../session/words.ts';
import { conditions } from './conditions.ts';

type Chance = () => number;

/** The lie of one class, or null where the document offers nothing to lie about. */
export type Lie = (document: NoteDocument, source: NoteSource, random: Chance) => NoteDocument | null;

const pick = <Item>(random: Chance, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)];

/** Places of a pattern in the text outside gaps. */
interface Place {
  readonly section: number;
  readonly sentence: number;
  readonly from: number;
  readonly found: string;
}

function placesOf(document: NoteDocument, pattern: RegExp): Place[] {
  return document.sections.flatMap(({ sentences }, section) =>
    sentences.flatMap(({ text, gaps }, sentence) =>
      [...text.matchAll(pattern)].flatMap((match) =>
        gaps.some(({ from, to }) => match.index >= from && match.index < to)
          ? []
          : [{ section, sentence, from: match.index, found: match[0] }],
      ),
    ),
  );
}

function withSentence(document: NoteDocument, at: Pick<Place, 'section' | 'sentence'>, text: string): NoteDocument {
  const sections = document.sections.map((section, index) =>
    index !== at.section
      ? section
      : {
          ...section,
          sentences: section.sentences.map(
            (each, place): Sentence => (place === at.sentence ? { ...each, text } : each),
          ),
        },
  );
  return { ...document, sections };
}

function replace(document: NoteDocument, place: Place, by: string): NoteDocument {
  const text = document.sections[place.section]?.sentences[place.sentence]?.text ?? '';
  return withSentence(document, place, text.slice(0, place.from) + by + text.slice(place.from + place.found.length));
}

/** Replaces one place of a pattern by another word of the same kind. */
function swapped(pattern: RegExp, others: (found: string, random: Chance) => string | undefined): Lie {
  return (document, _source, random) => {
    const place = pick(random, placesOf(document, pattern));
    const by = place === undefined ? undefined : others(place.found, random);
    return place === undefined || by === undefined || by === place.found ? null : replace(document, place, by);
  };
}

const grades = ['2-', '2', '2+', '3-', '3', '3+', '4-', '4', '4+', '5-', '5'];
const levels = [
  'supervision',
  'standby assistance',
  'contact guard assistance',
  'minimal assistance',
  'moderate assistance',
  'maximal assistance',
];
const parts = ['shoulder', 'knee', 'hip', 'ankle', 'elbow', 'wrist', 'lumbar spine', 'cervical spine'];
const codes = ['97110', '97112', '97116', '97140', '97530', '97535', '97035', '97012'];
const invented = [
  'Nordic hamstring curls',
  'Wall sits',
  'Goblet squats',
  'Dry needling of the calf',
  'Kinesio taping',
  'Treadmill',
  'Clamshells',
  'Farmer carry',
  'Monster walks',
  'Interferential stimulation',
];

const otherThan =
  (all: readonly string[]) =>
  (found: string, random: Chance): string | undefined =>
    pick(
      random,
      all.filter((word) => word.toLowerCase() !== found.toLowerCase()),
    );

function number(found: string, random: Chance): string {
  const value = Number(found);
  const by = pick(random, [1, 2, 5, 10, 20]) ?? 1;
  return String(random() < 0.5 && value - by >= 0 ? value - by : value + by);
}

/** A digit that is not part of a code, a date or a grade, in or out of quotation marks. */
const plainNumber = /(?<![\d/.A-Z+-])\d{1,3}(?![\d/.+-]|\/5)(?!\d*\/\d+\/)/g;

const negation: Lie = (document, source, random) => {
  const word: Readonly<Record<string, string>> = {
    denies: 'reports',
    Denies: 'Reports',
    reports: 'denies',
    Reports: 'Denies',
    'was positive': 'was negative',
    'was negative': 'was positive',
    'tolerated well': 'poorly tolerated',
  };
  const place = pick(
    random,
    placesOf(document, /\b(denies|Denies|(?<!letter )reports|Reports|was positive|was negative|tolerated well)\b/g),
  );
  if (place !== undefined && random() < 0.7) return replace(document, place, word[place.found] ?? '');
  const asked = new Set(source.session.subjective.reports.map(({ symptom }) => symptom));
  const unasked = pick(
    random,
    symptoms.filter((symptom) => !asked.has(symptom) && symptom !== 'pain' && !mentions(source, symptom)),
  );
  return unasked === undefined ? null : inserted(document, 'subjective', `The patient denies ${unasked}.`);
};

function mentions(source: NoteSource, word: string): boolean {
  return JSON.stringify(source).toLowerCase().includes(word.slice(0, 4));
}

function inserted(document: NoteDocument, section: string, text: string): NoteDocument | null {
  if (!document.sections.some(({ id }) => id === section)) return null;
  const sections = document.sections.map((each) =>
    each.id === section ? { ...each, sentences: [...each.sentences, { text, sources: [], gaps: [] }] } : each,
  );
  return { ...document, sections };
}

const exercise: Lie = (document, source, random) => {
  const own = JSON.stringify(source).toLowerCase();
  const foreign = conditions.flatMap(({ interventions }) =>
    interventions.filter(({ kind }) => kind === 'exercise').map(({ name }) => name),
  );
  const all = [...invented, ...foreign].filter((name) => !own.includes(name.toLowerCase().slice(0, 8)));
  const name = pick(random, random() < 0.5 ? invented.filter((each) => all.includes(each)) : all);
  if (name === undefined) return null;
  return inserted(
    document,
    'treatment',
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}: 3 sets of 10 repetitions.`,
  );
};

/** Takes every sentence away that tells of one finding. */
const dropped: Lie = (document, source, random) => {
  const { session } = source;
  const entries = [
    ...session.rangeOfMotion.map((_, at) => `/session/rangeOfMotion/${at}/`),
    ...session.strength.map((_, at) => `/session/strength/${at}/`),
    ...session.pain.map((_, at) => `/session/pain/${at}/`),
    ...session.interventions.map((_, at) => `/session/interventions/${at}/`),
    ...session.measures.map((_, at) => `/session/measures/${at}/`),
    ...session.subjective.reports.map((_, at) => `/session/subjective/reports/${at}/`),
    ...session.specialTests.map((_, at) => `/session/specialTests/${at}/`),
  ];
  const tells = (each: Sentence, entry: string): boolean =>
    each.sources.some(({ pointer }) => pointer.startsWith(entry));
  const told = entries.filter((entry) =>
    document.sections.some(({ sentences }) => sentences.some((each) => tells(each, entry))),
  );
  const entry = pick(random, told);
  if (entry === undefined) return null;
  const sections = document.sections.map((section) => ({
    ...section,
    sentences: section.sentences.filter((each) => !tells(each, entry)),
  }));
  return { ...document, sections };
};

const date: Lie = swapped(/\b\d{2}\/\d{2}\/\d{4}\b/g, (found, random) => {
  const day = Number(found.slice(3, 5));
  const other = ((day + 2 + Math.floor(random() * 20)) % 28) + 1;
  return other === day ? undefined : `${found.slice(0, 3)}${String(other).padStart(2, '0')}${found.slice(5)}`;
});

const quote: Lie = swapped(/“[^”]+”/g, (found) => {
  const words = found.slice(1, -1).split(' ');
  return words.length < 3 ? undefined : `“${words.toReversed().join(' ')}”`;
});

/** Class by class what a careless or lying writer does to a note. */
export const lies: Readonly<Record<string, Lie>> = {
  number: swapped(plainNumber, number),
  side: swapped(/\b(left|right)\b/gi, (found) => {
    const other = found.toLowerCase() === 'left' ? 'right' : 'left';
    return found.startsWith('L') || found.startsWith('R') ? other.slice(0, 1).toUpperCase() + other.slice(1) : other;
  }),
  grade: swapped(/\b[0-5][+-]?(?=\/5\b)/g, otherThan(grades)),
  assistance: swapped(
    /\b((?<!general )supervision|(standby|contact guard|minimal|moderate|maximal) assistance)\b/g,
    otherThan(levels),
  ),
  negation,
  exercise,
  dropped,
  part: swapped(/\b(shoulder|knee|hip|ankle|elbow|wrist|lumbar spine|cervical spine)\b/g, otherThan(parts)),
  code: swapped(/\b97\d{3}\b/g, otherThan(codes)),
  unit: swapped(/(?<=\d )(lb|feet|seconds)\b/g, (found) => ({ lb: 'kg', feet: 'meters', seconds: 'minutes' })[found]),
  date,
  quote,
};

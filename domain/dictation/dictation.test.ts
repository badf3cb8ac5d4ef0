// Dictations of the corpus are understood as written down beside them; what is said is never guessed at, and no text breaks the parser.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listener } from '../../rules/testing/dictation.ts';
import { sessionSchema } from '../session/schema.ts';
import { parseDictation } from './parse.ts';
import { corrections, ranges as valueRanges } from './testing/corpus/corrections.ts';
import { exercises } from './testing/corpus/exercises.ts';
import { measures, ranges, strengths, tests } from './testing/corpus/findings.ts';
import { heldOut } from './testing/corpus/held-out.ts';
import { moods } from './testing/corpus/moods.ts';
import { helped, pains, reports } from './testing/corpus/patients.ts';
import { services } from './testing/corpus/services.ts';
import { sessions } from './testing/corpus/sessions.ts';
import { linesOf } from './testing/lines.ts';
import type { Spoken } from './testing/spoken.ts';

const is = { ref: 'ses_1', patient: 'pat_1', date: '2026-06-01', kind: 'treatment' } as const;
const classes = {
  exercises,
  services,
  ranges,
  strengths,
  tests,
  measures,
  pains,
  reports,
  helped,
  corrections,
  valueRanges,
  sessions,
  heldOut,
  moods,
};
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ['phi'] });
addFormats.default(ajv);
const isSession = ajv.compile(sessionSchema);
const hear = (say: string) => parseDictation(say, is, listener);

for (const [name, corpus] of Object.entries(classes))
  test.each(corpus)(`${name}: $say`, ({ say, means }: Spoken) => {
    expect(linesOf(hear(say).session)).toEqual([...means].sort());
  });

const all = Object.values(classes).flat();

test('the corpus has at least 120 dictations, no two alike', () => {
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(new Set(all.map(({ say }) => say)).size).toBe(all.length);
});

test('every value names the words it came from, and those words stand in the text', () => {
  for (const { say } of all) {
    const { sources, doubts, notUnderstood } = hear(say);
    for (const { from, to } of [...sources, ...doubts.flatMap(({ spans }) => spans), ...notUnderstood]) {
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(say.length);
    }
  }
});

test('every number of the record that was said in digits stands in the words it came from', () => {
  for (const { say } of all) {
    const { session, sources } = hear(say);
    for (const { path, from, to } of sources) {
      const value = valueAt(session, path);
      if (typeof value !== 'number' || path.startsWith('/measures')) continue;
      const said = say.slice(from, to);
      if (/\d/.test(said)) expect(said).toContain(String(Math.abs(value)));
    }
  }
});

test('every entry of the record has a source', () => {
  for (const { say } of all) {
    const { session, sources } = hear(say);
    const has = (path: string): boolean => sources.some((source) => source.path.startsWith(`${path}/`));
    const lists = [
      'interventions',
      'pain',
      'rangeOfMotion',
      'strength',
      'specialTests',
      'measures',
      'balance',
      'function',
    ] as const;
    for (const list of lists) for (const at of session[list].keys()) expect(has(`/${list}/${at}`)).toBe(true);
  }
});

test('a left value never becomes a right one, nor a number another: what was corrected is gone', () => {
  const { session } = hear('Left shoulder flexion 110 degrees, correction, right shoulder flexion 130 degrees.');
  expect(session.rangeOfMotion).toEqual([
    { part: 'shoulder', motion: 'flexion', side: 'right', mode: null, degrees: 130 },
  ]);
});

test('nothing said is nothing recorded, and what is not understood is shown', () => {
  expect(linesOf(hear('').session)).toEqual([]);
  expect(linesOf(hear('The weather was nice and we talked about the game.').session)).toEqual([]);
  const text = 'Walked the dog 3 days ago. The zorb was set to 17.';
  const shown = hear(text).notUnderstood.map(({ from, to }) => text.slice(from, to));
  expect(shown.join(' ')).toContain('17');
});

test("the patient's own words, education, assessment and plan are taken over as they were said", () => {
  const text =
    'Patient states the knee feels looser. Educated patient on icing. Plan: progress to step downs. Patient tolerated treatment well.';
  const { session } = hear(text);
  expect(session.subjective.words).toBe('Patient states the knee feels looser');
  expect(session.education).toEqual(['Educated patient on icing']);
  expect(session.plan).toBe('Plan: progress to step downs');
  expect(session.assessment).toBe('Patient tolerated treatment well');
});

const words = [
  ...'left right both knee shoulder lumbar flexion extension abduction three sets of ten x 3 10 out / 5 4 - + plus minus degrees pain before after denies reports no numbness tingling pounds lb red band strike that correction scratch make , . ; : and then minutes therapeutic exercise manual therapy squat bridges LEFS TUG seconds one hundred point half a min to mod assist CGA walker feet positive Lachman negative hold for'.split(
    ' ',
  ),
  '\n',
];

test('fuzz: words of dictation in any order, and any text at all, never break it; spans stay inside the text', () => {
  const said = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((some) => some.join(' ')),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  fc.assert(
    fc.property(said, (say) => {
      const { session, sources, doubts, notUnderstood } = hear(say);
      expect(isSession(session)).toBe(true);
      for (const { from, to } of [...sources, ...doubts.flatMap(({ spans }) => spans), ...notUnderstood])
        expect(from >= 0 && from <= to && to <= say.length).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('fuzz: a word more or less never turns a left into a right or a report into its denial', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('left', 'right'),
      fc.integer({ min: 6, max: 180 }),
      fc.nat(3),
      (side, degrees, padding) => {
        const fill = ['so', 'okay', 'um', 'now'].slice(0, padding).join(' ');
        const [found] = hear(`${fill} ${side} shoulder flexion is ${degrees} degrees`).session.rangeOfMotion;
        expect(found).toMatchObject({ side, degrees });
      },
    ),
  );
});

/** The value at a JSON pointer. */
function valueAt(session: object, path: string): unknown {
  let value: unknown = session;
  for (const key of path.split('/').slice(1))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

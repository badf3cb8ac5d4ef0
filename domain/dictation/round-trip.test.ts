// Whatever is said with any number, side, grade and name comes back as it was said, in digits and in words, alone and in a row.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listener, vocabulary } from '../../rules/testing/dictation.ts';
import { strengthGrades } from '../session/words.ts';
import { parseDictation } from './parse.ts';
import { linesOf } from './testing/lines.ts';

const is = { ref: 'ses_1', patient: 'pat_1', date: '2026-06-01', kind: 'treatment' } as const;
const heard = (say: string): readonly string[] => linesOf(parseDictation(say, is, listener).session);

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number up to 999 as it is spoken. */
function inWords(value: number): string {
  if (value < 20) return ones[value] ?? '';
  if (value < 100) return [tens[Math.floor(value / 10)], value % 10 === 0 ? '' : ones[value % 10]].join(' ').trim();
  return [ones[Math.floor(value / 100)], 'hundred', value % 100 === 0 ? '' : inWords(value % 100)].join(' ').trim();
}

const spoken = fc.boolean();
const number = (value: number, words: boolean): string => (words ? inWords(value) : String(value));
const side = fc.constantFrom('left', 'right');
const exercise = fc.constantFrom(...vocabulary.exercises.filter(({ part }) => part === null).map(({ name }) => name));
const motion = fc.constantFrom(
  'flexion',
  'extension',
  'abduction',
  'adduction',
  'internal rotation',
  'external rotation',
);
const part = fc.constantFrom('shoulder', 'hip', 'knee', 'elbow', 'wrist');
const grade = fc.constantFrom(...strengthGrades.filter((one) => !['0', '1', '1+', '5-'].includes(one)));

interface Said {
  readonly say: string;
  readonly means: string;
}

const dose: fc.Arbitrary<Said> = fc
  .tuple(
    exercise,
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 30 }),
    side,
    fc.integer({ min: 1, max: 200 }),
    spoken,
    fc.nat(2),
  )
  .map(([name, sets, repetitions, of, load, words, way]) => {
    const n = (value: number): string => number(value, words);
    const said = [
      `${name} ${n(sets)} sets of ${n(repetitions)} ${of} ${n(load)} pounds`,
      `${name}, ${n(sets)} by ${n(repetitions)}, ${n(load)} pounds, ${of}`,
      `${n(sets)} sets of ${n(repetitions)} reps ${name} on the ${of} with ${n(load)} pounds`,
    ];
    return {
      say: said[way] ?? '',
      means: `do ${name}: sets ${sets}, repetitions ${repetitions}, load ${load} lb, side ${of}`,
    };
  });

const degrees: fc.Arbitrary<Said> = fc
  .tuple(side, part, motion, fc.integer({ min: 0, max: 180 }), spoken, fc.boolean())
  .map(([of, where, what, value, words, sideLast]) => ({
    say: sideLast
      ? `${where} ${what} ${number(value, words)} degrees on the ${of}`
      : `${of} ${where} ${what} is ${number(value, words)} degrees`,
    means: `range ${of} ${where} ${what} ${value}`,
  }));

const strength: fc.Arbitrary<Said> = fc
  .tuple(side, part, motion, grade, spoken)
  .map(([of, where, what, is_, words]) => {
    const sign = is_.endsWith('-') ? ' minus' : is_.endsWith('+') ? ' plus' : '';
    const said = words ? `${inWords(Number.parseInt(is_, 10))}${sign} out of five` : `${is_}/5`;
    return { say: `${of} ${where} ${what} strength ${said}`, means: `strength ${of} ${where} ${what} ${is_}` };
  });

const minutes: fc.Arbitrary<Said> = fc
  .tuple(
    fc.constantFrom(['therapeutic exercise', '97110'], ['manual therapy', '97140'], ['gait training', '97116']),
    fc.integer({ min: 1, max: 120 }),
    spoken,
    fc.boolean(),
  )
  .map(([[name, code], value, words, first]) => ({
    say: first
      ? `${number(value, words)} minutes of ${name ?? ''}`
      : `${name ?? ''} for ${number(value, words)} minutes`,
    means: `do ${name ?? ''}: code ${code ?? ''}, minutes ${value}`,
  }));

const pain: fc.Arbitrary<Said> = fc
  .tuple(
    side,
    part,
    fc.integer({ min: 0, max: 10 }),
    fc.constantFrom(['today', 'before'], ['after treatment', 'after'], ['at worst', 'worst']),
    spoken,
  )
  .map(([of, where, score, [when, is_], words]) => ({
    say: `${of} ${where} pain ${number(score, words)} out of ten ${when ?? ''}`,
    means: `pain ${is_ ?? ''} ${score} ${of} ${where}`,
  }));

const any = fc.oneof(dose, degrees, strength, minutes, pain);

test('one thing said is the one thing recorded, exactly and without a doubt', () => {
  fc.assert(
    fc.property(any, ({ say, means }) => {
      expect(heard(say)).toEqual([means]);
    }),
    { numRuns: 4000 },
  );
});

test('several sentences are as many entries; none borrows from another', () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 2, maxLength: 6 }), (all) => {
      const text = all.map(({ say }) => `${say}.`).join(' ');
      expect(heard(text)).toEqual(all.map(({ means }) => means).sort());
    }),
    { numRuns: 1000 },
  );
});

test('a correction leaves the corrected value only, whatever the values', () => {
  fc.assert(
    fc.property(
      side,
      part,
      motion,
      fc.integer({ min: 6, max: 180 }),
      fc.integer({ min: 6, max: 180 }),
      spoken,
      (of, where, what, wrong, right, words) => {
        const say = `${of} ${where} ${what} ${number(wrong, words)} degrees, correction, ${number(right, words)} degrees`;
        expect(heard(say)).toEqual([`range ${of} ${where} ${what} ${right}`]);
      },
    ),
    { numRuns: 1000 },
  );
});

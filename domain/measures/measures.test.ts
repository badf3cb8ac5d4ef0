// Outcome measures: published worked examples and rules, and what holds for every filling.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureFiles, measureNamed } from '../../rules/testing/measures.ts';
import { interpret } from './change.ts';
import { isScore, scoreOf } from './score.ts';
import { trendOf } from './trend.ts';

const every = measureFiles.flatMap(({ rows }) => rows);

/** Ten answers that add up to a sum. */
function addingUpTo(sum: number, count: number, most: number): (number | null)[] {
  let left = sum;
  return Array.from({ length: count }, () => {
    const take = Math.min(left, most);
    left -= take;
    return take;
  });
}

test('each file is named after its measure, thresholds of a measure with score bands leave no score out', () => {
  expect(every).toHaveLength(9);
  for (const { name, rows } of measureFiles) for (const { measure } of rows) expect(measure).toBe(name);
  const berg = measureNamed('berg');
  for (let score = 0; score <= 56; score += 1) {
    const scores = [
      { date: '2026-01-05', score },
      { date: '2026-02-05', score: score === 56 ? 0 : 56 },
    ];
    expect(interpret(berg, scores, null).sinceFirst?.detectable).not.toBeNull();
  }
});

test('ODI, the example of its scoring instructions: 16 of 50 is 32 %, 16 with one section missed 35.5 %', () => {
  const odi = measureNamed('odi');
  expect(scoreOf(odi, addingUpTo(16, 10, 5)).score).toBe(32);
  // 35.55…, cut off there and rounded here.
  expect(scoreOf(odi, [...addingUpTo(16, 9, 5), null]).score).toBe(35.6);
});

test('ODI with two sections missed is unknown, and says how many may be', () => {
  expect(scoreOf(measureNamed('odi'), [...addingUpTo(16, 8, 5), null, null])).toEqual({
    score: null,
    answered: 8,
    missing: 2,
    why: '2 of 10 answers are missing; at most 1 may be',
  });
});

test('QuickDASH: the sum over the count, less one, times 25; ten of eleven answers are enough, nine are not', () => {
  const quickdash = measureNamed('quickdash');
  expect(
    scoreOf(
      quickdash,
      Array.from({ length: 11 }, () => 1),
    ).score,
  ).toBe(0);
  expect(
    scoreOf(
      quickdash,
      Array.from({ length: 11 }, () => 5),
    ).score,
  ).toBe(100);
  // (25/10 - 1) * 25 = 37.5
  expect(scoreOf(quickdash, [3, 3, 3, 3, 3, 2, 2, 2, 2, 2, null]).score).toBe(37.5);
  expect(scoreOf(quickdash, [3, 3, 3, 3, 3, 2, 2, 2, 2, null, null]).score).toBeNull();
});

test('LEFS: the sum of twenty; with one answer missing it is unknown, not lower', () => {
  const lefs = measureNamed('lefs');
  expect(
    scoreOf(
      lefs,
      Array.from({ length: 20 }, () => 4),
    ).score,
  ).toBe(80);
  expect(scoreOf(lefs, [null, ...Array.from({ length: 19 }, () => 4)]).score).toBeNull();
});

test('Berg: fourteen from 0 to 4, at most 56; PSFS: the mean of three to five activities', () => {
  expect(
    scoreOf(
      measureNamed('berg'),
      Array.from({ length: 14 }, () => 4),
    ).score,
  ).toBe(56);
  expect(scoreOf(measureNamed('psfs'), [3, 5, 6]).score).toBe(4.7);
  expect(() => scoreOf(measureNamed('psfs'), [3, 5])).toThrow('Patient-Specific Functional Scale has 2 answers');
});

test('an answer that is not on the scale is refused by its number', () => {
  expect(() => scoreOf(measureNamed('nprs'), [11])).toThrow(
    'An answer of Numeric Pain Rating Scale is not on its scale',
  );
  expect(() =>
    scoreOf(
      measureNamed('lefs'),
      Array.from({ length: 20 }, () => 2.5),
    ),
  ).toThrow('not on its scale');
});

test('LEFS from 32 to 41 is a change worth having, from 32 to 40 is not; lower is better for the ODI', () => {
  const change = (name: string, from: number, to: number) =>
    interpret(
      measureNamed(name),
      [
        { date: '2026-01-05', score: from },
        { date: '2026-02-02', score: to },
      ],
      null,
    ).sinceFirst;
  expect(change('lefs', 32, 41)).toMatchObject({ direction: 'better', important: { reached: true, value: 9 } });
  expect(change('lefs', 32, 40)).toMatchObject({ direction: 'better', important: { reached: false } });
  expect(change('odi', 40, 28)).toMatchObject({ direction: 'better', important: { reached: true } });
  expect(change('odi', 28, 40)).toMatchObject({ direction: 'worse', detectable: { reached: true } });
});

test('the detectable change of the Berg scale goes by the earlier score (Donoghue and Stokes 2009)', () => {
  const reached = (from: number, to: number) =>
    interpret(
      measureNamed('berg'),
      [
        { date: '2026-01-05', score: from },
        { date: '2026-02-02', score: to },
      ],
      null,
    ).sinceLast?.detectable?.reached;
  expect([reached(48, 52), reached(30, 36), reached(30, 37)]).toEqual([true, false, true]);
});

test('where nothing is published for the population, it is unknown and said so', () => {
  const scores = [
    { date: '2026-01-05', score: 18 },
    { date: '2026-02-02', score: 14 },
  ];
  const tug = interpret(measureNamed('tug'), scores, null).sinceFirst;
  expect(tug).toMatchObject({ direction: 'better', detectable: null, important: null });
  expect(tug?.words).toContain('is unknown: nothing is published for it');
  expect(interpret(measureNamed('tug'), scores, 'chronic stroke').sinceFirst?.detectable).toMatchObject({ value: 3.2 });
  expect(interpret(measureNamed('tug'), scores, null).marks).toHaveLength(1);
});

test('an unknown score is no score: it changes nothing and breaks the line of the picture', () => {
  const lefs = measureNamed('lefs');
  const scores = [
    { date: '2026-01-05', score: 20 },
    { date: '2026-01-19', score: null },
    { date: '2026-02-02', score: 40 },
  ];
  expect(interpret(lefs, scores, null).sinceLast?.difference).toBe(20);
  const trend = trendOf(lefs, scores, { width: 280, height: 80, population: null });
  expect(trend.points.map(({ x, y }) => [x, y])).toEqual([
    [0, 60],
    [280, 40],
  ]);
  expect(trend.lines).toHaveLength(2);
  expect(trend.importantY).toBe(51);
});

test('for every filling: a score lies within the range, a better answer never makes it worse, and what is missing is counted', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...every).chain((measure) => {
        const { countFrom, countTo, least, most, step } = measure.answers;
        const answer = fc
          .integer({ min: 0, max: Math.round((most - least) / step) })
          .map((steps) => Math.min(most, Math.round((least + steps * step) * 100) / 100));
        const answers = fc.array(fc.option(answer, { freq: 12 }), { minLength: countFrom, maxLength: countTo });
        return fc.tuple(fc.constant(measure), answers);
      }),
      ([measure, answers]) => {
        const { score, answered, missing } = scoreOf(measure, answers);
        expect(answered + missing).toBe(answers.length);
        if (missing > measure.answers.mayMiss) expect(score).toBeNull();
        if (score === null) return;
        expect(isScore(measure, score)).toBe(true);
        const raised = answers.map((answer) => (answer === null ? null : measure.answers.most));
        expect(scoreOf(measure, raised).score ?? -1).toBeGreaterThanOrEqual(score);
      },
    ),
  );
});

test('for every pair of scores: there and back differ by the sign, and points lie within the picture', () => {
  fc.assert(
    fc.property(fc.constantFrom(...every), fc.nat(56), fc.nat(56), (measure, a, b) => {
      const [one, other] = [a, b].map((value) => Math.min(value, measure.range.most));
      const there = [
        { date: '2026-01-05', score: one ?? 0 },
        { date: '2026-02-02', score: other ?? 0 },
      ];
      const back = [
        { date: '2026-01-05', score: other ?? 0 },
        { date: '2026-02-02', score: one ?? 0 },
      ];
      const [first, second] = [interpret(measure, there, null), interpret(measure, back, null)];
      expect((first.sinceFirst?.difference ?? 0) + (second.sinceFirst?.difference ?? 0)).toBe(0);
      for (const { x, y } of trendOf(measure, there, { width: 100, height: 50, population: null }).points)
        expect(x >= 0 && x <= 100 && y >= 0 && y <= 50).toBe(true);
    }),
  );
});

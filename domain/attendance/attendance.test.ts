// The risk of a missed visit: what the history is enough for, what the model finds in it, how it is checked, and what it says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { attendanceRule as rule } from '../../rules/testing/scheduling.ts';
import { dropOutFacts, dropOutFeatures, dropOutSamples } from './drop-out.ts';
import type { Episode } from './drop-out.ts';
import { fitLogistic, logistic } from './logistic.ts';
import { foretell, train } from './model.ts';
import { noShowFacts, noShowFeatures, noShowSamples, reasonsInWords } from './no-show.ts';
import type { AttendedVisit } from './no-show.ts';
import { history } from './testing/history.ts';

const trained = train(noShowSamples(history(400, 1.2, randomFrom(3))), noShowFeatures, rule);
const visit = (more: Partial<AttendedVisit> = {}): AttendedVisit => ({
  patient: 'pat_1',
  date: '2026-06-03',
  minute: 600,
  bookedOn: '2026-05-27',
  confirmed: null,
  outcome: 'ahead',
  ...more,
});

describe('the fit', () => {
  test('finds the published coefficients of hours studied and exams passed: −4.0777 and 1.5046 without a ridge', () => {
    // The worked example of Wikipedia's "Logistic regression" (hours studying and passing an exam), read 2026-11-22.
    const hours = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5];
    const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
    const [intercept = 0, slope = 0] = fitLogistic(
      hours.map((hour) => [hour]),
      passed,
      0,
    );
    expect(intercept).toBeCloseTo(-4.0777, 3);
    expect(slope).toBeCloseTo(1.5046, 3);
  });

  test('stays finite where a feature parts the events from the others, as long as there is a ridge', () => {
    const [intercept = NaN, slope = NaN] = fitLogistic([[-1], [-1], [1], [1]], [0, 0, 1, 1], 1);
    expect(Math.abs(intercept)).toBeLessThan(1e-6);
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThan(3);
  });
});

describe('with little history', () => {
  test('none gives no number at all: an unknown risk is not a risk of zero', () => {
    const none = train([], noShowFeatures, rule);
    expect(none).toMatchObject({ type: 'baseRate', why: 'tooLittle', baseRate: null });
    expect(foretell(none, noShowFacts(visit(), [])).risk).toBeNull();
  });

  test('below the threshold everybody has the base rate, and it says so', () => {
    const few = train(noShowSamples(history(20, 1.2, randomFrom(1))), noShowFeatures, rule);
    expect(few).toMatchObject({ type: 'baseRate', why: 'tooLittle' });
    expect(few.words).toMatch(
      /^Base rates only: the history has \d+ visits with \d+ events, a model needs 500 with 50$/,
    );
    expect(foretell(few, noShowFacts(visit(), []))).toEqual({
      risk: few.baseRate,
      from: 'baseRate',
      contributions: [],
    });
  });

  test('where nothing tells the missed from the kept, base rates stand: the model is never worse', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const chance = train(noShowSamples(history(300, 0, randomFrom(seed))), noShowFeatures, rule);
      if (chance.type === 'model') expect(chance.trial?.brier).toBeLessThan(chance.trial?.baseBrier ?? 0);
      else expect(chance).toMatchObject({ why: 'noBetter' });
      expect(chance.trial).not.toBeNull();
    }
  });
});

describe('with a history that tells something', () => {
  test('it is better than the base rate on visits it has not seen, and what it foretells happens about so often', () => {
    expect(trained.type).toBe('model');
    const { trial } = trained;
    if (trial === null) throw new Error('no trial');
    expect(trial.brier).toBeLessThan(trial.baseBrier * 0.97);
    expect(trial.bins.reduce((sum, { count }) => sum + count, 0)).toBe(trial.count);
    for (const bin of trial.bins) expect(Math.abs(bin.foretold - bin.happened)).toBeLessThan(0.08);
    expect((trial.bins.at(-1)?.happened ?? 0) / (trial.bins[0]?.happened ?? 1)).toBeGreaterThan(2);
    expect(trained.words).toMatch(
      /^A model of \d+ visits of this clinic, [\d.]+ % better than base rates on \d+ newer visits/,
    );
  });

  test('booked long ahead and missed before is riskier than confirmed, and the reasons say so in words', () => {
    const missed = ['2026-05-20', '2026-05-27'].map((date) => visit({ date, outcome: 'missed' }));
    const kept = ['2026-05-13', '2026-05-20', '2026-05-27'].map((date) => visit({ date, outcome: 'kept' }));
    const bad = noShowFacts(visit({ bookedOn: '2026-04-25', confirmed: false }), missed);
    const good = noShowFacts(visit({ confirmed: true }), kept);
    const [high, low] = [foretell(trained, bad), foretell(trained, good)];
    expect(high.risk ?? 0).toBeGreaterThan(2 * (low.risk ?? 1));
    const words = reasonsInWords(high.contributions, bad);
    expect(words.length).toBeGreaterThan(0);
    expect(words.join('; ')).toMatch(/Missed visits before|Booked 39 days ahead|Missed the last visit/);
    for (const one of words) expect(one).toMatch(/ \(odds × \d+\.\d\)$/);
  });

  test('the same history in any order gives the same model', () => {
    const samples = noShowSamples(history(150, 1.2, randomFrom(7)));
    const [one, other] = [train(samples, noShowFeatures, rule), train([...samples].reverse(), noShowFeatures, rule)];
    if (one.type !== 'model' || other.type !== 'model') throw new Error('no model');
    one.coefficients.forEach((value, index) => expect(other.coefficients[index]).toBeCloseTo(value, 9));
    expect(train(samples, noShowFeatures, rule)).toEqual(one);
  });
});

test('a visit knows only what lay before its day', () => {
  const its = history(1, 1, randomFrom(9));
  fc.assert(
    fc.property(fc.nat({ max: 9 }), (index) => {
      const one = its[index];
      if (one === undefined) return;
      const before = its.filter(({ date }) => date < one.date);
      expect(noShowFacts(one, its)).toEqual(noShowFacts(one, before));
    }),
  );
});

test('probabilities are the logistic of their log-odds', () => {
  expect(logistic(0)).toBe(0.5);
  expect(logistic(Math.log(3))).toBeCloseTo(0.75, 12);
});

describe('dropping out', () => {
  const episode = (more: Partial<Episode> = {}): Episode => ({
    ref: 'ep_1',
    patient: 'pat_1',
    visits: ['2026-03-02', '2026-03-09', '2026-03-16'].map((date) => ({ date, outcome: 'kept' as const })),
    dischargedOn: null,
    plannedVisits: 12,
    exercises: null,
    ...more,
  });
  const labels = (of: Episode, asOf: string) => dropOutSamples([of], rule, asOf).map(({ happened }) => happened);

  test('is thirty quiet days without a discharge; a last visit of last week is not known yet', () => {
    expect(labels(episode(), '2026-06-01')).toEqual([false, false, true]);
    expect(labels(episode(), '2026-03-20')).toEqual([false, false]);
    expect(labels(episode({ dischargedOn: '2026-03-17' }), '2026-06-01')).toEqual([false, false, false]);
  });

  test('exercises nobody asked about are unknown, not undone', () => {
    expect(dropOutFacts(episode(), '2026-03-16').exercisesDone).toBeNull();
    const exercises = [
      { date: '2026-03-10', done: true },
      { date: '2026-03-12', done: false },
      { date: '2026-03-20', done: false },
    ];
    expect(dropOutFacts(episode({ exercises }), '2026-03-16').exercisesDone).toBe(0.5);
  });

  test('has a model by the same rules as missed visits', () => {
    expect(train(dropOutSamples([episode()], rule, '2026-06-01'), dropOutFeatures, rule)).toMatchObject({
      why: 'tooLittle',
    });
  });
});

// Units held against minutes: Pub 100-04 ch. 5 §20.2, whose examples are named, the midpoint rule, and payers of whom nobody has told.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartOf, claimOf, day, found, intervention, unchecked, visit } from '../testing/charted.ts';

const example3 = chartOf({
  visits: [visit(day, { interventions: [intervention('97110', 33), intervention('97140', 7)] })],
});
const commercial = (chart: typeof example3) => ({
  ...chart,
  payer: { id: null, lineOfBusiness: 'commercial' as const },
});

test('§20.2.C example 3: 33 and 7 minutes are three units, two of exercise and one of manual therapy', () => {
  const right = claimOf([
    { code: '97110', units: 2 },
    { code: '97140', units: 1 },
  ]);
  expect(found('units.minutes', { claim: right, chart: example3 })).toEqual([]);
});

test('more units than the minutes support, fewer, and the right sum on the wrong codes are three different findings', () => {
  const billed = (exercise: number, manual: number) =>
    claimOf([
      { code: '97110', units: exercise },
      { code: '97140', units: manual },
    ]);
  expect(found('units.minutes', { claim: billed(3, 1), chart: example3 })).toEqual([
    'over blocks 0: 97110 × 3 is billed on 4 May 2026; its 33 minutes, of 40 timed minutes of the day, support 2 (CMS rule).',
  ]);
  expect(found('units.minutes', { claim: billed(1, 1), chart: example3 })).toEqual([
    'under warns 0: 97110 × 1 is billed on 4 May 2026; its 33 minutes support 2 (CMS rule).',
  ]);
  expect(found('units.minutes', { claim: billed(1, 2), chart: example3 })).toEqual([
    'split blocks 1: The timed minutes of 4 May 2026 support 3 in all, but 97140 has 2 of them where its 7 minutes support 1 (CMS rule).',
  ]);
});

test('§20.2.C example 2: of 20 and 20 minutes either code may have the second unit', () => {
  const chart = chartOf({
    visits: [visit(day, { interventions: [intervention('97112', 20), intervention('97110', 20)] })],
  });
  for (const [balance, exercise] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const claim = claimOf([
      { code: '97112', units: balance },
      { code: '97110', units: exercise },
    ]);
    expect(found('units.minutes', { claim, chart })).toEqual([]);
  }
  const three = claimOf([
    { code: '97112', units: 3 },
    { code: '97110', units: 0 },
  ]);
  // No unit of a service that was given is a finding of its own.
  expect(found('units.minutes', { claim: three, chart })).toHaveLength(2);
});

test('two visits of one day are counted together', () => {
  const chart = chartOf({
    visits: [
      visit(day, { interventions: [intervention('97110', 20)] }),
      visit(day, { interventions: [intervention('97110', 20)] }),
    ],
  });
  expect(found('units.minutes', { claim: claimOf([{ code: '97110', units: 3 }]), chart })).toEqual([]);
  expect(found('units.minutes', { claim: claimOf([{ code: '97110', units: 2 }]), chart })).toHaveLength(1);
});

test('a payer of whom nobody has told how it counts: the question names both counts, and is not asked where both agree', () => {
  const claim = claimOf(
    [
      { code: '97110', units: 2 },
      { code: '97140', units: 1 },
    ],
    { filingCode: 'CI' },
  );
  expect(found('units.minutes', { claim, chart: commercial(example3) })).toEqual([
    'rule-unknown asks 1: 97140 × 1 is billed on 4 May 2026; its 7 minutes are 1 by the CMS rule and 0 by the midpoint rule, and nobody has told which one this payer counts by.',
  ]);
  const even = chartOf({
    visits: [visit(day, { interventions: [intervention('97110', 30), intervention('97140', 15)] })],
  });
  expect(found('units.minutes', { claim, chart: commercial(even) })).toEqual([]);
  expect(found('units.minutes', { claim, chart: commercial(example3), profile: { unitRule: 'midpoint' } })).toEqual([
    'over blocks 1: 97140 × 1 is billed on 4 May 2026; its 7 minutes, of 40 timed minutes of the day, support 0 (midpoint rule).',
  ]);
  expect(found('units.minutes', { claim, chart: commercial(example3), profile: { unitRule: 'cms' } })).toEqual([]);
});

test('minutes that are not there, or no chart at all: not checked, never a pass', () => {
  const claim = claimOf([{ code: '97110', units: 2 }]);
  const chart = chartOf({ visits: [visit(day, { interventions: [intervention('97110', null)] })] });
  expect(unchecked('units.minutes', { claim, chart })).toContain('minutes');
  expect(unchecked('units.minutes', { claim })).toEqual(['chart']);
  expect(unchecked('units.minutes', { claim, chart: chartOf() })).toEqual(['chart.visits']);
});

test('fewer minutes in all than the timed services have cannot be', () => {
  const claim = claimOf([{ code: '97110', units: 2 }]);
  const told = (totalMinutes: number | null) =>
    chartOf({ visits: [visit(day, { totalMinutes, interventions: [intervention('97110', 30)] })] });
  expect(found('units.minutes', { claim, chart: told(25) })).toEqual([
    'total blocks -: The notes of 4 May 2026 tell 25 minutes in all, fewer than the 30 minutes of their timed services.',
  ]);
  expect(found('units.minutes', { claim, chart: told(30) })).toEqual([]);
  expect(unchecked('units.minutes', { claim, chart: told(null) })).toEqual(['total totalBelowTimed']);
});

test('the order of visits and of lines changes nothing, and a visit of a later day adds nothing', () => {
  const minutes = fc.integer({ min: 0, max: 60 });
  const units = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(minutes, minutes, units, units, (exercise, manual, exerciseUnits, manualUnits) => {
      const charges = [
        { code: '97110', units: exerciseUnits },
        { code: '97140', units: manualUnits },
      ];
      const visits = [
        visit(day, { interventions: [intervention('97110', exercise)] }),
        visit(day, { interventions: [intervention('97140', manual)] }),
      ];
      const rules = (all: readonly string[]) => all.map((one) => one.replace(/ \d:/, ':')).sort();
      const one = found('units.minutes', { claim: claimOf(charges), chart: chartOf({ visits }) });
      const turned = { claim: claimOf(charges.toReversed()), chart: chartOf({ visits: visits.toReversed() }) };
      expect(rules(found('units.minutes', turned))).toEqual(rules(one));
      const later = [...visits, visit('2026-05-06', { interventions: [intervention('97110', 55)] })];
      expect(found('units.minutes', { claim: claimOf(charges), chart: chartOf({ visits: later }) })).toEqual(one);
    }),
  );
});

// What calls for a person, and what changed since the last answer.
import { expect, test } from 'vitest';
import { eligibilitySettings } from './settings.ts';
import { changesSince, sameCoverage } from './compare.ts';
import { summarise } from './summary.ts';
import { subscriberWith } from '../x12/testing/eligibility-samples.ts';
import { book } from '../../rules/testing/eligibility-book.ts';
import { answerIn, options, summariesOf, summaryOf } from './testing/read.ts';
import type { SummaryOptions } from './summary.ts';

function flagsOf(statements: readonly string[], more: Partial<SummaryOptions> = {}): string[] {
  const [summary] = summarise(answerIn(subscriberWith(...statements)), { ...options, ...more });
  return summary?.flags.map(({ code }) => code) ?? [];
}

test('a plain active plan needs nobody', () => {
  expect(flagsOf(['EB*1**30*PR*GOLD', 'EB*1**PT', 'EB*B**PT***27*25', 'EB*F**PT***23***VS*30'])).toEqual([]);
});

test.each([
  [['EB*1**30*WC'], ['workersCompensation']],
  [['EB*1**30*AP'], ['auto']],
  [['EB*1**30*12'], ['medicareSecondary']],
  [
    ['EB*1**30*MB', 'EB*R**30*12', 'LS*2120', 'NM1*PRP*2*EMPLOYERS PLAN', 'LE*2120'],
    ['medicareSecondary', 'coordinationOfBenefits', 'otherInsurance'],
  ],
  [['EB*1**30', 'EB*R**30'], ['otherInsurance']],
  [['EB*6**30'], ['inactive']],
  [['EB*1**30*PR*A', 'EB*1**30*PR*B'], ['severalCoverages']],
  [['EB*5**30'], ['complexPlan']],
  [['EB*1**PT', 'EB*Y**30'], ['complexPlan']],
  [['AAA*N**42*R'], ['refused']],
])('%j', (statements, codes) => {
  expect(flagsOf(statements)).toEqual(codes);
});

test("workers' compensation and auto are known from the coverage as well, before a payer says anything", () => {
  expect(flagsOf(['EB*1**30'], { lineOfBusiness: 'workersCompensation' })).toEqual(['workersCompensation']);
  expect(flagsOf(['EB*1**30'], { lineOfBusiness: 'auto' })).toEqual(['auto']);
});

test('a payer that gives no electronic answers is called', () => {
  const settings = eligibilitySettings(book, { payer: 'nobody', on: '2026-06-01' }, { electronic: false });
  expect(flagsOf(['EB*1**30'], { settings })).toEqual(['noElectronicAnswers']);
});

test('what the payer knows of itself fills in what it did not say, and names the rule', () => {
  const settings = eligibilitySettings(book, { payer: 'harbor-health', on: '2026-06-01' });
  const [summary] = summarise(answerIn(subscriberWith('EB*1**PT')), { ...options, settings });
  expect(summary).toMatchObject({
    pooledWith: { value: ['AD'], source: 'rule harbor-health/eligibility/2026', confidence: 'medium' },
    deductibleVisitsCount: { value: true },
    clinicInNetwork: { value: true },
  });
});

test('a changed copay is told; visits used since then are no change', () => {
  const last = summariesOf('EB*1**30*PR*GOLD', 'EB*1**PT', 'EB*B**PT***27*25', 'EB*F**PT***29***VS*12');
  const now = ['EB*1**30*PR*GOLD', 'EB*1**PT', 'EB*B**PT***27*40', 'EB*F**PT***29***VS*9'];
  expect(flagsOf(now, { last })).toEqual(['changedSinceLast']);
  const changes = changesSince(last, summaryOf(...now)).filter(({ set }) => set === 'inNetwork');
  expect(changes).toEqual([
    { field: 'copayCents', set: 'inNetwork', before: 2500, after: 4000, isExpected: false },
    { field: 'visitsLeft', set: 'inNetwork', before: 12, after: 9, isExpected: true },
  ]);
  expect(flagsOf(['EB*1**30*PR*GOLD', 'EB*1**PT', 'EB*F**PT***29***VS*9'], { last })).toEqual([]);
});

test('answers are compared coverage by coverage', () => {
  const last = summariesOf('EB*1**30*PR*GOLD', 'EB*1**30*HM*SILVER');
  const [gold, silver] = summariesOf('EB*1**30*HM*SILVER', 'EB*1**30*PR*GOLD').reverse();
  if (gold === undefined || silver === undefined) throw new Error('two coverages were expected');
  expect(sameCoverage(last, gold)?.coverage.index).toBe(0);
  expect(sameCoverage(last, silver)?.coverage.index).toBe(1);
  expect(sameCoverage(last, summaryOf('EB*1**30*MB'))).toBeNull();
});

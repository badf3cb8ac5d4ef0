// When a rule is too noisy for its severity, and what a clinic's own severity may and may not do.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import { demotionRowOn, figuresOf, proposedSeverity, withClinicSeverity } from './demotion.ts';
import type { FindingFate } from './demotion.ts';
import type { ScrubFinding } from './finding.ts';

const row = { from: '2026-01-01', to: null, windowDays: 365, minimumJudged: 20, precisionBelowPercent: 50 };
const fixed: FindingFate = { overridden: false, fixed: true, denied: false };
const overridden: FindingFate = { overridden: true, fixed: false, denied: false };
const deniedAnyway: FindingFate = { overridden: true, fixed: false, denied: true };
const open: FindingFate = { overridden: false, fixed: false, denied: false };
const times = (count: number, fate: FindingFate): FindingFate[] => Array<FindingFate>(count).fill(fate);

const finding: ScrubFinding = {
  rule: 'documentation.supports',
  severity: 'warns',
  line: 0,
  message: 'm',
  facts: {},
  fix: 'f',
  role: 'therapist',
  citation: { source: 's' },
};

test('what a person let stand and the payer then denied was right after all; what is open says nothing yet', () => {
  const figures = figuresOf([...times(3, fixed), ...times(2, overridden), deniedAnyway, ...times(4, open)]);
  expect(figures).toEqual({
    fired: 10,
    fixed: 3,
    overridden: 3,
    open: 4,
    deniedLater: 1,
    judged: 6,
    precision: 4 / 6,
  });
  expect(figuresOf(times(4, open)).precision).toBeNull();
});

test('nothing is proposed of few findings, or where no threshold is set; then the next lower severity is', () => {
  expect(proposedSeverity('blocks', figuresOf(times(19, overridden)), row)).toBeNull();
  expect(proposedSeverity('blocks', figuresOf(times(20, overridden)), row)).toBe('warns');
  expect(proposedSeverity('warns', figuresOf(times(20, overridden)), row)).toBe('asks');
  expect(proposedSeverity('blocks', figuresOf(times(20, overridden)), null)).toBeNull();
  expect(proposedSeverity('blocks', figuresOf([...times(10, fixed), ...times(10, overridden)]), row)).toBeNull();
});

test('no rule becomes silent: one that only asks is never proposed to go lower', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ overridden: fc.boolean(), fixed: fc.boolean(), denied: fc.boolean() })),
      (fates) => {
        const figures = figuresOf(fates);
        expect(proposedSeverity('asks', figures, row)).toBeNull();
        expect(figures.fixed + figures.overridden + figures.open).toBe(figures.fired);
        if (figures.precision !== null) expect(figures.precision).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("a clinic's own severity lowers a finding and says who did so when; it never raises one", () => {
  const clinic = { severity: 'asks', by: 'usr_1', on: '2026-11-02' } as const;
  expect(withClinicSeverity(finding, clinic)).toEqual({
    ...finding,
    severity: 'asks',
    lowered: { from: 'warns', by: 'usr_1', on: '2026-11-02' },
  });
  expect(withClinicSeverity({ ...finding, severity: 'asks' }, { ...clinic, severity: 'warns' })).toEqual({
    ...finding,
    severity: 'asks',
  });
  expect(withClinicSeverity(finding, undefined)).toBe(finding);
});

test('the shipped threshold holds today and asks for a number of findings that means something', () => {
  const shipped = demotionRowOn(scrubRules.demotion, '2026-11-22');
  expect(shipped?.minimumJudged).toBeGreaterThanOrEqual(20);
  expect(demotionRowOn(scrubRules.demotion, '2020-01-01')).toBeNull();
});

// Whose word counts: the clinic's, the payer rule's, the regulation's, the defaults', and when none of them knows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOfBusiness } from './lines-of-business.ts';
import { findPayer, policyWarnings, resolvePolicy, selectRule } from './policy.ts';
import type { PayerRule, RuleBook, TurnaroundRule } from './schema.ts';

function rule(change: Partial<PayerRule> = {}): PayerRule {
  return {
    id: 'p/2026',
    payer: 'p',
    name: 'Example Payer',
    lineOfBusiness: 'commercial',
    effectiveFrom: '2026-01-01',
    effectiveTo: null,
    source: 'agreement §4',
    retrieved: '2026-03-01',
    settings: {},
    ...change,
  };
}

const regulation: TurnaroundRule = {
  id: 'r',
  lineOfBusiness: 'medicareAdvantage',
  standardDays: 7,
  expeditedHours: 72,
  extensionDays: 14,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  citation: '42 CFR 422.568(b)',
  source: '89 FR 8758',
  retrieved: '2026-03-01',
};

function book(payers: PayerRule[] = [rule()]): RuleBook {
  return {
    defaults: {
      source: 'defaults',
      retrieved: '2026-01-01',
      staleAfterDays: 180,
      settings: {
        route: 'staffSend',
        horizonDays: 21,
        pollEveryMinutes: 240,
        visitsLeftWarning: 2,
        uncoveredWarningDays: 2,
        requiredElements: ['coverage.memberId'],
        reviewDueDays: 3,
        remindAfterHours: 24,
        escalateAfterHours: 48,
        escalateTo: 'biller',
      },
    },
    payers,
    turnarounds: [regulation],
  };
}

const commercial = { payer: 'p', lineOfBusiness: 'commercial', on: '2026-05-01' } as const;

test('a Medicare Advantage plan has seven calendar days from 2026 on, before that nobody here knows', () => {
  const advantage = { payer: 'q', lineOfBusiness: 'medicareAdvantage', on: '2026-01-01' } as const;
  expect(resolvePolicy(book(), advantage).turnaround).toEqual({
    standardDays: 7,
    expeditedHours: 72,
    basis: 'regulation',
    citation: '42 CFR 422.568(b)',
  });
  expect(resolvePolicy(book(), { ...advantage, on: '2025-12-31' }).turnaround).toMatchObject({
    standardDays: null,
    basis: 'unknown',
  });
});

test('no regulation binds a commercial plan: its contract does, or its turnaround is unknown', () => {
  expect(resolvePolicy(book(), commercial).turnaround).toEqual({
    standardDays: null,
    expeditedHours: null,
    basis: 'unknown',
    citation: null,
  });
  const contract = book([rule({ settings: { contractTurnaroundDays: 5 } })]);
  expect(resolvePolicy(contract, commercial).turnaround).toMatchObject({
    standardDays: 5,
    basis: 'contract',
    citation: 'agreement §4',
  });
});

test('the clinic’s own setting comes before the payer’s rule, the rule before the defaults', () => {
  const rules = book([
    rule({ settings: { horizonDays: 28, requiredElements: ['clinical.goals'], contractTurnaroundDays: 5 } }),
  ]);
  const own = resolvePolicy(rules, commercial, {
    horizonDays: 14,
    route: 'submitAfterApproval',
    contractTurnaroundDays: 10,
  });
  expect(own).toMatchObject({
    horizonDays: 14,
    route: 'submitAfterApproval',
    requiredElements: ['clinical.goals'],
    turnaround: { standardDays: 10, basis: 'contract', citation: "clinic's contract" },
    pollEveryMinutes: 240,
  });
  expect(resolvePolicy(rules, commercial)).toMatchObject({ horizonDays: 28, route: 'staffSend' });
});

test('an unknown payer is unknown: staff send, nothing assumed, and it says so', () => {
  const unknown = resolvePolicy(book(), { ...commercial, payer: 'never-heard-of' });
  expect(unknown).toMatchObject({
    route: 'staffSend',
    authorizationRequired: 'unknown',
    turnaround: { basis: 'unknown' },
    rule: null,
    name: 'never-heard-of',
  });
  expect(policyWarnings(unknown)).toHaveLength(2);
  expect(policyWarnings(unknown)[0]).toContain('unknown');
});

test('a rule is in force from its first day to its last, the newest first', () => {
  const old = rule({ id: 'old', effectiveFrom: '2025-01-01', effectiveTo: '2026-03-31' });
  const current = rule({ id: 'new', effectiveFrom: '2026-03-01' });
  const on = (date: string) => selectRule([current, old], { ...commercial, on: date })?.id ?? null;
  expect([on('2024-12-31'), on('2025-01-01'), on('2026-02-28'), on('2026-03-01'), on('2030-01-01')]).toEqual([
    null,
    'old',
    'old',
    'new',
    'new',
  ]);
  const corrected = rule({ id: 'corrected', effectiveFrom: '2026-03-01', retrieved: '2026-04-01' });
  expect(selectRule([corrected, current], commercial)?.id).toBe('corrected');
});

test('a rule of another line of business says nothing', () => {
  expect(selectRule([rule({ lineOfBusiness: 'medicaid' })], commercial)).toBeNull();
});

test('a rule nobody has looked at for half a year says how old it is', () => {
  expect(resolvePolicy(book(), { ...commercial, on: '2026-08-28' }).rule?.staleDays).toBeNull();
  const stale = resolvePolicy(book(), { ...commercial, on: '2026-08-29' });
  expect(stale.rule?.staleDays).toBe(181);
  expect(policyWarnings(stale)[0]).toBe('The rule about this payer was checked 181 days ago; check it again');
});

test('an export’s payer is found by id or name, and never guessed', () => {
  const rows = [
    rule(),
    rule({ id: 'z', payer: 'z', name: 'Zed Health' }),
    rule({ id: 'z2', payer: 'z', name: 'Zed Health', lineOfBusiness: 'auto' }),
  ];
  expect(findPayer(rows, '  example   PAYER ', '2026-05-01')).toEqual({
    id: 'p',
    name: 'Example Payer',
    lineOfBusiness: 'commercial',
  });
  expect(findPayer(rows, 'p', '2026-05-01')?.id).toBe('p');
  expect(findPayer(rows, 'Zed Health', '2026-05-01')).toBeNull();
  expect(findPayer(rows, 'Example', '2026-05-01')).toBeNull();
  expect(findPayer(rows, 'p', '2025-05-01')).toBeNull();
});

test('a turnaround is either known with its ground, or unknown', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...linesOfBusiness),
      fc.option(fc.integer({ min: 1, max: 60 })),
      (lineOfBusiness, days) => {
        const { turnaround } = resolvePolicy(
          book([]),
          { payer: 'p', lineOfBusiness, on: '2026-05-01' },
          days === null ? null : { contractTurnaroundDays: days },
        );
        expect(turnaround.standardDays === null).toBe(turnaround.basis === 'unknown');
        expect(turnaround.citation === null).toBe(turnaround.basis === 'unknown');
      },
    ),
  );
});

// The rule files about eligibility pass their schemas, every row is dated and cited, and what they leave open stays open.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eligibilitySettings, serviceTypesToAsk } from '../domain/eligibility/settings.ts';
import {
  eligibilityDefaultsSchema,
  eligibilityRulesSchema,
  meaningsSchema,
} from '../domain/eligibility/settings-schema.ts';
import { createValidator } from '../server/http/validation.ts';
import { book, defaultSettings } from './testing/eligibility-book.ts';

const validator = createValidator();

test.each([
  ['defaults.json', eligibilityDefaultsSchema],
  ['payers.json', eligibilityRulesSchema],
  ['meanings.json', meaningsSchema],
] as const)('%s has the shape it must have', (name, schema) => {
  const file: unknown = JSON.parse(readFileSync(new URL(`eligibility/${name}`, import.meta.url), 'utf8'));
  validator.check(schema, file, name);
});

test('no two rows share an id, and none ends before it begins', () => {
  expect(new Set(book.payers.map(({ id }) => id)).size).toBe(book.payers.length);
  for (const { effectiveFrom, effectiveTo } of book.payers)
    expect(effectiveTo === null || effectiveTo >= effectiveFrom).toBe(true);
});

test('a request holds one service type, unless the payer is known to take more', () => {
  expect(serviceTypesToAsk(defaultSettings)).toEqual(['PT']);
  const settings = (payer: string) => eligibilitySettings(book, { payer, on: '2026-06-01' });
  expect(serviceTypesToAsk(settings('sunrise-medicare'))).toEqual(['PT', '30']);
  expect(serviceTypesToAsk(settings('keystone-mutual'))).toEqual(['30']);
});

test('what a payer has not said is left open: pools, deductible visits, benefit year, network', () => {
  const { pools, deductibleVisitsCount, benefitYear, inNetwork, electronic, rule } = defaultSettings;
  expect([pools, deductibleVisitsCount, benefitYear, inNetwork, electronic, rule]).toEqual(Array(6).fill(null));
});

test("a clinic's own setting goes before the payer's row, and a row counts from the day it takes effect", () => {
  const question = { payer: 'state-medicaid', on: '2026-06-01' };
  expect(eligibilitySettings(book, question).staleAfterDays).toBe(7);
  expect(eligibilitySettings(book, question, { staleAfterDays: 3 }).staleAfterDays).toBe(3);
  expect(eligibilitySettings(book, { ...question, on: '2025-12-31' })).toMatchObject({
    staleAfterDays: 30,
    rule: null,
  });
});

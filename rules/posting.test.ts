// The rule file about remittances passes its schema, and what it says of a code is said once.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { postingCodesSchema } from '../domain/posting/codes-schema.ts';
import type { CodeTable } from '../domain/x12/code-words.ts';
import { createValidator } from '../server/http/validation.ts';
import { postingCodes } from './testing/posting-codes.ts';

test('codes.json has the shape it must have', () => {
  createValidator().check(postingCodesSchema, postingCodes, 'posting/codes.json');
});

test('no code has two rows', () => {
  const keys = [
    ...postingCodes.statuses.map(({ code }) => `CLP02 ${code}`),
    ...postingCodes.adjustments.map(({ group, reason }) => `CAS ${group} ${reason ?? ''}`),
    ...postingCodes.provider.map(({ reason }) => `PLB ${reason}`),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('what is done with a status is said of every status that has a meaning', () => {
  const { rows } = JSON.parse(
    readFileSync(new URL('codes/claim-payment-statuses.json', import.meta.url), 'utf8'),
  ) as CodeTable;
  expect(postingCodes.statuses.map(({ code }) => code).sort()).toEqual(rows.map(({ code }) => code).sort());
});

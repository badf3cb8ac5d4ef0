// Every rule file passes its schema, and every row is cited, dated and speaks of what the domain knows.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { authorizationRequestSchema } from '../domain/authorization/request-schema.ts';
import { linesOfBusiness } from '../domain/payer/lines-of-business.ts';
import { policyDefaultsSchema, payerRulesFileSchema, turnaroundRulesFileSchema } from '../domain/payer/schema.ts';
import type { PayerRule, PolicyDefaults, RuleBook, TurnaroundRule } from '../domain/payer/schema.ts';
import { codeTableNames, codeTableSchema, rejectTableSchema } from '../domain/x12/code-words.ts';
import type { CodeTable, RejectTable } from '../domain/x12/code-words.ts';
import { resolvePolicy, selectTurnaround } from '../domain/payer/policy.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');

function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

function check<T>(validate: ValidateFunction<T>, path: string): T {
  const data = json(path);
  if (!validate(data)) throw new Error(`${path}: ${ajv.errorsText(validate.errors)}`);
  return data;
}

const isPayerFile = ajv.compile<{ rows: PayerRule[] }>(payerRulesFileSchema);
const isTurnaroundFile = ajv.compile<{ rows: TurnaroundRule[] }>(turnaroundRulesFileSchema);
const isDefaults = ajv.compile<PolicyDefaults>(policyDefaultsSchema);

const payerFiles = readdirSync(new URL('payers/', import.meta.url)).filter((name) => name.endsWith('.json'));
const payers = payerFiles.map((name) => ({
  name,
  rows: check(isPayerFile, `payers/${name}`).rows,
}));
const turnarounds = check(isTurnaroundFile, 'regulations/prior-authorization-turnaround.json').rows;
const defaults = check(isDefaults, 'defaults/authorization.json');
const book: RuleBook = { defaults, payers: payers.flatMap(({ rows }) => rows), turnarounds };

test('a file is named after the payer it speaks of', () => {
  for (const { name, rows } of payers) for (const row of rows) expect(`${row.payer}.json`).toBe(name);
});

test('no two rows share an id, and none ends before it begins', () => {
  const rows = [...book.payers, ...book.turnarounds];
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const row of rows) expect(row.effectiveTo === null || row.effectiveTo >= row.effectiveFrom).toBe(true);
});

test('every element a payer requires is a field of a request', () => {
  const has = (schema: unknown, keys: readonly string[]): boolean => {
    const [key, ...rest] = keys;
    if (key === undefined) return true;
    if (typeof schema !== 'object' || schema === null) return false;
    const branches: unknown = Reflect.get(schema, 'anyOf');
    if (Array.isArray(branches)) return branches.some((branch) => has(branch, keys));
    const properties: unknown = Reflect.get(schema, 'properties');
    if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, key)) return false;
    return has(Reflect.get(properties, key), rest);
  };
  const paths = [
    ...book.payers.flatMap(({ settings }) => settings.requiredElements ?? []),
    ...defaults.settings.requiredElements,
  ];
  expect(paths.filter((path) => !has(authorizationRequestSchema, path.split('.')))).toEqual([]);
  expect(has(authorizationRequestSchema, ['coverage', 'ssn'])).toBe(false);
});

test('CMS-0057-F: seven calendar days and 72 hours from 2026 for the lines of business it binds', () => {
  const bound = ['medicareAdvantage', 'medicaid', 'medicaidManagedCare', 'chip', 'chipManagedCare'] as const;
  for (const lineOfBusiness of bound) {
    expect(selectTurnaround(turnarounds, { lineOfBusiness, on: '2026-01-01' })).toMatchObject({
      standardDays: 7,
      expeditedHours: 72,
      effectiveFrom: '2026-01-01',
    });
    expect(selectTurnaround(turnarounds, { lineOfBusiness, on: '2025-12-31' })).toBeNull();
  }
});

test('CMS-0057-F: from 2026 a denial comes with its reason, also on the exchange; no commercial plan is bound', () => {
  const bound = ['medicareAdvantage', 'medicaid', 'medicaidManagedCare', 'chip', 'chipManagedCare', 'marketplace'];
  const owing = linesOfBusiness.filter(
    (lineOfBusiness) =>
      resolvePolicy(book, { payer: 'any', lineOfBusiness, on: '2026-01-01' }).denialReasonCitation !== null,
  );
  expect(owing).toEqual(bound);
  expect(
    resolvePolicy(book, { payer: 'any', lineOfBusiness: 'medicaid', on: '2025-12-31' }).denialReasonCitation,
  ).toBeNull();
});

test('CMS-0057-F gives exchange and commercial plans no decision clock', () => {
  expect(selectTurnaround(turnarounds, { lineOfBusiness: 'marketplace', on: '2026-06-01' })?.standardDays).toBeNull();
  expect(selectTurnaround(turnarounds, { lineOfBusiness: 'commercial', on: '2026-06-01' })).toBeNull();
});

test('the four payers of the demo clinic have four kinds of clocks', () => {
  const on = '2026-06-01';
  const clock = (payer: string, lineOfBusiness: PayerRule['lineOfBusiness']) => {
    const { standardDays, basis } = resolvePolicy(book, { payer, lineOfBusiness, on }).turnaround;
    return [standardDays, basis];
  };
  expect(clock('sunrise-medicare', 'medicareAdvantage')).toEqual([7, 'regulation']);
  expect(clock('state-medicaid', 'medicaidManagedCare')).toEqual([7, 'regulation']);
  expect(clock('harbor-health', 'commercial')).toEqual([5, 'contract']);
  expect(clock('keystone-mutual', 'commercial')).toEqual([null, 'unknown']);
});

const isCodeTable = ajv.compile<CodeTable>(codeTableSchema);
const isRejectTable = ajv.compile<RejectTable>(rejectTableSchema);
const codeFiles = readdirSync(new URL('codes/', import.meta.url)).filter((name) => name.endsWith('.json'));
const codeTables = codeFiles.map((name) => ({
  name,
  ...(name === 'aaa.json' ? check(isRejectTable, `codes/${name}`) : check(isCodeTable, `codes/${name}`)),
}));

test('the tables of codes are those the domain knows by name', () => {
  expect(codeFiles.map((name) => name.replace('.json', '')).sort()).toEqual([...codeTableNames].sort());
});

test('a table of codes says where it comes from and has each code once', () => {
  for (const { name, rows } of codeTables) expect(new Set(rows.map(({ code }) => code)).size, name).toBe(rows.length);
});

test('every rejection that a 271 may give has a class and a fix', () => {
  const codes = check(isRejectTable, 'codes/aaa.json').rows.map(({ code }) => code);
  // 005010X279A1, AAA03 in the loops 2000A, 2100A to D and 2110C and D.
  const guide =
    '04 15 33 35 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 97 T4';
  expect(guide.split(' ').filter((code) => !codes.includes(code))).toEqual([]);
});

test('every category of a claim status has its words: acknowledged, pending, decided, more asked for, error, nothing found', () => {
  const codes = check(isCodeTable, 'codes/claim-status-categories.json').rows.map(({ code }) => code);
  const range = (letter: string, to: number) => Array.from({ length: to + 1 }, (_, index) => `${letter}${index}`);
  // R2 was never given out (X12 code list 507).
  const all = [
    ...range('A', 8),
    ...range('P', 5),
    ...range('F', 4),
    'F3F',
    'F3N',
    ...range('R', 17),
    ...range('E', 4),
    'D0',
  ];
  expect(all.filter((code) => code !== 'R2' && !codes.includes(code))).toEqual([]);
});

test('the denials a physical therapy clinic sees have their words, and a fix where a person can do something', () => {
  const rows = new Map(check(isCodeTable, 'codes/adjustment-reasons.json').rows.map((row) => [row.code, row]));
  const denials = '4 11 16 18 22 26 27 29 31 50 97 109 119 15 197 198 243 222 236 B7 B15'.split(' ');
  expect(denials.filter((code) => rows.get(code)?.fix === undefined)).toEqual([]);
  const informative = '1 2 3 45 59 253'.split(' ');
  expect(informative.filter((code) => rows.get(code) === undefined || rows.get(code)?.fix !== undefined)).toEqual([]);
});

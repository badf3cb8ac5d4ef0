// The rule files about claims pass their schemas, and what they say is what the field says.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { classifyDenial } from '../domain/claim/denial.ts';
import { denialRulesFileSchema } from '../domain/claim/denial-schema.ts';
import type { DenialRow } from '../domain/claim/denial-schema.ts';
import { claimFiguresFileSchema, receivablesOn, unusualOn } from '../domain/claim-figures/rules-schema.ts';
import type { ClaimFiguresBook } from '../domain/claim-figures/rules-schema.ts';
import { resolveClaimTerms } from '../domain/claim/terms.ts';
import { claimTermsFileSchema } from '../domain/claim/terms-schema.ts';
import type { ClaimTermsBook } from '../domain/claim/terms-schema.ts';
import type { LineOfBusiness } from '../domain/payer/lines-of-business.ts';
import { linesOfBusiness } from '../domain/payer/lines-of-business.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

function check<T>(validate: ValidateFunction<T>, path: string): T {
  const data: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  if (!validate(data)) throw new Error(`${path}: ${ajv.errorsText(validate.errors)}`);
  return data;
}

const book = check(ajv.compile<ClaimTermsBook>(claimTermsFileSchema), 'claims/terms.json');
const { rows } = check(ajv.compile<{ rows: DenialRow[] }>(denialRulesFileSchema), 'claims/denials.json');

const on = '2026-06-01';
const terms = (lineOfBusiness: LineOfBusiness) => resolveClaimTerms(book, { lineOfBusiness, on });

/** One line with these adjustments, each `group-reason` or `group-reason+remark`, of ten dollars. */
function said(status: string, ...adjustments: string[]) {
  const lines = adjustments.map((words) => {
    const [codes = '', remark = null] = words.split('+');
    const [group = '', reason = ''] = codes.split('-');
    return {
      adjustments: [{ group, reason, amountCents: 1_000 }],
      remarks: remark === null ? [] : [{ value: remark }],
    };
  });
  return { status, adjustments: [], remarks: [], lines };
}

const read = (words: readonly string[], lineOfBusiness: LineOfBusiness = 'commercial', status = '1') =>
  classifyDenial(said(status, ...words), { rows, terms: terms(lineOfBusiness), on });

test('no two rows share an id, none ends before it begins, and every row can be reached', () => {
  for (const list of [book.rows, rows]) {
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    for (const row of list) expect(row.effectiveTo === null || row.effectiveTo >= row.effectiveFrom).toBe(true);
  }
  for (const row of rows) {
    const { groups, reasons, remarks } = row;
    const tried = (reasons ?? ['999']).map((reason) => `${groups?.[0] ?? 'CO'}-${reason}+${remarks?.[0] ?? 'N999'}`);
    const { denial, patientCents } = read(tried);
    if (denial === null) expect(patientCents > 0 || row.whatToDo === 'nothing').toBe(true);
    else expect(denial.rule).toBe(row.id);
  }
});

describe('terms of a claim', () => {
  test('Medicare: a clean claim is overdue after 30 days, a redetermination is asked for within 120 (42 CFR 405.942)', () => {
    expect(terms('medicare')).toMatchObject({ overdueDays: 30, appealDays: 120, appealAnswerDays: 60 });
    expect(terms('medicare').citations.appealDays).toContain('42 CFR 405.942');
  });

  test('only Medicare has an appeal deadline without a contract; every other is unknown until a contract says it', () => {
    for (const lineOfBusiness of linesOfBusiness) {
      if (lineOfBusiness !== 'medicare') expect(terms(lineOfBusiness).appealDays).toBeNull();
    }
    const agreed = resolveClaimTerms(book, { lineOfBusiness: 'commercial', on, contract: { appealDays: 180 } });
    expect(agreed.appealDays).toBe(180);
    expect(agreed.citations.appealDays).toBeUndefined();
  });

  test('Medicare Part B takes neither replacement nor void; whether another payer does is unknown until somebody says so', () => {
    expect(terms('medicare')).toMatchObject({ replacements: 'notAccepted', reopeningDays: 365 });
    expect(terms('commercial').replacements).toBe('unknown');
  });
});

describe('what a denial means', () => {
  test.each([
    ['the fee schedule', ['CO-45']],
    ['sequestration', ['CO-253']],
    ['the reduction of multiple procedures', ['CO-59']],
    ['what an earlier payer paid', ['OA-23']],
    ['all of them at once', ['CO-45', 'CO-253', 'OA-23']],
  ])('%s is no denial', (_name, words) => {
    expect(read(words)).toEqual({ denial: null, others: [], patientCents: 0 });
  });

  test('deductible, coinsurance and copayment are the patient’s and no denial', () => {
    expect(read(['CO-45', 'PR-1', 'PR-2', 'PR-3'])).toEqual({ denial: null, others: [], patientCents: 3_000 });
    expect(read(['PR-1'], 'commercial', '4').denial).toBeNull();
  });

  test.each([
    ['CO-197', 'authorization', 'appeal'],
    ['CO-198', 'authorization', 'appeal'],
    ['CO-15', 'authorization', 'correct'],
    ['CO-50', 'medicalNecessity', 'appeal'],
    ['CO-97', 'bundled', 'correct'],
    ['CO-236', 'bundled', 'correct'],
    ['CO-4', 'coding', 'correct'],
    ['CO-11', 'coding', 'correct'],
    ['CO-16+M76', 'missingInformation', 'correct'],
    ['CO-16+N290', 'missingInformation', 'correct'],
    ['CO-16+MA130', 'unprocessable', 'resubmit'],
    ['CO-18', 'duplicate', 'ask'],
    ['CO-22', 'coordination', 'billOtherPayer'],
    ['CO-109', 'wrongPayer', 'billOtherPayer'],
    ['CO-29', 'timelyFiling', 'appeal'],
    ['CO-119+N362', 'benefitLimit', 'correct'],
    ['PR-119', 'benefitLimit', 'appeal'],
    ['CO-222', 'benefitLimit', 'correct'],
    ['CO-252', 'documentation', 'appeal'],
    ['PR-27', 'eligibility', 'correct'],
    ['PR-204', 'notCovered', 'billPatient'],
    ['CO-96', 'notCovered', 'ask'],
    ['CO-B7', 'provider', 'ask'],
    ['CO-9999', 'unknown', 'ask'],
  ])('%s is %s: %s', (words, kind, deed) => {
    expect(read([words]).denial).toMatchObject({ class: kind, whatToDo: deed, cents: 1_000 });
  });

  test('MA130 comes before everything else on the claim, however small its amount: nothing was decided', () => {
    const { denial, others } = read(['CO-50', 'CO-50', 'CO-16+MA130']);
    expect(denial).toMatchObject({ class: 'unprocessable', deadlineDays: null });
    expect(others).toMatchObject([{ class: 'medicalNecessity', cents: 2_000 }]);
  });

  test('an appeal to Medicare has 120 days, a correction there is a reopening within a year, a commercial limit is unknown', () => {
    expect(read(['CO-50'], 'medicare').denial).toMatchObject({ deadlineDays: 120 });
    expect(read(['CO-4'], 'medicare').denial).toMatchObject({
      deadlineDays: 365,
      deadlineCitation: '42 CFR 405.980(c)(1)',
    });
    expect(read(['CO-50']).denial).toMatchObject({ deadlineDays: null, deadlineCitation: null });
  });

  test('a claim denied without a reason is for a person to read; a reversal denies nothing', () => {
    expect(read([], 'commercial', '4').denial).toMatchObject({ class: 'unknown', whatToDo: 'ask', rule: null });
    expect(read(['CO-45'], 'commercial', '4').denial).toMatchObject({ class: 'unknown' });
    expect(read(['CO-50'], 'commercial', '22').denial).toBeNull();
  });
});

test('on one day one row says how receivables are counted, and one per line of business when a payment is unusual', () => {
  const figures = check(ajv.compile<ClaimFiguresBook>(claimFiguresFileSchema), 'claims/figures.json');
  expect(receivablesOn(figures, on)?.ageBands).toEqual([30, 60, 90, 120]);
  expect(receivablesOn(figures, '2020-01-01')).toBeNull();
  for (const { ageBands } of figures.receivables) expect(ageBands).toEqual(ageBands.toSorted((a, b) => a - b));
  const percent = (lineOfBusiness: LineOfBusiness) => unusualOn(figures, { lineOfBusiness, on })?.byMorePercent;
  // Half of the practice expense of every unit after the first is no underpayment.
  expect(percent('medicare')).toBeGreaterThan(percent('commercial') ?? 100);
  expect(unusualOn(figures, { lineOfBusiness: 'unknown', on: '2020-01-01' })).toBeNull();
});

// The billing tables that ship: every file is whole, dated and cited, and says what CMS's July 2024 editions say.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeStanding, payerForm } from '../domain/billing-tables/codes.ts';
import { covers } from '../domain/billing-tables/origin.ts';
import { ptpEditBetween } from '../domain/billing-tables/ptp.ts';
import type { BillingTables } from '../domain/billing-tables/tables.ts';
import { thresholdOn } from '../domain/billing-tables/thresholds.ts';
import type { LineOfBusiness } from '../domain/payer/lines-of-business.ts';
import { assistantRuleOn, unitRuleOf } from '../domain/units/rule-schema.ts';
import { readBillingTables, readCodes } from '../server/billing-tables/billing-tables.ts';
import { readUnitRules } from '../server/billing-tables/unit-rules.ts';
import { createValidator } from '../server/http/validation.ts';

const validator = createValidator();
let tables: BillingTables;
beforeAll(async () => {
  tables = await readBillingTables(validator, null);
});

/** The only edition of a kind that ships. */
function only<Table>(editions: readonly Table[]): Table {
  const [first] = editions;
  if (first === undefined || editions.length > 1) throw new Error('one edition of each kind ships');
  return first;
}

describe('codes', () => {
  test('the fifteen-minute services of a therapist are timed, its evaluations and modalities under supervision are not', () => {
    const time = (code: string) => tables.codes.lookup(code)?.time;
    for (const code of ['97032', '97035', '97110', '97112', '97116', '97140', '97530', '97535', '97750', '97763'])
      expect(time(code), code).toEqual({ kind: 'timed', minutesPerUnit: 15, pooled: true, then: null });
    for (const code of ['97010', '97014', '97150', '97161', '97164', '95992', '20560', 'G0283'])
      expect(time(code), code).toEqual({ kind: 'untimed' });
    expect(time('97550')).toEqual({ kind: 'timed', minutesPerUnit: 30, pooled: false, then: '97551' });
  });

  test('97762 ended in 2018 and 97763 took its place; functional reporting codes ended in 2020', () => {
    const old = tables.codes.lookup('97762');
    expect(old && [codeStanding(old, '2017-12-31'), codeStanding(old, '2018-01-01'), old.replacedBy]).toEqual([
      'valid',
      'deleted',
      '97763',
    ]);
    const report = tables.codes.lookup('G8978');
    expect(report && [codeStanding(report, '2018-06-01'), codeStanding(report, '2026-01-01')]).toEqual([
      'valid',
      'deleted',
    ]);
    const monitoring = tables.codes.lookup('98985');
    expect(monitoring && codeStanding(monitoring, '2025-12-31')).toBe('future');
  });

  test('Medicare takes G0283 for 97014, a commercial payer 97014 itself', () => {
    const facts = tables.codes.lookup('97014');
    expect(facts && payerForm(facts, 'medicare', '2026-06-01')?.use).toBe('G0283');
    expect(facts && payerForm(facts, 'commercial', '2026-06-01')).toBeNull();
  });

  test('no code stands twice, and every code that another names is there', async () => {
    const { rows, notice } = await readCodes(validator);
    const known = new Set(rows.map(({ code }) => code));
    expect(known.size).toBe(rows.length);
    const named = rows.flatMap(({ replacedBy, payerForms, time }) => [
      ...(replacedBy === null ? [] : [replacedBy]),
      ...payerForms.map(({ use }) => use),
      ...(time.kind === 'timed' && time.then !== null ? [time.then] : []),
    ]);
    expect(named.filter((code) => !known.has(code))).toEqual([]);
    expect(notice).toContain('AMA');
    for (const { added, deleted } of rows) expect(added === null || deleted === null || added < deleted).toBe(true);
  });
});

describe("CMS's tables of July 2024", () => {
  test('have a part of the edits; what no longer holds is in it to be told from what does', () => {
    const ptp = only(tables.ptp);
    const on = '2024-08-01';
    const indicator = (one: string, other: string) => ptpEditBetween(ptp, one, other, on)?.indicator ?? null;
    expect([indicator('97140', '97124'), indicator('97150', '97110'), indicator('97530', '97750')]).toEqual([
      '0',
      '1',
      '1',
    ]);
    expect([indicator('97530', '97116'), indicator('97140', '97530'), indicator('97161', '97140')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(ptp.origin).toMatchObject({ version: 'v30.2', effective: '2024-07-01', reviewBy: '2024-09-30' });
    expect([covers(ptp.origin, '97530'), covers(ptp.origin, '99213')]).toEqual([true, false]);
  });

  test('have units a day and indicators of the same codes', () => {
    const mue = only(tables.mue);
    expect(['97110', '97112', '97161', '97010'].map((code) => mue.lookup(code)?.units)).toEqual([6, 4, 1, 0]);
    expect([mue.lookup('97110')?.indicator, mue.lookup('97161')?.indicator]).toEqual(['3', '2']);
    const fees = only(tables.fees);
    expect(['97110', '97010', '97014'].map((code) => fees.lookup(code)?.status)).toEqual(['A', 'B', 'I']);
    expect([fees.lookup('97110')?.multipleProcedure, fees.lookup('95992')?.multipleProcedure]).toEqual(['5', '0']);
  });

  test.each(['ptp.v30.2', 'mue.2024Q3', 'fees.RVU24C'])(
    "%s says whose the codes are, and has no words of the AMA's",
    (name) => {
      const [header = '', ...lines] = readFileSync(
        new URL(`billing-tables/${name}.table`, import.meta.url),
        'utf8',
      ).split('\n');
      expect(header).toContain("CPT codes are the AMA's");
      expect(lines.filter((line) => !/^[0-9A-Z -]*$/.test(line))).toEqual([]);
      expect(lines.slice(0, -1)).toEqual(lines.slice(0, -1).sort());
    },
  );
});

test('the KX threshold of each year from 2018 to 2026 is cited; 2027 has none yet', () => {
  expect(tables.thresholds.map(({ year, physicalAndSpeechCents }) => [year, physicalAndSpeechCents])).toEqual([
    [2018, 201_000],
    [2019, 204_000],
    [2020, 208_000],
    [2021, 211_000],
    [2022, 215_000],
    [2023, 223_000],
    [2024, 233_000],
    [2025, 241_000],
    [2026, 248_000],
  ]);
  expect(thresholdOn(tables.thresholds, '2027-01-01')).toBeNull();
  for (const { source, retrieved, reviewBy } of tables.thresholds)
    expect(source !== '' && retrieved < reviewBy).toBe(true);
});

describe('rules of units', () => {
  test('Medicare counts by CMS, the demo payers as their rows say; of another payer nothing is assumed', async () => {
    const { unitRules } = await readUnitRules(validator);
    const rule = (payer: string | null, lineOfBusiness: LineOfBusiness | null) =>
      unitRuleOf(unitRules, { payer, lineOfBusiness, on: '2026-06-01' })?.rule ?? null;
    expect(rule('any', 'medicare')).toBe('cms');
    expect([rule('harbor-health', 'commercial'), rule('harbor-health', null)]).toEqual(['midpoint', 'midpoint']);
    expect([rule('sunrise-medicare', 'medicareAdvantage'), rule('state-medicaid', 'medicaidManagedCare')]).toEqual([
      'cms',
      'cms',
    ]);
    expect([rule('keystone-mutual', 'commercial'), rule('any', 'medicareAdvantage'), rule(null, null)]).toEqual([
      null,
      null,
      null,
    ]);
    // A payer's row of one line of business says nothing of another.
    expect(rule('harbor-health', 'workersCompensation')).toBeNull();
  });

  test('the rule about assistants begins in 2020 and changes in 2022, without a gap', async () => {
    const { assistantRules } = await readUnitRules(validator);
    const id = (on: string) => assistantRuleOn(assistantRules, on)?.id ?? null;
    expect(['2019-12-31', '2020-01-01', '2021-12-31', '2022-01-01', '2026-06-01'].map(id)).toEqual([
      null,
      'de-minimis-2020',
      'de-minimis-2020',
      'de-minimis-2022',
      'de-minimis-2022',
    ]);
  });
});

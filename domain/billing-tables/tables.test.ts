// Look-ups by day of service: edits that were withdrawn, editions of a quarter, codes that came and went.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { codeStanding, codeTable, payerForm } from './codes.ts';
import type { CodeFacts } from './codes-schema.ts';
import { feeScheduleTable } from './fee-schedule.ts';
import { mueTable } from './mue.ts';
import type { TableOrigin } from './origin.ts';
import { covers, editionOn, newestEdition } from './origin.ts';
import type { PtpEdit } from './ptp.ts';
import { ptpEditBetween, ptpEditOn, ptpLine, ptpTable } from './ptp.ts';
import { thresholdOn } from './thresholds.ts';

function origin(more: Partial<TableOrigin> = {}): TableOrigin {
  return {
    version: 'v30.2',
    effective: '2024-07-01',
    reviewBy: '2024-09-30',
    source: 'CMS NCCI PTP practitioner',
    url: null,
    retrieved: '2026-11-22',
    covers: null,
    ...more,
  };
}

function tableWith(edits: readonly PtpEdit[], reasons: readonly string[] = []) {
  const lines = edits.map((edit) => ptpLine(edit, edit.rationale === null ? null : reasons.indexOf(edit.rationale)));
  return ptpTable(
    origin(),
    reasons,
    lines
      .sort()
      .map((line) => `${line}\n`)
      .join(''),
  );
}

function edit(column1: string, column2: string, more: Partial<PtpEdit> = {}): PtpEdit {
  return { column1, column2, indicator: '1', from: null, to: null, rationale: null, ...more };
}

describe('an NCCI edit on a day of service', () => {
  const table = tableWith(
    [
      edit('97140', '97124', { indicator: '0', from: '1996-01-01', rationale: 'larger service' }),
      edit('97530', '97116', { from: '2006-01-01', to: '2019-12-31' }),
      edit('97530', '97116', { indicator: '9', from: '2020-01-01', to: '2020-01-01' }),
      edit('97150', '97110'),
    ],
    ['larger service'],
  );

  test('holds from its first day to its last, and no longer', () => {
    expect(ptpEditOn(table, '97530', '97116', '2005-12-31')).toBeNull();
    expect(ptpEditOn(table, '97530', '97116', '2006-01-01')?.to).toBe('2019-12-31');
    expect(ptpEditOn(table, '97530', '97116', '2019-12-31')?.indicator).toBe('1');
    expect(ptpEditOn(table, '97530', '97116', '2020-01-02')).toBeNull();
  });

  test('with indicator 9 never was in force, also on the day it names (97530 with 97116 in January 2020)', () => {
    expect(ptpEditOn(table, '97530', '97116', '2020-01-01')).toBeNull();
    expect(table.history('97530', '97116').map(({ indicator }) => indicator)).toEqual(['1', '9']);
  });

  test('whose first day is not told holds until it ends', () => {
    expect(ptpEditOn(table, '97150', '97110', '2024-08-01')).toMatchObject({ from: null, to: null });
  });

  test('is found whichever of the two codes is named first, with its own columns', () => {
    expect(ptpEditBetween(table, '97124', '97140', '2024-08-01')).toEqual(
      edit('97140', '97124', { indicator: '0', from: '1996-01-01', rationale: 'larger service' }),
    );
    expect(ptpEditOn(table, '97124', '97140', '2024-08-01')).toBeNull();
  });

  test('is told by the row that ended first where no first day is told', () => {
    const pair = tableWith([edit('97140', '97530', { to: '2019-12-31' }), edit('97140', '97530', { indicator: '0' })]);
    expect(ptpEditOn(pair, '97140', '97530', '2019-06-01')?.indicator).toBe('1');
    expect(ptpEditOn(pair, '97140', '97530', '2024-06-01')?.indicator).toBe('0');
  });

  test('is found among any number of others', () => {
    const code = fc.integer({ min: 97_001, max: 97_060 }).map(String);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(code, code), { selector: (pair) => pair.join() }),
        code,
        code,
        (pairs, a, b) => {
          const many = tableWith(pairs.map(([column1, column2]) => edit(column1, column2)));
          expect(many.size).toBe(pairs.length);
          for (const [column1, column2] of pairs)
            expect(many.history(column1, column2)).toEqual([edit(column1, column2)]);
          const known = pairs.some(([column1, column2]) => column1 === a && column2 === b);
          expect(ptpEditOn(many, a, b, '2024-08-01') !== null).toBe(known);
        },
      ),
    );
  });
});

describe('an edition', () => {
  const july = { origin: origin() };
  const october = { origin: origin({ version: 'v30.3', effective: '2024-10-01', reviewBy: '2024-12-31' }) };

  test('is the last one begun by the day of service; before all of them the earliest', () => {
    expect(editionOn([october, july], '2024-09-30')).toBe(july);
    expect(editionOn([october, july], '2024-10-01')).toBe(october);
    expect(editionOn([october, july], '2024-06-30')).toBe(july);
    expect(editionOn([], '2024-06-30')).toBeNull();
    expect(newestEdition([october, july])).toBe(october);
  });

  test('that is a part says nothing of codes outside it', () => {
    expect(covers(origin(), '99213')).toBe(true);
    expect(covers(origin({ covers: ['97110'] }), '99213')).toBe(false);
    expect(covers(origin({ covers: ['97110'] }), '97110')).toBe(true);
  });
});

test('units a day and fee indicators are looked up by code; a row for a modifier is another row', () => {
  const units = mueTable(origin(), [{ code: '97110', units: 6, indicator: '3', rationale: null }]);
  expect([units.lookup('97110')?.units, units.lookup('97112')]).toEqual([6, null]);
  const fees = feeScheduleTable(origin(), [
    { code: '93000', modifier: null, status: 'A', multipleProcedure: '0' },
    { code: '93000', modifier: 'TC', status: 'C', multipleProcedure: null },
  ]);
  expect([fees.lookup('93000')?.status, fees.lookup('93000', 'TC')?.status, fees.lookup('97014')]).toEqual([
    'A',
    'C',
    null,
  ]);
});

describe('a code', () => {
  const facts: CodeFacts = {
    code: '97014',
    words: 'electrical stimulation, unattended',
    time: { kind: 'untimed' },
    therapy: null,
    added: '2018-01-01',
    deleted: '2020-01-01',
    replacedBy: null,
    payerForms: [{ linesOfBusiness: ['medicare'], use: 'G0283', from: '2003-01-01', to: '2024-12-31', source: 'CMS' }],
  };

  test('is future before its first day, valid on it, deleted from the day it is named deleted', () => {
    expect(['2017-12-31', '2018-01-01', '2019-12-31', '2020-01-01'].map((day) => codeStanding(facts, day))).toEqual([
      'future',
      'valid',
      'valid',
      'deleted',
    ]);
  });

  test("takes a payer's form by line of business and day", () => {
    expect(payerForm(facts, 'medicare', '2024-08-01')?.use).toBe('G0283');
    expect(payerForm(facts, 'commercial', '2024-08-01')).toBeNull();
    expect(payerForm(facts, 'medicare', '2025-01-01')).toBeNull();
  });

  test('that nobody wrote down is unknown, not wrong', () => {
    const file = { version: '1', effective: '2026-01-01', reviewBy: '2026-12-31', source: 's', url: null };
    const table = codeTable({ ...file, retrieved: '2026-11-22', notice: 'n', rows: [facts] });
    expect([table.lookup('97014'), table.lookup('99999')]).toEqual([facts, null]);
    expect(covers(table.origin, '99999')).toBe(false);
  });
});

test("a year without a threshold has none: another year's is never taken for it", () => {
  const row = { physicalAndSpeechCents: 233_000, medicalReviewCents: 300_000, source: 's', retrieved: '2026-11-22' };
  const rows = [{ ...row, year: 2024, reviewBy: '2027-12-31' }];
  expect(thresholdOn(rows, '2024-12-31')?.physicalAndSpeechCents).toBe(233_000);
  expect(thresholdOn(rows, '2025-01-01')).toBeNull();
});

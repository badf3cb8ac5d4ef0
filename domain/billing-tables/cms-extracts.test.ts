// Extracts of CMS's own tables (July 2024) in another layout of columns. They stand beside the checkout, not in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RowRefusal } from './cms-columns.ts';
import type { CmsFileReader, RowsTo } from './cms-files.ts';
import { feeFileReader, mueFileReader, ptpFileReader } from './cms-files.ts';
import { ptpEditBetween, ptpLine, ptpTable } from './ptp.ts';

const folder = join(import.meta.dirname, '../../../shared/data/cms');
const isThere = existsSync(folder);

function read<Row>(name: string, make: (to: RowsTo<Row>) => CmsFileReader) {
  const kept: Row[] = [];
  const refused: RowRefusal[] = [];
  const reader = make({ keep: (row) => kept.push(row), refuse: (refusal) => refused.push(refusal) });
  // These extracts hold no quoted cell.
  for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) reader.take(line.split(','));
  return { kept, refused };
}

test.skipIf(isThere)(
  "CMS's extracts are not there: they are read where ../shared/data stands beside the checkout",
  () => {
    expect(existsSync(folder)).toBe(false);
  },
);

test.skipIf(!isThere)('of 1816 edits 848 are in force, and 97530 with 97116 is none of them since 2020', () => {
  const { kept, refused } = read('ncci_ptp_practitioner_pt_subset_2024Q3.csv', ptpFileReader);
  expect([kept.length, refused]).toEqual([1816, []]);
  expect(kept.filter(({ to, indicator }) => to === null && indicator !== '9')).toHaveLength(848);
  const origin = { version: 'v30.2', effective: '2024-07-01', reviewBy: '2024-09-30', source: 'CMS', url: null };
  const body = kept.map((edit) => `${ptpLine(edit, null)}\n`).sort();
  const table = ptpTable({ ...origin, retrieved: '2026-11-22', covers: null }, [], body.join(''));
  const between = (one: string, other: string, on: string) => ptpEditBetween(table, one, other, on)?.indicator ?? null;
  expect(between('97530', '97116', '2019-12-31')).toBe('1');
  // In 2020 these came back with effect from January and were taken back: CMS's indicator 9.
  for (const day of ['2020-01-01', '2020-06-01', '2024-08-01'])
    expect([between('97116', '97530', day), between('97140', '97530', day), between('97161', '97140', day)]).toEqual([
      null,
      null,
      null,
    ]);
  expect(between('97124', '97140', '2024-08-01')).toBe('0');
  expect(between('97110', '97150', '2024-08-01')).toBe('1');
});

test.skipIf(!isThere)('149 MUEs and 166 rows of indicators are read without a refusal', () => {
  const mue = read('ncci_mue_practitioner_pt_subset_2024Q3.csv', mueFileReader);
  expect([mue.kept.length, mue.refused]).toEqual([149, []]);
  expect(mue.kept.find(({ code }) => code === '97110')).toMatchObject({ units: 6, indicator: '3' });
  const fees = read('pfs_indicators_pt_subset_2024_07.csv', feeFileReader);
  expect([fees.kept.length, fees.refused]).toEqual([166, []]);
  expect(fees.kept.find(({ code }) => code === '97014')).toMatchObject({ modifier: null, status: 'I' });
});

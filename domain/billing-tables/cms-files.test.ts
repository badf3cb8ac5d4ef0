// CMS's quarterly files as they are published: titles over several rows, notices, dates, and rows that cannot be used.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { RowRefusal } from './cms-columns.ts';
import type { CmsFileReader, RowsTo } from './cms-files.ts';
import { feeFileReader, mueFileReader, ptpFileReader } from './cms-files.ts';

const notice = 'CPT only copyright American Medical Association. All rights reserved.';

function read<Row>(make: (to: RowsTo<Row>) => CmsFileReader, rows: readonly string[][]) {
  const kept: Row[] = [];
  const refused: RowRefusal[] = [];
  const reader = make({ keep: (row) => kept.push(row), refuse: (refusal) => refused.push(refusal) });
  for (const row of rows) reader.take(row);
  return { kept, refused, rowsRead: reader.rowsRead, hasTitles: reader.hasTitles };
}

/** The seven columns of `ccipra-v….TXT`, whose titles stand over four rows. */
const ptpTitles = [
  [notice],
  ['Column1/Column 2 Edits'],
  [''],
  ['Column 1', 'Column 2', '*=in existence', 'Effective', 'Deletion', 'Modifier', 'PTP Edit Rationale'],
  ['', '', 'prior to 1996', 'Date', 'Date', '0=not allowed', ''],
  ['', '', '', '', '*=no data', '1=allowed', ''],
  ['', '', '', '', '', '9=not applicable', ''],
];

test('NCCI edits are read with their days, indicator and reason; CMS writes * where an edit has no end', () => {
  const { kept, refused } = read(ptpFileReader, [
    ...ptpTitles,
    ['97530', '97116', '', '20190101', '20191231', '1', 'Mutually exclusive procedures'],
    ['97530', '97116', '', '20200101', '20200101', '9', 'Mutually exclusive procedures'],
    ['97140', '97124', '*', '19960101', '*', '0', 'More extensive procedure'],
  ]);
  expect(refused).toEqual([]);
  expect(kept).toEqual([
    {
      column1: '97530',
      column2: '97116',
      indicator: '1',
      from: '2019-01-01',
      to: '2019-12-31',
      rationale: 'Mutually exclusive procedures',
    },
    {
      column1: '97530',
      column2: '97116',
      indicator: '9',
      from: '2020-01-01',
      to: '2020-01-01',
      rationale: 'Mutually exclusive procedures',
    },
    {
      column1: '97140',
      column2: '97124',
      indicator: '0',
      from: '1996-01-01',
      to: null,
      rationale: 'More extensive procedure',
    },
  ]);
});

test('a row that cannot be used is told with its row, column and reason, and the good ones are kept', () => {
  const { kept, refused, rowsRead } = read(ptpFileReader, [
    ...ptpTitles,
    ['97140', '97124', '', '20200101', '*', '0', ''],
    ['971', '97124', '', '20200101', '*', '0', ''],
    ['97140', '97124', '', '20201301', '*', '2', ''],
    ['97140', '97750', '', '20200101', '20191231', '1', ''],
    ['97140', '97018', '', '20200101', '12/31/2021', '1', ''],
  ]);
  expect(rowsRead).toBe(5);
  expect(kept.map(({ column2, to, rationale }) => [column2, to, rationale])).toEqual([
    ['97124', null, null],
    ['97018', '2021-12-31', null],
  ]);
  expect(refused).toEqual([
    {
      row: 8,
      column: 'column 1',
      reason: 'is no code of five figures or capital letters; a spreadsheet may have taken its leading zeros away',
    },
    { row: 9, column: 'effective date', reason: 'is no day; write it as YYYYMMDD or YYYY-MM-DD' },
    { row: 9, column: 'modifier', reason: 'is none of 0, 1 and 9' },
    { row: 10, column: 'deletion date', reason: 'lies before the effective date' },
  ]);
});

test('MUEs are read by their titles wherever the columns stand; the indicator is the figure CMS puts in front', () => {
  const { kept, refused } = read(mueFileReader, [
    [notice, '', '', ''],
    ['HCPCS/\nCPT Code', 'MUE Rationale', 'Practitioner Services MUE Values', 'MUE Adjudication Indicator'],
    ['97110', 'Clinical: Data', '6', '3 Date of Service Edit: Clinical'],
    ['97161', 'CMS Policy', '1', '2 Date of Service Edit: Policy'],
    ['97010', 'CMS Policy', '0', '1 Line Edit'],
    ['97112', '', '4.5', '3'],
    ['97110', '', '7', '3'],
    ['97113', '', '6', 'Clinical'],
  ]);
  expect(kept).toEqual([
    { code: '97110', units: 6, indicator: '3', rationale: 'Clinical: Data' },
    { code: '97161', units: 1, indicator: '2', rationale: 'CMS Policy' },
    { code: '97010', units: 0, indicator: '1', rationale: 'CMS Policy' },
  ]);
  expect(refused).toEqual([
    { row: 5, column: 'units', reason: 'is no whole number of units' },
    { row: 6, column: 'code', reason: 'stands in an earlier row already' },
    { row: 7, column: 'indicator', reason: 'does not begin with 1, 2 or 3' },
  ]);
});

test('the relative value file has its titles in pieces over each other; its descriptors are not read', () => {
  const { kept, refused } = read(feeFileReader, [
    ['2024 National Physician Fee Schedule Relative Value File July Release', '', '', '', '', '', ''],
    [notice, '', '', '', '', '', ''],
    ['RELEASED 06/12/2024', '', '', '', '', '', ''],
    ['', '', '', '', 'WORK', 'NON-FAC', ''],
    ['', '', '', 'STATUS', '', 'PE', 'MULT'],
    ['HCPCS', 'MOD', 'DESCRIPTION', 'CODE', 'RVU', 'RVU', 'PROC'],
    ['97110', '', 'words of the AMA', 'A', '0.45', '0.40', '5'],
    ['97014', '', 'words of the AMA', 'I', '0.00', '0.00', '9'],
    ['93000', 'TC', 'words of the AMA', 'A', '0.00', '0.00', '0'],
    ['97112', '', 'words of the AMA', 'Active', '0.00', '0.00', '5'],
  ]);
  expect(kept).toEqual([
    { code: '97110', modifier: null, status: 'A', multipleProcedure: '5' },
    { code: '97014', modifier: null, status: 'I', multipleProcedure: '9' },
    { code: '93000', modifier: 'TC', status: 'A', multipleProcedure: '0' },
  ]);
  expect(refused).toEqual([{ row: 9, column: 'status', reason: 'is no status of one letter' }]);
  expect(JSON.stringify(kept)).not.toContain('AMA');
});

test('a file without the titles of its kind gives no row at all', () => {
  const { kept, refused, hasTitles } = read(mueFileReader, [
    ['code', 'units'],
    ['97110', '6'],
  ]);
  expect([kept, refused, hasTitles]).toEqual([[], [], false]);
});

test('whatever stands in a row, it is kept whole or refused with a reason, and the rows after it are read', () => {
  const good = ['97140', '97124', '', '20200101', '*', '0', ''];
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 0, maxLength: 9 }), (cells) => {
      const { kept, refused, rowsRead } = read(ptpFileReader, [...ptpTitles, good, cells, good]);
      expect(kept.length).toBeGreaterThanOrEqual(2);
      expect(rowsRead === kept.length || refused.length > 0).toBe(true);
      for (const { row, reason } of refused) expect([row, reason !== '']).toEqual([8, true]);
    }),
  );
});

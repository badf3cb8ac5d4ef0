// `gait tables` as it is typed: CMS's files become tables that are used, refused rows are told, and what is no table is not.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ptpEditBetween } from '../domain/billing-tables/ptp.ts';
import { covers } from '../domain/billing-tables/origin.ts';
import { readBillingTables } from '../server/billing-tables/billing-tables.ts';
import { createValidator } from '../server/http/validation.ts';
import { billingOutputs } from './schemas/billing.ts';
import { typed } from './testing/typed.ts';

const validator = createValidator();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-tables-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) => typed(['tables', ...args], join(folder, 'home'));

function json(name: string, stdout: string): unknown {
  const printed: unknown = JSON.parse(stdout);
  const output = billingOutputs.find((each) => each.name === name);
  if (output === undefined) throw new Error(`${name} has no schema`);
  validator.check(output.schema, printed, 'output');
  return printed;
}

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const titles =
  'CPT only copyright American Medical Association.\nColumn1/Column 2 Edits\n\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n';
const q4 = ['--version', 'v32.3', '--effective', '2026-10-01'];

test('the parts of the edits become one table, sorted, in the folder that scrubbing reads', async () => {
  const f1 = file('f1.txt', `${titles}97140\t97124\t\t20200101\t*\t0\tMore extensive procedure\n`);
  const f2 = file('f2.txt', `${titles}97112\t97036\t\t20200101\t*\t1\tMisuse\n`);
  const ran = gait('load', 'ptp', f1, f2, ...q4, '--json');
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  const tables = join(folder, 'home', 'tables');
  expect(json('tables.load', ran.stdout)).toMatchObject({
    file: join(tables, 'ptp.v32.3.table'),
    kind: 'ptp',
    effective: '2026-10-01',
    reviewBy: '2026-12-31',
    rowsRead: 2,
    rowsKept: 2,
    rowsRefused: 0,
    refused: [],
  });
  expect(readdirSync(tables)).toEqual(['ptp.v32.3.table']);
  const [ptp] = (await readBillingTables(validator, tables)).ptp;
  expect(ptp?.origin).toMatchObject({ version: 'v32.3', covers: null });
  expect(ptp && ptpEditBetween(ptp, '97124', '97140', '2026-10-05')).toMatchObject({
    indicator: '0',
    from: '2020-01-01',
    rationale: 'More extensive procedure',
  });
});

test('refused rows are told with row, column and reason, the others are kept, and the exit status says so', () => {
  const units = 'HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n';
  const path = file('mue.csv', `${units}97110,6,3 Date of Service,"a, b"\n97112,four,3,\n`);
  const ran = gait('load', 'mue', path, '--version', '2026Q4', '--effective', '2026-10-01');
  expect([ran.status, ran.stderr]).toEqual([1, '']);
  expect(ran.stdout.replaceAll(folder, '').split('\n')).toEqual([
    'CMS NCCI MUE practitioner 2026Q4, from 2026-10-01: 2 rows read, 1 kept, 1 refused',
    '  /mue.csv, row 3: units is no whole number of units',
    '/home/tables/mue.2026Q4.table',
    '',
  ]);
});

test('an extract is loaded as a part: of codes that are not in it nothing is known', async () => {
  const path = file('ptp.csv', 'column1,column2,modifier_indicator,deletion_date\n97140,97124,0,9999-12-31\n');
  const out = join(folder, 'out');
  expect(gait('load', 'ptp', path, ...q4, '--part', '--out', out).status).toBe(0);
  const [ptp] = (await readBillingTables(validator, out)).ptp;
  expect(ptp && [covers(ptp.origin, '97124'), covers(ptp.origin, '97110')]).toEqual([true, false]);
});

test('what is loaded is listed, used in place of what ships, and due after its last day', () => {
  const path = file('ptp.csv', 'column1,column2,modifier_indicator,deletion_date\n97140,97124,0,9999-12-31\n');
  expect(gait('load', 'ptp', path, '--version', 'v18.0', '--effective', '2012-01-01').status).toBe(0);
  const listed = gait('list', '--json');
  expect(listed).toMatchObject({ status: 0, stderr: '' });
  expect(json('tables.list', listed.stdout)).toMatchObject({
    folder: join(folder, 'home', 'tables'),
    tables: [
      {
        kind: 'ptp',
        version: 'v18.0',
        reviewBy: '2012-03-31',
        rows: 1,
        whole: true,
        from: 'loaded',
        used: true,
        due: true,
      },
      { kind: 'fees', from: 'shipped', whole: false, used: true },
      { kind: 'mue', from: 'shipped', whole: false, used: true },
      { kind: 'ptp', from: 'shipped', whole: false, used: false },
    ],
  });
});

test.each([
  ['a workbook', 'PK\u0003\u0004 sheet', /is an archive or a workbook \(xlsx\), not text\.\n.*save the sheet as CSV/],
  [
    'another table',
    'HCPCS,MOD,STATUS CODE,MULT PROC\n97110,,A,5\n',
    /does not have the columns of NCCI.*\nIt needs: column 1, column 2/,
  ],
  ['titles alone', titles, /^No row can be used; no table is written\.\n/],
  ['bad rows alone', `${titles}971\t97124\t\t20200101\t*\t0\t\n`, /^No row can be used; .* row 6: column 1 is no code/],
  ['a quote nobody closes', `${titles}"97140\t97124`, /^The file breaks off inside a quoted cell\. \[/],
])('%s is one sentence, and no table is written', (_what, text, message) => {
  const ran = gait('load', 'ptp', file('x.txt', text), ...q4, '--json');
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
  expect(existsSync(join(folder, 'home'))).toBe(false);
});

test.each([
  [['load', 'icd', 'x.csv', ...q4], /^Say which table/],
  [['load', 'ptp', ...q4], /^Name a file/],
  [['load', 'ptp', 'x.csv', '--effective', '2026-10-01'], /^--version is missing/],
  [['load', 'ptp', 'x.csv', '--version', '../v1', '--effective', '2026-10-01'], /^--version is no name/],
  [['load', 'ptp', 'x.csv', '--version', 'v1', '--effective', '2026-13-01'], /^--effective is no date/],
  [['load', 'ptp', 'x.csv', ...q4, '--review-by', '2026-09-30'], /^--review-by lies before/],
  [['load', 'ptp', 'no-such.csv', ...q4], /^There is no file no-such\.csv\.\n/],
  [['drop'], /^Say what to do with tables/],
])('gait tables %j is refused', (args, message) => {
  const ran = gait(...args);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

// Which tables are read: the clinic's own of a kind in place of those that ship, and none that was changed afterwards.
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ptpLine } from '../../domain/billing-tables/ptp.ts';
import { mueLine } from '../../domain/billing-tables/table-file.ts';
import { createValidator } from '../http/validation.ts';
import { readBillingTables } from './billing-tables.ts';
import { listTableFiles, writeTableFile } from './table-files.ts';

const validator = createValidator();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-tables-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function about(kind: 'ptp' | 'mue', version: string, effective: string) {
  const rest = { source: 'CMS', url: null, retrieved: '2026-11-22', notice: 'n', covers: null, rationales: [] };
  return { kind, version, effective, reviewBy: '2026-12-31', ...rest };
}

const oneUnit = mueLine({ code: '97110', units: 1, indicator: '2', rationale: null }, null);

test('a kind that the clinic loaded takes the place of the rows that ship; the others stay', async () => {
  await writeTableFile(folder, about('mue', '2026Q4', '2026-10-01'), [oneUnit]);
  const { mue, ptp, fees } = await readBillingTables(validator, folder);
  expect(mue.map(({ origin, size }) => [origin.version, origin.covers, size])).toEqual([['2026Q4', null, 1]]);
  expect(mue[0]?.lookup('97110')?.units).toBe(1);
  expect([ptp[0]?.origin.version, fees[0]?.origin.version]).toEqual(['v30.2', 'RVU24C']);
});

test('of the edits the newest edition alone is read, of the others every one', async () => {
  const pair = { column1: '97140', column2: '97124', indicator: '0', from: null, to: null, rationale: null } as const;
  for (const [version, from] of [
    ['v32.3', '2026-10-01'],
    ['v32.2', '2026-07-01'],
  ] as const) {
    await writeTableFile(folder, about('ptp', version, from), [ptpLine(pair, null)]);
    await writeTableFile(folder, about('mue', version, from), [oneUnit]);
  }
  const { mue, ptp } = await readBillingTables(validator, folder);
  expect([ptp.length, ptp[0]?.origin.version, mue.length]).toEqual([1, 'v32.3', 2]);
  expect(ptp[0]?.history('97140', '97124')).toEqual([pair]);
});

test('a folder that is not there holds no tables', async () => {
  expect(await listTableFiles(validator, join(folder, 'none'))).toEqual([]);
});

test('a table that was changed after it was written is not read, nor a file that is none', async () => {
  const { file } = await writeTableFile(folder, about('mue', '2026Q4', '2026-10-01'), [oneUnit]);
  appendFileSync(file, `${oneUnit}\n`);
  await expect(readBillingTables(validator, folder)).rejects.toThrow(/were changed after it was written/);
  writeFileSync(file, 'no table\n');
  await expect(readBillingTables(validator, folder)).rejects.toThrow(/is no table file/);
});

test('writing leaves nothing but the table, and an edition written again takes its own place', async () => {
  for (const units of [1, 2]) {
    const line = mueLine({ code: '97110', units, indicator: '2', rationale: null }, null);
    await writeTableFile(folder, about('mue', '2026Q4', '2026-10-01'), [line]);
  }
  expect(readdirSync(folder)).toEqual(['mue.2026Q4.table']);
  expect((await readBillingTables(validator, folder)).mue[0]?.lookup('97110')?.units).toBe(2);
});

// Large and hostile report files: memory that does not grow with the file, and a file that changes while it is read.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSchedule } from '../../bench/import-data.ts';
import { workbook } from '../../sandbox/reports/workbook.ts';
import { visitHere } from '../files/place.ts';
import { availityContext } from '../testing/context.ts';
import { readWebptConfig, webptReports } from '../webpt/config.ts';
import { listDropFolder, readReport } from './drop-folder.ts';
import type { OpenReport } from './report-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-large-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = () => readWebptConfig({ dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 });

async function opened(): Promise<OpenReport> {
  const visit = await visitHere(config().place);
  const { reports } = await listDropFolder(visit, config(), new AbortController().signal);
  const [file] = reports;
  if (file === undefined) throw new Error('No report lies there.');
  return readReport(visit, file, 1);
}

/** What a process of its own says that reads nothing but this file. */
function alone(name: string): Readonly<Record<string, number>> {
  const script = join(import.meta.dirname, '..', '..', 'bench', 'support', 'import-alone.ts');
  const printed: unknown = JSON.parse(
    execFileSync(process.execPath, [script, join(folder, name)], { encoding: 'utf8' }),
  );
  return Object.fromEntries(Object.entries(printed ?? {}).map(([key, value]) => [key, Number(value)]));
}

// At 200 MB, with its limits: bench/import.ts.
test('a file ten times as large needs no more memory than its rows; what is wrong in it is listed in part and counted whole', async () => {
  await writeSchedule(join(folder, 'schedule_small.csv'), 'repeated', { bytes: 300_000 });
  const lines = await writeSchedule(join(folder, 'schedule_quotes.csv'), 'quotes', { bytes: 3_000_000 });
  const [small, quotes] = [alone('schedule_small.csv'), alone('schedule_quotes.csv')];
  expect(small).toMatchObject({ rows: 1_000, problems: 0 });
  expect(quotes).toMatchObject({ rows: 0, problems: lines, listed: 10_001 });
  expect((quotes['megabytes'] ?? Infinity) / (small['megabytes'] ?? 0)).toBeLessThan(2);
});

test('a report that grows between its two readings waits, and so does one that shrinks', async () => {
  const path = join(folder, 'schedule_1.csv');
  const text = 'Appointment ID,Patient ID,Date,Time,Status\r\n1,PT1,11/20/2026,9:00 AM,Scheduled\r\n';
  for (const change of [
    () => appendFileSync(path, '2,PT2,11/20/2026,9:00 AM,Scheduled\r\n'),
    () => truncateSync(path, 60),
  ]) {
    writeFileSync(path, text);
    const report = await opened();
    expect((await report.rows('appointments', config().profile))?.rows).toHaveLength(1);
    change();
    const again = await report.rows('appointments', config().profile);
    expect(again === null || again.rows.length === 0).toBe(true);
    await report.close();
  }
});

test('a workbook is known by its bytes, whatever its name says; a lock beside an open one is no report', async () => {
  const rows = [
    ['Appointment ID', 'Patient ID', 'Date', 'Status'],
    ['1', 'PT1', { day: '2026-11-20', time: '09:00' }, 'Scheduled'],
  ];
  writeFileSync(join(folder, 'schedule_1.csv'), workbook([{ name: 'Report', rows }]));
  writeFileSync(join(folder, '~$schedule_1.csv'), 'somebody');
  const context = {
    ...availityContext({ url: '' }),
    config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 },
  };
  const outcome = await webptReports.fetch(context, { cursor: null, skip: [], clinic: {} });
  expect(outcome).toMatchObject({
    kind: 'done',
    result: { unrecognised: 0, deliveries: [{ rows: [{ appointmentId: '1', date: '2026-11-20', time: '09:00' }] }] },
  });
});

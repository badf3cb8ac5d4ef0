// Workbooks as practices save them: days as numbers, merged titles, formulas, several sheets; and files that are none or would fill the memory.
import { describe, expect, test } from 'vitest';
import { workbook, zipped } from '../../sandbox/reports/workbook.ts';
import type { WorkbookCell, WorkbookSheet } from '../../sandbox/reports/workbook.ts';
import { readWebptConfig } from '../webpt/config.ts';
import { parseWorkbook } from './parse-report.ts';
import { unpackedWorkbook } from './workbook-zip.ts';

const { profile } = readWebptConfig({ dropFolder: '/drop', profile: 'webpt-standard', zone: 'America/Denver' });

const header = ['Appointment ID', 'Appointment Date', 'Start Time', 'Patient ID', 'Status', 'Units'];
const day = (date: string, time: string | null = null): WorkbookCell => ({ day: date, time });

const schedule = (rows: readonly (readonly WorkbookCell[])[], more: Partial<WorkbookSheet> = {}): Buffer =>
  workbook([{ name: 'Schedule', rows: [header, ...rows], ...more }]);

const read = (bytes: Uint8Array, named = profile) => parseWorkbook(bytes, 'appointments', named);

describe('cells', () => {
  test('days and times are read by their formats, a bare number as the day it counts, a formula as what it came to', async () => {
    const time = (clock: string): WorkbookCell => ({ day: '1899-12-30', time: clock });
    const result = await read(
      schedule([
        [70001, day('2026-11-18'), time('09:45'), 'PT1', 'Scheduled', 4],
        ['70002', { day: '2026-11-19', time: null, bare: true }, '1:30 PM', 'PT2', 'Checked Out', '4'],
        [
          { formula: 'A2+2', value: 70003 },
          '11/20/2026',
          '9:00 AM',
          { formula: '"PT"&3', value: 'PT3' },
          'No Show',
          null,
        ],
      ]),
    );
    expect(result.problems).toEqual([]);
    expect(result.rows).toMatchObject([
      { appointmentId: '70001', date: '2026-11-18', time: '09:45', startsAt: '2026-11-18T16:45:00.000Z', units: 4 },
      { appointmentId: '70002', date: '2026-11-19', time: '13:30', units: 4 },
      { appointmentId: '70003', recordNumber: 'PT3', date: '2026-11-20', time: '09:00', units: null },
    ]);
  });

  test('a day with its time in one cell is both; no minute is lost to a binary fraction', async () => {
    const times = ['00:05', '07:00', '08:59', '11:10', '16:40', '23:59'];
    const rows = times.map((time, at) => [String(at), day('2026-11-18', time), null, 'PT1', 'Scheduled', 1]);
    expect((await read(schedule(rows))).rows.map(({ time }) => time)).toEqual(times);
  });

  test('long numbers keep their digits; yes and no are words of the profile', async () => {
    const patients = workbook([
      {
        name: 'Patients',
        rows: [
          ['Patient ID', 'First Name', 'Last Name', 'Insurance', 'Policy #', 'Auth Required', 'Date of Birth'],
          [10_001, 'Bram', 'Ashgrove', 'Harbor Health', 123_456_789_012_345, true, day('1958-03-14')],
        ],
      },
    ]);
    expect((await parseWorkbook(patients, 'patients', profile)).rows).toMatchObject([
      {
        recordNumber: '10001',
        birthDate: '1958-03-14',
        coverage: { memberId: '123456789012345' },
        authorizationRequired: true,
      },
    ]);
  });
});

describe('sheets', () => {
  const good: readonly WorkbookCell[] = ['1', day('2026-11-18'), '9:00 AM', 'PT1', 'Scheduled', 1];

  test('a merged title and empty rows stand above and between; rows are counted as the spreadsheet counts them', async () => {
    const bytes = workbook([
      {
        name: 'Schedule',
        merged: ['A1:F1'],
        rows: [
          ['All sites'],
          [],
          header,
          good,
          [],
          ['2', 'soon', null, 'PT2', 'Scheduled', 1],
          ['Total', null, null, null],
        ],
      },
    ]);
    const result = await read(bytes);
    expect(result.rows).toHaveLength(1);
    expect(result.problems).toEqual([{ row: 6, column: 'Appointment Date', reason: 'not a date', rejected: true }]);
  });

  test('the first sheet is read unless the profile names another', async () => {
    const bytes = workbook([
      { name: 'Criteria', rows: [['Site', 'All']] },
      { name: 'Visits & times', rows: [header, good] },
    ]);
    const { appointments } = profile.reports;
    if (appointments === undefined) throw new Error('The profile has a schedule.');
    const named = (sheet: string) => ({
      ...profile,
      reports: { ...profile.reports, appointments: { ...appointments, sheet } },
    });
    expect((await read(bytes)).problems).toMatchObject([{ reason: 'not a table' }]);
    expect((await read(bytes, named('Visits & times'))).rows).toHaveLength(1);
    expect((await read(bytes, named('Visits'))).problems).toEqual([
      { row: 0, column: null, reason: 'no sheet of that name', rejected: true },
    ]);
  });
});

describe('what is no workbook', () => {
  const reason = async (bytes: Uint8Array) => (await read(bytes)).problems.map((problem) => problem.reason);
  const sound = schedule([]);

  test('another archive, a broken one, a file of text', async () => {
    expect(await reason(zipped([['word/document.xml', '<w/>']]))).toEqual(['not a workbook']);
    expect(await reason(sound.subarray(0, sound.length - 40))).toEqual(['not a workbook']);
    expect(await reason(Buffer.concat([sound.subarray(0, 200), Buffer.alloc(300, 7), sound.subarray(500)]))).toEqual([
      'not a workbook',
    ]);
    expect(await reason(Buffer.from('a,b\n'))).toEqual(['not a workbook']);
    expect(await reason(zipped([['xl/workbook.xml', '<workbook']]))).toEqual(['not a workbook']);
  });

  test('one that is encrypted, or of the old form', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
    expect(await reason(compound)).toEqual(['workbook is encrypted or of the old form']);
  });

  test('one that unpacks to more than there is room for is not unpacked, whatever its headers say', () => {
    const bomb = zipped([
      ['xl/workbook.xml', '<workbook/>'],
      ['xl/worksheets/sheet1.xml', Buffer.alloc(6_000_000)],
    ]);
    expect(bomb.length).toBeLessThan(10_000);
    const most = 5_000_000;
    expect(unpackedWorkbook(bomb, most)).toBe('workbook too large');
    expect(typeof unpackedWorkbook(bomb)).toBe('object');
    const lying = Buffer.from(bomb);
    // The sizes in the directory: a few bytes.
    for (
      let at = lying.indexOf(Buffer.from('504b0102', 'hex'));
      at !== -1;
      at = lying.indexOf(Buffer.from('504b0102', 'hex'), at + 4)
    )
      lying.writeUInt32LE(10, at + 24);
    expect(unpackedWorkbook(lying, most)).toBe('workbook too large');
    const many = zipped(Array.from({ length: 1_200 }, (_, at) => [`xl/${at}.xml`, '']));
    expect(unpackedWorkbook(many)).toBe('workbook too large');
  });

  test('one cell a billion rows down fills no memory', async () => {
    const far = (xml: string) =>
      zipped([
        ['xl/workbook.xml', '<workbook/>'],
        ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${xml}</sheetData></worksheet>`],
      ]);
    expect(await reason(far('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'))).toEqual([
      'workbook too large',
    ]);
    expect(await reason(far(`<row r='1'><c  r='XFD1'><v>1</v></c></row><row r="60000"/>`))).toEqual([
      'workbook too large',
    ]);
  });

  test('its bytes can be anything', async () => {
    for (let at = 22; at < sound.length; at += 7) {
      const broken = Buffer.from(sound);
      broken[at] = 255 - (broken[at] ?? 0);
      await expect(read(broken)).resolves.toMatchObject({ kind: 'appointments' });
    }
  });
});

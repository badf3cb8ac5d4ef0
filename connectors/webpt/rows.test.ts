// Rows of WebPT's exported reports: every trap a CSV file sets, and any rows that come back as the same rows.
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestKinds } from '../../domain/authorization/schema.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { toCsv } from '../../sandbox/webpt/write-export.ts';
import { reportedStatuses } from '../pt-records/rows.ts';
import { parseReport } from '../reports/parse-report.ts';
import type { ReportKind } from '../reports/read-rows.ts';
import { readWebptConfig } from './config.ts';

const today = '2026-11-18';
const standard = readWebptConfig({ dropFolder: '/drop', profile: 'webpt-standard' }).profile;

function parsed<Kind extends ReportKind>(kind: Kind, ...lines: string[]) {
  return parseReport(Readable.from([lines.join('\r\n')], { objectMode: false, encoding: 'utf8' }), kind, standard);
}

const authorizationHeader = 'Patient ID,Authorization #,Status,Effective Date,Expiration Date,Visits Authorized';

describe('traps', () => {
  test('a mark, title lines, a line break in quotes, extra columns and a total at the foot harm nothing', async () => {
    const result = await parsed(
      'authorizations',
      '\ufeffAuthorization Report',
      'Run on,11/18/2026',
      '',
      `Notes,${authorizationHeader},Denial Reason`,
      '"two\r\nlines, quoted",PT1,A77,Approved,11/01/2026,12/31/2026,12,"said ""no""\r\nonce"',
      '',
      'Total: 1',
    );
    expect(result.problems).toEqual([]);
    expect(result.rows).toMatchObject([
      { recordNumber: 'PT1', number: 'A77', approved: { visits: 12, units: null }, reason: 'said "no"\r\nonce' },
    ]);
  });

  test('header variants: other labels, case, blanks and order', async () => {
    const result = await parsed(
      'authorizations',
      'auth status,MRN , Auth Number,END DATE,start date,Authorized  Visits',
      'active,PT1,A77,12/31/2026,11/1/2026,"1,200"',
    );
    expect(result.rows).toMatchObject([
      { recordNumber: 'PT1', status: 'approved', from: '2026-11-01', approved: { visits: 1200 } },
    ]);
  });

  test('a missing column is named and nothing is guessed from the rest', async () => {
    const result = await parsed(
      'authorizations',
      'Patient ID,Authorization #,Status,Effective Date,Expiration Date',
      'PT1,A77,Approved,11/01/2026,12/31/2026',
    );
    expect(result.rows).toEqual([]);
    expect(result.problems).toEqual([
      { row: 0, column: 'Visits Authorized', reason: 'column missing', rejected: true },
    ]);
  });

  test('a bad row is reported by row, column and reason, never by its value, and the good rows go on', async () => {
    const result = await parsed(
      'authorizations',
      authorizationHeader,
      'PT1,A77,Approved,11/01/2026,12/31/2026,12',
      'PT2,A78,Approved,02/30/2026,12/31/2026,12',
      'PT3,A79,Aproved?,11/01/2026,12/31/2026,12',
      'PT4,A80,Approved,11/01/2026,12/31/2026,twelve',
      ',A81,Approved,11/01/2026,12/31/2026,12',
      'PT6,A82,Approved,11/01/2026,12/31/2026,',
    );
    expect(result.rows.map(({ recordNumber }) => recordNumber)).toEqual(['PT1', 'PT6']);
    expect(result.rows[1]?.approved.visits).toBeNull();
    expect(result.problems).toEqual([
      { row: 3, column: 'Effective Date', reason: 'not a date', rejected: true },
      { row: 4, column: 'Status', reason: 'unknown word', rejected: true },
      { row: 5, column: 'Visits Authorized', reason: 'not a whole number', rejected: true },
      { row: 6, column: 'Patient ID', reason: 'empty', rejected: true },
    ]);
    expect(JSON.stringify(result.problems)).not.toMatch(/PT|A7|A8|twelve|Aproved|30\/2026/);
  });

  test('a cell that is not essential reads as unknown and is reported', async () => {
    const result = await parsed(
      'patients',
      'MRN,First Name,Last Name,Insurance,DOB',
      'PT1,Bram,Ashgrove,Harbor Health,soon',
    );
    expect(result.rows).toMatchObject([
      { recordNumber: 'PT1', birthDate: null, coverage: { payerId: 'harbor-health', memberId: null } },
    ]);
    expect(result.problems).toEqual([{ row: 2, column: 'DOB', reason: 'not a date', rejected: false }]);
  });

  test('a row said twice counts once; two rows that disagree about one visit are not decided by chance', async () => {
    const header = 'Appointment ID,Patient ID,Date,Time,Status';
    const result = await parsed(
      'appointments',
      header,
      '1,PT1,11/20/2026,9:00 AM,Scheduled',
      '1,PT1,11/20/2026,9:00 AM,Scheduled',
      '1,PT1,11/20/2026,9:00 AM,No Show',
    );
    expect(result).toMatchObject({ duplicates: 1, rows: [{ appointmentId: '1', status: 'booked' }] });
    expect(result.problems).toEqual([
      { row: 4, column: null, reason: 'conflicts with an earlier row', rejected: true },
    ]);
  });

  test('placeholder numbers come through as typed, an empty one as missing', async () => {
    const result = await parsed(
      'authorizations',
      authorizationHeader,
      ...['0000', 'TBD', ''].map((number, at) => `PT${at},${number},Approved,11/01/2026,12/31/2026,12`),
    );
    expect(result.rows.map(({ number }) => number)).toEqual(['0000', 'TBD', null]);
  });

  test('an unclosed quote loses its own row, not the file', async () => {
    const result = await parsed(
      'authorizations',
      authorizationHeader,
      'PT1,A"77,Approved,11/01/2026,12/31/2026,12',
      'PT2,A78,Approved,11/01/2026,12/31/2026,12',
    );
    expect(result.rows.map(({ recordNumber }) => recordNumber)).toContain('PT2');
    expect(result.rows.length + result.problems.filter(({ rejected }) => rejected).length).toBe(2);
  });

  test('a file that is no table is said to be none', async () => {
    expect(await parsed('patients', 'hello')).toMatchObject({
      rows: [],
      problems: [{ row: 0, reason: 'not a table', rejected: true }],
    });
  });
});

describe('any rows, exported and parsed, are the same rows', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'abcXYZ 09,"\n;|-éñ#'), minLength: 1, maxLength: 20 })
    .map((value) => `k${value.trim()}k`);
  const date = fc
    .date({ min: new Date('1920-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10));
  const count = fc.option(fc.nat(9999));
  const positive = fc.integer({ min: 1, max: 99 });
  const payer = fc.constantFrom(...Object.entries(standard.payers));
  const authorization = fc.record({
    recordNumber: text,
    number: fc.option(text),
    payer,
    kind: fc.option(fc.constantFrom(...requestKinds)),
    status: fc.constantFrom(...reportedStatuses),
    from: fc.option(date),
    to: fc.option(date),
    requested: fc.record({ visits: count, units: count }),
    approved: fc.record({ visits: count, units: count }),
    visitsUsed: count,
    weekLimit: fc.option(fc.record({ visits: positive, weeks: positive })),
    maxGapDays: fc.option(positive),
    submittedOn: fc.option(date),
    decidedOn: fc.option(date),
    reason: fc.option(text),
  });

  test.each(['standard', 'multisite'] as const)('authorizations in the %s dialect', async (id) => {
    const dialect = dialects[id];
    const { profile } = readWebptConfig({ dropFolder: '/drop', profile: dialect.profile });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(authorization, { selector: ({ recordNumber }) => recordNumber, maxLength: 8 }),
        async (generated) => {
          const rows = generated.map(({ payer: [payerName, payerId], ...row }) => ({ ...row, payerName, payerId }));
          const csv = toCsv(dialect.authorizations, rows, today);
          const result = await parseReport(
            Readable.from([csv], { objectMode: false, encoding: 'utf8' }),
            'authorizations',
            profile,
          );
          expect(result).toEqual({ kind: 'authorizations', rows, problems: [], duplicates: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('whatever the bytes are, parsing ends without an exception and repeats no cell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'",\r\n;A1/ é'), maxLength: 200 }), async (noise) => {
        const result = await parsed(
          'authorizations',
          authorizationHeader,
          noise,
          'PT1,A77,Approved,11/01/2026,12/31/2026,12',
        );
        expect(result.problems.every(({ column }) => column === null || authorizationHeader.includes(column))).toBe(
          true,
        );
      }),
      { numRuns: 100 },
    );
  });
});

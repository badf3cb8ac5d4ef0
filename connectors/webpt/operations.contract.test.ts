// WebPT's exported reports as clinics really drop them: two dialects of the same clinic, and every trap a CSV file sets.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import type { DialectId } from '../../sandbox/webpt/dialects.ts';
import { coverageRows, toCsv, writeExport } from '../../sandbox/webpt/write-export.ts';
import { requestKinds } from '../../domain/authorization/schema.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { availityContext } from '../testing/context.ts';
import { readWebptConfig } from './config.ts';
import { zonedInstant } from '../csv/dates.ts';
import { visitHere } from '../files/place.ts';
import { readReport } from '../reports/drop-folder.ts';
import { webptOperations } from './operations.ts';
import { parseReport } from '../reports/parse-report.ts';
import { reportedStatuses } from '../pt-records/rows.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { ptSystems } from '../pt-systems.ts';
import type { ReportKind } from '../reports/read-rows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-drop-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const today = '2026-11-18';

function context(profile: unknown = 'webpt-standard', dropFolder = folder): ConnectorContext {
  return { ...availityContext({ url: '' }), config: { dropFolder, profile, settleSeconds: 0 } };
}

function done<Result>(outcome: Outcome<Result>): Result {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

const fetchReports = (own: ConnectorContext, request: Partial<RecordsRequest> = {}) =>
  ptSystems.webpt.records.run(own, { cursor: null, skip: [], clinic: {}, ...request });

async function fetchAll(profile: unknown = 'webpt-standard'): Promise<RecordsFetched> {
  return done(await fetchReports(context(profile)));
}

const patientsOf = ({ deliveries }: RecordsFetched) =>
  deliveries.flatMap((report) => (report.kind === 'patients' ? report.rows : []));
const periodsOf = ({ deliveries }: RecordsFetched) =>
  deliveries.flatMap((report) => (report.kind === 'authorizations' ? report.rows : []));
const visitsOf = ({ deliveries }: RecordsFetched) =>
  deliveries.flatMap((report) => (report.kind === 'appointments' ? report.rows : []));

const standard = readWebptConfig({ dropFolder: '/drop', profile: 'webpt-standard' }).profile;

function parsed<Kind extends ReportKind>(kind: Kind, ...lines: string[]) {
  return parseReport(Readable.from([lines.join('\r\n')], { objectMode: false, encoding: 'utf8' }), kind, standard);
}

const authorizationHeader = 'Patient ID,Authorization #,Status,Effective Date,Expiration Date,Visits Authorized';

describe('the same clinic, exported by two clinics in their own words', () => {
  test.each(['standard', 'multisite'] as const)(
    'the %s dialect gives every patient, period and visit back',
    async (id: DialectId) => {
      const clinic = generateClinic({ seed: 7, today, canary: null });
      writeExport(clinic, dialects[id], folder);
      const imported = await fetchAll(dialects[id].profile);
      expect(imported.deliveries.flatMap(({ problems }) => problems)).toEqual([]);
      expect(patientsOf(imported)).toEqual(coverageRows(clinic.patients).map(({ further: _, ...row }) => row));
      expect(periodsOf(imported)).toEqual(clinic.authorizations);
      const visits = visitsOf(imported).map(({ startsAt: _, ...visit }) => visit);
      expect(visits).toEqual(clinic.visits);
    },
  );

  test('the time of a visit is the instant at which the clinic’s clocks show it', async () => {
    writeExport(generateClinic({ seed: 7, today, canary: null }), dialects.standard, folder);
    const clinicWords = { zone: 'America/Denver' };
    const imported = await fetchReports(context(), { clinic: clinicWords });
    const visits = visitsOf(done(imported));
    const summer = visits.find(({ date }) => date < '2026-11-01');
    const winter = visits.find(({ date }) => date > '2026-11-01');
    expect(summer?.startsAt?.slice(0, 16)).toBe(
      `${summer?.date}T${String(Number(summer?.time?.slice(0, 2)) + 6).padStart(2, '0')}:${summer?.time?.slice(3)}`,
    );
    expect(winter?.startsAt?.slice(0, 16)).toBe(
      `${winter?.date}T${String(Number(winter?.time?.slice(0, 2)) + 7).padStart(2, '0')}:${winter?.time?.slice(3)}`,
    );
  });

  test('the zone is the clinic’s unless the profile or the connection names one; without any the instant is unknown', () => {
    const zoneOf = (config: Record<string, unknown>, zone?: string) =>
      readWebptConfig({ dropFolder: '/drop', profile: 'webpt-standard', ...config }, zone === undefined ? {} : { zone })
        .profile.zone;
    expect(zoneOf({})).toBeUndefined();
    expect(zoneOf({}, 'America/Chicago')).toBe('America/Chicago');
    expect(zoneOf({ profile: { ...standard, zone: 'America/Denver' } }, 'America/Chicago')).toBe('America/Denver');
    expect(zoneOf({ zone: 'America/Phoenix' }, 'America/Chicago')).toBe('America/Phoenix');
  });

  test('a payer nobody has mapped is told by row and column, one the clinic has named is known', async () => {
    const clinic = generateClinic({ seed: 7, today, canary: null });
    const [first] = clinic.patients;
    if (first === undefined) throw new Error('The clinic has no patient.');
    const own = { ...first, coverage: { ...first.coverage, payerName: 'Riverbend Plan of Ohio' }, further: [] };
    writeExport({ ...clinic, patients: [own] }, dialects.standard, folder);
    const patients = async (payers: Record<string, string>) =>
      done(await fetchReports(context(), { clinic: { payers } })).deliveries.find(({ kind }) => kind === 'patients');
    expect(await patients({})).toMatchObject({
      rows: [{ coverage: { payerId: null } }],
      problems: [{ row: 2, column: 'Insurance', reason: 'unknown payer', rejected: false }],
    });
    expect(await patients({ 'riverbend plan of OHIO': 'riverbend' })).toMatchObject({
      rows: [{ coverage: { payerId: 'riverbend' } }],
      problems: [],
    });
  });

  test('the hour that daylight saving skips does not exist, the one it repeats is its first', () => {
    expect(zonedInstant('2026-03-08', '02:30', 'America/Denver')).toBeNull();
    expect(zonedInstant('2026-11-01', '01:30', 'America/Denver')).toBe('2026-11-01T07:30:00.000Z');
  });
});

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

  test('Windows-1252 and UTF-16 bytes are read as what they are', async () => {
    const text = 'MRN,First Name,Last Name,Insurance\r\nPT1,Zoë,Nuñez–Test,Harbor Health\r\n';
    const cp1252 = Buffer.from(text.replace('–', '\u0096'), 'latin1');
    writeFileSync(join(folder, 'patients_1.csv'), cp1252);
    writeFileSync(
      join(folder, 'patients_2.csv'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    );
    const names = patientsOf(await fetchAll()).map(({ name }) => name);
    expect(names).toEqual([
      { given: 'Zoë', family: 'Nuñez–Test' },
      { given: 'Zoë', family: 'Nuñez–Test' },
    ]);
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

describe('the drop folder', () => {
  const line = `${authorizationHeader}\r\nPT1,A77,Approved,11/01/2026,12/31/2026,12\r\n`;

  test('a symbolic link, a folder, a hidden file and a name of no report are not read', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'gait-outside-'));
    writeFileSync(join(outside, 'secret.csv'), line);
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'authorizations_link.csv'));
    mkdirSync(join(folder, 'authorizations_folder.csv'));
    writeFileSync(join(folder, '.authorizations_hidden.csv'), line);
    writeFileSync(join(folder, 'notes about somebody.csv'), line);
    const imported = await fetchAll();
    expect(imported).toMatchObject({ deliveries: [], gone: [], waiting: 0, skipped: 0, unrecognised: 1, more: false });
    rmSync(outside, { recursive: true });
  });

  test('a file still growing waits; one marked as done does not', async () => {
    writeFileSync(join(folder, 'authorizations_1.csv'), line);
    writeFileSync(join(folder, 'authorizations_2.csv'), line);
    writeFileSync(join(folder, 'authorizations_2.csv.done'), '');
    const growing = setInterval(() => {
      writeFileSync(join(folder, 'authorizations_1.csv'), 'x', { flag: 'a' });
    }, 5);
    const slow = { ...context(), config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0.1 } };
    const outcome = await fetchReports(slow);
    clearInterval(growing);
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { waiting: 1, deliveries: [{ file: 'authorizations_2.csv' }] },
    });
  });

  test('the same bytes are taken once, whatever the file is called', async () => {
    writeFileSync(join(folder, 'authorizations_1.csv'), line);
    writeFileSync(join(folder, 'authorizations_2.csv'), line);
    const first = await fetchAll();
    expect(first).toMatchObject({ skipped: 1, deliveries: [{ rows: [{ recordNumber: 'PT1' }] }] });
    const skip = first.deliveries.map(({ id }) => id);
    expect(done(await fetchReports(context(), { skip }))).toMatchObject({
      skipped: 2,
      deliveries: [],
    });
  });

  test('a report that cannot be read is told by kind and place, as its name may name a person', async () => {
    const config = readWebptConfig({ dropFolder: folder, profile: 'webpt-standard' });
    const gone = { name: 'authorizations_example.csv', kind: 'authorizations', sizeBytes: 1, stable: true } as const;
    await expect(
      readReport(await visitHere(config.place), { ...gone, modifiedAt: '2026-11-18T12:00:00Z' }, 3),
    ).rejects.toMatchObject({
      code: 'file.unreadable',
      where: 'authorizations report 3',
    });
  });

  test('a folder that is not there is said so by code, and the connection test too', async () => {
    const gone = context('webpt-standard', join(folder, 'gone'));
    expect(await webptOperations['webpt.reports.list'].run(gone, {})).toMatchObject({
      kind: 'rejected',
      code: 'file.unreadable',
    });
    expect(await webptOperations['webpt.connection.test'].run(gone, {})).toMatchObject({
      kind: 'rejected',
      code: 'file.unreadable',
    });
    expect(await webptOperations['webpt.connection.test'].run(context('nobody'), {})).toMatchObject({
      kind: 'rejected',
      code: 'input.invalid',
      reasons: [{ field: 'profile' }],
    });
  });

  test('one patient’s periods come from the newest report', async () => {
    writeFileSync(join(folder, 'authorizations_1.csv'), line);
    expect(
      done(await webptOperations['webpt.authorization.get'].run(context(), { recordNumber: 'PT1' })),
    ).toMatchObject({ rows: [{ number: 'A77' }] });
    expect(
      done(await webptOperations['webpt.authorization.get'].run(context(), { recordNumber: 'PT2' })),
    ).toMatchObject({ rows: [] });
  });
});

test('an approval becomes values to copy, in WebPT’s words and date format; what the payer did not say stays open', async () => {
  const answer = {
    status: 'partlyApproved',
    number: 'PA123',
    visitsApproved: 8,
    unitsApproved: null,
    from: '2026-12-01',
    to: '2027-01-29',
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt: '2026-11-18T12:00:00Z',
  } as const;
  const outcome = await webptOperations['webpt.authorization.record'].run(context(), {
    answer: { ...answer, reasonCodes: [] },
  });
  expect(done(outcome)).toEqual({
    outcome: 'workItem',
    fields: [
      { label: 'Authorization #', value: 'PA123', phi: 'recordNumber' },
      { label: 'Authorization Status', value: 'Partially Approved', phi: null },
      { label: 'Effective Date', value: '12/01/2026', phi: null },
      { label: 'Expiration Date', value: '01/29/2027', phi: null },
      { label: 'Visits Authorized', value: '8', phi: null },
      { label: 'Units Authorized', value: null, phi: null },
    ],
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

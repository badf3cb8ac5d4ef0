// WebPT's exported reports as clinics really drop them: two dialects of the same clinic, in a folder that others write to.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import type { DialectId } from '../../sandbox/webpt/dialects.ts';
import { coverageRows, writeExport } from '../../sandbox/webpt/write-export.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { availityContext } from '../testing/context.ts';
import { readWebptConfig } from './config.ts';
import { visitHere } from '../files/place.ts';
import { readReport } from '../reports/drop-folder.ts';
import { webptOperations } from './operations.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { operations } from '../registry.ts';

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
  operations['webpt.records.fetch'].run(own, { cursor: null, skip: [], clinic: {}, ...request });

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

test('charts are read whole, each by its content once, whatever else lies beside them', async () => {
  const charts = async (skip: readonly string[] = [], limit = 2) =>
    done(await operations['webpt.charts.import'].run(context(), { skip, limit }));
  expect(await charts()).toEqual({ charts: [], more: false });
  mkdirSync(join(folder, 'charts'));
  const texts = {
    'a.json': '{"visits":[1]}',
    'b.json': '{"visits":[1]}',
    'c.json': 'half a {',
    'd.json': '{"visits":[2]}',
  };
  for (const [name, text] of Object.entries({ ...texts, '.hidden.json': '{}', 'e.txt': '{}' }))
    writeFileSync(join(folder, 'charts', name), text);
  const first = await charts();
  expect(first).toMatchObject({ charts: [{ value: { visits: [1] } }, { value: null }], more: true });
  const rest = await charts(first.charts.map(({ sha256 }) => sha256));
  expect(rest).toMatchObject({ charts: [{ value: { visits: [2] } }], more: false });
  // A link is not followed, wherever it leads.
  const outside = join(folder, 'elsewhere.json');
  writeFileSync(outside, '{"visits":[3]}');
  symlinkSync(outside, join(folder, 'charts', 'f.json'));
  expect(await charts([], 9)).toMatchObject({
    charts: [{ value: { visits: [1] } }, { value: null }, { value: { visits: [2] } }],
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

// What an export after the first one means: an edit, a second payer, a former payer, a visit that is gone.
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from '../../sandbox/clinic/model.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { coverageRows, toCsv } from '../../sandbox/webpt/write-export.ts';
import { createLinker } from '../../domain/linkage/linker.ts';
import type { Linker } from '../../domain/linkage/linker.ts';
import { readDataRules } from '../data-audit/rules.ts';
import { newestAnswer } from '../authorizations/answers.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import { numberIn } from '../authorizations/numbers.ts';
import { createPolicies, readRuleBook } from '../authorizations/policies.ts';
import type { Policies } from '../authorizations/policies.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createWorkItems } from '../work-items/items.ts';
import { createVendor } from '../operations/vendor.ts';
import { addConnection, createClinic, createKey, setClinicSettings } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createImports } from './import.ts';
import type { ImportResult } from './import.ts';
import { testDay, testZone } from '../testing/days.ts';

const by = systemPrincipal('test');
const today = testDay();
const { standard } = dialects;

let server: TestServer;
let policies: Policies;
let linker: Linker;
let folder: string;
let clinic: string;
let connection: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  linker = createLinker((await readDataRules(server.services.validator)).linkage);
  policies = createPolicies({ ...server.services, book: await readRuleBook(server.services.validator) });
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  folder = await mkdtemp(join(tmpdir(), 'gait-drop-'));
  clinic = (await createClinic(server.services, { name: `r${count}`, timezone: testZone })).id;
  connection = (
    await addConnection(server.services, clinic, {
      name: 'WebPT',
      system: 'webpt',
      mode: 'live',
      config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0, wholeSchedule: true },
      secrets: {},
      agreement: null,
    })
  ).id;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Reports {
  readonly patients?: readonly ClinicPatient[];
  readonly authorizations?: readonly ClinicAuthorization[];
  readonly visits?: readonly ClinicVisit[];
}

let dropped = 0;

/** Drops reports of these rows and imports them. */
async function report({ patients, authorizations, visits }: Reports): Promise<ImportResult> {
  const texts = [
    ['Patients', patients && toCsv(standard.patients, coverageRows(patients), today)],
    ['Authorizations', authorizations && toCsv(standard.authorizations, authorizations, today)],
    ['Schedule', visits && toCsv(standard.appointments, visits, today)],
  ] as const;
  for (const [name, text] of texts) {
    if (text === undefined) continue;
    dropped += 1;
    const path = join(folder, `${name}_${dropped}.csv`);
    await writeFile(path, `${text}${'\r\n'.repeat(dropped % 7)}`);
    const at = Date.now() / 1000 - 600 + dropped;
    await utimes(path, at, at);
  }
  const shared = { ...server.services, policies, vendor: createVendor(server.services) };
  return createImports({ ...shared, linker, workItems: createWorkItems(shared) }).run({ clinic, connection, by });
}

const whole = generateClinic({ seed: 3, today, canary: null });
const day = testDay;

/** A patient of Sunrise Medicare Advantage, covered, with the row and the visits that are theirs. */
function onePatient(condition = 'covered'): {
  patient: ClinicPatient;
  period: ClinicAuthorization;
  visits: ClinicVisit[];
} {
  const patient = whole.patients.find(
    (one) =>
      whole.conditions[one.recordNumber] === condition &&
      whole.visits.some(({ recordNumber, status }) => recordNumber === one.recordNumber && status === 'booked'),
  );
  const period = whole.authorizations.find(({ recordNumber }) => recordNumber === patient?.recordNumber);
  if (patient === undefined || period === undefined) throw new Error('The clinic has no such patient.');
  return {
    patient: { ...patient, further: [] },
    period,
    visits: whole.visits.filter(({ recordNumber }) => recordNumber === patient.recordNumber),
  };
}

const rows = () =>
  server.services.db.selectFrom('authorizations').selectAll().where('clinic', '=', clinic).orderBy('ref').execute();

async function only() {
  const [row, ...more] = await rows();
  if (row === undefined || more.length > 0) throw new Error('There is not one authorization.');
  return row;
}

async function projected() {
  const { db } = server.services;
  const row = await authorizationRow(db, clinic, (await only()).ref);
  return factsOfRow({ db, policies }, row, server.services.now());
}

describe('a second payer', () => {
  test('holds nothing, in whatever order the rows stand and however often they come', async () => {
    const patients = whole.patients.filter(({ further }) => further.length > 0);
    const { authorizations } = whole;
    const quiet = authorizations.filter(({ recordNumber }) => whole.conditions[recordNumber] !== 'changedCoverage');
    await report({ patients, authorizations: quiet });
    const before = await rows();
    expect(before).toHaveLength(12);
    await report({ patients: [...patients].reverse() });
    await report({ patients, authorizations: quiet });
    const after = await rows();
    expect(after.every((row) => row.coverage_changed_on === null)).toBe(true);
    expect(after.map(({ coverage, payer }) => ({ coverage, payer }))).toEqual(
      before.map(({ coverage, payer }) => ({ coverage, payer })),
    );
  });

  test('its own change holds nothing either; that of the first payer does', async () => {
    const { patient, period } = onePatient();
    const second = { ...patient.coverage, order: 'secondary' as const, memberId: 'KMI1' };
    await report({ patients: [{ ...patient, further: [second] }], authorizations: [period] });
    await report({ patients: [{ ...patient, further: [{ ...second, memberId: 'KMI2' }] }] });
    expect((await only()).coverage_changed_on).toBeNull();
    await report({
      patients: [{ ...patient, coverage: { ...patient.coverage, memberId: 'SMA2' }, further: [second] }],
    });
    expect((await only()).coverage_changed_on).not.toBeNull();
  });
});

describe('an approval of a former payer', () => {
  test('holds the authorization once and covers nothing', async () => {
    const { patient, period, visits } = onePatient('changedCoverage');
    expect(period.payerId).not.toBe(patient.coverage.payerId);
    await report({ patients: [patient], authorizations: [period], visits });
    const held = await only();
    expect(held).toMatchObject({ payer: patient.coverage.payerId, periods: [{ payer: period.payerId }] });
    expect(held.coverage_changed_on).not.toBeNull();
    expect((await projected()).assessment.need).toBe('held');
    const { db } = server.services;
    await db.updateTable('authorizations').set({ coverage_changed_on: null }).where('ref', '=', held.ref).execute();
    expect((await projected()).assessment).toMatchObject({ need: 'initial', projection: { state: 'noApproval' } });
    await report({ authorizations: [{ ...period, visitsUsed: (period.visitsUsed ?? 0) + 1 }] });
    expect((await only()).coverage_changed_on).toBeNull();
  });
});

describe('an authorization row', () => {
  test('with a placeholder leaves the payer’s number in its place', async () => {
    const { patient, period } = onePatient();
    await report({ patients: [patient], authorizations: [period] });
    const number = async (): Promise<string | null> => {
      const record = await server.services.vault.open(clinic, (await only()).ref, { purpose: 'test', actor: by });
      return numberIn(record, 1);
    };
    expect(await number()).toBe(period.number);
    await report({ authorizations: [{ ...period, number: 'TBD' }] });
    expect(await number()).toBe(period.number);
    expect((await only()).periods).toMatchObject([{ number: 'present' }]);
    await report({ authorizations: [{ ...period, number: 'A5550199' }] });
    expect(await number()).toBe('A5550199');
  });

  test('with another or no start date is the same approval', async () => {
    const { patient, period } = onePatient();
    await report({ patients: [patient], authorizations: [period] });
    await report({ authorizations: [{ ...period, from: day(-20) }] });
    expect((await only()).periods).toMatchObject([{ from: day(-20) }]);
    await report({ authorizations: [{ ...period, from: null }] });
    expect((await only()).periods).toMatchObject([{ from: day(-20) }]);
  });

  test('with a reason keeps it as the payer’s answer about its period', async () => {
    const { patient, period } = onePatient('denied');
    const denied = whole.authorizations.filter((one) => one.recordNumber === period.recordNumber);
    const reason = '197 - Progress is not documented.';
    await report({ patients: [patient], authorizations: denied.map((one) => (one.reason ? { ...one, reason } : one)) });
    const { db, vault } = server.services;
    const { ref } = await only();
    const answer = await newestAnswer(db, clinic, ref, 2);
    expect(await vault.open(clinic, answer ?? '', { purpose: 'test', actor: by })).toMatchObject({
      status: 'denied',
      reasonText: reason,
      reasonCodes: ['197'],
    });
    expect(await newestAnswer(db, clinic, ref, 1)).toBeNull();
    await report({ authorizations: denied.map((one) => ({ ...one, visitsUsed: 1, reason: one.reason && reason })) });
    expect(await newestAnswer(db, clinic, ref, 2)).toBe(answer);
  });
});

describe('a visit', () => {
  const statuses = async (): Promise<Record<string, string>> => {
    const { db } = server.services;
    const found = await db.selectFrom('appointments').selectAll().where('clinic', '=', clinic).execute();
    return Object.fromEntries(found.map((one) => [one.date, one.status]));
  };

  function schedule(): { patient: ClinicPatient; visits: [ClinicVisit, ClinicVisit, ClinicVisit] } {
    const { patient, visits } = onePatient();
    const [visit] = visits;
    if (visit === undefined) throw new Error('The patient has no visit.');
    const on = (date: string, id: number): ClinicVisit => ({
      ...visit,
      appointmentId: String(id),
      date,
      status: 'booked',
      time: '09:00',
    });
    return { patient, visits: [on(day(2), 1), on(day(4), 2), on(day(6), 3)] };
  }

  test('that a whole schedule no longer holds is cancelled, and booked again when it comes back', async () => {
    const { patient, visits } = schedule();
    const [first, second, third] = visits;
    await report({ patients: [patient], visits });
    const result = await report({ visits: [first, { ...second, appointmentId: '9', date: day(5) }, third] });
    expect(result.structure.files[0]?.counts).toMatchObject({ added: 1, same: 2, cancelled: 1 });
    expect(await statuses()).toEqual({
      [day(2)]: 'booked',
      [day(4)]: 'cancelled',
      [day(5)]: 'booked',
      [day(6)]: 'booked',
    });
    await report({ visits });
    expect(await statuses()).toMatchObject({ [day(4)]: 'booked', [day(5)]: 'cancelled' });
  });

  test('outside the days of the report, of a report with rows that cannot be read, and of a partial one stays', async () => {
    const { patient, visits } = schedule();
    const [first, second, third] = visits;
    await report({ patients: [patient], visits });
    await report({ visits: [first, second] });
    expect((await statuses())[day(6)]).toBe('booked');
    await report({ visits: [first, third, { ...third, appointmentId: '8', date: '' }] });
    expect((await statuses())[day(4)]).toBe('booked');
  });

  test('begins at the hour the clinic’s clocks show', async () => {
    const { patient, visits } = schedule();
    await report({ patients: [patient], visits });
    const { db } = server.services;
    const [one] = await db.selectFrom('appointments').selectAll().where('clinic', '=', clinic).execute();
    const hour = new Intl.DateTimeFormat('en-US', { timeZone: testZone, hour: 'numeric' });
    expect(hour.format(one?.starts_at ?? undefined)).toBe('9 AM');
  });
});

test('an admin reads what the last imports brought and which rows were refused, without a value', async () => {
  const { patient, visits } = onePatient();
  const [visit] = visits;
  if (visit === undefined) throw new Error('The patient has no visit.');
  await report({ patients: [patient], visits: [visit, { ...visit, appointmentId: '7', date: '' }] });
  const key = (await createKey(server.services, { name: 'admin', clinic, capabilities: ['admin'] })).secret;
  const answer = await server.call('GET', '/v1/admin/imports', { key });
  expect(answer).toMatchObject({
    status: 200,
    json: {
      imports: [
        { kind: 'appointments', refused: 1, rejected: [{ row: 3, column: 'Appointment Date', reason: 'not a date' }] },
        { kind: 'patients', refused: 0, counts: { added: 1, cancelled: 0 } },
      ],
    },
  });
  for (const value of [patient.recordNumber, patient.name.family, '.csv']) expect(answer.text).not.toContain(value);
  const flows = (await createKey(server.services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
  expect((await server.call('GET', '/v1/admin/imports', { key: flows })).status).toBe(403);
});

describe('a payer of the clinic’s own', () => {
  test('is unknown and told until the clinic’s settings name it; naming it holds nothing', async () => {
    const { patient, period } = onePatient();
    const coverage = { ...patient.coverage, payerName: 'Riverbend Plan of Ohio' };
    const row = { ...period, payerName: 'Riverbend Plan of Ohio' };
    const result = await report({ patients: [{ ...patient, coverage }], authorizations: [row] });
    expect(result.structure.files.map(({ counts }) => counts.unknownPayers)).toEqual([1, 1]);
    expect(await only()).toMatchObject({ payer: 'unknown', line_of_business: 'unknown' });
    const payers = [
      { payer: 'riverbend', name: 'Riverbend', exportedAs: ['Riverbend Plan of Ohio'], lineOfBusiness: 'commercial' },
    ];
    await setClinicSettings(server.services, clinic, { payers });
    await report({ patients: [{ ...patient, coverage }], authorizations: [row] });
    expect(await only()).toMatchObject({
      payer: 'riverbend',
      line_of_business: 'commercial',
      coverage_changed_on: null,
      periods: [{ payer: 'riverbend' }],
    });
    expect((await projected()).policy.name).toBe('Riverbend');
  });
});

test('a schedule as it was before holds again when it is exported anew; the old file put back does not', async () => {
  const { patient, visits } = onePatient();
  await report({ patients: [patient], visits });
  const next = visits.find(({ status }) => status === 'booked');
  if (next === undefined) throw new Error('The patient has no visit ahead.');
  const without = visits.map((visit) => (visit === next ? { ...visit, status: 'cancelled' as const } : visit));
  const schedule = async (of: readonly ClinicVisit[], secondsFromNow: number): Promise<ImportResult> => {
    const path = join(folder, 'Schedule_again.csv');
    await writeFile(path, toCsv(standard.appointments, of, today));
    const at = Date.now() / 1000 + secondsFromNow;
    await utimes(path, at, at);
    return report({});
  };
  const booked = async (): Promise<number> => {
    const { db } = server.services;
    const all = await db.selectFrom('appointments').select('status').where('clinic', '=', clinic).execute();
    return all.filter(({ status }) => status === 'booked').length;
  };
  const before = await booked();
  await schedule(visits, -60);
  await schedule(without, -30);
  expect(await booked()).toBe(before - 1);
  // The file that was read before, back in the folder as it was.
  expect((await schedule(visits, -60)).structure.files).toEqual([]);
  expect(await booked()).toBe(before - 1);
  const again = await schedule(visits, 5);
  expect(again.structure.files).toMatchObject([{ counts: { changed: 1 } }]);
  expect(await booked()).toBe(before);
});

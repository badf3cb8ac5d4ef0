// Reports and files of messages on an SFTP server: read as from a folder, never half-written, each once, moved aside or remembered.
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSchedule } from '../../bench/import-data.ts';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { writeExport } from '../../sandbox/webpt/write-export.ts';
import { newPrivateKey, sftpPassword, sftpUser, startSftp } from '../../sandbox/x12-files/sftp-server.ts';
import type { RunningSftp } from '../../sandbox/x12-files/sftp-server.ts';
import { X12FilesStore } from '../../sandbox/x12-files/store.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { header, message, pid } from '../hl7/testing/messages.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { ptSystems } from '../pt-systems.ts';
import { availityContext } from '../testing/context.ts';
import { webptOperations } from '../webpt/operations.ts';

const { records, test: testConnection } = ptSystems.webpt;
const putAside = (...of: Parameters<typeof ptSystems.webpt.putAside>) => ptSystems.webpt.putAside(...of);
const zone = 'America/Denver';

let state: string;
let store: X12FilesStore;
let sftp: RunningSftp;
beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'gait-sftp-place-'));
  store = new X12FilesStore(state);
  for (const folder of ['reports', 'messages']) mkdirSync(join(store.root, folder));
  sftp = await startSftp(store, 0);
});
afterEach(async () => {
  await sftp.stop();
  rmSync(state, { recursive: true });
});

const server = (change: object = {}) => ({
  host: '127.0.0.1',
  port: sftp.port,
  username: sftpUser,
  hostKey: sftp.fingerprint,
  ...change,
});
const reports = (change: object = {}) => ({
  sftp: { ...server(), folder: '/reports', ...change },
  profile: 'webpt-standard',
  settleSeconds: 0.1,
});
const messages = () => ({ hl7: { sftp: { ...server(), folder: '/messages/' }, settleSeconds: 0.1 } });

function context(
  config: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = { sftpPassword },
): ConnectorContext {
  return { ...availityContext({ url: '' }), config, secrets };
}

function done<Result>(outcome: Outcome<Result>): Result {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.result;
}

const ask = (config: Readonly<Record<string, unknown>>, request: Partial<RecordsRequest> = {}) =>
  records.run(context(config), { cursor: null, skip: [], clinic: { zone }, ...request });
const fetched = async (...of: Parameters<typeof ask>): Promise<RecordsFetched> => done(await ask(...of));

const lie = (folder: string): string[] => readdirSync(join(store.root, folder)).sort();
const put = (path: string, text: string | Buffer): void => {
  writeFileSync(join(store.root, path), text);
};
const authorizationHeader = 'Patient ID,Authorization #,Status,Effective Date,Expiration Date,Visits Authorized';
const line = `${authorizationHeader}
PT1,A77,Approved,11/01/2026,12/31/2026,12
`;

describe('reports', () => {
  test('every report comes as from a folder, and what is stored is moved aside over the same way', async () => {
    const clinic = generateClinic({ seed: 4, today: '2026-11-18', canary: null });
    const here = mkdtempSync(join(tmpdir(), 'gait-here-'));
    for (const folder of [here, join(store.root, 'reports')]) writeExport(clinic, dialects.standard, folder);
    const there = await fetched(reports());
    const local = await fetched({ dropFolder: here, profile: 'webpt-standard', settleSeconds: 0 });
    expect(there.deliveries.map(({ kind, rows, id }) => ({ kind, rows, id }))).toEqual(
      local.deliveries.map(({ kind, rows, id }) => ({ kind, rows, id })),
    );
    expect(there.deliveries.length).toBeGreaterThan(2);
    put('reports/Fenwick-Test.pdf', 'x');
    expect(await putAside(context(reports()), there.files ?? [])).toBe(there.deliveries.length);
    expect(lie('reports')).toEqual(['Fenwick-Test.pdf', 'processed']);
    expect(lie('reports/processed')).toHaveLength(there.deliveries.length);
    expect(await fetched(reports())).toMatchObject({ deliveries: [], unrecognised: 1 });
    rmSync(here, { recursive: true });
  });

  test('a report of a name that was there before is moved aside beside it, not over it', async () => {
    for (const text of [line, line.replace('A77', 'A78')]) {
      put('reports/authorizations_1.csv', text);
      put('reports/authorizations_1.csv.done', '');
      await putAside(context(reports()), (await fetched(reports())).files ?? []);
    }
    expect(lie('reports')).toEqual(['processed']);
    expect(lie('reports/processed')).toHaveLength(4);
  });

  test('a half-written file is left alone until it stands still; a marked one is taken at once', async () => {
    put('reports/authorizations_1.csv', authorizationHeader + '\r\n');
    put('reports/authorizations_2.csv', line);
    put('reports/authorizations_2.csv.done', '');
    const growing = setInterval(() => {
      appendFileSync(join(store.root, 'reports/authorizations_1.csv'), 'PT2,A79,Approved,11/01/2026,12/31/2026,12\r\n');
    }, 5);
    const first = await fetched({ ...reports(), settleSeconds: 0.3 });
    clearInterval(growing);
    expect(first).toMatchObject({ waiting: 1, deliveries: [{ file: 'authorizations_2.csv' }] });
    expect(first.files).toEqual(['reports/authorizations_2.csv']);
    const skip = first.deliveries.map(({ id }) => id);
    expect(await fetched(reports(), { skip })).toMatchObject({
      waiting: 0,
      deliveries: [{ file: 'authorizations_1.csv' }],
    });
  });

  test('where nothing may be moved a file that was read is not fetched again, and one that changed is', async () => {
    put('reports/authorizations_1.csv', line);
    const first = await fetched(reports());
    const skip = first.deliveries.map(({ id }) => id);
    expect(first.cursor).not.toContain('authorizations_1');
    // A second reading of its bytes would be cut off.
    store.faults = [{ fault: 'cut', on: 'read', bytes: 0 }];
    expect(await fetched(reports(), { skip, cursor: first.cursor })).toMatchObject({ skipped: 1, deliveries: [] });
    store.faults = [];
    put('reports/authorizations_1.csv', `${line}PT2,A78,Approved,11/01/2026,12/31/2026,12\r\n`);
    const second = await fetched(reports(), { skip, cursor: first.cursor });
    expect(second.deliveries.map(({ rows }) => rows.length)).toEqual([2]);
    store.faults = [{ fault: 'cut', on: 'rename' }];
    expect(await putAside(context(reports()), second.files ?? [])).toBe(0);
  });

  test('a session that ends in the middle of a report tells nothing of it, and the next one all', async () => {
    await writeSchedule(join(store.root, 'reports', 'schedule_1.csv'), 'schedule', { rows: 3_000 });
    store.faults = [{ fault: 'cut', on: 'read', bytes: 100_000 }];
    expect(await ask(reports())).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
    const [only] = (await fetched(reports())).deliveries;
    expect(only?.rows).toHaveLength(3_000);
  });

  test('links are not followed, and no folder leads out of its place', async () => {
    put('secret', line);
    symlinkSync(join(store.root, 'secret'), join(store.root, 'reports', 'authorizations_9.csv'));
    expect(await fetched(reports())).toMatchObject({ deliveries: [], unrecognised: 0 });
    expect(await ask(reports({ folder: '/reports/../messages' }))).toMatchObject({
      kind: 'rejected',
      code: 'input.invalid',
      reasons: [{ field: 'sftp/folder' }],
    });
  });

  test('charts come from the folder beside the reports', async () => {
    mkdirSync(join(store.root, 'reports', 'charts'));
    put('reports/charts/a.json', '{"a":1}');
    const { charts } = done(
      await webptOperations['webpt.charts.import'].run(context(reports()), { skip: [], limit: 5 }),
    );
    expect(charts.map(({ value }) => value)).toEqual([{ a: 1 }]);
  });

  // Two hundred megabytes: GAIT_LARGE=1; beside it the same is measured on a folder by bench/import.ts.
  test('a large report needs no more memory than its rows', async () => {
    const bytes = process.env['GAIT_LARGE'] === '1' ? 199_000_000 : 30_000_000;
    const script = join(import.meta.dirname, '..', '..', 'bench', 'support', 'import-alone.ts');
    const alone = async (name: string) => {
      const args = [script, name, JSON.stringify({ ...server(), folder: '/reports' }), sftpPassword];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const printed: unknown = JSON.parse(stdout);
      return Object.fromEntries(Object.entries(printed ?? {}).map(([key, value]) => [key, Number(value)]));
    };
    await writeSchedule(join(store.root, 'reports', 'schedule_small.csv'), 'repeated', { bytes: bytes / 20 });
    await writeSchedule(join(store.root, 'reports', 'schedule_large.csv'), 'repeated', { bytes });
    const small = await alone('schedule_small.csv');
    const large = await alone('schedule_large.csv');
    if (bytes > 100_000_000) process.stdout.write(`${JSON.stringify({ small, large })}\n`);
    expect(large['rows']).toBe(small['rows']);
    expect(large['megabytes']).toBeLessThan((small['megabytes'] ?? 0) * 2);
  }, 300_000);
});

describe('files of messages', () => {
  test('come once each, are moved aside when all of them is told, and only then', async () => {
    put('messages/one.hl7', message(header('ADT^A28'), pid));
    put(
      'messages/both.hl7',
      message(header('ADT^A28'), `${pid}x`, header('SIU^S12'), 'SCH|1|2|||||||||^^^202611180930', pid),
    );
    const some = await fetched(messages(), { kinds: ['patients'] });
    expect(some.files).toEqual(['hl7/one.hl7']);
    const told = await fetched(messages());
    expect(told.deliveries.map(({ kind }) => kind).sort()).toEqual(['appointments', 'patients', 'patients']);
    expect(await putAside(context(messages()), told.files ?? [])).toBe(2);
    expect(lie('messages')).toEqual(['processed']);
  });

  test('a connection takes both over one account', async () => {
    put('reports/authorizations_1.csv', line);
    put('messages/one.hl7', message(header('ADT^A28'), pid));
    const config = { ...reports(), ...messages() };
    const both = await fetched(config);
    expect(both.files).toEqual(['reports/authorizations_1.csv', 'hl7/one.hl7']);
    const { facts } = done(await testConnection.run(context(config), {}));
    expect(facts).toContainEqual({ label: 'Reports come', value: 'over SFTP' });
    expect(facts).toContainEqual({ label: 'Files of messages', value: '1' });
  });
});

describe('who stands at the other end', () => {
  const another = `SHA256:${'A'.repeat(43)}`;
  const outcome = (config: object, secrets?: Readonly<Record<string, string>>) =>
    testConnection.run(context({ ...config }, secrets), {});

  test('a host key that is not the published one is refused, and its fingerprint told', async () => {
    const failure = { kind: 'rejected', code: 'connection.refused' };
    const reasons = [{ code: `another host key: ${sftp.fingerprint}`, field: 'hostKey' }];
    expect(await outcome(reports({ hostKey: another }))).toEqual({ ...failure, reasons });
    expect((await outcome(reports({ hostKey: `${another} ${sftp.fingerprint}` }))).kind).toBe('done');
  });

  test('without a published key, or with a folder here too, nothing is connected to', async () => {
    const { hostKey: _, ...rest } = server();
    const wrong = await outcome({ ...reports(), sftp: { ...rest, folder: '/reports' } });
    expect(wrong).toMatchObject({ kind: 'rejected', code: 'input.invalid', reasons: [{ field: 'sftp/hostKey' }] });
    expect(await outcome({ ...reports(), dropFolder: '/tmp' })).toMatchObject({ reasons: [{ field: 'sftp' }] });
    const { hl7 } = messages();
    expect(await outcome({ hl7: { ...hl7, folder: '/tmp' } })).toMatchObject({ reasons: [{ field: 'hl7/sftp' }] });
  });

  test.each([
    ['a wrong password', { sftpPassword: 'wrong' }],
    ['no secret', {}],
    ['the secret of something else', { password: sftpPassword }],
  ])('%s is not sent', async (_what, secrets: Record<string, string>) => {
    expect(await outcome(reports(), secrets)).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  });

  test('a private key is enough; a server that is away and a folder that is not there are told apart', async () => {
    expect((await outcome(reports(), { sftpPrivateKey: newPrivateKey() })).kind).toBe('done');
    expect(await outcome(reports({ port: 9 }))).toMatchObject({ kind: 'notSent', code: 'connection.refused' });
    expect(await outcome(reports({ folder: '/nowhere' }))).toMatchObject({
      kind: 'rejected',
      code: 'file.unreadable',
      reasons: [{ field: 'sftp' }],
    });
  });
});

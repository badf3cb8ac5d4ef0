// Every documented example of the command line, typed as it stands: what it prints has the published JSON Schema.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createValidator } from '../server/http/validation.ts';
import type { TestServer } from '../server/testing/server.ts';
import { startServer } from '../server/testing/server.ts';
import { clinicOutputs } from './schemas/clinics.ts';
import { outputs } from './schemas/all.ts';
import { inherited } from './testing/typed.ts';

const root = join(import.meta.dirname, '..');
const validator = createValidator();
/** These need n8n: the whole-stack tests run them. */
const wholeStack = ['templates.install', 'demo'];

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'gait-examples-'));
  mkdirSync(join(folder, 'reports'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Types a line into a shell at the root of the checkout, with this Node behind `./gait`. */
function shell(line: string): Promise<Ran> {
  const typed = line
    .replace('./gait', `"${process.execPath}" cli/main.ts`)
    .replace('/srv/webpt-reports', join(folder, 'reports'))
    .replaceAll('/srv/', `${folder}/`);
  const child = spawn('/bin/sh', ['-c', typed], {
    cwd: root,
    env: {
      ...inherited,
      GAIT_DATABASE_URL: server.databaseUrl,
      GAIT_KEYRING_FILE: server.keyringFile,
      GAIT_HOME: join(folder, 'no-stack'),
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => (out += String(part)));
  child.stderr.on('data', (part) => (err += String(part)));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out, err })));
}

describe('each example prints what its schema says', () => {
  let key = 'KEY-ID';
  test.each(outputs.filter(({ name }) => !wholeStack.includes(name)).map((one) => [one.name, one] as const))(
    '%s',
    async (name, { example, schema }) => {
      const ran = await shell(example.replace('KEY-ID', key));
      // What a test of the connection finds depends on the folder; that it is said in this shape does not.
      expect([0, ...(name === 'connections.test' ? [1] : [])], ran.err).toContain(ran.status);
      const printed: unknown = JSON.parse(ran.out);
      validator.check(schema, printed, 'output');
      if (name === 'keys.create') key = String(Reflect.get(Object(printed), 'id'));
    },
    60_000,
  );
});

test('the clinic that was set up has its horizon, its organization, and an entry that names neither', async () => {
  const { db } = server.services;
  const clinic = await db.selectFrom('clinics').selectAll().where('name', '=', 'riverside').executeTakeFirstOrThrow();
  expect(clinic.settings.payers?.[0]).toMatchObject({ payer: '*', horizonDays: 14 });
  expect(clinic.settings.organization?.name).toBe('Riverside Physical Therapy');
  const entries = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('clinic', '=', clinic.id)
    .where('action', '=', 'clinic.settingsChanged')
    .execute();
  expect(entries).toHaveLength(1);
  expect(JSON.parse(entries[0]?.details ?? 'null')).toEqual({
    parts: ['organization', 'payers', 'renderingProvider'],
    payers: 3,
  });
  expect(JSON.stringify(entries)).not.toContain('1999999984');
});

test('the agreement, the mode and the pauses of a connection and the holds of a clinic were kept, each with its entry', async () => {
  const { db, connections } = server.services;
  const clinic = await db.selectFrom('clinics').select('id').where('name', '=', 'riverside').executeTakeFirstOrThrow();
  expect(await connections.list(clinic.id)).toMatchObject([
    { name: 'WebPT', mode: 'live', agreement: { vendor: 'WebPT', effective: '2026-01-01', expires: null } },
  ]);
  const entries = await db
    .selectFrom('audit_entries')
    .select('action')
    .where('clinic', '=', clinic.id)
    .orderBy('seq')
    .execute();
  // That the server looks into a connection which changed is an entry of its own.
  const told = (action: string): boolean => /^(connection|effect)\./.test(action) && action !== 'connection.opened';
  const actions = entries.map(({ action }) => action).filter(told);
  expect(actions.slice(-6)).toEqual([
    'connection.agreement',
    'connection.mode',
    'connection.paused',
    'connection.resumed',
    'effect.heldAll',
    'effect.holdEnded',
  ]);
  const none = await shell('./gait connections agreement WebPT --clinic riverside --agreement none --json');
  expect(JSON.parse(none.out)).toEqual({ agreement: null });
  expect(await shell('./gait connections pause Nosuch --clinic riverside')).toMatchObject({ status: 2, out: '' });
}, 60_000);

test('a wrong field of the settings is named, its value is not repeated, and nothing changes', async () => {
  const wrong = [
    [{ organization: { name: 'X', npi: '1999999985', taxId: '990000000' } }, 'settings.organization.npi'],
    [{ organization: { name: 'X', npi: '1999999984' } }, 'settings.organization.taxId'],
    [{ payers: [{ payer: '*', horizonDays: 0 }] }, 'settings.payers.0.horizonDays'],
    [{ payers: [{ payer: '*', horizon: 14 }] }, 'settings.payers.0.horizon'],
    [{ payers: [{ payer: '*' }, { payer: '*' }] }, 'settings.payers.1.payer'],
  ] as const;
  const { writeFileSync } = await import('node:fs');
  for (const [settings, field] of wrong) {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify(settings));
    const ran = await shell(`./gait clinics set riverside --settings ${file} --json`);
    expect(ran, field).toMatchObject({ status: 2, out: '' });
    expect(ran.err).toContain(`[${field}]`);
    expect(ran.err).not.toContain('1999999985');
  }
  const shown = await shell('./gait clinics show riverside --json');
  expect(Reflect.get(Object(JSON.parse(shown.out)), 'settings')).toEqual(
    JSON.parse(readFileSync(join(root, 'docs/examples/clinic-settings.json'), 'utf8')),
  );
}, 120_000);

test('help lists every command with its summary; schema lists every example', async () => {
  const help = await shell('./gait help');
  expect(help.status).toBe(0);
  for (const command of ['audit', 'clinics', 'connections', 'effects', 'keys', 'schema', 'templates', 'users', 'x12']) {
    expect(help.out).toMatch(new RegExp(`^ {2}${command} +\\S.*$`, 'm'));
  }
  const listed = await shell('./gait schema');
  for (const { name } of clinicOutputs) expect(listed.out).toMatch(new RegExp(`^${name} `, 'm'));
  for (const { example } of outputs) expect(listed.out).toContain(example);
  const one = await shell('./gait schema audit.verify');
  expect(JSON.parse(one.out)).toMatchObject({ title: 'Whether the audit chains hold' });
  expect(await shell('./gait schema nosuch')).toMatchObject({ status: 2, out: '' });
});

test('the documentation shows every example as it stands', () => {
  const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
  for (const { name, example } of outputs) {
    expect(page, name).toContain(example);
    expect(page, name).toContain(`\`${name}\``);
  }
});

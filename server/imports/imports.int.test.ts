// Reports from a drop folder: taken whole, each row once, nothing lost by a crash in between, no value of a row in what is told.
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLinker } from '../../domain/linkage/linker.ts';
import type { Linker } from '../../domain/linkage/linker.ts';
import { readDataRules } from '../data-audit/rules.ts';
import { createPolicies, readRuleBook } from '../authorizations/policies.ts';
import type { Policies } from '../authorizations/policies.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createWorkItems } from '../work-items/items.ts';
import { createVendor } from '../operations/vendor.ts';
import type { Services } from '../services.ts';
import { addConnection, createClinic, createKey } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { createImports } from './import.ts';
import type { Imports } from './import.ts';

const by = systemPrincipal('test');

let server: TestServer;
let sandbox: RunningSandbox;
let policies: Policies;
let linker: Linker;
let folder: string;
let source: string;
let clinic: string;
let key: string;
let connection: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  sandbox = await startSandbox();
  linker = createLinker((await readDataRules(server.services.validator)).linkage);
  policies = createPolicies({ ...server.services, book: await readRuleBook(server.services.validator) });
});
afterAll(async () => {
  await sandbox.stop();
  await server.stop();
});
beforeEach(async () => {
  count += 1;
  folder = await mkdtemp(join(tmpdir(), 'gait-drop-'));
  source = await mkdtemp(join(tmpdir(), 'gait-export-'));
  clinic = (await createClinic(server.services, { name: `i${count}`, timezone: 'America/Chicago' })).id;
  key = (await createKey(server.services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
  connection = (
    await addConnection(server.services, clinic, {
      name: 'WebPT',
      system: 'webpt',
      mode: 'live',
      config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0.05 },
      secrets: {},
      agreement: null,
    })
  ).id;
  await sandbox.post('/sandbox/webpt/export', { folder: source });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(source, { recursive: true, force: true });
});

const importsOf = (services: Services): Imports =>
  createImports({
    ...services,
    policies,
    vendor: createVendor(services),
    workItems: createWorkItems({ ...services, policies }),
    linker,
  });

async function drop(): Promise<void> {
  for (const name of await readdir(source))
    if (name.endsWith('.csv')) await copyFile(join(source, name), join(folder, name));
}

/** Everything an import makes, without what time writes. */
async function made(): Promise<unknown> {
  const { db } = server.services;
  const authorizations = await db
    .selectFrom('authorizations')
    .select(['ref', 'patient', 'coverage', 'payer', 'periods', 'updated_at'])
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  const appointments = await db
    .selectFrom('appointments')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  const records = await db
    .selectFrom('vault_records')
    .select(['ref', 'version'])
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  return { authorizations, appointments, records };
}

const counted = async (): Promise<Record<string, number>> => {
  const { db } = server.services;
  const number = async (table: 'patients' | 'authorizations' | 'appointments'): Promise<number> =>
    (await db.selectFrom(table).select('ref').where('clinic', '=', clinic).execute()).length;
  return {
    patients: await number('patients'),
    authorizations: await number('authorizations'),
    appointments: await number('appointments'),
  };
};

describe('an import', () => {
  test('brings patients, periods and visits, tells which authorizations changed, and puts the files aside', async () => {
    await drop();
    const answer = await server.call('POST', '/v1/operations', {
      key,
      body: { operation: 'webpt.records.import', connection: 'WebPT' },
    });
    expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, answer.text.slice(0, 200)]);
    expect(await counted()).toMatchObject({ patients: 60, authorizations: 60 });
    expect((await counted())['appointments']).toBeGreaterThan(100);
    expect(answer.text).not.toMatch(/555-01|@example/);
    expect((await readdir(folder)).filter((name) => name.endsWith('.csv'))).toEqual([]);
    expect(await readdir(join(folder, 'processed'))).not.toEqual([]);
    expect(await actionsOf(server.services, clinic)).toContain('import.stored');
    const withPeriods = await server.services.db
      .selectFrom('authorizations')
      .select('periods')
      .where('clinic', '=', clinic)
      .execute();
    expect(withPeriods.some((row) => row.periods.length > 0)).toBe(true);
  });

  test('the same report again changes nothing, whatever its name, and neither does one that says the same', async () => {
    await drop();
    await importsOf(server.services).run({ clinic, connection, by });
    const before = await made();
    await drop();
    expect((await importsOf(server.services).run({ clinic, connection, by })).outcome).toBe('nothingNew');
    expect(await made()).toEqual(before);
    for (const name of await readdir(source)) {
      const text = await readFile(join(source, name), 'utf8').catch(() => '');
      if (name.endsWith('.csv')) await writeFile(join(folder, name), `${text.trimEnd()}\r\n\r\n`);
    }
    const again = await importsOf(server.services).run({ clinic, connection, by });
    for (const file of again.structure.files) expect(file.counts).toMatchObject({ added: 0, changed: 0 });
    expect(await made()).toEqual(before);
  });

  test('what changed stays to be told until its workflow was told', async () => {
    await drop();
    const first = await importsOf(server.services).run({ clinic, connection, by, limit: 25 });
    expect(first.items).toHaveLength(25);
    expect(first.structure.more).toBe(true);
    const second = await importsOf(server.services).run({ clinic, connection, by });
    expect(second.items).toHaveLength(60);
  });

  test('a crash in the middle loses nothing: the next import ends as if there had been none', async () => {
    await drop();
    let puts = 0;
    const { vault } = server.services;
    const put: Services['vault']['put'] = (...call) => {
      puts += 1;
      return puts > 150 ? Promise.reject(new Error('the power is gone')) : vault.put(...call);
    };
    const dying = { ...server.services, vault: { ...vault, put } };
    await expect(importsOf(dying).run({ clinic, connection, by })).rejects.toThrow('the power is gone');
    expect((await counted())['patients']).toBeLessThan(60);
    await importsOf(server.services).run({ clinic, connection, by });
    expect(await counted()).toMatchObject({ patients: 60, authorizations: 60 });
    const { db } = server.services;
    const doubled = await db
      .selectFrom('imported_rows')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('kind', '=', 'patient')
      .execute();
    expect(new Set(doubled.map((row) => row.ref)).size).toBe(60);
  });

  test('a member id that changed holds what was approved under the old one', async () => {
    await drop();
    await importsOf(server.services).run({ clinic, connection, by });
    const { db, vault } = server.services;
    const rows = await db
      .selectFrom('authorizations')
      .select(['ref', 'coverage', 'periods'])
      .where('clinic', '=', clinic)
      .execute();
    const row = rows.find((one) => one.periods.length > 0);
    if (row === undefined) throw new Error('No authorization has periods.');
    const coverage = await vault.open(clinic, row.coverage, { purpose: 'test', actor: by });
    const member = String(coverage['memberId']);
    for (const name of await readdir(source)) {
      if (!/patient/i.test(name) || !name.endsWith('.csv')) continue;
      const bytes = await readFile(join(source, name), 'latin1');
      expect(bytes).toContain(member);
      await writeFile(join(folder, name), bytes.replace(member, `${member}9`), 'latin1');
    }
    await importsOf(server.services).run({ clinic, connection, by });
    const after = await db
      .selectFrom('authorizations')
      .select(['coverage_changed_on', 'coverage'])
      .where('ref', '=', row.ref)
      .executeTakeFirstOrThrow();
    expect(after.coverage_changed_on).not.toBeNull();
    expect(after.coverage).toBe(row.coverage);
  });

  test('a row that cannot be read is told by row, column and reason, never by its value', async () => {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(source)) {
      if (!/^appointment|^schedule/i.test(name) || !name.endsWith('.csv')) continue;
      const text = await readFile(join(source, name), 'latin1');
      await writeFile(
        join(folder, name),
        text.replace(/\d{1,2}\/\d{1,2}\/\d{4}/g, (date, at: number) => (at < 4000 ? 'Canary-31-31' : date)),
        'latin1',
      );
    }
    const result = await importsOf(server.services).run({ clinic, connection, by });
    const rejected = result.structure.files.flatMap((file) => file.rejected);
    expect(rejected.length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).not.toContain('Canary');
  });
});

// A historical import: asked for by an admin, its progress told, killed in the middle, gone on with where it stopped, nothing written twice.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, listAt } from '../../connectors/json.ts';
import { clinicientDialect } from '../../sandbox/clinicient/dialects.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import { writeReports } from '../../sandbox/reports/write.ts';
import { addConnection, createClinic, createUser } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { keepBatch, storedBatches } from './pieces.ts';
import { numberedCharges } from './visits.ts';

const today = testDay();
const password = 'correct horse battery';
const records = sameClinic({
  seed: 11,
  today,
  patients: 260,
  systems: ['clinicient'],
  duplicates: 0,
  conflicts: 0,
  badRows: 6,
  disagreements: 0,
}).systems.clinicient;
const root = join(import.meta.dirname, '..', '..');

let server: TestServer;
let folder: string;
let clinic: string;
let connection: string;
let admin: string;

beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'gait-history-'));
  if (records === undefined) throw new Error('The clinic has no such system.');
  writeReports(records, clinicientDialect, folder, today);
  const { services } = server;
  clinic = (await createClinic(services, { name: 'history', timezone: 'America/Chicago' })).id;
  const config = { dropFolder: folder, profile: clinicientDialect.profile, settleSeconds: 0 };
  const added = { name: '=Insight', system: 'clinicient', mode: 'live', config, secrets: {}, agreement: null } as const;
  connection = (await addConnection(services, clinic, added)).id;
  await createUser(services, { clinic, email: 'a@example.org', displayName: 'A', roles: ['admin'], password });
  const answer = await server.call('POST', '/v1/session', { body: { email: 'a@example.org', password } });
  admin = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string) => server.call('GET', path, { cookie: admin });
const newest = async () => {
  const [run] = listAt((await get('/v1/admin/imports')).json, 'runs');
  return run;
};
const numberAt = (value: unknown, ...path: string[]): number =>
  Number(path.reduce<unknown>((one, key) => at(one, key), value));

async function until(isSo: (run: unknown) => boolean, step: () => void = () => undefined): Promise<unknown> {
  const end = Date.now() + 120_000;
  for (;;) {
    const run = await newest();
    if (isSo(run)) return run;
    if (Date.now() > end) throw new Error(`It did not happen: ${JSON.stringify(run)}`);
    step();
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Every record by what it is, and how often each was written. */
async function stored() {
  const { db } = server.services;
  const of = async (table: 'patients' | 'appointments' | 'visit_notes' | 'visit_charges' | 'outcome_scores') =>
    (await db.selectFrom(table).select('clinic').where('clinic', '=', clinic).execute()).length;
  const changes = await db.selectFrom('record_changes').select('ref').where('clinic', '=', clinic).execute();
  return {
    patients: await of('patients'),
    visits: await of('appointments'),
    notes: await of('visit_notes'),
    charges: await of('visit_charges'),
    scores: await of('outcome_scores'),
    told: changes.length,
    toldOnce: new Set(changes.map(({ ref }) => ref)).size,
  };
}

describe('an import that is killed', () => {
  test('says how far it is, and the server goes on where it stopped, with nothing written twice', async () => {
    const child = spawn(process.execPath, ['cli/main.ts', 'imports', 'run', '=Insight', '--clinic', 'history'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        GAIT_DATABASE_URL: server.databaseUrl,
        GAIT_KEYRING_FILE: server.keyringFile,
        GAIT_HOME: join(folder, 'no-stack'),
      },
    });
    let said = '';
    child.stderr.on('data', (part) => (said += String(part)));
    const ended = new Promise((resolve) => child.once('close', resolve));
    // In the middle of the first report.
    const before = await until((run) => at(run, 'phase') === 'storing' && numberAt(run, 'rows', 'done') >= 100);
    child.kill('SIGKILL');
    await ended;
    expect(before).toMatchObject({ state: 'running', phase: 'storing', kind: 'patients', connectionName: '=Insight' });
    expect(numberAt(before, 'rows', 'total')).toBeGreaterThan(numberAt(before, 'rows', 'done'));
    expect(numberAt(before, 'bytes', 'done')).toBe(numberAt(before, 'bytes', 'total'));
    expect(said).not.toContain('rror');
    const killedAt = await newest();
    const piece = await server.services.db.selectFrom('import_pieces').selectAll().executeTakeFirstOrThrow();
    expect(piece.batches * 50).toBe(numberAt(killedAt, 'rows', 'done'));
    expect((await stored()).patients).toBeGreaterThanOrEqual(100);

    // Its lease runs out, and the server takes the run up.
    server.pass(61_000);
    const resumed = await until((run) => at(run, 'resumed') === 1);
    expect(numberAt(resumed, 'rows', 'done')).toBeGreaterThanOrEqual(numberAt(killedAt, 'rows', 'done'));
    const last = await until((run) => at(run, 'state') === 'done' || at(run, 'state') === 'failed');
    expect(last).toMatchObject({ state: 'done', failure: null, resumed: 1, changed: 0 });
    const bad = records?.bad.length ?? 0;
    expect(last).toMatchObject({ refused: bad });
    expect(numberAt(last, 'rows', 'done')).toBe(numberAt(last, 'rows', 'total'));
    expect(numberAt(last, 'taken') + numberAt(last, 'unmatched') + bad).toBe(numberAt(last, 'rows', 'total'));

    const all = await stored();
    const unmatched = numberAt(last, 'unmatched');
    expect(all.patients).toBe(new Set(records?.patients.map(({ recordNumber }) => recordNumber)).size);
    expect(all.scores + all.notes + all.charges + all.visits + unmatched).toBeGreaterThanOrEqual(
      (records?.outcomes.length ?? 0) + (records?.notes.length ?? 0) + (records?.charges.length ?? 0),
    );
    expect(all.told).toBe(all.toldOnce);
    expect(await server.services.db.selectFrom('import_pieces').selectAll().execute()).toEqual([]);

    // Asked for again: nothing is new, nothing is written.
    const asked = await server.call('POST', '/v1/admin/imports', {
      cookie: admin,
      headers: { 'x-gait-console': '1' },
      body: { connection: '=Insight' },
    });
    expect(asked).toMatchObject({ status: 200, json: { created: true } });
    const again = await until((run) => at(run, 'run') === at(asked.json, 'run') && at(run, 'state') === 'done');
    expect(again).toMatchObject({ rows: { done: 0, total: 0 }, taken: 0 });
    expect(await stored()).toEqual(all);
  }, 240_000);

  test('scores are read back by reference by who may, under an entry of the audit', async () => {
    const { db } = server.services;
    const row = await db
      .selectFrom('outcome_scores')
      .select('patient')
      .where('clinic', '=', clinic)
      .executeTakeFirstOrThrow();
    const read = await get(`/v1/console/patients/${row.patient}/outcomes`);
    expect(read.status).toBe(200);
    const scores = listAt(read.json, 'scores');
    expect(scores.length).toBeGreaterThan(0);
    const told = new Set(records?.outcomes.map(({ measure, score, date }) => `${measure} ${score} ${date}`));
    for (const one of scores) {
      expect(told).toContain(`${String(at(one, 'measure'))} ${String(at(one, 'score'))} ${String(at(one, 'date'))}`);
      expect(at(one, 'connection')).toBe('=Insight');
    }
    const entries = await db.selectFrom('audit_entries').select('action').where('clinic', '=', clinic).execute();
    expect(entries.map(({ action }) => action)).toContain('outcomes.viewed');
    expect((await get('/v1/console/patients/pat_nobody/outcomes')).status).toBe(404);
    expect((await server.call('GET', `/v1/console/patients/${row.patient}/outcomes`)).status).toBe(401);
  });

  test('the results and the links are tables that no spreadsheet runs, without a name or a number', async () => {
    const imports = await get('/v1/admin/imports/export');
    const csv = String(at(imports.json, 'csv'));
    expect(csv.split('\r\n')[0]).toBe(
      'imported at,connection,kind,added,changed,same,unmatched,cancelled,row,column,reason',
    );
    expect(csv).toContain(",'=Insight,patients,");
    expect(csv.match(/,row|not a|empty|unknown/g)?.length).toBeGreaterThan(0);
    const links = String(at((await get('/v1/console/patient-links/export')).json, 'csv'));
    const lines = links.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + (await stored()).patients);
    expect(lines[1]).toMatch(/^pat_\w+,pat_\w+,'=Insight,\d{4}-/);
    const [someone] = records?.patients ?? [];
    for (const text of [csv, links]) {
      expect(text).not.toContain(someone?.recordNumber);
      expect(text).not.toContain(someone?.name.family);
    }
  });
});

test('two charges of one day and code are two, however far apart they stand in a piece', () => {
  const charge = {
    chargeId: null,
    recordNumber: '1',
    date: today,
    code: '97110',
    modifiers: [],
    units: 1,
    chargeCents: 1,
  };
  const between = Array.from({ length: 600 }, (_, place) => ({ ...charge, recordNumber: String(place + 2) }));
  const numbered = numberedCharges([charge, ...between, charge]);
  expect([numbered[0]?.nth, numbered.at(-1)?.nth]).toEqual([0, 1]);
  expect(new Set(numbered.slice(1, -1).map(({ nth }) => nth))).toEqual(new Set([0]));
});

test('batches that read differently now, as by another profile, are stored from the first on', async () => {
  const { services } = server;
  const of = { clinic, connection, piece: 'f'.repeat(64), kind: 'patients' } as const;
  const counts = { added: 2, changed: 0, same: 0, unmatched: 0 };
  const nothing = { batches: 0, counts: { added: 0, changed: 0, same: 0, unmatched: 0 }, said: '' };
  await services.db
    .transaction()
    .execute((trx) => keepBatch(services, trx, of, { batches: 1, counts, said: '' }, [['a'], ['b']]));
  expect(await storedBatches(services, of, [[['a'], ['b']], [['c']]])).toMatchObject({ batches: 1, counts });
  expect(await storedBatches(services, of, [[['a'], ['x']], [['c']]])).toEqual(nothing);
  expect(await storedBatches(services, of, [])).toEqual(nothing);
});

// The claims of the synthetic clinic, imported and checked against their charts: what was made wrong is found, and a person may let it stand.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { password } from '../authorizations/testing/followed.ts';
import { asJson, claimClinic, listOf } from '../claims/testing/clinic.ts';
import type { ClaimClinic, Json } from '../claims/testing/clinic.ts';
import { addConnection } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

const canary = `Qs${Date.now().toString(36)}Kx`;
let server: TestServer;
let sandbox: RunningSandbox;
let at: ClaimClinic;
let cookie: string;
let claims: Json[];
/** What the claims were made wrong in, by their number. */
let planted: Json[];

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
  at = await claimClinic(server, sandbox);
  const signedIn = await server.call('POST', '/v1/session', { body: { email: at.clinic.email, password } });
  cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const folder = join(sandbox.stateFolder, 'webpt');
  mkdirSync(folder);
  const agreement = { vendor: 'webpt', effective: '2020-01-01', expires: null, scope: ['name'], evidence: 'signed' };
  const config = { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 };
  await addConnection(server.services, at.clinic.clinic, {
    name: 'Charts',
    system: 'webpt',
    mode: 'live',
    config,
    secrets: {},
    agreement,
  });
  const today = testDay();
  await sandbox.post('/sandbox/webpt/export', { folder, today, canary, medicare: 36 });
  const written = await sandbox.post('/sandbox/webpt/claims', {
    claims: join(sandbox.stateFolder, 'claim-files'),
    charts: join(folder, 'charts'),
    today,
    canary,
  });
  planted = listOf(written, 'planted');
  await at.ask('webpt.records.import', 'Charts');
  await at.ask('webpt.charts.import', 'Charts');
  claims = listOf(await at.ask('x12Files.claims.import', 'Files'), 'items');
}, 240_000);

afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()]);
});

const get = async (path: string): Promise<Json> =>
  asJson((await server.call('GET', `/v1/console/${path}`, { cookie })).json);
const override = (claim: string, finding: string, reason: string) =>
  server.call('POST', `/v1/console/claims/${claim}/findings/${finding}/override`, {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: { reason },
  });
const check = async (refs: readonly string[]): Promise<Json[]> => {
  const answers: Json[] = [];
  for (let from = 0; from < refs.length; from += 100)
    answers.push(
      ...listOf((await at.flow('/v1/claims/scrubs', { claims: refs.slice(from, from + 100) })).json, 'items'),
    );
  return answers;
};

test('every claim is checked with its chart; each that was made wrong has its finding, and no other claim has one', async () => {
  const refs = claims.map(({ claim }) => String(claim));
  expect(refs).toHaveLength(150);
  const answers = await check(refs);
  expect(answers.filter((answer) => asJson(answer['structure'])['chart'] === true)).toHaveLength(150);
  const found: { number: string; rule: string }[] = [];
  for (const { claim } of answers) {
    const page = await get(`claims/${String(claim)}`);
    const number = String(asJson(page['claim'])['patientControlNumber']);
    for (const finding of listOf(page, 'findings')) found.push({ number, rule: String(finding['rule']) });
  }
  const name = ({ number, rule }: { number: string; rule: string }): string => `${number} ${rule}`;
  const wanted = planted.map(({ number, rule }) => name({ number: String(number), rule: String(rule) }));
  expect(wanted.length).toBeGreaterThan(80);
  const names = found.map(name);
  expect(wanted.filter((one) => !names.includes(one))).toEqual([]);
  const wrong = new Set(planted.map(({ number }) => String(number)));
  expect(found.filter(({ number }) => !wrong.has(number))).toEqual([]);
  expect(JSON.stringify(answers)).not.toContain(canary);
}, 240_000);

test('checked again nothing changes; the board tells what stands against each claim', async () => {
  const { items } = await get('claims?stands=blocked&limit=500');
  const blocked = (items as Json[]).map(({ claimRef }) => String(claimRef));
  expect(blocked.length).toBeGreaterThan(0);
  const [first = ''] = blocked;
  const before = await get(`claims/${first}`);
  const [again] = await check([first]);
  expect(again).toMatchObject({ outcome: 'blocked' });
  const after = await get(`claims/${first}`);
  expect({ ...after, checkedAt: null }).toEqual({ ...before, checkedAt: null });
});

test('a finding stands until a named person says why it may; then the claim is free of it, and the rule’s record keeps it', async () => {
  const { items } = await get('claims?stands=blocked&limit=500');
  const claim = String((items as Json[])[0]?.['claimRef']);
  const findings = listOf(await get(`claims/${claim}`), 'findings').filter(({ severity }) => severity === 'blocks');
  expect((await override(claim, String(findings[0]?.['key']), ' ')).status).toBe(400);
  for (const { key } of findings)
    expect((await override(claim, String(key), 'The payer agreed by telephone, reference R-7.')).status).toBe(200);
  expect((await override(claim, String(findings[0]?.['key']), 'Twice')).status).toBe(409);
  const [answer] = await check([claim]);
  expect(answer?.['outcome']).not.toBe('blocked');
  expect(asJson(answer?.['structure'])['overridden']).toBe(findings.length);
  const rules = listOf(await get('scrub/rules'), 'items');
  expect(rules.reduce((sum, { overridden }) => sum + Number(overridden), 0)).toBe(findings.length);
  const actions = await actionsOf(server.services, at.clinic.clinic);
  expect(actions.filter((action) => action === 'finding.overridden')).toHaveLength(findings.length);
});

test('a chart that is no chart and a patient nobody imported are told, and nothing of them is in an answer', async () => {
  const charts = join(sandbox.stateFolder, 'webpt', 'charts');
  writeFileSync(join(charts, 'broken.json'), `{"patient": "${canary}"`);
  writeFileSync(join(charts, 'stranger.json'), JSON.stringify({ patient: `nobody ${canary}` }));
  const first = await at.ask('webpt.charts.import', 'Charts');
  expect(first['structure']).toMatchObject({ stored: 0, unreadable: 1, unknownPatient: 1 });
  expect(JSON.stringify(first)).not.toContain(canary);
  // The patient may come with the next report: that chart is looked at again, the broken one is not.
  const second = await at.ask('webpt.charts.import', 'Charts');
  expect(second['structure']).toMatchObject({ stored: 0, unreadable: 0, unknownPatient: 1 });
});

test('a note that comes late brings the claims of its patient back to the check, and no other', async () => {
  const { db } = server.services;
  const changesOf = async (): Promise<Map<string, number>> =>
    new Map(
      (await db.selectFrom('claim_lives').select(['claim', 'changes']).execute()).map((row) => [
        row.claim,
        row.changes,
      ]),
    );
  // Nobody runs Temporal here: the claims stay to be told.
  await db
    .insertInto('claim_lives')
    .columns(['claim', 'clinic', 'state', 'since', 'tracked_by', 'tracked_at', 'updated_at'])
    .expression((from) =>
      from
        .selectFrom('claim_scrubs')
        .select([
          'claim',
          'clinic',
          sql.lit('toFix').as('state'),
          'at',
          sql.lit('test').as('by'),
          'at as b',
          'at as c',
        ]),
    )
    .execute();
  const folder = join(sandbox.stateFolder, 'webpt', 'charts');
  const [name = ''] = readdirSync(folder).filter((file) => !/^(broken|stranger)/.test(file));
  writeFileSync(join(folder, `late-${name}`), `${readFileSync(join(folder, name), 'utf8')}\n`);
  const [stored] = listOf(await at.ask('webpt.charts.import', 'Charts'), 'items');
  const patient = String(stored?.['item']);
  const chart = await db
    .selectFrom('scrub_charts')
    .select('record')
    .where('patient', '=', patient)
    .executeTakeFirstOrThrow();
  const own = await db.selectFrom('claim_scrubs').select('claim').where('chart', '=', chart.record).execute();
  expect(own.length).toBeGreaterThan(0);
  const changed = [...(await changesOf())].filter(([, changes]) => changes > 1).map(([claim]) => claim);
  expect(changed.sort()).toEqual(own.map(({ claim }) => claim).sort());
});

// A noisy rule, with PostgreSQL: how its findings fared is counted, a lower severity is proposed, and only a named admin gives it to the clinic.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleClaim } from '../../domain/claim/testing/claims.ts';
import { remittanceFile } from '../../domain/posting/testing/remittances.ts';
import { asJson, listOf } from '../claims/testing/clinic.ts';
import type { Json } from '../claims/testing/clinic.ts';
import { bookClinic } from '../posting/testing/books.ts';
import type { BookClinic } from '../posting/testing/books.ts';
import { createKey, createUser } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';

const password = 'correct horse battery';
const rule = 'modifier.discipline';
const variant = 'missing';
const chargeCents = 18_050;
let server: TestServer;
let at: BookClinic;
let key: string;
const cookies = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  at = await bookClinic(server);
  key = (await createKey(server.services, { name: 'n8n', clinic: at.clinic, capabilities: ['flows'], expiresAt: null }))
    .secret;
  for (const role of ['admin', 'biller'] as const) {
    const email = `${role}-rules@example.org`;
    await createUser(server.services, {
      clinic: at.clinic,
      email,
      displayName: `The ${role}`,
      roles: [role],
      password,
    });
    const answer = await server.call('POST', '/v1/session', { body: { email, password } });
    cookies.set(role, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
});

afterAll(() => server?.stop());

let count = 0;
/** A claim to Medicare whose only line has no therapy modifier, checked. */
async function checked(): Promise<{ claim: string; number: string; outcome: unknown; finding: Json }> {
  const number = `RULE${(count += 1)}`;
  const {
    lines: [line],
    rendering: referring,
  } = sampleClaim();
  if (line === undefined) throw new Error('the sample claim has lines');
  const procedure = { qualifier: 'HC', code: '97110', modifiers: [], description: null };
  const payer = { name: 'Test Payer', idQualifier: 'PI', id: 'test-payer', address: null, secondaryIds: [] };
  const claim = await at.claim(
    sampleClaim({
      patientControlNumber: number,
      payer,
      referring,
      filingCode: 'MB',
      lines: [{ ...line, procedure, chargeCents }],
    }),
  );
  return { claim, number, ...(await check(claim)) };
}

async function check(claim: string): Promise<{ outcome: unknown; finding: Json }> {
  const [answer] = listOf(
    (await server.call('POST', '/v1/claims/scrubs', { key, body: { claims: [claim] } })).json,
    'items',
  );
  const page = await get(`claims/${claim}`);
  const finding = listOf(page, 'findings').find((one) => one['rule'] === rule);
  return { outcome: answer?.['outcome'], finding: finding ?? {} };
}

const get = async (path: string): Promise<Json> =>
  asJson((await server.call('GET', `/v1/console/${path}`, { cookie: cookies.get('biller') ?? '' })).json);
const post = (path: string, body: Json, role = 'biller'): Promise<Answer> =>
  server.call('POST', `/v1/console/${path}`, {
    cookie: cookies.get(role) ?? '',
    headers: { 'x-gait-console': '1' },
    body,
  });
const decide = (decision: string, reason = 'Our payers do not ask for it.', role = 'admin') =>
  post('scrub/rules/decisions', { rule, variant, decision, reason }, role);
const override = (claim: string, finding: unknown) =>
  post(`claims/${claim}/findings/${String(finding)}/override`, { reason: 'Agreed with the payer.' });
const record = async (): Promise<Json> =>
  listOf(await get('scrub/rules'), 'items').find((one) => one['rule'] === rule && one['variant'] === variant) ?? {};

test('what a person let stand and the payer denied afterwards counts as right; before enough of it nothing is proposed', async () => {
  const { claim, number, finding } = await checked();
  expect(finding).toMatchObject({ severity: 'blocks', line: 0, change: { line: 0, after: [{ modifiers: ['GP'] }] } });
  expect((await override(claim, finding['key'])).status).toBe(200);
  server.pass(1_000);
  const lines = ['SVC*HC:97110*180.5*0**2', 'DTM*472*20261102', 'CAS*CO*4*180.5', 'REF*6R*LINE1'];
  const paid = { number, chargeCents, payerClaimNumber: 'ICN-R', day: '2026-11-02', lines };
  await at.receive(
    remittanceFile([{ trace: 'DENIED', claims: [{ ...paid, adjustments: [['CO', '4', chargeCents]], status: '4' }] }]),
  );
  expect(await record()).toMatchObject({
    fired: 1,
    overridden: 1,
    deniedLater: 1,
    precision: 1,
    severity: 'blocks',
    proposed: null,
  });
  expect((await decide('lower')).status).toBe(409);
});

test('a rule that is let stand again and again is proposed to go lower; an admin who says why gives it to the clinic', async () => {
  const { threshold } = await get('scrub/rules');
  const minimum = Number(asJson(threshold)['minimumJudged']);
  for (let one = 1; one < minimum; one += 1) {
    const { claim, finding } = await checked();
    expect((await override(claim, finding['key'])).status).toBe(200);
  }
  expect(await record()).toMatchObject({ judged: minimum, proposed: 'warns', lowered: false, decided: null });
  expect((await decide('lower', 'because', 'biller')).status).toBe(403);
  expect((await decide('lower', '  ')).status).toBe(400);
  const waiting = await checked();
  expect(waiting.outcome).toBe('blocked');

  expect((await decide('lower')).json).toEqual({ severity: 'warns', lowered: true });
  expect(await record()).toMatchObject({
    ownSeverity: 'blocks',
    severity: 'warns',
    proposed: null,
    decided: { decision: 'lower', by: { displayName: 'The admin' }, reason: 'Our payers do not ask for it.' },
  });
  expect((await decide('lower')).status).toBe(409);
  const { outcome, finding } = await check(waiting.claim);
  expect(outcome).not.toBe('blocked');
  expect(finding).toMatchObject({
    severity: 'warns',
    lowered: { from: 'blocks' },
    loweredBy: { displayName: 'The admin' },
  });
  const board = listOf(await get('claims?stands=blocked'), 'items').map(({ claimRef }) => claimRef);
  expect(board).not.toContain(waiting.claim);
});

test('taken back, the rule has its own severity again, and the claim is blocked by the next check; each decision is in the chain', async () => {
  const { claim } = await checked();
  expect((await decide('restore')).json).toEqual({ severity: 'blocks', lowered: false });
  expect((await decide('restore')).status).toBe(409);
  const { outcome, finding } = await check(claim);
  expect(outcome).toBe('blocked');
  expect(finding).not.toHaveProperty('lowered');
  const actions = await actionsOf(server.services, at.clinic);
  expect(actions.filter((action) => action.startsWith('rule.'))).toEqual([
    'rule.severityLowered',
    'rule.severityRestored',
  ]);
  expect(
    (await post('scrub/rules/decisions', { rule: 'no.rule', variant: null, decision: 'keep', reason: 'x' }, 'admin'))
      .status,
  ).toBe(404);
});

// Coverage checks from the plan to the summary, with PostgreSQL and the simulated clearinghouse over HTTP.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { kindOf } from '../../sandbox/benefits/picture.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();
let server: TestServer;
let sandbox: RunningSandbox;
let clinic: Followed;
let cookie: string;

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
  clinic = await followedClinic(server.services, { today, availity: sandbox.url });
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 120_000);

afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()]);
});

/** A member id of the sandbox that always gets this kind of answer. */
function memberOf(kind: string): string {
  for (let number = 100_000_000; ; number += 1) if (kindOf(`SMA${number}`) === kind) return `SMA${number}`;
}

type Json = Readonly<Record<string, unknown>>;

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Questions of every kind that reached the payer. */
const questions = async (): Promise<unknown> => asJson(await sandbox.get('/sandbox/availity/inquiries'))['counts'];

const flow = async (method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> => {
  const answer = await server.call(method, path, { key: clinic.key, ...(body === undefined ? {} : { body }) });
  if (answer.status !== 200) throw new Error(answer.text + server.logs.filter((one) => one.includes('bug-')).at(-1));
  return asJson(answer.json);
};
const worker = async (path: string, body: Json): Promise<Json> => {
  const answer = await server.call('POST', `/v1/worker/eligibility/${path}`, {
    key: clinic.workerKey,
    body: { clinic: clinic.clinic, ...body },
  });
  return asJson(answer.json);
};
const page = async (path: string): Promise<Json> => {
  const answer = await server.call('GET', `/v1/console/${path}`, { cookie });
  return asJson(answer.json);
};

/** A patient of the intake queue whose payer answers in this way. */
async function intake(recordNumber: string, kind: string): Promise<string> {
  const [given, family] = ['Quillon', 'Abernathy'];
  await clinic.report({
    recordNumber,
    name: { given, family },
    coverage: {
      payerId: 'sunrise-medicare',
      payerName: 'Sunrise Medicare Advantage',
      memberId: memberOf(kind),
      groupNumber: null,
      planName: 'Sunrise Advantage HMO',
      relationship: 'self',
      order: 'primary',
      from: '2026-01-01',
      to: null,
    },
  });
  const row = await server.services.db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.ref;
}

/** Draws up a batch for a patient and asks until the check is over. */
async function checked(patient: string): Promise<{ check: string; result: Json }> {
  const started = await flow('POST', '/v1/eligibility/batches', { kind: 'asked', patients: [patient] });
  const [{ check } = { check: '' }] = started['checks'] as { check: string }[];
  for (let round = 0; round < 50; round += 1) {
    const { results } = await flow('POST', '/v1/operations', {
      operation: 'availity.eligibility.check',
      connection: 'Availity',
      subjects: [check],
    });
    const [result = {}] = results as Json[];
    if (result['outcome'] !== 'pending') return { check, result };
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the check stayed pending');
}

test('a night is drawn up once, and everybody who was never checked is in it with the reason', async () => {
  const first = await flow('POST', '/v1/eligibility/batches', { kind: 'overnight' });
  const again = await flow('POST', '/v1/eligibility/batches', { kind: 'overnight' });
  expect(first['outcome']).toBe('started');
  expect(again).toMatchObject({ outcome: 'alreadyStarted', batch: first['batch'] });
  const plan = await worker('plan', { batch: first['batch'] });
  expect(plan['chunks']).toEqual([{ chunk: 0, payer: 'sunrise-medicare', checks: 1 }]);
  expect(await worker('plan', { batch: first['batch'] })).toEqual(plan);
  const { items } = await worker('items', { batch: first['batch'], chunk: 0, step: 'eligibility.check' });
  expect(items).toMatchObject([{ structure: { reasons: ['newPatient'], serviceTypes: ['PT', '30'] } }]);
});

test('a flow that is run again keeps the check that is under way or was just answered; a quarter of an hour later it is asked anew', async () => {
  const patient = await intake('P-2050', 'complete');
  const ask = () => flow('POST', '/v1/eligibility/batches', { kind: 'asked', patients: [patient] });
  const first = await ask();
  expect(await ask()).toEqual({ batch: null, outcome: 'alreadyStarted', checks: first['checks'] });
  const { check } = await checked(patient);
  expect(first['checks']).toEqual([{ check, patient }]);
  expect((await ask())['checks']).toEqual(first['checks']);
  server.pass(16 * 60_000);
  const later = await ask();
  expect(later['outcome']).toBe('started');
  expect(later['checks']).not.toEqual(first['checks']);
});

test('what the payer has just refused is asked again only when the patient is told otherwise', async () => {
  const patient = await intake('P-2051', 'notFound');
  const { check } = await checked(patient);
  const ask = () => flow('POST', '/v1/eligibility/batches', { kind: 'asked', patients: [patient] });
  expect(
    await server.services.db.selectFrom('eligibility_checks').select('state').where('ref', '=', check).execute(),
  ).toEqual([{ state: 'rejected' }]);
  expect((await ask())['checks']).toEqual([{ check, patient }]);
  server.pass(60_000);
  expect(await intake('P-2051', 'complete')).toBe(patient);
  const anew = await ask();
  expect(anew['outcome']).toBe('started');
  expect(anew['checks']).not.toEqual([{ check, patient }]);
});

test('a complete answer becomes a summary without an item, and asking again asks nobody', async () => {
  const patient = await intake('P-2001', 'complete');
  const { check, result } = await checked(patient);
  expect(result).toMatchObject({ item: check, outcome: 'answered' });
  const before = await questions();
  const again = await flow('POST', '/v1/operations', {
    operation: 'availity.eligibility.check',
    connection: 'Availity',
    subjects: [check],
  });
  expect((again['results'] as Json[])[0]).toMatchObject({ outcome: 'answered', refs: result['refs'] });
  expect(await questions()).toEqual(before);
  const shown = await page(`eligibility/checks/${check}`);
  const [{ summary } = { summary: {} }] = shown['summaries'] as { summary: Json }[];
  expect(summary).toMatchObject({ therapyCovered: { value: true }, service: 'PT' });
  expect(shown['workItem']).toBeNull();
});

test('a payer that answers for the plan alone leaves therapy unknown, and a call asks exactly for that', async () => {
  const { check } = await checked(await intake('P-2002', 'planOnly'));
  const shown = await page(`eligibility/checks/${check}`);
  const [{ summary } = { summary: {} }] = shown['summaries'] as { summary: Json }[];
  expect(summary['visitsLeft']).toMatchObject({ value: null, unknown: true });
  const item = shown['workItem'] as { id: string; kind: string };
  expect(item.kind).toBe('eligibility.call');
  const opened = await page(`work-items/${item.id}`);
  const draft = opened['draft'] as { coverages: { questions: { field: string }[] }[] };
  expect(draft.coverages[0]?.questions.map(({ field }) => field)).toContain('visitsLeft');
});

test('what the caller heard completes the summary, as an answer of its own', async () => {
  const patient = await intake('P-2003', 'planOnly');
  const { check } = await checked(patient);
  const item = (await page(`eligibility/checks/${check}`))['workItem'] as { id: string };
  const revision = (await page(`work-items/${item.id}`))['revision'] as { hash: string };
  const decided = await server.call('POST', `/v1/console/work-items/${item.id}/decisions`, {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: {
      decision: 'called',
      hash: revision.hash,
      outcome: {
        at: new Date().toISOString(),
        answeredBy: 'Sam',
        reference: 'REF-77',
        coverages: [{ coverage: 0, answers: { visitsLeft: 12, authorizationRequired: false } }],
      },
    },
  });
  expect(decided.status).toBe(200);
  const { items } = await flow('GET', `/v1/eligibility/checks?patient=${patient}`);
  const called = (items as Json[]).find((one) => (one['reasons'] as string[]).includes('called'));
  expect(called).toMatchObject({ state: 'answered', summaries: [{ visitsLeft: 12, authorizationRequired: false }] });
  const shown = await page(`eligibility/checks/${String(called?.['check'])}`);
  expect((shown['before'] as unknown[]).length).toBe(1);
});

test('an answer that is no number is refused before anything is decided', async () => {
  const { check } = await checked(await intake('P-2004', 'planOnly'));
  const item = (await page(`eligibility/checks/${check}`))['workItem'] as { id: string };
  const revision = (await page(`work-items/${item.id}`))['revision'] as { hash: string };
  const decided = await server.call('POST', `/v1/console/work-items/${item.id}/decisions`, {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: {
      decision: 'called',
      hash: revision.hash,
      outcome: {
        at: new Date().toISOString(),
        answeredBy: null,
        reference: null,
        coverages: [{ coverage: 0, answers: { visitsLeft: 'about twelve' } }],
      },
    },
  });
  expect(decided.status).toBe(400);
});

test('nobody lets a call go without saying why', async () => {
  const { check } = await checked(await intake('P-2012', 'planOnly'));
  const item = (await page(`eligibility/checks/${check}`))['workItem'] as { id: string };
  const revision = (await page(`work-items/${item.id}`))['revision'] as { hash: string };
  const decide = (reason?: string) =>
    server.call('POST', `/v1/console/work-items/${item.id}/decisions`, {
      cookie,
      headers: { 'x-gait-console': '1' },
      body: { decision: 'notNeeded', hash: revision.hash, ...(reason === undefined ? {} : { reason }) },
    });
  const refused = await decide('  ');
  expect(refused.status).toBe(400);
  expect(refused.json).toMatchObject({ error: { code: 'input.invalid', where: 'reason' } });
  expect((await decide('The visit was cancelled.')).status).toBe(200);
  expect((await page(`eligibility/checks/${check}`))['workItem']).toBeNull();
});

test('codes of a summary come with their words', async () => {
  expect(await page('eligibility/words')).toMatchObject({
    serviceTypes: { PT: 'physical therapy' },
    contacts: { PR: 'payer' },
    periods: { '35': 'per week' },
    mayShareLimit: expect.arrayContaining(['AD', 'AF']) as unknown,
  });
});

test('the list of the console names the patient and the payer, and says of each coverage what holds', async () => {
  const { check } = await checked(await intake('P-2013', 'planOnly'));
  const { items } = await page(`eligibility/checks?state=exception&from=${today}&limit=500`);
  const line = (items as Json[]).find((one) => one['check'] === check);
  expect(line).toMatchObject({
    patientName: 'Abernathy, Quillon',
    payer: { id: 'sunrise-medicare', name: expect.stringMatching(/Sunrise/) as unknown },
    state: 'answered',
    deliveredAt: null,
    workItem: { kind: 'eligibility.call' },
    summaries: [{ coverage: '1 of 1', visitsLeft: null }],
  });
  const shown = await page(`eligibility/checks/${check}`);
  expect(shown).toMatchObject({
    patient: { name: { given: 'Quillon', family: 'Abernathy' } },
    coverage: { memberId: memberOf('planOnly') },
  });
});

test('an unknown subscriber is an item for the front desk, and the summary page still opens', async () => {
  const { check, result } = await checked(await intake('P-2005', 'notFound'));
  expect(result).toMatchObject({ outcome: 'rejected', structure: { code: '75' } });
  const shown = await page(`eligibility/checks/${check}`);
  expect(shown['workItem']).toMatchObject({ kind: 'eligibility.correct' });
  expect(shown['summaries']).toHaveLength(1);
});

test('every coverage the payer returned has a summary of its own', async () => {
  const { check } = await checked(await intake('P-2006', 'replaced'));
  const shown = await page(`eligibility/checks/${check}`);
  expect((shown['summaries'] as unknown[]).length).toBe(2);
});

test('without a member id nobody is asked, and the front desk is told what is missing', async () => {
  const patient = await intake('P-2007', 'complete');
  await clinic.report({ recordNumber: 'P-2007', coverage: { ...missingMember } });
  const { check, result } = await checked(patient);
  expect(result).toMatchObject({ outcome: 'failed', structure: { code: 'input.invalid' } });
  const item = (await page(`eligibility/checks/${check}`))['workItem'];
  expect(item).toMatchObject({
    kind: 'eligibility.correct',
    reason: 'The member id is missing; nobody could be asked',
  });
});

const missingMember = {
  payerId: 'sunrise-medicare',
  payerName: 'Sunrise Medicare Advantage',
  memberId: null,
  groupNumber: null,
  planName: null,
  relationship: 'self',
  order: 'primary',
  from: null,
  to: null,
} as const;

test('the flow of a check sees cents and counts, and nothing that names a person', async () => {
  const { result } = await checked(await intake('P-2008', 'complete'));
  const text = JSON.stringify(result);
  for (const word of ['Quillon', 'Abernathy', 'SMA1', 'Sunrise Advantage', '1961']) expect(text).not.toContain(word);
});

test('a delivered summary is delivered once; one without an answer cannot be', async () => {
  const { check } = await checked(await intake('P-2009', 'complete'));
  const refused = await checked(await intake('P-2010', 'notFound'));
  const first = await flow('POST', '/v1/eligibility/deliveries', { checks: [check, refused.check] });
  expect(first['results']).toEqual([
    { item: check, outcome: 'delivered' },
    { item: refused.check, error: { code: 'state.conflict' } },
  ]);
  const again = await flow('POST', '/v1/eligibility/deliveries', { checks: [check] });
  expect(again['results']).toEqual([{ item: check, outcome: 'alreadyDelivered' }]);
});

test('the day asked about is the next visit', async () => {
  const visit = addDays(today, 2);
  await clinic.follow('P-2011', visit);
  const row = await server.services.db
    .selectFrom('appointments')
    .select('patient')
    .where('date', '=', visit)
    .where('clinic', '=', clinic.clinic)
    .orderBy('updated_at', 'desc')
    .executeTakeFirstOrThrow();
  const { items } = await (async () => {
    await flow('POST', '/v1/eligibility/batches', { kind: 'asked', patients: [row.patient] });
    return flow('GET', `/v1/eligibility/checks?patient=${row.patient}`);
  })();
  expect((items as Json[])[0]).toMatchObject({ serviceDate: visit });
});

// What a signed-in person reads on the pages: what was documented, the payer's words, the values to copy, the report in its order.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import type { Role } from '../../domain/work-item/kinds.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import { createAuthorizations } from '../authorizations/events.ts';
import { followedClinic, password, patientRow } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createUser } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();
const by = systemPrincipal('test');

let server: TestServer;
let clinic: Followed;
const cookies = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  for (const role of ['frontDesk', 'biller', 'therapist'] as const) {
    const email = `${role.toLowerCase()}@example.org`;
    await createUser(server.services, { clinic: clinic.clinic, email, displayName: role, roles: [role], password });
    const answer = await server.call('POST', '/v1/session', { body: { email, password } });
    cookies.set(role, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
}, 120_000);
afterAll(() => server.stop());

const get = (role: Role, path: string): Promise<Answer> =>
  server.call('GET', `/v1/console/${path}`, { cookie: cookies.get(role) ?? '' });
const post = (role: Role, path: string, body: object): Promise<Answer> =>
  server.call('POST', `/v1/console/${path}`, {
    cookie: cookies.get(role) ?? '',
    headers: { 'x-gait-console': '1' },
    body,
  });

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

let opened = 0;
async function open(kind: Parameters<Followed['workItems']['open']>[0]['kind'], context: object): Promise<string> {
  opened += 1;
  const { workItem } = await clinic.workItems.open(
    {
      clinic: clinic.clinic,
      key: `page-${opened}`,
      kind,
      subject: clinic.authorization,
      workflow: null,
      dueAt: null,
      context: { ...context },
    },
    by,
  );
  return workItem;
}

/** Decides on what the page shows. */
async function decide(role: Role, item: string, decision: string, more: object = {}): Promise<Answer> {
  const { json } = await get(role, `work-items/${item}`);
  return post(role, `work-items/${item}/decisions`, { decision, hash: at(json, 'revision', 'hash'), ...more });
}

/** An answer of the payer about the second period, kept and told as the worker tells it. */
async function answered(change: object): Promise<void> {
  const { services } = server;
  const receivedAt = services.now().toISOString();
  const answer = {
    status: 'denied' as const,
    number: null,
    visitsApproved: null,
    unitsApproved: null,
    from: null,
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt,
    ...change,
  };
  await services.db.transaction().execute(async (trx) => {
    await keepAnswer(services, trx, {
      clinic: clinic.clinic,
      authorization: clinic.authorization,
      period: 2,
      answer,
      by,
    });
  });
}

const authorization = (): string => `authorizations/${clinic.authorization}`;

test('the number, the confirmation and the reason of a rejection are read on the authorization page by those who work with them', async () => {
  const sent = await open('authorization.send', { period: 1, requestKind: 'initial', attempt: 1 });
  const confirmed = await decide('frontDesk', sent, 'sent', {
    outcome: { channel: 'fax', at: server.services.now().toISOString(), confirmation: 'FAX-20931' },
  });
  expect([confirmed.status, confirmed.text]).toEqual([200, confirmed.text]);
  const request = await open('authorization.request', { period: 2, requestKind: 'renewal', attempt: 1 });
  await decide('frontDesk', request, 'reject', { reason: 'The patient moves away in June.' });

  const page = await get('biller', authorization());
  expect(at(page.json, 'periods', 0)).toMatchObject({ sequence: 1, payerNumber: 'PA-556677' });
  expect(at(page.json, 'timeline')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ event: 'sent', documented: [{ label: 'Confirmation', value: 'FAX-20931' }] }),
      expect.objectContaining({
        event: 'reject',
        documented: [{ label: 'Reason', value: 'The patient moves away in June.' }],
      }),
    ]),
  );
  expect(at(page.json, 'workItems')).toEqual(expect.arrayContaining([expect.objectContaining({ id: sent })]));
  expect(at(page.json, 'patientStatus')).toMatch(/^Your visits are approved|^Your insurance|^We /);

  const therapist = await get('therapist', authorization());
  expect(therapist.text).not.toContain('PA-556677');
  expect(therapist.text).not.toContain('FAX-20931');
  expect(therapist.text).toContain('The patient moves away in June.');
  const { rows } = { rows: await actionsOf(server.services, clinic.clinic) };
  expect(rows.filter((action) => action === 'authorization.viewed').length).toBeGreaterThanOrEqual(2);
  const flow = await server.call('GET', `/v1/authorizations/${clinic.authorization}`, { key: clinic.key });
  expect(flow.text).not.toContain('PA-556677');
});

test("the payer's own words stand with a denial, a partial approval and an appeal; a payer bound to give a reason is named", async () => {
  await answered({});
  const denied = await open('authorization.denied', { period: 2, requestKind: 'renewal' });
  expect(at((await get('biller', `work-items/${denied}`)).json, 'evidence', 0)).toEqual({
    label: "Payer's reason",
    value: 'none given; this payer must give one',
    source: 'CMS-0057-F; 42 CFR 422.122(a)',
  });
  server.pass(1_000);
  await answered({ reasonCodes: ['0V'], reasonText: 'No objective progress in the last four weeks.' });
  const partial = await open('authorization.partial', { period: 2, requestKind: 'renewal' });
  const appeal = await open('authorization.request', { period: 2, requestKind: 'appeal', attempt: 2 });
  for (const item of [denied, partial, appeal]) {
    expect(at((await get('biller', `work-items/${item}`)).json, 'evidence')).toEqual(
      expect.arrayContaining([
        {
          label: "Payer's reason",
          value: 'No objective progress in the last four weeks.',
          source: "Payer's answer",
        },
        { label: 'Reason codes', value: '0V', source: "Payer's answer" },
      ]),
    );
  }
});

test('what every payer needs is marked as required, not only what this one asks for', async () => {
  const request = await open('authorization.request', { period: 2, requestKind: 'renewal', attempt: 3 });
  const fields = at((await get('frontDesk', `work-items/${request}`)).json, 'fields');
  const required = (Array.isArray(fields) ? fields : [])
    .filter((field) => at(field, 'required') === true)
    .map((field) => at(field, 'path'));
  expect(required).toEqual(
    expect.arrayContaining(['patient.birthDate', 'provider.npi', 'service.diagnoses', 'clinical.goals']),
  );
});

test("what is entered in the PT system stands in that system's words and formats", async () => {
  server.pass(1_000);
  await answered({ status: 'partlyApproved', visitsApproved: 8, from: '2026-05-04', to: '2026-07-03', number: 'PA-8' });
  const record = await open('authorization.record', {
    period: 2,
    requestKind: 'renewal',
    connection: clinic.webpt,
  });
  const page = await get('frontDesk', `work-items/${record}`);
  expect(at(page.json, 'copyReady')).toEqual([
    { label: 'Authorization #', value: 'PA-8' },
    { label: 'Authorization Status', value: 'Partially Approved' },
    { label: 'Effective Date', value: '05/04/2026' },
    { label: 'Expiration Date', value: '07/03/2026' },
    { label: 'Visits Authorized', value: '8' },
  ]);
});

test('the morning report and the work list stand in one order: what is lost first of several authorizations', async () => {
  const { db } = server.services;
  await db.updateTable('work_items').set({ status: 'closed' }).where('clinic', '=', clinic.clinic).execute();
  const losing = new Map<string, string>();
  // The due times run against the losses: an order by due time alone would stand on its head.
  for (const [index, days] of [9, 3, 20, 5].entries()) {
    const authorization = await clinic.follow(`P-20${index}`, addDays(today, days));
    losing.set(authorization, addDays(today, days));
    await createAuthorizations({ ...server.services, policies: clinic.policies }).assess(clinic.clinic, authorization);
    await clinic.workItems.open(
      {
        clinic: clinic.clinic,
        key: `order-${index}`,
        kind: 'authorization.request',
        subject: authorization,
        workflow: null,
        dueAt: new Date(server.services.now().getTime() + (30 - days) * 86_400_000).toISOString(),
        context: { period: 2, requestKind: 'renewal', attempt: 1 },
      },
      by,
    );
  }
  const report = await post('frontDesk', 'morning-report', {});
  const lines = at(report.json, 'lines');
  const reported = (Array.isArray(lines) ? lines : []).map((line) => String(at(line, 'authorization')));
  expect(reported.map((ref) => losing.get(ref))).toEqual([3, 5, 9, 20].map((days) => addDays(today, days)));
  expect(at(report.json, 'counts', 'byRole')).toEqual({ frontDesk: 4 });
  const list = at((await get('frontDesk', 'work-items?status=open&role=mine')).json, 'items');
  expect((Array.isArray(list) ? list : []).map((item) => at(item, 'subject'))).toEqual(reported);
});

test('a therapist fills in the clinical words of an item of the front desk, and nothing else', async () => {
  const request = await open('authorization.request', { period: 2, requestKind: 'renewal', attempt: 4 });
  const page = await get('therapist', `work-items/${request}`);
  const draft = at(page.json, 'draft');
  const basedOn = at(page.json, 'revision', 'hash');
  const change = (part: string, values: object): object => ({
    ...record(draft),
    [part]: { ...record(at(draft, part)), ...values },
  });
  const revise = (edited: object): Promise<Answer> =>
    post('therapist', `work-items/${request}/revisions`, { basedOn, draft: edited });
  const refused = await revise(change('service', { visits: 40 }));
  expect([refused.status, at(refused.json, 'error', 'where')]).toEqual([403, 'service.visits']);
  expect((await revise(change('clinical', { goals: 'Stairs without the rail.' }))).status).toBe(200);
  expect((await decide('therapist', request, 'approve')).status).toBe(403);
});

test('goals that the next export brings come into an untouched draft, and until then the item stands in the list of the therapist', async () => {
  const { db } = server.services;
  await db.updateTable('work_items').set({ status: 'closed' }).where('clinic', '=', clinic.clinic).execute();
  await clinic.report({ clinical: { ...patientRow().clinical, goals: null } });
  const untouched = await open('authorization.request', { period: 2, requestKind: 'renewal', attempt: 5 });
  const mine = async (): Promise<unknown> =>
    at((await get('therapist', 'work-items?role=mine&status=open')).json, 'items');
  expect(await mine()).toMatchObject([{ id: untouched, waitsFor: 'therapist', role: 'frontDesk' }]);
  expect(at((await get('therapist', `work-items/${untouched}`)).json, 'missing')).toMatchObject({
    path: 'clinical.goals',
    owner: 'therapist',
  });
  server.pass(1_000);
  await clinic.report({ clinical: { ...patientRow().clinical, goals: 'Walks 800 m.' } });
  const body = { clinic: clinic.clinic, authorization: clinic.authorization };
  await server.call('POST', '/v1/worker/authorizations/assess', { key: clinic.workerKey, body });
  const filled = await get('frontDesk', `work-items/${untouched}`);
  expect(at(filled.json, 'draft', 'clinical', 'goals')).toBe('Walks 800 m.');
  expect(at(filled.json, 'revision')).toMatchObject({ number: 2, by: 'Gait' });
  expect(await mine()).toEqual([]);

  // What a person wrote stays, whatever the next export says.
  const edited = { ...record(at(filled.json, 'draft')), previousAuthorizationNumber: 'PA-1' };
  const basedOn = at(filled.json, 'revision', 'hash');
  expect((await post('frontDesk', `work-items/${untouched}/revisions`, { basedOn, draft: edited })).status).toBe(200);
  server.pass(1_000);
  await clinic.report({ clinical: { ...patientRow().clinical, goals: 'Walks 1200 m.' } });
  await server.call('POST', '/v1/worker/authorizations/assess', { key: clinic.workerKey, body });
  expect(at((await get('frontDesk', `work-items/${untouched}`)).json, 'revision', 'number')).toBe(3);
});

test('a flow puts a thing to do on a list, once per subject, reason and key; no decision on it touches the authorization', async () => {
  const ask = (more: object): Promise<Answer> =>
    server.call('POST', '/v1/work-items', {
      key: clinic.key,
      body: { subject: clinic.authorization, reason: 'payer.asksEvaluation', key: clinic.authorization, ...more },
    });
  expect((await ask({ kind: 'authorization.number' })).status).toBe(400);
  const first = record((await ask({ role: 'biller' })).json);
  expect(first).toMatchObject({ status: 'open', outcome: 'opened' });
  expect((await ask({})).json).toMatchObject({ workItem: first['workItem'], outcome: 'alreadyOpen' });
  expect((await ask({ reason: 'payer.asksPlan' })).json).toMatchObject({ outcome: 'opened' });

  const before = at((await get('biller', authorization())).json, 'periods');
  const done = await decide('biller', String(first['workItem']), 'notDone', { reason: 'Asked by phone already.' });
  expect([done.status, done.text]).toEqual([200, done.text]);
  expect(at((await get('biller', authorization())).json, 'periods')).toEqual(before);
  expect((await ask({})).json).toMatchObject({ workItem: first['workItem'], outcome: 'alreadyDone' });
});

test('a flow may ask for something about a patient whom no authorization is followed for; one the clinic does not have is refused', async () => {
  const ask = (subject: string): Promise<Answer> =>
    server.call('POST', '/v1/work-items', {
      key: clinic.key,
      body: { subject, reason: 'handOff.bookVisits', key: 'note_1', role: 'frontDesk' },
    });
  const opened = record((await ask(clinic.patient)).json);
  expect(opened).toMatchObject({ status: 'open', outcome: 'opened' });
  expect((await ask(clinic.patient)).json).toMatchObject({ workItem: opened['workItem'], outcome: 'alreadyOpen' });
  const page = (await get('frontDesk', `work-items/${String(opened['workItem'])}`)).json;
  expect(at(page, 'item')).toMatchObject({ kind: 'flow.task', reason: 'handOff.bookVisits', subject: clinic.patient });
  expect(at(page, 'item', 'patientName')).toMatch(/\w+, \w+/);
  expect((await decide('frontDesk', String(opened['workItem']), 'done')).status).toBe(200);

  const refused = await ask('pat_nobodynobodynobodynob');
  expect([refused.status, at(refused.json, 'error', 'code')]).toEqual([404, 'reference.unknown']);
});

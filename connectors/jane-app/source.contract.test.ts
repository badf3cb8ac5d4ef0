// Jane over real HTTP: a person signs in, the sign-in is kept alive, and the clinic's records come page by page.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { janeAppControl } from '../../sandbox/jane-app/control.ts';
import { patientId } from '../../sandbox/jane-app/records.ts';
import { janeAppRouter } from '../../sandbox/jane-app/router.ts';
import { janeStore } from '../../sandbox/jane-app/store.ts';
import type { ConnectorContext } from '../connector.ts';
import { MemoryGrantStore } from '../grants.ts';
import { at, listAt } from '../json.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { restContext, smallClinic, startSystem } from '../testing/rest-systems.ts';
import type { RunningSystem } from '../testing/rest-systems.ts';
import { operations } from '../registry.ts';
import { janeAppOperations } from './operations.ts';
import { authorizeUrl, exchangeCode, signInAgain } from './sign-in.ts';
import { janeSource } from './source.ts';

const fetchRecords = operations['janeApp.records.fetch'];
const zone = 'America/Denver';
const clinic = smallClinic('2026-11-16');
const codeVerifier = 'a-verifier-of-at-least-forty-three-characters-long';
const redirectUri = 'https://gait.example/sign-in';

let jane: RunningSystem;
beforeAll(async () => {
  jane = await startSystem((folder, now) => {
    const parts = { store: janeStore(folder), clinic: () => clinic, now };
    return { '/jane-app': janeAppRouter(parts), '/sandbox/jane-app': janeAppControl(parts) };
  });
});
afterAll(() => jane.stop());
beforeEach(() => jane.post('/sandbox/jane-app/reset', {}));

const fail = (on: string, ...faults: object[]) =>
  jane.post('/sandbox/jane-app/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const calls = async (operation: string) =>
  Number(at(at(await jane.get('/sandbox/jane-app/journal'), 'calls'), operation) ?? 0);
const settings = (config: object = {}) => ({
  environment: 'partnerSandbox',
  clinicUrl: `${jane.url}/jane-app/`,
  loginUrl: `${jane.url}/jane-app`,
  ...config,
});

/** A context that nobody signed in for. */
function nobody(config: object = {}, grants = new MemoryGrantStore()): ConnectorContext {
  return restContext({ config: settings(config), grants, now: jane.now });
}

/** What the browser of a person who allows it comes back with. */
async function allow(context: ConnectorContext, answer = 'yes'): Promise<URL> {
  const { config, secrets } = context;
  const page = authorizeUrl({ config, secrets, state: 'state-1', codeVerifier, redirectUri });
  const shown = await fetch(page);
  expect(await shown.text()).toContain('patients:read');
  const body = new URLSearchParams({ leave: answer });
  const back = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '');
}

async function signedIn(config: object = {}, grants = new MemoryGrantStore()): Promise<ConnectorContext> {
  const context = nobody(config, grants);
  const back = await allow(context);
  expect(back.searchParams.get('state')).toBe('state-1');
  const code = back.searchParams.get('code') ?? '';
  expect(await exchangeCode(context, { code, codeVerifier, redirectUri })).toMatchObject({ kind: 'done' });
  return context;
}

async function fetched(context: ConnectorContext, request: Partial<RecordsRequest> = {}): Promise<RecordsFetched> {
  const outcome = await fetchRecords.run(context, { cursor: null, skip: [], clinic: { zone }, ...request });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

const rowsOf = ({ deliveries }: RecordsFetched, kind: string): readonly object[] =>
  deliveries.flatMap((one): readonly object[] => (one.kind === kind ? one.rows : []));

test('a person signs in once, and every patient and visit of the clinic comes, in the clinic’s wall clock', async () => {
  const told = await fetched(await signedIn({ pageSize: 10 }));
  expect(told).toMatchObject({ more: false, gone: [] });
  expect(told.deliveries.flatMap(({ problems }) => problems)).toEqual([]);
  const patients = rowsOf(told, 'patients');
  expect(patients).toHaveLength(clinic.patients.length);
  const [first] = clinic.patients;
  expect(patients[0]).toMatchObject({
    recordNumber: patientId(first?.recordNumber ?? ''),
    name: first?.name,
    birthDate: first?.birthDate,
    contact: { email: first?.contact.email },
    address: first?.address,
    coverage: null,
  });
  const visits = rowsOf(told, 'appointments');
  expect(visits).toHaveLength(clinic.visits.length);
  expect(visits[0]).toMatchObject({ date: clinic.visits[0]?.date, time: clinic.visits[0]?.time, units: null });
  expect(visits.map((visit) => at(visit, 'status'))).toEqual(clinic.visits.map(({ status }) => status));
  expect(new Set(visits.map((visit) => at(visit, 'type')))).toEqual(new Set(clinic.visits.map(({ type }) => type)));
});

test('an answer of a few rows goes on where it stopped, and a page taken once is not taken again', async () => {
  const context = await signedIn({ pageSize: 8 });
  let cursor: string | null = null;
  let count = 0;
  const ids: string[] = [];
  for (let more = true; more; ) {
    const told: RecordsFetched = await fetched(context, { kinds: ['patients'], cursor, limit: 8 });
    count += rowsOf(told, 'patients').length;
    ids.push(...told.deliveries.map(({ id }) => id));
    ({ cursor, more } = told);
  }
  expect([count, ids.length]).toEqual([clinic.patients.length, new Set(ids).size]);
  expect(await fetched(context, { kinds: ['patients'], skip: ids })).toMatchObject({
    deliveries: [],
    skipped: ids.length,
  });
});

test('only what changed comes the next time, also where it changed there and back, and what was archived is gone', async () => {
  const context = await signedIn();
  const { appointmentId: visit = '' } = clinic.visits.find(({ status }) => status === 'booked') ?? {};
  const state = (changed: string) =>
    jane.post('/sandbox/jane-app/change', { appointment: visit, changes: { state: changed } });
  const ids: string[] = [];
  let { cursor } = await fetched(context);
  for (const [changed, status] of [['cancelled', 'cancelled'], ['booked', 'booked'], ['cancelled', 'cancelled']]) {
    jane.advance(600_000);
    await state(changed ?? '');
    const told: RecordsFetched = await fetched(context, { cursor, skip: ids });
    expect(rowsOf(told, 'appointments')).toMatchObject([{ status }]);
    expect(rowsOf(told, 'patients')).toEqual([]);
    ids.push(...told.deliveries.map(({ id }) => id));
    ({ cursor } = told);
  } // prettier-ignore
  jane.advance(600_000);
  await state('archived');
  await jane.post('/sandbox/jane-app/change', {
    patient: clinic.patients[3]?.recordNumber,
    changes: { status: 'archived' },
  });
  const told = await fetched(context, { cursor });
  expect(told.gone.map(({ of }) => of)).toEqual(['patient', 'appointment']);
  expect(rowsOf(told, 'appointments')).toEqual([]);
});

test('a place held while somebody books is no visit, and a state nobody knows is told, not guessed', async () => {
  const [a, b] = clinic.visits;
  const change = (visit: string | undefined, state: string) =>
    jane.post('/sandbox/jane-app/change', { appointment: visit, changes: { state } });
  await change(a?.appointmentId, 'reserved');
  await change(b?.appointmentId, 'teleported');
  const told = await fetched(await signedIn(), { kinds: ['appointments'] });
  expect(told.deliveries.flatMap(({ problems }) => problems.map(({ reason }) => reason))).toEqual([
    'held, not booked',
    'unknown word',
  ]);
  expect(rowsOf(told, 'appointments')).toHaveLength(clinic.visits.length - 2);
});

test('scores come for the codes that the clinic calls outcome measures, a blood pressure does not', async () => {
  const context = await signedIn({ outcomeCodes: { LEFS: 'LEFS', ODI: 'Oswestry' } });
  const told = await fetched(context, { kinds: ['outcomes'] });
  const measures = new Set(rowsOf(told, 'outcomes').map((row) => at(row, 'measure')));
  expect(measures).toEqual(new Set(['LEFS', 'Oswestry']));
  expect(janeSource.kinds(context.config)).toContain('outcomes');
});

test('an access token that ended is refreshed, each time with the newest refresh token', async () => {
  const context = await signedIn();
  for (let round = 0; round < 4; round += 1) {
    jane.advance(20 * 60_000);
    expect(await janeAppOperations['janeApp.connection.test'].run(context, {})).toMatchObject({ kind: 'done' });
  }
  expect(await calls('token')).toBe(5);
});

test('callers who need a token at once share one refresh, and so do two processes', async () => {
  const grants = new MemoryGrantStore();
  const one = await signedIn({}, grants);
  const other = nobody({}, grants);
  jane.advance(6 * 60_000);
  const ask = (context: ConnectorContext) => janeSource.test(context);
  const outcomes = await Promise.all([ask(one), ask(one), ask(one), ask(other), ask(other)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(await calls('token')).toBe(2);
});

test('a sign-in that lasts over a restart needs no person', async () => {
  const kept = await (await signedIn()).grants?.read();
  const context = nobody({}, new MemoryGrantStore(kept ?? null));
  expect(await janeSource.test(context)).toMatchObject({ kind: 'done' });
  expect(await calls('token')).toBe(1);
});

test('a token that Jane refuses is replaced once; a sign-in that was withdrawn asks for a person', async () => {
  const context = await signedIn();
  await fail('company', { fault: 'tokenExpired' });
  expect(await janeSource.test(context)).toMatchObject({ kind: 'done' });
  await fail('token', { fault: 'signInWithdrawn' });
  jane.advance(6 * 60_000);
  expect(await janeSource.test(context)).toEqual(signInAgain);
  expect(await janeSource.test(context)).toEqual(signInAgain);
  expect(await janeSource.test(nobody())).toEqual(signInAgain);
});

test('a sign-in nobody uses is kept by asking every few minutes, and lapses after half an hour without', async () => {
  const context = await signedIn();
  const keep = janeAppOperations['janeApp.signIn.keep'];
  for (let minutes = 0; minutes < 90; minutes += 10) {
    expect(await keep.run(context, {})).toMatchObject({ kind: 'done' });
    jane.advance(10 * 60_000);
  }
  expect(await calls('token')).toBeLessThanOrEqual(10);
  jane.advance(31 * 60_000);
  expect(await keep.run(context, {})).toEqual(signInAgain);
});

test.each([-7200, 7200])('a clock at Jane that is %i seconds off changes neither tokens nor what is asked for', async (off) => {
  await jane.post('/sandbox/jane-app/settings', { clockAheadSeconds: off });
  const context = await signedIn();
  const { cursor } = await fetched(context, { kinds: ['appointments'] });
  jane.advance(200_000);
  expect(rowsOf(await fetched(context, { kinds: ['appointments'], cursor }), 'appointments')).toEqual([]);
  const visit = clinic.visits[5]?.appointmentId;
  await jane.post('/sandbox/jane-app/change', { appointment: visit, changes: { state: 'no_show' } });
  const told = await fetched(context, { kinds: ['appointments'], cursor });
  expect(rowsOf(told, 'appointments')).toMatchObject([{ status: 'missed' }]);
  expect(await calls('token')).toBeLessThanOrEqual(2);
}); // prettier-ignore

test('a code is good once, with its own verifier, and only for the clinic of the connection', async () => {
  const context = nobody();
  const refused = await allow(context, 'no');
  expect(refused.searchParams.get('error')).toBe('access_denied');
  const code = (await allow(context)).searchParams.get('code') ?? '';
  const another = { code, codeVerifier: codeVerifier.replace('a', 'b'), redirectUri };
  expect(await exchangeCode(context, another)).toEqual(signInAgain);
  expect(await exchangeCode(context, { code, codeVerifier, redirectUri })).toEqual(signInAgain);
  await fail('token', { fault: 'anotherClinic' });
  const next = (await allow(context)).searchParams.get('code') ?? '';
  expect(await exchangeCode(context, { code: next, codeVerifier, redirectUri })).toMatchObject({
    kind: 'rejected',
    reasons: [{ code: 'another-clinic', field: 'clinicUrl' }],
  });
  expect(await context.grants?.read()).toBeNull();
});

test('a wrong partner secret is told apart from a lapsed sign-in', async () => {
  const context = await signedIn();
  jane.advance(6 * 60_000);
  const wrong = { ...context, secrets: { clientId: 'clinic', clientSecret: 'wrong' } };
  expect(await janeSource.test(wrong)).toEqual({ kind: 'notSent', code: 'connection.credentials' });
});

test('too many calls to one endpoint wait as long as Jane says, and what came before them is kept', async () => {
  await jane.post('/sandbox/jane-app/settings', { callsAMinute: 2 });
  const context = await signedIn({ pageSize: 8 });
  const told = await fetched(context, { kinds: ['patients'] });
  expect(told).toMatchObject({ more: true });
  expect(rowsOf(told, 'patients')).toHaveLength(16);
  const request = { kinds: ['patients'], cursor: told.cursor, skip: [], clinic: { zone } } as const;
  const wait = await janeSource.fetch(context, request);
  expect(wait).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  await jane.post('/sandbox/jane-app/settings', { callsAMinute: null });
  jane.advance(61_000);
  expect(rowsOf(await fetched(context, request), 'patients')).toHaveLength(clinic.patients.length - 16);
});

test.each(['errors', 'error', 'object'])('a refusal in the envelope "%s" is a code without a word of the vendor', async (envelope) => {
  const context = await signedIn();
  await fail('patients', { fault: 'rejected', envelope });
  const outcome = await janeSource.fetch(context, { cursor: null, skip: [], clinic: { zone } });
  expect(outcome).toMatchObject({ kind: 'rejected', code: 'vendor.rejected' });
  expect(JSON.stringify(outcome)).not.toMatch(/Ashgrove/);
}); // prettier-ignore

test.each([
  [{ fault: 'errorBeforeAccepting' }, 'vendor.unavailable'],
  [{ fault: 'resetBeforeAccepting' }, 'vendor.unavailable'],
  [{ fault: 'hangBeforeAccepting', milliseconds: 3000 }, 'vendor.unavailable'],
  [{ fault: 'malformed' }, 'vendor.malformed'],
  [{ fault: 'throttled', retryAfterSeconds: 7 }, 'vendor.throttled'],
])('%j on a page is asked again later', async (fault, code) => {
  const context = await signedIn('milliseconds' in fault ? { requestTimeoutSeconds: 1 } : {});
  await fail('patients', fault);
  const request = { cursor: null, skip: [], clinic: { zone } };
  expect(await janeSource.fetch(context, request)).toMatchObject({ kind: 'notSent', code });
});

test('a cursor of Jane’s that lapsed between two answers begins the round again', async () => {
  const context = await signedIn({ pageSize: 8 });
  const { cursor } = await fetched(context, { kinds: ['patients'], limit: 8 });
  await fail('patients', { fault: 'lapsedCursor' });
  expect(rowsOf(await fetched(context, { kinds: ['patients'], cursor }), 'patients')).toHaveLength(
    clinic.patients.length,
  );
});

test('a refresh whose answer was lost needs a person, and no call goes out without a token', async () => {
  const context = await signedIn();
  jane.advance(6 * 60_000);
  await fail('token', { fault: 'resetAfterAccepting' });
  expect(await janeSource.test(context)).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
  expect(await janeSource.test(context)).toEqual(signInAgain);
  expect(await calls('company')).toBe(0);
});

test('what webhooks told of is asked for by id, with the patient nobody knows; an id nobody has holds nothing up', async () => {
  const context = await signedIn();
  const ask = (appointmentIds: readonly string[], known: boolean) =>
    janeAppOperations['janeApp.changed.fetch'].run(context, { appointmentIds, isKnown: () => Promise.resolve(known) });
  const [visit, other] = clinic.visits;
  const records = listAt(await jane.get('/sandbox/jane-app/records'), 'appointments');
  const idOf = (one: typeof visit) =>
    String(
      at(
        records.find((row) => at(row, 'appointment') === one?.appointmentId),
        'id',
      ),
    );
  const [id, second] = [idOf(visit), idOf(other)];
  const told = await ask(['nobody', id], false);
  expect(told).toMatchObject({
    kind: 'done',
    result: {
      appointments: { rows: [{ appointmentId: id, date: visit?.date, time: visit?.time }] },
      patients: { rows: [{ recordNumber: patientId(visit?.recordNumber ?? '') }] },
      asked: ['nobody', id],
      unknown: 1,
      failure: null,
    },
  });
  expect(await calls('appointments')).toBe(0);
  await jane.post('/sandbox/jane-app/change', { appointment: other?.appointmentId, changes: { state: 'archived' } });
  expect(await ask([second], true)).toMatchObject({
    result: { gone: [{ of: 'appointment', id: second }], appointments: { rows: [] }, patients: { rows: [] } },
  });
  await fail('appointment', { fault: 'throttled', retryAfterSeconds: 7 });
  expect(await ask([id], true)).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
});

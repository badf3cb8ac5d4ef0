// A patient is made known to Raintree over FHIR: not before a named person approved it, once, and in doubt found by inquiry.
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at, listAt, textAt } from '../../connectors/json.ts';
import { startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { fhirSandbox } from '../../sandbox/fhir/sandbox.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { addConnection } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const today = testDay();

let server: TestServer;
let raintree: RunningSystem;
let clinic: Followed;
let cookie: string;
let connection: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  raintree = await startSystem(() => {
    const { control, router } = fhirSandbox({ seed: 1, now: server.services.now });
    return { '/sandbox/fhir': control, '/fhir': router };
  });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'gait-1', alg: 'ES384' };
  await raintree.post('/sandbox/fhir/clients', { clientId: 'gait', key });
  clinic = await followedClinic(server.services, { today });
  const session = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), raintree?.stop()]);
});
beforeEach(async () => {
  await raintree.post('/sandbox/fhir/reset', { today, patients: 2 });
  connection = await connected(['Patient']);
});

async function connected(write: readonly string[]): Promise<string> {
  count += 1;
  const added = await addConnection(server.services, clinic.clinic, {
    name: `Raintree ${count}`,
    system: 'raintree',
    mode: 'live',
    config: {
      fhir: {
        baseUrl: `${raintree.url}/fhir`,
        clientId: 'gait',
        keyId: 'gait-1',
        algorithm: 'ES384',
        scope: 'system/*.cruds',
        requestsPerSecond: 100,
        requestTimeoutSeconds: 5,
        inquireAfterSeconds: 5,
        write,
      },
    },
    secrets: { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    agreement: {
      vendor: 'raintree',
      effective: '2020-01-01',
      expires: null,
      scope: ['name', 'birthDate', 'contact', 'address'],
      evidence: 'signed copy',
    },
  });
  return added.id;
}

const ask = async (approval?: string): Promise<unknown> =>
  (
    await server.call('POST', '/v1/effects', {
      key: clinic.key,
      body: {
        operation: 'raintree.patient.create',
        connection,
        subject: clinic.patient,
        ...(approval === undefined ? {} : { approval }),
      },
    })
  ).json;

const decide = async (workItem: string, decision: string): Promise<string> => {
  const { hash } = await server.services.db
    .selectFrom('work_item_revisions')
    .select('hash')
    .where('work_item', '=', workItem)
    .executeTakeFirstOrThrow();
  const decided = await server.call('POST', `/v1/console/work-items/${workItem}/decisions`, {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: { decision, hash, reason: 'Told at the desk.' },
  });
  expect(decided.status).toBe(200);
  return hash;
};
const itemOf = (answer: unknown): string => textAt(at(answer, 'structure'), 'workItem') ?? '';
const approved = async (): Promise<string> => decide(itemOf(await ask()), 'approve');
const writings = async (): Promise<number> => listAt(await raintree.get('/sandbox/fhir/journal'), 'entries').length;

test('nothing is written before a named person approved it, then exactly one patient, and asking again is the same', async () => {
  const first = await ask();
  expect(first).toMatchObject({ state: 'blocked', rule: 'approval.missing', structure: { approval: null } });
  const item = await server.services.db
    .selectFrom('work_items')
    .select(['kind', 'subject', 'status'])
    .where('id', '=', itemOf(first))
    .executeTakeFirst();
  expect(item).toEqual({ kind: 'record.send', subject: clinic.patient, status: 'open' });
  expect(itemOf(await ask())).toBe(itemOf(first));
  expect(await writings()).toBe(0);

  const approval = await decide(itemOf(first), 'approve');
  expect(await ask()).toMatchObject({ state: 'blocked', rule: 'approval.unnamed', structure: { approval } });
  expect(await ask('another')).toMatchObject({ state: 'blocked', rule: 'approval.superseded' });
  expect(await writings()).toBe(0);
  expect(await ask(approval)).toMatchObject({ state: 'done', outcome: 'created' });
  expect(await ask(approval)).toMatchObject({ state: 'duplicate', outcome: 'created' });
  expect(await ask()).toMatchObject({ state: 'duplicate' });
  expect(await writings()).toBe(1);
});

test('what a person rejected is not written and not asked again with the same values', async () => {
  const workItem = itemOf(await ask());
  await decide(workItem, 'reject');
  const again = await ask();
  expect(again).toMatchObject({ state: 'blocked', rule: 'approval.missing' });
  expect(itemOf(again)).toBe(workItem);
  expect(await writings()).toBe(0);
});

test('an answer that was lost leaves doubt; the patient is found by the identifier and not written again', async () => {
  const approval = await approved();
  await raintree.post('/sandbox/fhir/faults', { next: [{ on: 'create', fault: 'resetAfterAccepting' }] });
  expect(await ask(approval)).toMatchObject({ state: 'uncertain' });
  server.pass(60_000);
  expect(await ask(approval)).toMatchObject({ state: 'duplicate', outcome: 'created' });
  expect(await writings()).toBe(1);
});

const moveTo = (phone: string) => clinic.report({ contact: { phone, email: null } });

test('an approval holds for the values that were approved; a patient who is there is not written again with others', async () => {
  const approval = await approved();
  await moveTo('555-0171');
  const asked = await ask(approval);
  expect(asked).toMatchObject({ state: 'blocked', rule: 'approval.missing' });
  await moveTo('555-0172');
  const again = await ask();
  expect(itemOf(again)).not.toBe(itemOf(asked));
  const outdated = server.services.db.selectFrom('work_items').select('status').where('id', '=', itemOf(asked));
  expect(await outdated.executeTakeFirst()).toEqual({ status: 'closed' });
  expect(await writings()).toBe(0);
  expect(await ask(await decide(itemOf(again), 'approve'))).toMatchObject({ state: 'done' });
  await moveTo('555-0173');
  expect(await ask()).toMatchObject({ state: 'duplicate' });
  expect(await writings()).toBe(1);
});

test('where nothing may be written a person enters the values', async () => {
  connection = await connected([]);
  const answer = await ask();
  expect(answer).toMatchObject({ state: 'done', outcome: 'workItem' });
  const { kind } = await server.services.db
    .selectFrom('work_items')
    .select('kind')
    .where('id', '=', itemOf(answer))
    .executeTakeFirstOrThrow();
  expect(kind).toBe('record.enter');
});

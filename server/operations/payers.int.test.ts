// What a flow is told of payers: by their ids in Gait, without a patient, over the simulated clearinghouse.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { testDay } from '../testing/days.ts';

let server: TestServer;
let sandbox: RunningSandbox;
let clinic: Followed;

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
  const today = testDay();
  clinic = await followedClinic(server.services, { today, availity: sandbox.url });
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()]);
});

const ask = (operation: string, options: object) =>
  server.call('POST', '/v1/operations', { key: clinic.key, body: { operation, connection: 'Availity', options } });

test('the payers of a connection are listed with their routes; a shorter list says that it is not all', async () => {
  const { json } = await ask('availity.payers.list', { limit: 2 });
  expect(json).toMatchObject({
    outcome: 'listed',
    structure: { payers: 4, complete: false },
    items: [{ outcome: 'listed', structure: { payerId: 'sunrise-medicare' } }, {}],
  });
  const one = await ask('availity.payers.list', { payer: 'harbor-health' });
  expect(one.json).toMatchObject({ structure: { payers: 1, complete: true } });
});

test('what a payer demands of an eligibility question is told field by field', async () => {
  const { json } = await ask('availity.configurations.get', { payer: 'harbor-health', transaction: 'eligibility' });
  const fields = expect.arrayContaining([expect.objectContaining({ field: 'providerNpi', required: true })]) as unknown;
  expect(json).toMatchObject({
    outcome: 'found',
    items: [{ outcome: 'found', structure: { type: '270', payerId: 'harbor-health', fields } }],
  });
  const nobody = await ask('availity.configurations.get', { payer: 'nobody', transaction: 'eligibility' });
  expect(nobody.json).toMatchObject({ outcome: 'notFound', items: [{ outcome: 'notFound' }] });
});

test('a transaction without configurations is refused by name', async () => {
  const answer = await ask('availity.configurations.get', { payer: 'harbor-health', transaction: 'remittance' });
  expect([answer.status, answer.json]).toMatchObject([400, { error: { code: 'input.invalid', where: 'transaction' } }]);
});

// Connections: what a flow may know of them, what nobody may, and that their care leaves its entries.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { createClinic, createKey, operator } from '../setup.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { TestServer } from '../testing/server.ts';
import { actionsOf, startServer } from '../testing/server.ts';

const secrets = { clientId: 'ZZ-CANARY-ID', clientSecret: 'ZZ-CANARY-SECRET' };
// A port of loopback on which nobody listens.
const config = {
  environment: 'demo',
  scope: 'healthcare-hipaa-transactions-demo',
  baseUrl: 'http://127.0.0.1:9',
};
const agreement = {
  vendor: 'Availity',
  effective: '2026-01-01',
  expires: '2026-12-31',
  scope: ['name', 'memberId'],
  evidence: 'Binder 3, page 12',
};

let server: TestServer;
let clinic: string;
let other: string;
let admin: string;
let flows: string;

beforeAll(async () => {
  server = await startServer();
  const { services } = server;
  clinic = (await createClinic(services, { name: 'north', timezone: 'America/Chicago' })).id;
  other = (await createClinic(services, { name: 'south', timezone: 'America/Chicago' })).id;
  admin = (await createKey(services, { name: 'admin', clinic, capabilities: ['admin'] })).secret;
  flows = (await createKey(services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
});
afterAll(() => server.stop());

function idOf(json: unknown): string {
  return String(Reflect.get(Object(json), 'id'));
}

test('a connection is added once by its name, told without its settings, and its secrets lie sealed', async () => {
  const body = { name: 'Availity', system: 'availity', config, secrets, agreement, mode: 'shadow' };
  const added = await server.call('POST', '/v1/admin/connections', { key: admin, body });
  expect(added.json).toMatchObject({
    name: 'Availity',
    mode: 'shadow',
    agreement: { vendor: 'Availity' },
    testedAt: null,
  });
  const again = await server.call('POST', '/v1/admin/connections', { key: admin, body });
  expect([again.status, again.json]).toMatchObject([409, { error: { code: 'state.conflict', where: 'name' } }]);

  const list = await server.call('GET', '/v1/connections?system=availity', { key: flows });
  expect(list.json).toEqual({
    connections: [{ id: idOf(added.json), name: 'Availity', system: 'availity', mode: 'shadow' }],
  });
  expect((await server.call('GET', '/v1/connections?system=webpt', { key: flows })).json).toEqual({ connections: [] });

  for (const text of [
    added.text,
    list.text,
    (await server.call('GET', '/v1/admin/connections', { key: admin })).text,
  ]) {
    expect(text).not.toContain('ZZ-CANARY');
    expect(text).not.toContain(config.baseUrl);
  }
  for (const table of ['connections', 'vault_records', 'audit_entries']) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
      server.services.db,
    );
    const stored = rows.map(({ row }) => row).join('\n');
    expect(stored).not.toContain('ZZ-CANARY');
    expect(stored).not.toContain(Buffer.from('ZZ-CANARY').toString('hex'));
  }
});

test('an unknown system, a wrong setting and a missing secret are named', async () => {
  const add = async (change: object): Promise<unknown> => {
    const body = { name: 'X', system: 'availity', config, secrets, mode: 'shadow', ...change };
    return (await server.call('POST', '/v1/admin/connections', { key: admin, body })).json;
  };
  expect(await add({ system: 'nosuch' })).toMatchObject({ error: { code: 'input.invalid', where: 'system' } });
  expect(await add({ config: { ...config, environment: 'ZZ-CANARY' } })).toMatchObject({
    error: { where: 'config.environment' },
  });
  expect(await add({ secrets: { clientId: 'x' } })).toMatchObject({ error: { where: 'secrets.clientSecret' } });
});

test('the server opens it by id or name, with an entry; another clinic cannot', async () => {
  const { connections } = server.services;
  const [summary] = await connections.list(clinic);
  const opened = await connections.open(
    clinic,
    summary?.id ?? '',
    'availity.serviceReview.create',
    systemPrincipal('effects'),
  );
  expect(opened).toMatchObject({ config, secrets });
  expect(await connections.open(clinic, 'Availity', 'connection.test', operator)).toMatchObject({ id: opened.id });
  expect(
    (await actionsOf(server.services, clinic)).filter((action) => action === 'connection.opened').length,
  ).toBeGreaterThan(1);
  await expect(connections.open(other, opened.id, 'connection.test', operator)).rejects.toMatchObject({
    code: 'connection.unknown',
  });
});

test('a test against a vendor that does not answer tells a code; rotated secrets make it untested and another revision', async () => {
  const { connections } = server.services;
  const before = await connections.open(clinic, 'Availity', 'connection.test', operator);
  const tested = await server.call('POST', `/v1/admin/connections/${before.id}/test`, { key: admin, body: {} });
  expect(tested.status).toBe(200);
  expect(tested.text).toMatch(/"outcome":"(connection|vendor)\.[a-z]+"/);
  const rotate = { secrets: { ...secrets, clientSecret: 'new' } };
  expect(
    (await server.call('POST', `/v1/admin/connections/${before.id}/rotate`, { key: admin, body: rotate })).status,
  ).toBe(200);
  const after = await connections.open(clinic, 'Availity', 'connection.test', operator);
  expect(after).toMatchObject({ secrets: rotate.secrets, config, testedAt: null });
  expect(after.revision).not.toBe(before.revision);
});

test('mode and agreement change with an entry each; a removed connection keeps no secret', async () => {
  const { connections, db } = server.services;
  const { id } = await connections.open(clinic, 'Availity', 'connection.test', operator);
  await server.call('POST', `/v1/admin/connections/${id}/mode`, { key: admin, body: { mode: 'live' } });
  await server.call('POST', `/v1/admin/connections/${id}/agreement`, { key: admin, body: { agreement: null } });
  expect(await connections.list(clinic)).toMatchObject([{ mode: 'live', agreement: null }]);
  await connections.remove(clinic, id, operator);
  expect(await connections.list(clinic)).toEqual([]);
  const { record } = await db.selectFrom('connections').select('record').where('id', '=', id).executeTakeFirstOrThrow();
  const left = await server.services.vault.open(clinic, record, {
    purpose: 'connection.test',
    actor: systemPrincipal('test'),
  });
  expect(left).toEqual({ config: {}, secrets: {} });
  expect(await actionsOf(server.services, clinic)).toEqual(
    expect.arrayContaining([
      'connection.added',
      'connection.rotated',
      'connection.mode',
      'connection.agreement',
      'connection.removed',
    ]),
  );
});

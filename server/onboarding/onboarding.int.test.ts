// What the person who reviews a new patient reads about the other steps, also about one that was blocked.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { addConnection, createKey } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { patientEvidence } from './evidence.ts';

let server: TestServer;
let clinic: Followed;
let key: string;
let folder: string;

beforeEach(async () => {
  server = await startServer({ GAIT_TEMPORAL_ADDRESS: '127.0.0.1:9' });
  clinic = await followedClinic(server.services, { today: testDay() });
  key = (await createKey(server.services, { name: 'n8n', clinic: clinic.clinic, capabilities: ['flows'] })).secret;
  folder = await mkdtemp(join(tmpdir(), 'gait-billing-'));
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const evidence = async () => {
  const rows = await patientEvidence(server.services.db, clinic.clinic, { patient: clinic.patient, workItem: 'none' });
  return rows.filter(({ label }) => label.startsWith('Billing:'));
};

test('a billing system without an agreement was not told of the patient: the review says so until it was', async () => {
  const { id } = await addConnection(server.services, clinic.clinic, {
    name: 'Billing',
    system: 'therabill',
    mode: 'live',
    config: { dropFolder: folder },
    secrets: {},
    agreement: null,
  });
  const body = { operation: 'therabill.patient.create', connection: id, subject: clinic.patient };
  expect((await server.call('POST', '/v1/effects', { key, body })).json).toMatchObject({ state: 'blocked' });
  expect(await evidence()).toEqual([
    {
      label: 'Billing: not told of the patient',
      value: 'No agreement with this vendor is on file. An administrator records it at the connection.',
      source: 'Gait',
    },
  ]);

  const admin = await createKey(server.services, { name: 'ops', clinic: clinic.clinic, capabilities: ['admin'] });
  const agreement = {
    vendor: 'therabill',
    effective: '2020-01-01',
    expires: null,
    scope: ['name'],
    evidence: 'Binder 3',
  };
  const recorded = await server.call('POST', `/v1/admin/connections/${id}/agreement`, {
    key: admin.secret,
    body: { agreement },
  });
  expect(recorded.status).toBe(200);
  expect((await server.call('POST', '/v1/effects', { key, body })).json).toMatchObject({ state: 'done' });
  expect(await evidence()).toEqual([]);
});

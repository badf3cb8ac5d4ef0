// Luma Health does not tell by itself how far a message has come: it is asked, and what failed there goes by the next way.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSystem, smallClinic } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { lumaHealthControl } from '../../sandbox/luma-health/control.ts';
import { patientId } from '../../sandbox/luma-health/records.ts';
import { lumaHealthRouter } from '../../sandbox/luma-health/router.ts';
import { lumaStore } from '../../sandbox/luma-health/store.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { createVendor } from '../operations/vendor.ts';
import { addConnection } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { askLumaStatuses } from './luma-statuses.ts';

const zone = 'America/Chicago';
const known = smallClinic('2026-11-16');
const number = patientId(known.patients[0]?.recordNumber ?? '');
let luma: RunningSystem;
let server: TestServer;
let clinic: Followed;

beforeAll(async () => {
  luma = await startSystem((folder, now) => {
    const parts = { store: lumaStore(folder), clinic: () => known, now };
    return { '/luma': lumaHealthRouter(parts), '/sandbox/luma-health': lumaHealthControl(parts) };
  });
  server = await startServer();
  const { services } = server;
  const today = addDays(dateInZone(services.now().toISOString(), zone), 1);
  server.pass(Date.parse(instantOf(`${today}T11:00`, zone) ?? '') - services.now().getTime());
  clinic = await followedClinic(services, { name: 'luma', today });
  await clinic.report({ contact: { phone: '3125550142', email: 'quillon@example.org' } });
  const outreach = { name: 'North PT', phone: '555-0100', channels: ['text', 'email'] };
  await services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach }) })
    .where('id', '=', clinic.clinic)
    .execute();
  const { id: connection } = await addConnection(services, clinic.clinic, {
    name: 'Luma',
    system: 'lumaHealth',
    mode: 'live',
    config: { baseUrl: `${luma.url}/luma` },
    secrets: { clientId: 'clinic', clientSecret: 'secret' },
    agreement: {
      vendor: 'lumaHealth',
      effective: '2020-01-01',
      expires: null,
      scope: ['recordNumber', 'visitTime'],
      evidence: 'x',
    },
  });
  const ref = await services.vault.put(clinic.clinic, 'patientRecord', { recordNumber: number });
  const at = services.now();
  await services.db
    .insertInto('patient_records')
    .values({ ref, clinic: clinic.clinic, connection, patient: clinic.patient, as_of: at, gone: null, updated_at: at })
    .execute();
});
afterAll(async () => {
  await server.stop();
  await luma.stop();
});

const call = async (key: string, path: string, body: object): Promise<string> => {
  const { text, status } = await server.call('POST', path, { key, body });
  if (status !== 200) throw new Error(text);
  return text;
};
const next = async (message: string) =>
  JSON.parse(await call(clinic.workerKey, '/v1/worker/messages/next', { clinic: clinic.clinic, message })) as object;
const ask = () =>
  askLumaStatuses({ ...server.services, vendor: createVendor(server.services) }, new AbortController().signal);

test('what Luma did not deliver goes by e-mail; it is asked every few minutes and no more once it has said', async () => {
  const queued = await call(clinic.key, '/v1/messages', {
    messages: [{ patient: clinic.patient, purpose: 'visit.missed', date: '2026-11-30' }],
  });
  const message = /msg_\w{22}/.exec(queued)?.[0] ?? '';
  expect(await next(message)).toEqual({ kind: 'send', channel: 'text' });
  const sent = await call(clinic.key, '/v1/effects', {
    operation: 'lumaHealth.message.send',
    connection: 'Luma',
    subject: message,
  });
  expect(sent).toContain('"state":"done"');
  server.pass(6 * 60_000);
  await ask();
  // Sent, and no more is known: the next way waits.
  expect(await next(message)).toMatchObject({ kind: 'wait' });
  const { vendor_message: named } = await server.services.db
    .selectFrom('message_sendings')
    .select('vendor_message')
    .where('message', '=', message)
    .executeTakeFirstOrThrow();
  await luma.post('/sandbox/luma-health/change', {
    resource: 'messages',
    number: named,
    changes: { status: 'undelivered', skippedStatusReason: 'landline' },
  });
  await ask();
  expect(await next(message)).toMatchObject({ kind: 'wait' });
  server.pass(6 * 60_000);
  await ask();
  const { ways } = await server.services.db
    .selectFrom('messages')
    .select('ways')
    .where('ref', '=', message)
    .executeTakeFirstOrThrow();
  expect(ways[0]).toMatchObject({ channel: 'text', state: 'failed', reason: 'landline' });
  expect(await next(message)).toEqual({ kind: 'send', channel: 'email' });
});

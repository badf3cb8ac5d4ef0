// Jane's webhooks at a whole server: signed, just now, each event once, its appointment in the vault and nowhere else.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { janeAppControl } from '../../sandbox/jane-app/control.ts';
import { appointmentId } from '../../sandbox/jane-app/records.ts';
import { janeStore } from '../../sandbox/jane-app/store.ts';
import { startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createClinic } from '../setup.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { unconfirmed } from './documents.ts';

const clinicOfJane = generateClinic({ seed: 7, today: '2026-11-16', canary: null });
const visit = clinicOfJane.visits[0]?.appointmentId ?? '';
const topic = 'APPOINTMENT_CANCELLED';

let server: TestServer;
let jane: RunningSystem;
let clinic: string;
const connection = newReference('conn');

beforeAll(async () => {
  server = await startServer();
  jane = await startSystem((folder) => ({
    '/sandbox/jane-app': janeAppControl({
      store: janeStore(folder),
      clinic: () => clinicOfJane,
      now: server.services.now,
    }),
  }));
  const { services } = server;
  ({ id: clinic } = await createClinic(services, { name: 'stride', timezone: 'America/Denver' }));
  const config = { environment: 'partnerSandbox', clinicUrl: 'https://stride.example' };
  const secrets = { clientId: 'gait', clientSecret: 'secret', webhookSecret: 'secret-booked secret-cancelled' };
  const record = await services.vault.put(clinic, 'connection', { config, secrets });
  const at = services.now();
  await services.db
    .insertInto('connections')
    .values({
      id: connection,
      clinic,
      name: 'Jane',
      system: 'janeApp',
      mode: 'live',
      record,
      agreement: JSON.stringify(null),
      created_at: at,
      updated_at: at,
      tested_at: null,
      test_outcome: null,
      removed_at: null,
    })
    .execute();
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), jane?.stop()]);
});
beforeEach(async () => {
  const subscription = { topic, url: `${server.url}/v1/webhooks/jane/${connection}`, secret: 'secret-cancelled' };
  await jane.post('/sandbox/jane-app/settings', { subscriptions: [subscription] });
});

const send = (event: object) => jane.post('/sandbox/jane-app/events', { topic, appointment: visit, ...event });
const kept = () =>
  server.services.db.selectFrom('received_documents').selectAll().where('source', '=', 'jane.event').execute();

test('an event is written down once however often it comes, and its appointment lies in the vault', async () => {
  const eventId = 'evt-00000001';
  expect(await send({ eventId, times: 3 })).toEqual({ eventId, statuses: [200, 200, 200] });
  expect(await send({ eventId })).toEqual({ eventId, statuses: [200] });
  const rows = await kept();
  expect(rows).toMatchObject([{ name: eventId, kinds: ['cancelled'], structure: { topic: 'cancelled' }, try_at: null }]);
  expect(JSON.stringify(rows)).not.toContain(appointmentId(visit));
  const { services } = server;
  const of = { clinic, connection, source: 'jane.event' } as const;
  expect(await unconfirmed(services.db, of)).toEqual([eventId]);
  const opening = { purpose: 'test', actor: systemPrincipal('webhooks') };
  expect(await services.vault.open(clinic, rows[0]?.record ?? '', opening)).toMatchObject({
    appointmentId: appointmentId(visit),
    topic: 'cancelled',
  });
  expect(server.logs.join('\n')).not.toContain(appointmentId(visit));
}); // prettier-ignore

test.each([
  ['signed with another secret', { wrong: 'secret' }],
  ['changed after it was signed', { wrong: 'body' }],
  ['not signed', { wrong: 'unsigned' }],
  ['signed an hour ago', { wrong: 'late' }],
])('a webhook %s is refused and leaves nothing', async (_name, wrong) => {
  const before = (await kept()).length;
  expect(await send(wrong)).toMatchObject({ statuses: [401] });
  expect(await kept()).toHaveLength(before);
});

test('a connection that is none of Jane’s is refused in the same words', async () => {
  const call = (id: string) => server.call('POST', `/v1/webhooks/jane/${id}`, { body: { event_id: 'evt-00000002' } });
  const [none, own] = [await call('conn_nobody'), await call(connection)];
  expect([none.status, own.status]).toEqual([401, 401]);
  expect(none.json).toEqual(own.json);
});

// What happened to an authorization, as the server writes it down: on the clinic's own days, under the coverage that counts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuthorizationEvent } from '../../domain/authorization/events.ts';
import { systemPrincipal } from '../http/principal.ts';
import { storePatient } from '../imports/rows.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createAuthorizations } from './events.ts';
import { authorizationOf, authorizationRow } from './facts.ts';
import { originOf, followedClinic, patientRow } from './testing/followed.ts';
import type { Followed } from './testing/followed.ts';
import { testDay } from '../testing/days.ts';

const by = systemPrincipal('test');
const today = testDay();

let server: TestServer;
let clinic: Followed;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  clinic = await followedClinic(server.services, { name: `c${count}`, today });
});

const common = { at: new Date().toISOString(), by: 'workflow', period: 2, workItem: null } as const;

const submitted = {
  ...common,
  id: 'e1',
  type: 'submitted',
  kind: 'renewal',
  channel: 'fax',
  sentAt: '2026-11-22T00:30:00.000Z',
  requested: { visits: 12, units: null },
  from: '2027-01-01',
  to: '2027-03-01',
} as const;

const apply = (event: AuthorizationEvent) =>
  createAuthorizations({ ...server.services, policies: clinic.policies }).apply(
    clinic.clinic,
    clinic.authorization,
    event,
    by,
  );

const stored = async () =>
  authorizationOf(await authorizationRow(server.services.db, clinic.clinic, clinic.authorization));

test('a fax sent at 18:30 on a Saturday in Chicago is dated that Saturday', async () => {
  await apply(submitted);
  expect((await stored()).periods.at(-1)).toMatchObject({ sequence: 2, submittedOn: '2026-11-21' });
});

describe('a hold because the coverage changed', () => {
  beforeEach(async () => {
    const { services } = server;
    await services.db.transaction().execute((trx) => {
      const coverage = { ...patientRow().coverage, payerId: 'harbor-health', payerName: 'Harbor Health' };
      const from = originOf({ clinic: clinic.clinic, connection: clinic.webpt, today });
      return storePatient(
        { ...services, policies: clinic.policies, workItems: clinic.workItems, linker: clinic.linker },
        trx,
        from,
        patientRow({ coverage }),
      );
    });
  });

  const ended = (type: 'resumed' | 'coverageReplaced') =>
    apply({ ...common, id: 'e2', type, period: 1 } satisfies AuthorizationEvent);

  test('names the old payer and the new one to the person who decides', async () => {
    const { workItem } = await clinic.workItems.open(
      {
        clinic: clinic.clinic,
        key: 'k1',
        kind: 'authorization.held',
        subject: clinic.authorization,
        workflow: null,
        dueAt: null,
        context: { period: 1 },
      },
      by,
    );
    const item = await server.services.db
      .selectFrom('work_items')
      .select('reason')
      .where('id', '=', workItem)
      .executeTakeFirstOrThrow();
    expect(item.reason).toMatch(/ from Sunrise Medicare Advantage to Harbor Health.*: what was approved may not count/);
  });

  test('ends with the new payer asked: its coverage is taken over and the old approval covers nothing', async () => {
    const assessment = await ended('coverageReplaced');
    expect(assessment).toMatchObject({ need: 'initial', payer: 'harbor-health', projection: { state: 'noApproval' } });
    expect(await stored()).toMatchObject({
      payer: 'harbor-health',
      coverageChangedOn: null,
      periods: [{ status: 'superseded', approved: { visits: 12 } }],
    });
  });

  test('ends with the approval confirmed: it covers under the new coverage', async () => {
    expect(await ended('resumed')).toMatchObject({ payer: 'harbor-health', projection: { visits: { approved: 12 } } });
  });
});

test('a payer that requires none stays so over later imports, until the export says otherwise', async () => {
  const { services } = server;
  const imported = (change: Parameters<typeof patientRow>[0]) =>
    services.db.transaction().execute((trx) => {
      const from = originOf({ clinic: clinic.clinic, connection: clinic.webpt, today });
      return storePatient(
        { ...services, policies: clinic.policies, workItems: clinic.workItems, linker: clinic.linker },
        trx,
        from,
        patientRow(change),
      );
    });
  await imported({ authorizationRequired: null });
  await apply({ ...common, id: 'e3', type: 'notRequired', on: today });
  expect((await stored()).requiredByPayer).toBe(false);
  await imported({ authorizationRequired: null, gender: 'unknown' });
  expect((await stored()).requiredByPayer).toBe(false);
  await imported({ authorizationRequired: true });
  expect((await stored()).requiredByPayer).toBe(true);
});

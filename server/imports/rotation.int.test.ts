// A new master key changes nothing of what is known from imports: the same report stays the same when the older key is gone.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeUntold } from '../../connectors/pt-records/rows.ts';
import { followedClinic, originOf, patientRow } from '../authorizations/testing/followed.ts';
import { createAudit } from '../audit/append.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { operator } from '../setup.ts';
import { parseKeyring, withNewMaster } from '../vault/keyring.ts';
import type { Keyring } from '../vault/keyring.ts';
import { rewrapAll, rewrapMasterKey, rotateClinicKey } from '../vault/rotation.ts';
import { createVault } from '../vault/vault.ts';
import { storeAppointments } from './appointments.ts';
import { storePatient } from './rows.ts';
import type { RowResult } from './tables.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('rotated, imported again and then without the older key: no visit is counted twice', async () => {
  const { db, now, database, validator } = server.services;
  const clinic = await followedClinic(server.services, { today });
  const from = originOf({ clinic: clinic.clinic, connection: clinic.webpt, today });
  const visits = ['V-1', 'V-2', 'V-3'].map((appointmentId) => ({
    appointmentId,
    recordNumber: 'P-1001',
    date: today,
    time: '09:00',
    startsAt: `${today}T15:00:00.000Z`,
    status: 'arrived' as const,
    units: 2,
    type: 'visit',
    ...placeUntold,
  }));
  const importUnder = async (keyring: Keyring): Promise<RowResult[]> => {
    const audit = createAudit({ db, keyring, now, writing: database.writing });
    const vault = createVault({ db, keyring, audit, now, check: validator.check });
    const needs = {
      ...server.services,
      keyring,
      audit,
      vault,
      policies: clinic.policies,
      workItems: clinic.workItems,
      linker: clinic.linker,
    };
    return db
      .transaction()
      .execute(async (trx) => [
        await storePatient(needs, trx, from, patientRow()),
        ...(await storeAppointments(needs, trx, from, visits, new Map())),
      ]);
  };
  const count = async () =>
    (await db.selectFrom('appointments').select('ref').where('clinic', '=', clinic.clinic).execute()).length;

  const old = await readFile(server.keyringFile, 'utf8');
  await importUnder(parseKeyring(old));
  const before = await count();

  const master = Buffer.alloc(32, 7);
  const keyring = parseKeyring(withNewMaster(old, master));
  const audit = createAudit({ db, keyring, now, writing: database.writing });
  await rewrapMasterKey({ db, keyring, audit, now });
  await rotateClinicKey({ db, keyring, audit, now }, clinic.clinic, operator);
  await rewrapAll({ db, keyring, audit, now }, clinic.clinic, operator);
  expect(await importUnder(keyring)).toEqual(['same', 'same', 'same', 'same']);

  const keys = { [keyring.current]: master.toString('base64') };
  const without = parseKeyring(JSON.stringify({ current: keyring.current, keys }));
  expect(await importUnder(without)).toEqual(['same', 'same', 'same', 'same']);
  expect(await count()).toBe(before);
});

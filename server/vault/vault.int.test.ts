// The vault: records open for whom they should, and for nobody else, under whatever key they lie.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeyPrincipal, SessionPrincipal } from '../http/principal.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createAudit } from '../audit/append.ts';
import { verifyAudit } from '../audit/verify.ts';
import { createClinic, operator } from '../setup.ts';
import type { TestServer } from '../testing/server.ts';
import { actionsOf, keyringText, startServer } from '../testing/server.ts';
import { parseKeyring } from './keyring.ts';
import { newReference } from './reference.ts';
import type { RotationNeeds } from './rotation.ts';
import { rewrapAll, rewrapMasterKey, rotateClinicKey, shredClinic } from './rotation.ts';
import { createVault } from './vault.ts';

const record = { name: { given: 'Quillon', family: 'ZZ-CANARY-7' }, phone: '555-0142' };
const reader = { purpose: 'worklist.review', actor: systemPrincipal('test') };

let server: TestServer;
let clinic: string;
let other: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  clinic = (await createClinic(server.services, { name: `a-${count}`, timezone: 'America/Chicago' })).id;
  other = (await createClinic(server.services, { name: `b-${count}`, timezone: 'America/Chicago' })).id;
});

function session(of: string): SessionPrincipal {
  return {
    kind: 'session',
    user: newReference('usr'),
    displayName: 'A',
    clinic: of,
    roles: ['frontDesk'],
    session: 'x',
  };
}

function keysOf(keyring: string): Record<string, string> {
  const parsed: unknown = JSON.parse(keyring);
  const keys: unknown = typeof parsed === 'object' && parsed !== null && 'keys' in parsed ? parsed.keys : null;
  return Object.fromEntries(Object.entries({ ...(keys as object) }).map(([id, key]) => [id, String(key)]));
}

describe('a record', () => {
  test('opens as it was put, for a person of the clinic, with an entry that says who and why', async () => {
    const { vault, db } = server.services;
    const ref = await vault.put(clinic, 'patient', record, { prefix: 'pat' });
    expect(ref).toMatch(/^pat_[0-9A-Za-z]{22}$/);
    const actor = session(clinic);
    expect(await vault.open(clinic, ref, { purpose: 'worklist.review', actor })).toEqual(record);
    const entry = await db.selectFrom('audit_entries').selectAll().where('subject', '=', ref).executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ clinic, actor: actor.user, action: 'record.opened', purpose: 'worklist.review' });
  });

  test('is nowhere in the database in the clear, nor are the values it is found by', async () => {
    const { vault, db } = server.services;
    await vault.put(clinic, 'patient', record, { lookup: { recordNumber: 'ZZ-CANARY-8' } });
    for (const table of ['vault_records', 'vault_lookups', 'audit_entries']) {
      const { rows } = await sql<{
        bytes: string;
      }>`select encode(convert_to(t::text, 'UTF8'), 'escape') as bytes from ${sql.table(table)} t`.execute(db);
      const hex = rows.map((row) => row.bytes).join('\n');
      expect(hex).not.toContain('ZZ-CANARY');
      expect(hex).not.toContain(Buffer.from('ZZ-CANARY').toString('hex'));
    }
  });

  test('does not open for an API key, whatever the key may do, and the attempt is kept', async () => {
    const { vault } = server.services;
    const ref = await vault.put(clinic, 'patient', record);
    const key: KeyPrincipal = {
      kind: 'key',
      id: newReference('key'),
      name: 'n8n',
      clinic,
      capabilities: ['flows', 'worker', 'admin'],
      expiresAt: null,
    };
    await expect(vault.open(clinic, ref, { purpose: 'any', actor: key })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(vault.openMany(clinic, [ref], { purpose: 'any', actor: key })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(vault.open(clinic, ref, { purpose: 'any', actor: { kind: 'nobody' } })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    expect((await actionsOf(server.services, clinic)).filter((action) => action === 'record.refused')).toHaveLength(3);
  });

  test('does not open for a person of another clinic, nor under another clinic', async () => {
    const { vault } = server.services;
    const ref = await vault.put(clinic, 'patient', record);
    await expect(vault.open(clinic, ref, { purpose: 'any', actor: session(other) })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(vault.open(other, ref, { purpose: 'any', actor: session(other) })).rejects.toMatchObject({
      code: 'reference.unknown',
    });
  });

  test('moved to another clinic, reference, kind or version by hand does not open', async () => {
    const { vault, db } = server.services;
    const [first, second] = [
      await vault.put(clinic, 'patient', record),
      await vault.put(clinic, 'patient', { name: 'other' }),
    ];
    const original = await db
      .selectFrom('vault_records')
      .selectAll()
      .where('ref', '=', first)
      .executeTakeFirstOrThrow();
    await db.updateTable('vault_records').set({ sealed: original.sealed }).where('ref', '=', second).execute();
    await expect(vault.open(clinic, second, reader)).rejects.toMatchObject({ code: 'vault.sealed' });
    for (const change of [{ kind: 'note' }, { version: 2 }]) {
      await db.updateTable('vault_records').set(change).where('ref', '=', first).execute();
      await expect(vault.open(clinic, first, reader)).rejects.toMatchObject({ code: 'vault.sealed' });
      await db
        .updateTable('vault_records')
        .set({ kind: original.kind, version: original.version })
        .where('ref', '=', first)
        .execute();
    }
    await db.updateTable('vault_records').set({ clinic: other }).where('ref', '=', first).execute();
    await expect(vault.open(other, first, reader)).rejects.toMatchObject({ code: 'vault.sealed' });
    await db.updateTable('vault_records').set({ clinic }).where('ref', '=', first).execute();
    expect(await vault.open(clinic, first, reader)).toEqual(record);
  });

  test('with one flipped bit does not open', async () => {
    const { vault, db } = server.services;
    const ref = await vault.put(clinic, 'patient', record);
    const { sealed } = await db
      .selectFrom('vault_records')
      .select('sealed')
      .where('ref', '=', ref)
      .executeTakeFirstOrThrow();
    for (const at of [0, 12, sealed.length >> 1, sealed.length - 1]) {
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      await db.updateTable('vault_records').set({ sealed: flipped }).where('ref', '=', ref).execute();
      await expect(vault.open(clinic, ref, reader)).rejects.toMatchObject({ code: 'vault.sealed' });
    }
  });

  test('that does not fit its schema is refused by field, without its value', async () => {
    const schema = {
      type: 'object',
      properties: { birthDate: { type: 'string', format: 'date', phi: 'birthDate' } },
    } as const;
    const put = async (): Promise<string> =>
      server.services.vault.put(clinic, 'patient', { birthDate: 'ZZ-CANARY' }, { schema });
    await expect(put()).rejects.toMatchObject({ code: 'input.invalid', where: 'patient.birthDate' });
    await expect(put()).rejects.not.toThrow('ZZ-CANARY');
  });

  test('replaced keeps its reference and the values it is found by; the earlier version is gone', async () => {
    const { vault } = server.services;
    const ref = await vault.put(clinic, 'patient', record, { lookup: { recordNumber: 'MRN 17' } });
    expect(await vault.replace(clinic, ref, { name: 'new' })).toBe(2);
    expect(await vault.open(clinic, ref, reader)).toEqual({ name: 'new' });
    expect(await vault.find(clinic, 'patient', { recordNumber: 'mrn  17 ' })).toBe(ref);
    await vault.replace(clinic, ref, { name: 'new' }, { lookup: { recordNumber: 'MRN 18' } });
    expect(await vault.find(clinic, 'patient', { recordNumber: 'MRN 17' })).toBeNull();
  });

  test('is found in its own clinic and kind only, and two under one value are a conflict', async () => {
    const { vault } = server.services;
    const ref = await vault.put(clinic, 'patient', record, { lookup: { recordNumber: '17', birthDate: '1980-01-01' } });
    expect(await vault.find(clinic, 'patient', { recordNumber: '17', birthDate: '1980-01-01' })).toBe(ref);
    expect(await vault.find(clinic, 'patient', { recordNumber: '17', birthDate: '1980-01-02' })).toBeNull();
    expect(await vault.find(other, 'patient', { recordNumber: '17' })).toBeNull();
    expect(await vault.find(clinic, 'coverage', { recordNumber: '17' })).toBeNull();
    await vault.put(clinic, 'patient', record, { lookup: { recordNumber: '17' } });
    await expect(vault.find(clinic, 'patient', { recordNumber: '17' })).rejects.toMatchObject({
      code: 'state.conflict',
    });
  });

  test('one of many opens under one entry that lists them all', async () => {
    const { vault } = server.services;
    const refs = await Promise.all([1, 2, 3].map((n) => vault.put(clinic, 'patient', { n })));
    const opened = await vault.openMany(clinic, [...refs, newReference('rec')], {
      ...reader,
      action: 'worklist.viewed',
    });
    expect([...opened.values()]).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect((await actionsOf(server.services, clinic)).filter((action) => action === 'worklist.viewed')).toHaveLength(1);
  });
});

describe('keys', () => {
  test('rotated, everything lies under the new one and the old one is destroyed', async () => {
    const { vault, db } = server.services;
    const refs: string[] = [];
    for (let n = 0; n < 25; n += 1)
      refs.push(await vault.put(clinic, 'patient', { n }, { lookup: { recordNumber: `${n}` } }));
    await rotateClinicKey(server.services, clinic, operator);
    refs.push(await vault.put(clinic, 'patient', { n: 25 }));
    expect(await vault.open(clinic, refs[0] ?? '', reader)).toEqual({ n: 0 });
    expect(await rewrapAll(server.services, clinic, operator, 10)).toBe(25);
    expect(await rewrapAll(server.services, clinic, operator, 10)).toBe(0);
    for (const [n, ref] of refs.entries()) expect(await vault.open(clinic, ref, reader)).toEqual({ n });
    expect(await vault.find(clinic, 'patient', { recordNumber: '7' })).toBe(refs[7]);
    const keys = await db.selectFrom('vault_keys').select('wrapped').where('clinic', '=', clinic).execute();
    expect(keys.map((key) => key.wrapped === null).sort()).toEqual([false, true]);
  });

  test('rotated while others write, no record is left under a destroyed one', async () => {
    const { vault } = server.services;
    const refs: string[] = [];
    const write = async (): Promise<void> => {
      for (let n = 0; n < 30; n += 1) refs.push(await vault.put(clinic, 'patient', { n }));
    };
    const rotate = async (): Promise<void> => {
      for (let n = 0; n < 5; n += 1) {
        await rotateClinicKey(server.services, clinic, operator);
        await rewrapAll(server.services, clinic, operator, 7);
      }
    };
    await Promise.all([write(), write(), rotate()]);
    expect(refs).toHaveLength(60);
    expect((await vault.openMany(clinic, refs, reader)).size).toBe(60);
  });

  test('of the keyring may be replaced: afterwards the older master key opens nothing and is not needed', async () => {
    const { vault, db, now, database, validator } = server.services;
    const ref = await vault.put(clinic, 'patient', record, { lookup: { recordNumber: '17' } });
    const old = keysOf(await readFile(server.keyringFile, 'utf8'));
    const fresh = keysOf(keyringText(['k2']));
    const both = parseKeyring(JSON.stringify({ current: 'k2', keys: { ...old, ...fresh } }));
    const audit = createAudit({ db, keyring: both, now, writing: database.writing });
    const needs: RotationNeeds = { db, keyring: both, audit, now };
    expect(await rewrapMasterKey(needs)).toBeGreaterThan(0);
    await rotateClinicKey(needs, clinic, operator);
    await rewrapAll(needs, clinic, operator);
    const only = parseKeyring(JSON.stringify({ current: 'k2', keys: fresh }));
    const onlyAudit = createAudit({ db, keyring: only, now, writing: database.writing });
    const later = createVault({ db, keyring: only, audit: onlyAudit, now, check: validator.check });
    expect(await later.open(clinic, ref, reader)).toEqual(record);
    expect(await later.find(clinic, 'patient', { recordNumber: '17' })).toBe(ref);
    // The neighbour wrote nothing since: its chain too verifies without the older key.
    for (const chain of [clinic, other]) expect((await verifyAudit(db, only, chain)).broken).toBeNull();
    await expect(vault.open(clinic, ref, reader)).rejects.toMatchObject({ code: 'vault.sealed' });
    // Back to the server's own keyring, for the tests that follow.
    const back = parseKeyring(JSON.stringify({ current: 'k1', keys: { ...old, ...fresh } }));
    await rewrapMasterKey({ ...needs, keyring: back });
  });

  test('destroyed, a clinic is shredded for good; its chain stays whole and its neighbour opens as before', async () => {
    const { vault, db, keyring } = server.services;
    const mine = await vault.put(clinic, 'patient', record, { lookup: { recordNumber: '17' } });
    const theirs = await vault.put(other, 'patient', record);
    await shredClinic(server.services, clinic, operator);
    await expect(vault.open(clinic, mine, reader)).rejects.toMatchObject({ code: 'reference.unknown' });
    await expect(vault.put(clinic, 'patient', record)).rejects.toMatchObject({ code: 'reference.unknown' });
    expect(await vault.find(clinic, 'patient', { recordNumber: '17' })).toBeNull();
    const keys = await db.selectFrom('vault_keys').select('wrapped').where('clinic', '=', clinic).execute();
    expect(keys.every((key) => key.wrapped === null)).toBe(true);
    expect(await vault.open(other, theirs, reader)).toEqual(record);
    expect(await verifyAudit(db, keyring, clinic)).toMatchObject({ broken: null });
  });
});

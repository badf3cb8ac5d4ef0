// The audit chain: whatever is done to it behind the server's back, the verifier names the entry.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClinic } from '../setup.ts';
import type { TestServer } from '../testing/server.ts';
import { startServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { verifyAll, verifyAudit } from './verify.ts';
import type { ChainReport } from './verify.ts';

let server: TestServer;
let clinic: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  clinic = (await createClinic(server.services, { name: `clinic-${count}`, timezone: 'America/Chicago' })).id;
  for (let index = 2; index <= 8; index += 1) {
    await server.services.audit.record({
      clinic,
      actor: newReference('usr'),
      action: 'work-item.decided',
      subject: newReference('wi'),
      purpose: 'authorization.review',
      flow: 'aBcD1234eFgH5678',
      rule: 'authorization.visits@2',
      template: 'prior-authorization@1.0.0',
      details: { decision: 'approve', visits: 12, from: '2026-05-01' },
    });
  }
});

/** Does what only the owner of the database can do: with every trigger off. */
async function tamper(statement: string): Promise<void> {
  await server.services.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    const { numAffectedRows } = await sql.raw(statement).execute(trx);
    expect(numAffectedRows).toBeGreaterThan(0n);
  });
}

const verify = (): Promise<ChainReport> => verifyAudit(server.services.db, server.services.keyring, clinic);

test('an untouched chain holds', async () => {
  expect(await verify()).toMatchObject({ clinic, entries: 8, broken: null });
});

describe('one flipped byte', () => {
  const flips: Record<string, string> = {
    at: `at = at + interval '1 millisecond'`,
    actor: `actor = overlay(actor placing case when right(actor, 1) = 'A' then 'B' else 'A' end from length(actor))`,
    action: `action = replace(action, 'decided', 'decidee')`,
    subject: `subject = overlay(subject placing case when right(subject, 1) = 'A' then 'B' else 'A' end from length(subject))`,
    purpose: `purpose = 'authorization.reviev'`,
    flow: `flow = 'aBcD1234eFgH5679'`,
    rule: `rule = 'authorization.visits@3'`,
    template: `template = 'prior-authorization@1.0.1'`,
    details: `details = replace(details, '12', '13')`,
    'details, a space': `details = details || ' '`,
    'details, a null instead of a text': `purpose = null`,
    prev: `prev = overlay(prev placing case when left(prev, 1) = '0' then '1' else '0' end from 1 for 1)`,
    hash: `hash = overlay(hash placing case when left(hash, 1) = '0' then '1' else '0' end from 1 for 1)`,
  };
  test.each(Object.entries(flips))('in %s names the entry', async (_column, change) => {
    await tamper(`update audit_entries set ${change} where clinic = '${clinic}' and seq = 5`);
    expect((await verify()).broken).toMatchObject({ seq: 5, breach: 'altered' });
  });

  test('in the number names the entry that is not there any more', async () => {
    await tamper(`update audit_entries set seq = 50 where clinic = '${clinic}' and seq = 5`);
    expect((await verify()).broken).toMatchObject({ seq: 5, breach: 'missing' });
  });

  test('in the clinic names the entry here and the stray one there', async () => {
    await tamper(`update audit_entries set clinic = 'cl_elsewhere' where clinic = '${clinic}' and seq = 5`);
    const all = await verifyAll(server.services.db, server.services.keyring);
    expect(all.find((report) => report.clinic === clinic)?.broken).toMatchObject({ seq: 5, breach: 'missing' });
    expect(all.find((report) => report.clinic === 'cl_elsewhere')?.broken).not.toBeNull();
    await tamper(`delete from audit_entries where clinic = 'cl_elsewhere'`);
  });

  test('in the sealed head is found', async () => {
    await tamper(
      `update audit_heads set mac = overlay(mac placing case when left(mac, 1) = '0' then '1' else '0' end from 1 for 1) where clinic = '${clinic}'`,
    );
    expect((await verify()).broken).toMatchObject({ seq: 8, breach: 'head' });
  });
});

describe('entries taken away', () => {
  test('from the middle are named', async () => {
    await tamper(`delete from audit_entries where clinic = '${clinic}' and seq = 4`);
    expect((await verify()).broken).toMatchObject({ seq: 4, breach: 'missing' });
  });

  test('from the end are named', async () => {
    await tamper(`delete from audit_entries where clinic = '${clinic}' and seq > 6`);
    expect((await verify()).broken).toMatchObject({ seq: 7, breach: 'truncated' });
  });

  test('from the end, with the head set back, are found by its seal', async () => {
    await tamper(`delete from audit_entries where clinic = '${clinic}' and seq > 6`);
    await tamper(
      `update audit_heads set seq = 6, hash = (select hash from audit_entries where clinic = '${clinic}' and seq = 6) where clinic = '${clinic}'`,
    );
    expect((await verify()).broken).toMatchObject({ breach: 'head' });
  });

  test('altogether, head included, are found by an anchor kept elsewhere', async () => {
    const { head } = await verify();
    expect(head).not.toBeNull();
    await tamper(`delete from audit_entries where clinic = '${clinic}'`);
    await tamper(`delete from audit_heads where clinic = '${clinic}'`);
    const reports = await verifyAll(server.services.db, server.services.keyring, head === null ? [] : [head]);
    expect(reports.find((report) => report.clinic === clinic)?.broken).not.toBeNull();
  });
});

test('a chain rewritten from the fifth entry on, with right hashes, is found by the seal of its head', async () => {
  const { hashEntry } = await import('./append.ts');
  const rows = await server.services.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('seq')
    .execute();
  let prev = rows[3]?.hash ?? '';
  for (const { hash: _old, ...row } of rows.slice(4)) {
    const changed = { ...row, action: 'work-item.rejected', prev };
    prev = hashEntry(changed);
    await tamper(
      `update audit_entries set action = 'work-item.rejected', prev = '${changed.prev}', hash = '${prev}' where clinic = '${clinic}' and seq = ${row.seq}`,
    );
  }
  await tamper(`update audit_heads set hash = '${prev}' where clinic = '${clinic}'`);
  expect((await verify()).broken).toMatchObject({ breach: 'head' });
});

describe('append-only', () => {
  test.each([
    `update audit_entries set action = 'x' where clinic = `,
    `delete from audit_entries where clinic = `,
    `delete from audit_heads where clinic = `,
  ])('the database itself refuses: %s', async (statement) => {
    await expect(sql.raw(`${statement}'${clinic}'`).execute(server.services.db)).rejects.toThrow('append-only');
  });

  test('the database itself refuses to empty the table', async () => {
    await expect(sql`truncate audit_entries`.execute(server.services.db)).rejects.toThrow('append-only');
  });

  test('a change that is rolled back takes its entry along', async () => {
    const { db, audit } = server.services;
    await expect(
      db.transaction().execute(async (trx) => {
        await audit.append(trx, { clinic, actor: 'system:test', action: 'test.done' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await verify()).toMatchObject({ entries: 8, broken: null });
  });

  test('forty entries at once stand one behind the other', async () => {
    const entry = { clinic, actor: 'system:test', action: 'test.done' };
    await Promise.all(Array.from({ length: 40 }, () => server.services.audit.record(entry)));
    expect(await verify()).toMatchObject({ entries: 48, broken: null });
  });
});

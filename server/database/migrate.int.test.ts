// Migrations: once each, in order, whole or not at all, by however many servers at once.
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/harness/postgres.ts';
import { startPostgres } from '../../test/harness/postgres.ts';
import type { Database } from './connect.ts';
import { connectDatabase } from './connect.ts';
import { migrate, readMigrations } from './migrate.ts';

let postgres: TestDatabase;
let database: Database;

beforeEach(async () => {
  postgres = await startPostgres();
  database = connectDatabase(postgres.url);
});
afterEach(async () => {
  await database.close();
  await postgres.drop();
});

test('a second run finds nothing to do', async () => {
  const shipped = await readMigrations();
  expect(await migrate(database.db, shipped)).toEqual(shipped.map(({ name }) => name));
  expect(await migrate(database.db, shipped)).toEqual([]);
});

test('four servers that start at once run each migration once', async () => {
  const shipped = await readMigrations();
  const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(database.db, shipped)));
  expect(ran.flat().sort()).toEqual(shipped.map(({ name }) => name));
});

test('a migration that fails half-way leaves nothing behind', async () => {
  const broken = { name: '0001_broken.sql', text: 'create table half (id int); select no_such_function();' };
  await expect(migrate(database.db, [broken])).rejects.toThrow('no_such_function');
  const { rows } = await sql`select 1 from information_schema.tables where table_name = 'half'`.execute(database.db);
  expect(rows).toEqual([]);
});

test('an edited migration and one that comes too late are refused by name', async () => {
  await migrate(database.db, [{ name: '0002_b.sql', text: 'create table b (id int)' }]);
  const edited = { name: '0002_b.sql', text: 'create table b (id bigint)' };
  await expect(migrate(database.db, [edited])).rejects.toMatchObject({ code: 'internal.bug', where: '0002_b.sql' });
  const late = { name: '0001_a.sql', text: 'create table a (id int)' };
  await expect(migrate(database.db, [late])).rejects.toMatchObject({ code: 'internal.bug', where: '0001_a.sql' });
});

test('calendar dates stay texts, counts are numbers, and a read-only scope cannot write', async () => {
  const { rows } = await sql<{
    day: unknown;
    n: unknown;
  }>`select date '2026-05-12' as day, count(*) as n from (values (1)) v`.execute(database.db);
  expect(rows).toEqual([{ day: '2026-05-12', n: 1 }]);
  const write = (): Promise<unknown> => sql`create table x (id int)`.execute(database.db);
  await expect(database.readOnly(write)).rejects.toThrow('read-only transaction');
  await database.readOnly(() => database.writing(write));
});

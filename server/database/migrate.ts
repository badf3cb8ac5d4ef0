// Brings the database to the newest shape: plain SQL files, forward only, each once, each whole or not at all.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Db, Trx } from './tables.ts';

/** Any number will do as long as no other program locks the same one: the bytes of "gait". */
const lockId = 0x67616974;

export interface Migration {
  readonly name: string;
  readonly text: string;
}

/** The migrations that ship with the server, in the order of their names. */
export async function readMigrations(folder = join(import.meta.dirname, 'migrations')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

/**
 * Runs what has not run yet and returns those names. Servers that start at the same time take turns (advisory lock).
 * Throws `internal.bug` when a file that has run was edited, or when a new file would run before one that has run.
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  const ran: string[] = [];
  for (const migration of migrations) {
    const did = await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(trx);
      await sql`create table if not exists schema_migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(trx);
      return runOne(trx, migration);
    });
    if (did) ran.push(migration.name);
  }
  return ran;
}

async function runOne(trx: Trx, migration: Migration): Promise<boolean> {
  const checksum = createHash('sha256').update(migration.text).digest('hex');
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from schema_migrations`.execute(
    trx,
  );
  const known = rows.find((row) => row.name === migration.name);
  if (known !== undefined) {
    if (known.checksum === checksum) return false;
    throw new GaitError('internal.bug', 'A migration that has already run was edited.', {
      where: migration.name,
      fix: 'Restore the file and write the change as a new migration.',
    });
  }
  if (rows.some((row) => row.name > migration.name)) {
    throw new GaitError('internal.bug', 'A new migration stands before one that has already run.', {
      where: migration.name,
      fix: 'Give it the next number.',
    });
  }
  await sql.raw(migration.text).execute(trx);
  await sql`insert into schema_migrations (name, checksum) values (${migration.name}, ${checksum})`.execute(trx);
  return true;
}

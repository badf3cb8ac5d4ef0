// The way to PostgreSQL: one Kysely handle that PostgreSQL itself keeps from writing while a GET is answered.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db, Tables } from './tables.ts';

export interface DatabaseOptions {
  /** Connections that may write; half as many more are read only. */
  readonly connections?: number;
}

/** The handle and the two scopes work may run in. */
export interface Database {
  readonly db: Db;
  /** Runs `work` so that every connection it takes, through whichever handle, is read only in PostgreSQL. */
  readonly readOnly: <T>(work: () => Promise<T>) => Promise<T>;
  /** Leaves the read-only scope: for the record of a view, and for nothing else. */
  readonly writing: <T>(work: () => Promise<T>) => Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the pools. Calendar dates come back as `YYYY-MM-DD` and 64-bit integers as numbers; instants as Date.
 * A lock is awaited for ten seconds and a statement runs for thirty, so that a stuck neighbour is an error and not a silence.
 */
export function connectDatabase(url: string, options: DatabaseOptions = {}): Database {
  const scope = new AsyncLocalStorage<'read' | 'write'>();
  const max = options.connections ?? 16;
  const common = {
    connectionString: url,
    types: { getTypeParser: readType },
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    application_name: 'gait',
  };
  const writers = new pg.Pool({ ...common, max });
  const readers = new pg.Pool({
    ...common,
    max: Math.max(2, max / 2),
    options: '-c default_transaction_read_only=on',
  });
  // An idle connection that breaks is replaced by the pool; without a listener the process would end.
  for (const pool of [writers, readers]) {
    pool.on('error', () => undefined);
    // One that breaks in use fails its query, which is whose business it is; the same holds for it.
    pool.on('connect', (client) => client.on('error', () => undefined));
  }

  const close = async (): Promise<void> => {
    await Promise.all([writers.end(), readers.end()]);
  };
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        options: writers.options,
        connect: () => (scope.getStore() === 'read' ? readers : writers).connect(),
        end: close,
      },
    }),
  });
  return {
    db,
    readOnly: (work) => scope.run('read', work),
    writing: (work) => scope.run('write', work),
    close: () => db.destroy(),
  };
}

/** `pg_type.oid` of the two types that are read otherwise than pg does. */
const dateType: number = pg.types.builtins.DATE;
const int8Type: number = pg.types.builtins.INT8;

const asText = (value: string): string => value;

function readType(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === dateType) return asText;
  if (oid === int8Type) return Number;
  const parser: unknown =
    format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  return typeof parser === 'function' ? (value): unknown => Reflect.apply(parser, undefined, [value]) : asText;
}

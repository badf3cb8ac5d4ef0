// A fresh, empty database for one test file, on the cluster the run started.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** A database of one's own. `url` connects as its owner; `drop` removes it with whoever is still connected. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

async function onCluster(sql: (client: Client) => string): Promise<void> {
  const client = new Client({ connectionString: inject('postgres') });
  await client.connect();
  try {
    await client.query(sql(client));
  } finally {
    await client.end();
  }
}

/** Creates the database. Takes some 50 ms. */
export async function startPostgres(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onCluster((client) => `create database ${client.escapeIdentifier(name)}`);
  const url = new URL(inject('postgres'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => onCluster((client) => `drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  };
}

// Searches every store and every log of a stack for identifiers that were planted: nothing of them may be found in clear.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Stack } from '../../runtime/stack.ts';

/** The spellings a text may have in a store: as it is, in base64 at each of its three offsets, in hexadecimal. */
function spellings(token: string): Buffer[] {
  const bytes = Buffer.from(token, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters depend on what stands around the token.
    return text.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  return [token, token.toLowerCase(), ...base64, bytes.toString('hex')].map((text) => Buffer.from(text, 'latin1'));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => {
      try {
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

/** Files that hold a spelling of the token. */
export function filesHolding(folders: readonly string[], token: string): string[] {
  return holding(folders.flatMap(filesUnder), token);
}

function holding(files: readonly string[], token: string): string[] {
  const needles = spellings(token);
  return files.filter((file) => {
    const bytes = contentOf(file);
    return needles.some((needle) => bytes.includes(needle));
  });
}

/** A journal that a running database has just removed holds nothing any more; whatever else cannot be read is an error. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Columns of a database that hold a spelling of the token, as `table.column`. */
export async function columnsHolding(
  databaseUrl: string,
  token: string,
): Promise<{ searched: number; found: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{
      table_schema: string;
      table_name: string;
      column_name: string;
      udt_name: string;
    }>(
      `select c.table_schema, c.table_name, c.column_name, c.udt_name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { table_schema, table_name, column_name, udt_name } of rows) {
      const name = [table_schema, table_name].map((part) => client.escapeIdentifier(part)).join('.');
      const column = client.escapeIdentifier(column_name);
      const asText = udt_name === 'bytea' ? `encode(${column}, 'escape')` : `${column}::text`;
      const conditions = spellings(token).map((_, index) => `position($${index + 1} in ${asText}) > 0`);
      const { rowCount } = await client.query(
        `select 1 from ${name} where ${conditions.join(' or ')} limit 1`,
        spellings(token).map((needle) => needle.toString('latin1')),
      );
      if ((rowCount ?? 0) > 0) found.push(`${table_name}.${column_name}`);
    }
    return { searched: rows.length, found };
  } finally {
    await client.end();
  }
}

/** Every place of a stack where a planted token stands in clear. The drop folder and the sandbox are outside systems: they hold it. */
export async function placesHolding(stack: Stack, token: string): Promise<{ searched: number; found: string[] }> {
  const n8n = await columnsHolding(stack.n8nDatabaseUrl, token);
  const gait = await columnsHolding(stack.databaseUrl, token);
  const folders = [stack.logs, join(stack.home, 'n8n')];
  const temporal = readdirSync(stack.home)
    .filter((name) => name.startsWith('temporal.sqlite'))
    .map((name) => join(stack.home, name));
  const inTemporal = holding(temporal, token);
  const inFiles = filesHolding(folders, token);
  return {
    searched: n8n.searched + gait.searched + temporal.length + folders.flatMap(filesUnder).length,
    found: [
      ...n8n.found.map((column) => `n8n ${column}`),
      ...gait.found.map((column) => `gait ${column}`),
      ...inTemporal,
      ...inFiles,
    ],
  };
}

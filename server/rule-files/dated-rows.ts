// Reads a file of dated rows out of rules/, once at start.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import type { Validator } from '../http/validation.ts';

const rules = join(import.meta.dirname, '../../rules');

/**
 * @param schema of the file; its `rows` are of the shape `Row`
 * @param path under rules/, with its ending
 * @throws GaitError `input.invalid` naming the file where it has another shape
 */
export async function readDatedRows<Row>(
  validator: Validator,
  schema: JSONSchema,
  path: string,
): Promise<readonly Row[]> {
  return (await readRuleFile<{ readonly rows: readonly Row[] }>(validator, schema, path)).rows;
}

/** The rows of every file of a folder under rules/. */
export async function readDatedFolder<Row>(
  validator: Validator,
  schema: JSONSchema,
  folder: string,
): Promise<readonly Row[]> {
  const names = (await readdir(join(rules, folder))).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(names.map((name) => readDatedRows<Row>(validator, schema, `${folder}/${name}`)));
  return files.flat();
}

/** A file of rules/ as a whole. */
export async function readRuleFile<File>(validator: Validator, schema: JSONSchema, path: string): Promise<File> {
  const value: unknown = JSON.parse(await readFile(join(rules, path), 'utf8'));
  assertFile<File>(validator, schema, value, path.replace(/\.json$/, ''));
  return value;
}

function assertFile<File>(
  validator: Validator,
  schema: JSONSchema,
  value: unknown,
  where: string,
): asserts value is File {
  validator.check(schema, value, where);
}

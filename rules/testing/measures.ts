// The outcome measures, as tests and measurements read them.
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { measureFileSchema } from '../../domain/measures/schema.ts';
import type { Measure } from '../../domain/measures/schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile<{ readonly rows: readonly Measure[] }>(measureFileSchema);
const folder = new URL('../measures/', import.meta.url);

/** Rows by file, the file's name without its ending. */
export const measureFiles = readdirSync(folder).map((file) => {
  const data: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  if (!validate(data)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  return { name: file.replace('.json', ''), rows: data.rows };
});

export function measureNamed(name: string): Measure {
  const row = measureFiles.find((file) => file.name === name)?.rows[0];
  if (row === undefined) throw new Error(`No measure ${name}`);
  return row;
}

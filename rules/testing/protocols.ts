// The protocol library and what goes with it, as it ships, for tests.
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { protocolFileSchema } from '../../domain/plan-of-care/protocol-schema.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';
import { similarFileSchema } from '../../domain/plan-of-care/similar.ts';
import type { SimilarRule } from '../../domain/plan-of-care/similar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const folder = new URL('../protocols/', import.meta.url);
const isFile = ajv.compile<{ readonly rows: readonly Protocol[] }>(protocolFileSchema);
const isSimilar = ajv.compile<{ readonly rows: readonly SimilarRule[] }>(similarFileSchema);

function read<Data>(validate: (data: unknown) => data is Data, url: URL): Data {
  const data: unknown = JSON.parse(readFileSync(url, 'utf8'));
  if (!validate(data)) throw new Error(`${url.pathname} does not pass its schema`);
  return data;
}

/** Rows by file, the file's name without its ending. */
export const protocolFiles = readdirSync(folder).map((file) => ({
  name: file.replace('.json', ''),
  rows: read(isFile, new URL(file, folder)).rows,
}));

const similar = read(isSimilar, new URL('../documentation/similar-patients.json', import.meta.url));

export const similarRule = ruleOn(similar.rows, '2026-06-01', 'documentation');

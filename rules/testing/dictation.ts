// The words of dictation as they ship, and what listens with them.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Listener } from '../../domain/dictation/parse.ts';
import { phraseBook } from '../../domain/dictation/phrases.ts';
import { vocabularyFileSchema } from '../../domain/dictation/vocabulary-schema.ts';
import type { Vocabulary } from '../../domain/dictation/vocabulary-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { measureFiles } from './measures.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile<{ readonly rows: readonly Vocabulary[] }>(vocabularyFileSchema);
const data: unknown = JSON.parse(readFileSync(new URL('../dictation/vocabulary.json', import.meta.url), 'utf8'));
if (!validate(data)) throw new Error(`vocabulary.json: ${ajv.errorsText(validate.errors)}`);

export const vocabulary = ruleOn(data.rows, '2026-06-01', 'dictation');

export const listener: Listener = {
  book: phraseBook(vocabulary),
  measures: measureFiles.flatMap(({ rows }) => rows),
};

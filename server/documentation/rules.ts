// What capturing is offered and judged by: the codes, how payers count units, interventions for a clinic that has none of its own yet.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import type { CodesFile } from '../../domain/billing-tables/codes-schema.ts';
import { source } from '../../domain/dated-rows.ts';
import { vocabularyFileSchema } from '../../domain/dictation/vocabulary-schema.ts';
import type { Vocabulary } from '../../domain/dictation/vocabulary-schema.ts';
import { measureFileSchema } from '../../domain/measures/schema.ts';
import type { Measure } from '../../domain/measures/schema.ts';
import { bodyParts } from '../../domain/session/words.ts';
import { readCodes } from '../billing-tables/billing-tables.ts';
import type { UnitRuleData } from '../billing-tables/unit-rules.ts';
import { readUnitRules } from '../billing-tables/unit-rules.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedFolder, readDatedRows } from '../rule-files/dated-rows.ts';

const starterSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'source', 'rows'],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    source,
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'code', 'part'],
        properties: {
          name: { type: 'string', minLength: 1 },
          code: { type: ['string', 'null'], pattern: '^[0-9A-Z]{5}$' },
          part: { enum: [...bodyParts, null] },
        },
      },
    },
  },
} as const;

type StarterFile = FromSchema<typeof starterSchema>;

/** An intervention as it is offered: a tap adds it. */
export type OfferedIntervention = StarterFile['rows'][number];

export interface CaptureRules {
  readonly codes: CodesFile;
  readonly units: UnitRuleData;
  readonly starters: readonly OfferedIntervention[];
  /** The words of dictation, by the day they hold from, and the measures they name. */
  readonly vocabularies: readonly Vocabulary[];
  readonly measures: readonly Measure[];
}

const starterFile = join(import.meta.dirname, '../../rules/documentation/interventions.json');

/** Throws `input.invalid` naming the file that has another shape. */
export async function readCaptureRules(validator: Validator): Promise<CaptureRules> {
  const starters: unknown = JSON.parse(await readFile(starterFile, 'utf8'));
  assertStarters(validator, starters);
  const [codes, units, vocabularies, measures] = await Promise.all([
    readCodes(validator),
    readUnitRules(validator),
    readDatedRows<Vocabulary>(validator, vocabularyFileSchema, 'dictation/vocabulary.json'),
    readDatedFolder<Measure>(validator, measureFileSchema, 'measures'),
  ]);
  return { codes, units, starters: starters.rows, vocabularies, measures };
}

function assertStarters(validator: Validator, value: unknown): asserts value is StarterFile {
  validator.check(starterSchema, value, 'interventions.json');
}

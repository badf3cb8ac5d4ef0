// The rules of documents as they ship, for tests.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { PhraseRow } from '../../domain/note/phrases.ts';
import type { RequirementRow } from '../../domain/note/requirements.ts';
import type { SigningRules } from '../../domain/note/signing.ts';
import type { StructureRow } from '../../domain/note/structure.ts';
import type { VerificationRules } from '../../domain/note-verifier/rules-schema.ts';
import type { DueRules } from '../../domain/documentation-due/item.ts';
import { dueFileSchema } from '../../domain/documentation-due/schema.ts';
import { progressFileSchema } from '../../domain/progress/rule-schema.ts';
import type { ProgressFlagRule } from '../../domain/progress/rule-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { progressReportsFileSchema } from '../../domain/scrub/reference-schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

function fileOf<Data>(schema: object, file: string): Data {
  const data: unknown = JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
  const validate = ajv.compile<Data>(schema);
  if (!validate(data)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  return data;
}

const due = fileOf<Omit<DueRules, 'progressReports'>>(dueFileSchema, 'documentation/due.json');
const reports = fileOf<{ readonly rows: DueRules['progressReports'] }>(
  progressReportsFileSchema,
  'scrub/tables/progress-reports.json',
);

export const dueRules: DueRules = { payers: due.payers, clinic: due.clinic, progressReports: reports.rows };

const progress = fileOf<{ readonly rows: readonly ProgressFlagRule[] }>(
  progressFileSchema,
  'documentation/progress.json',
);

export const progressFlagRule = ruleOn(progress.rows, '2026-06-01', 'documentation');

function rulesIn<Value>(name: string): Value {
  return JSON.parse(readFileSync(new URL(`../documentation/${name}.json`, import.meta.url), 'utf8')) as Value;
}

/** rules/documentation.test.ts checks these files against their schemas. */
export const phraseRows = rulesIn<{ rows: PhraseRow[] }>('phrases').rows;
export const structureRows = rulesIn<{ rows: StructureRow[] }>('structures').rows;
export const verificationRules = rulesIn<VerificationRules>('verification');
export const signingRules = rulesIn<SigningRules>('signing');
export const requirementRows = rulesIn<{ rows: RequirementRow[] }>('requirements').rows;

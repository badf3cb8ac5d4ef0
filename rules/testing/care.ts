// The rule data of care between visits, as tests read them.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { careFileSchema, intakeFileSchema } from '../../domain/care/book-schema.ts';
import type { CareRule, IntakeFormRow } from '../../domain/care/book-schema.ts';
import { ruleOn } from '../../domain/dated-rows.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

function rowsOf<Row>(schema: object, file: string): readonly Row[] {
  const data: unknown = JSON.parse(readFileSync(new URL(`../care/${file}`, import.meta.url), 'utf8'));
  const validate = ajv.compile<{ readonly rows: readonly Row[] }>(schema);
  if (!validate(data)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  return data.rows;
}

export const careRows = rowsOf<CareRule>(careFileSchema, 'care.json');
export const careRule = ruleOn(careRows, '2026-11-22');
export const intakeRows = rowsOf<IntakeFormRow>(intakeFileSchema, 'intake.json');
export const intakeForm = ruleOn(intakeRows, '2026-11-22').form;

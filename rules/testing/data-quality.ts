// The rule data of linkage and of the data audit, as tests read them.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { reconciliationFileSchema } from '../../domain/reconciliation/book-schema.ts';
import type { ReconciliationRules } from '../../domain/reconciliation/book-schema.ts';
import { linkageFileSchema, nicknamesFileSchema, placeholdersFileSchema } from '../../domain/linkage/book-schema.ts';
import type { LinkageBook } from '../../domain/linkage/book-schema.ts';
import { requirementsFileSchema } from '../../domain/data-audit/book-schema.ts';
import type { Requirements } from '../../domain/data-audit/book-schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

function read<T>(schema: object, file: string): T {
  const data: unknown = JSON.parse(readFileSync(new URL(`../data-quality/${file}`, import.meta.url), 'utf8'));
  const validate = ajv.compile<T>(schema);
  if (!validate(data)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  return data;
}

export const linkageBook: LinkageBook = {
  ...read<LinkageBook>(linkageFileSchema, 'linkage.json'),
  nicknames: read<LinkageBook['nicknames']>(nicknamesFileSchema, 'nicknames.json'),
  placeholders: read<LinkageBook['placeholders']>(placeholdersFileSchema, 'placeholders.json'),
};

export const requirements = read<Requirements>(requirementsFileSchema, 'requirements.json');

export const reconciliationRules = read<ReconciliationRules>(reconciliationFileSchema, 'reconciliation.json');

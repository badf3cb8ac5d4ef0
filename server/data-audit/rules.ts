// The rule data of linkage, data audits and reconciliation, read once.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requirementsFileSchema } from '../../domain/data-audit/book-schema.ts';
import type { Requirements } from '../../domain/data-audit/book-schema.ts';
import { linkageFileSchema, nicknamesFileSchema, placeholdersFileSchema } from '../../domain/linkage/book-schema.ts';
import type { LinkageBook } from '../../domain/linkage/book-schema.ts';
import { reconciliationFileSchema } from '../../domain/reconciliation/book-schema.ts';
import type { ReconciliationRules } from '../../domain/reconciliation/book-schema.ts';
import type { Validator } from '../http/validation.ts';

export interface DataRules {
  readonly linkage: LinkageBook;
  readonly requirements: Requirements;
  readonly reconciliation: ReconciliationRules;
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readDataRules(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules/data-quality'),
): Promise<DataRules> {
  const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const [model, nicknames, placeholders, requirements, reconciliation] = await Promise.all([
    json('linkage.json'),
    json('nicknames.json'),
    json('placeholders.json'),
    json('requirements.json'),
    json('reconciliation.json'),
  ]);
  assertModel(validator, model);
  assertNicknames(validator, nicknames);
  assertPlaceholders(validator, placeholders);
  assertRequirements(validator, requirements);
  assertReconciliation(validator, reconciliation);
  return { linkage: { ...model, nicknames, placeholders }, requirements, reconciliation };
}

type Model = Omit<LinkageBook, 'nicknames' | 'placeholders'>;

function assertModel(validator: Validator, file: unknown): asserts file is Model {
  validator.check(linkageFileSchema, file, 'data-quality/linkage.json');
}

function assertNicknames(validator: Validator, file: unknown): asserts file is LinkageBook['nicknames'] {
  validator.check(nicknamesFileSchema, file, 'data-quality/nicknames.json');
}

function assertPlaceholders(validator: Validator, file: unknown): asserts file is LinkageBook['placeholders'] {
  validator.check(placeholdersFileSchema, file, 'data-quality/placeholders.json');
}

function assertRequirements(validator: Validator, file: unknown): asserts file is Requirements {
  validator.check(requirementsFileSchema, file, 'data-quality/requirements.json');
}

function assertReconciliation(validator: Validator, file: unknown): asserts file is ReconciliationRules {
  validator.check(reconciliationFileSchema, file, 'data-quality/reconciliation.json');
}

// The rule data by which claims are followed: how long payers may take, and what their denials mean.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { denialRulesFileSchema } from '../../../domain/claim/denial-schema.ts';
import type { DenialRow } from '../../../domain/claim/denial-schema.ts';
import { claimTermsFileSchema } from '../../../domain/claim/terms-schema.ts';
import type { ClaimTermsBook } from '../../../domain/claim/terms-schema.ts';
import type { Validator } from '../../http/validation.ts';

export interface ClaimRules {
  readonly terms: ClaimTermsBook;
  readonly denials: readonly DenialRow[];
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readClaimRules(
  validator: Validator,
  folder = join(import.meta.dirname, '../../../rules/claims'),
): Promise<ClaimRules> {
  const terms = await jsonIn(join(folder, 'terms.json'));
  const denials = await jsonIn(join(folder, 'denials.json'));
  assertTerms(validator, terms);
  assertDenials(validator, denials);
  return { terms, denials: denials.rows };
}

async function jsonIn(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

function assertTerms(validator: Validator, file: unknown): asserts file is ClaimTermsBook {
  validator.check(claimTermsFileSchema, file, 'claims/terms.json');
}

function assertDenials(validator: Validator, file: unknown): asserts file is { readonly rows: readonly DenialRow[] } {
  validator.check(denialRulesFileSchema, file, 'claims/denials.json');
}

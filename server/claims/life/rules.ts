// The rule data by which claims are followed: how long payers may take, what their denials mean, and how figures are counted.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { denialRulesFileSchema } from '../../../domain/claim/denial-schema.ts';
import type { DenialRow } from '../../../domain/claim/denial-schema.ts';
import { claimFiguresFileSchema } from '../../../domain/claim-figures/rules-schema.ts';
import type { ClaimFiguresBook } from '../../../domain/claim-figures/rules-schema.ts';
import { claimTermsFileSchema } from '../../../domain/claim/terms-schema.ts';
import type { ClaimTermsBook } from '../../../domain/claim/terms-schema.ts';
import type { Validator } from '../../http/validation.ts';

export interface ClaimRules {
  readonly terms: ClaimTermsBook;
  readonly denials: readonly DenialRow[];
  readonly figures: ClaimFiguresBook;
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readClaimRules(
  validator: Validator,
  folder = join(import.meta.dirname, '../../../rules/claims'),
): Promise<ClaimRules> {
  const terms = await jsonIn(join(folder, 'terms.json'));
  const denials = await jsonIn(join(folder, 'denials.json'));
  const figures = await jsonIn(join(folder, 'figures.json'));
  assertTerms(validator, terms);
  assertFigures(validator, figures);
  assertDenials(validator, denials);
  return { terms, denials: denials.rows, figures };
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

function assertFigures(validator: Validator, file: unknown): asserts file is ClaimFiguresBook {
  validator.check(claimFiguresFileSchema, file, 'claims/figures.json');
}

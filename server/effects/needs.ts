// What effects are made of.
import type { Audit } from '../audit/append.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { Vault } from '../vault/vault.ts';
import type { DoubtOpener } from './doubt.ts';
import type { EffectOperation } from './operation.ts';

export interface EffectsNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly vendor: Vendor;
  readonly operations: ReadonlyMap<string, EffectOperation>;
  readonly doubt: DoubtOpener;
}

/** The lease is longer than the longest wait for an answer by this much. */
export const leaseMarginSeconds = 30;

// What it takes to store a row.
import type { Linker } from '../../domain/linkage/linker.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Validator } from '../http/validation.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';

export interface RowNeeds {
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly policies: Policies;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  readonly linker: Linker;
  readonly now: () => Date;
}

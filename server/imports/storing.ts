// What the parts of an import share: one transaction, one connection, one day, and what it has touched so far.
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { RuleBook } from '../../domain/payer/schema.ts';
import type { RejectedRow } from './tables.ts';

export interface Storing {
  readonly trx: Trx;
  readonly clinic: string;
  readonly connection: string;
  readonly by: Principal;
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly policies: Policies;
  readonly book: RuleBook;
  readonly at: Date;
  /** The clinic's day. */
  readonly today: string;
}

/** What one report brought: counts, rows left out, and the patients whose authorizations rest on it. */
export interface Stored {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
  /** Rows that wait for the patient report that names their patient. */
  readonly waiting: number;
  readonly patients: ReadonlySet<string>;
}

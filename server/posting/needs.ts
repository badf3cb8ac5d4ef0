// What posting needs of the server.
import type { PostingCodes } from '../../domain/posting/codes-schema.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';

export interface BookNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

export interface PostingNeeds extends BookNeeds {
  readonly now: () => Date;
  readonly audit: Audit;
  readonly workItems: WorkItems;
  readonly codes: PostingCodes;
}

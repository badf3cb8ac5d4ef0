// What every area of the server is built from.
import type { Logger } from 'pino';
import type { Audit } from './audit/append.ts';
import type { ServerConfig } from './config.ts';
import type { Connections } from './connections/connections.ts';
import type { Database } from './database/connect.ts';
import type { Db } from './database/tables.ts';
import type { Validator } from './http/validation.ts';
import type { Keys } from './keys/keys.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Keyring } from './vault/keyring.ts';
import type { Vault } from './vault/vault.ts';

/** An area takes what it needs of this. `now` is the only clock; `log` takes ids and codes only. */
export interface Services {
  readonly config: ServerConfig;
  readonly db: Db;
  readonly database: Database;
  readonly now: () => Date;
  readonly log: Logger;
  readonly keyring: Keyring;
  readonly validator: Validator;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly connections: Connections;
}

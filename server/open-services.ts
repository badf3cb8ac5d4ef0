// Opens the services that everything of the server is built from: for the server itself, the command line and the start of a stack.
import type { Logger } from 'pino';
import { createAudit } from './audit/append.ts';
import type { ServerConfig } from './config.ts';
import { grantStore } from './connections/grants.ts';
import { createConnections } from './connections/store.ts';
import { checkConnection, checkSecrets, connectionTest } from './connections/systems.ts';
import { createTester } from './connections/tester.ts';
import { connectDatabase } from './database/connect.ts';
import { migrate, readMigrations } from './database/migrate.ts';
import { systemPrincipal } from './http/principal.ts';
import { createValidator } from './http/validation.ts';
import { createKeys } from './keys/keys.ts';
import type { Services } from './services.ts';
import { createSessions } from './sessions/sessions.ts';
import { readKeyring } from './vault/keyring.ts';
import { createVault } from './vault/vault.ts';

/** Connects, migrates and builds the shared services. `services.database.close()` lets go of them. */
export async function openServices(
  config: ServerConfig,
  more: { readonly log: Logger; readonly now?: () => Date },
): Promise<Services> {
  const now = more.now ?? ((): Date => new Date());
  const keyring = await readKeyring(config.keyringFile);
  const database = connectDatabase(config.databaseUrl);
  const { db } = database;
  try {
    await migrate(db, await readMigrations());
  } catch (error) {
    await database.close();
    throw error;
  }
  const validator = createValidator();
  const audit = createAudit({ db, keyring, now, writing: database.writing });
  const vault = createVault({ db, keyring, audit, now, check: validator.check });
  return {
    config,
    db,
    database,
    now,
    log: more.log,
    keyring,
    validator,
    audit,
    vault,
    keys: createKeys({ db, audit, now }),
    sessions: createSessions({ db, audit, now }),
    connections: createConnections({
      db,
      vault,
      audit,
      now,
      tester: createTester(connectionTest, now, ({ clinic, id }) =>
        grantStore({ db, vault, audit, now }, { clinic, connection: id, by: systemPrincipal('connections') }),
      ),
      check: (connection) => checkConnection(validator, connection),
      checkSecrets,
    }),
  };
}

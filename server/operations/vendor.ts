// Opens a connection for one call to a vendor: settings, secrets, tokens and the time within which an answer must come.
import { createHash } from 'node:crypto';
import { ConnectionStates } from '../../connectors/connection-state.ts';
import type { ConnectorContext } from '../../connectors/connector.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Connections } from '../connections/connections.ts';
import { grantStore } from '../connections/grants.ts';
import { paceOf } from '../connections/systems.ts';
import { createControlNumbers } from '../control-numbers/control-numbers.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';

export interface Vendor {
  /** The context of one call; `signal` aborts after `timeoutSeconds`. Throws `connection.unknown`, or `input.invalid` for another system's. */
  open(of: {
    clinic: string;
    connection: string;
    system: string;
    purpose: string;
    by: Principal;
    timeoutSeconds: number;
  }): Promise<ConnectorContext>;
}

export function createVendor(needs: {
  readonly db: Db;
  readonly connections: Connections;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly now: () => Date;
}): Vendor {
  const states = new ConnectionStates();
  return {
    async open(of) {
      const connection = await needs.connections.open(of.clinic, of.connection, of.purpose, of.by);
      if (connection.system !== of.system) {
        throw new GaitError('input.invalid', `This operation needs a connection to ${of.system}.`, {
          where: 'connection',
        });
      }
      // Tokens belong to the credentials they were got with: other credentials begin afresh.
      const state = states.of(
        connection.id,
        revisionOf(connection.config, connection.secrets),
        paceOf(connection.system, connection.config),
      );
      return {
        config: connection.config,
        secrets: connection.secrets,
        fetch: globalThis.fetch,
        signal: AbortSignal.timeout(of.timeoutSeconds * 1000),
        tokens: state.tokens,
        rate: state.rate,
        controlNumbers: createControlNumbers(needs.db, of.clinic, connection.id),
        grants: grantStore(needs, { clinic: of.clinic, connection: connection.id, by: of.by }),
        now: needs.now,
      };
    },
  };
}

function revisionOf(config: Readonly<Record<string, unknown>>, secrets: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify([config, secrets]))
    .digest('hex');
}

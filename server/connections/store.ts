// Keeps connections: adding, testing, rotating, each with its audit entry; opening for a connector inside the server.
import type { Selectable } from 'kysely';
import { signInOf } from '../../connectors/sign-ins.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Structure } from '../audit/entry.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import type { VaultRecord } from '../vault/sealed-record.ts';
import type { Vault } from '../vault/vault.ts';
import type {
  ConnectionMode,
  ConnectionSummary,
  Connections,
  ConnectionTester,
  NewConnection,
  OpenConnection,
} from './connections.ts';
import { forgetGrant, signInFacts } from './grants.ts';
import type { ConnectionTables } from './tables.ts';

type Row = Selectable<ConnectionTables['connections']>;

const recordKind = 'connection';

export function createConnections(needs: {
  readonly db: Db;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly tester: ConnectionTester;
  /** Throws `input.invalid` where the settings or secrets are not those of the system. */
  readonly check: (connection: NewConnection) => void;
  readonly checkSecrets: (system: string, secrets: Readonly<Record<string, string>>) => void;
}): Connections {
  const { db, vault, audit, now } = needs;

  const find = async (clinic: string, idOrName: string): Promise<Row> => {
    const row = await db
      .selectFrom('connections')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('removed_at', 'is', null)
      .where((eb) => eb.or([eb('id', '=', idOrName), eb('name', '=', idOrName)]))
      .executeTakeFirst();
    if (row === undefined) throw unknownConnection();
    return row;
  };

  const openRow = async (row: Row, purpose: string, by: Principal): Promise<OpenConnection> => {
    const value = await vault.open(row.clinic, row.record, {
      purpose,
      actor: systemPrincipal('connections', by),
      action: 'connection.opened',
    });
    const revision = await db
      .selectFrom('vault_records')
      .select('version')
      .where('ref', '=', row.record)
      .executeTakeFirst();
    return {
      ...summaryOf(row),
      config: objectAt(value, 'config'),
      secrets: textsAt(value, 'secrets'),
      revision: String(revision?.version ?? 0),
    };
  };

  const change = (
    clinic: string,
    id: string,
    by: Principal,
    entry: { readonly action: string; readonly details?: { readonly [key: string]: Structure } },
    work: (trx: Trx, row: Row) => Promise<unknown>,
  ): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('connections')
        .selectAll()
        .where('clinic', '=', clinic)
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (row === undefined) throw unknownConnection();
      await work(trx, row);
      await audit.append(trx, { clinic, actor: actorOf(by), subject: id, ...entry });
    });

  const update = (trx: Trx, id: string, values: Partial<UpdatableConnection>): Promise<unknown> =>
    trx
      .updateTable('connections')
      .set({ ...values, updated_at: now() })
      .where('id', '=', id)
      .execute();

  return {
    async list(clinic, filter = {}) {
      const { system } = filter;
      const rows = await db
        .selectFrom('connections')
        .leftJoin('connection_pauses', 'connection_pauses.connection', 'connections.id')
        .selectAll('connections')
        .leftJoin('connection_grants', 'connection_grants.connection', 'connections.id')
        .select([
          'connection_pauses.since as paused_since',
          'connection_grants.signed_in_at',
          'connection_grants.lasts_until',
          'connection_grants.lapsed_at',
        ])
        .where('connections.clinic', '=', clinic)
        .where('removed_at', 'is', null)
        .$if(system !== undefined, (query) => query.where('system', '=', system ?? ''))
        .orderBy('name')
        .execute();
      return rows.map((row) => ({
        ...summaryOf(row),
        paused: row.paused_since !== null,
        signIn: signInOf(row.system) === null ? null : signInFacts(row, now()),
      }));
    },

    async add(clinic, connection, by) {
      needs.check(connection);
      const { name, system, mode, config, secrets, agreement } = connection;
      return db.transaction().execute(async (trx) => {
        const record = await vault.put(clinic, recordKind, { config, secrets }, { trx });
        const at = now();
        const row = await trx
          .insertInto('connections')
          .values({
            id: newReference('conn'),
            clinic,
            name,
            system,
            mode,
            record,
            agreement: JSON.stringify(agreement),
            created_at: at,
            updated_at: at,
            tested_at: null,
            test_outcome: null,
            removed_at: null,
          })
          .onConflict((conflict) => conflict.columns(['clinic', 'name']).where('removed_at', 'is', null).doNothing())
          .returningAll()
          .executeTakeFirst();
        if (row === undefined)
          throw new GaitError('state.conflict', 'The clinic has a connection of this name.', { where: 'name' });
        const details = { system, mode, agreement: agreement !== null };
        await audit.append(trx, { clinic, actor: actorOf(by), action: 'connection.added', subject: row.id, details });
        return summaryOf(row);
      });
    },

    async test(clinic, id, by) {
      const row = await find(clinic, id);
      const result = await needs.tester(await openRow(row, 'connection.test', by));
      await change(clinic, row.id, by, { action: 'connection.tested', details: { outcome: result.outcome } }, (trx) =>
        update(trx, row.id, { tested_at: now(), test_outcome: result.outcome }),
      );
      return result;
    },

    async rotate(clinic, id, secrets, by) {
      const row = await find(clinic, id);
      needs.checkSecrets(row.system, secrets);
      const { config } = await openRow(row, 'connection.rotate', by);
      await change(clinic, row.id, by, { action: 'connection.rotated' }, async (trx) => {
        await vault.replace(clinic, row.record, { config, secrets }, { trx });
        await update(trx, row.id, { tested_at: null, test_outcome: null });
      });
    },

    async setMode(clinic, id, mode, by) {
      const { id: connection } = await find(clinic, id);
      await change(clinic, connection, by, { action: 'connection.mode', details: { mode } }, (trx) =>
        update(trx, connection, { mode }),
      );
    },

    async setAgreement(clinic, id, agreement, by) {
      const { id: connection } = await find(clinic, id);
      const details =
        agreement === null
          ? { agreement: false }
          : { agreement: true, effective: agreement.effective, expires: agreement.expires };
      await change(clinic, connection, by, { action: 'connection.agreement', details }, (trx) =>
        update(trx, connection, { agreement: JSON.stringify(agreement) }),
      );
    },

    async remove(clinic, id, by) {
      const { id: connection } = await find(clinic, id);
      await change(clinic, connection, by, { action: 'connection.removed' }, async (trx, row) => {
        await vault.replace(clinic, row.record, { config: {}, secrets: {} }, { trx });
        await forgetGrant(trx, vault, { clinic, connection });
        await update(trx, connection, { removed_at: now() });
      });
    },

    async open(clinic, idOrName, purpose, by) {
      return openRow(await find(clinic, idOrName), purpose, by);
    },
  };
}

interface UpdatableConnection {
  readonly mode: string;
  readonly agreement: string;
  readonly tested_at: Date | null;
  readonly test_outcome: string | null;
  readonly removed_at: Date | null;
}

function summaryOf(row: Row): ConnectionSummary {
  const mode: ConnectionMode = row.mode === 'live' ? 'live' : 'shadow';
  return {
    id: row.id,
    clinic: row.clinic,
    name: row.name,
    system: row.system,
    mode,
    agreement: row.agreement,
    testedAt: row.tested_at?.toISOString() ?? null,
    testOutcome: row.test_outcome,
  };
}

function objectAt(value: VaultRecord, field: string): Record<string, unknown> {
  const inner = value[field];
  return typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner)) : {};
}

function textsAt(value: VaultRecord, field: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(objectAt(value, field))) if (typeof text === 'string') texts[name] = text;
  return texts;
}

function unknownConnection(): GaitError {
  return new GaitError('connection.unknown', 'The clinic has no such connection.', {
    fix: 'Add it in the console under Connections, or with: gait connections add.',
  });
}

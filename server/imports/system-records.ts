// What each system says of a patient whom several keep: sealed, one record for a patient and a connection.
import type { SyncedField, Values } from '../../domain/sync/fields.ts';
import { syncedFields } from '../../domain/sync/fields.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

export interface RecordNeeds {
  readonly vault: Vault;
  readonly now: () => Date;
}

export interface SystemRecord {
  readonly connection: string;
  readonly asOf: string;
  readonly values: Values;
}

/** What the system calls the patient: messages through it are addressed so. Null: not known. */
interface Numbered {
  readonly recordNumber: string | null;
}

interface Whose {
  readonly clinic: string;
  readonly connection: string;
  readonly patient: string;
}

export function recordsOf({ vault, now }: RecordNeeds) {
  return {
    /** Replaces what this system said of the patient before. */
    async keep(
      trx: Trx,
      { clinic, connection, patient, asOf, values, recordNumber }: Whose & SystemRecord & Numbered,
    ): Promise<void> {
      const known = await rowOf(trx, { clinic, connection, patient });
      const stamps = { as_of: new Date(asOf), updated_at: now() };
      if (known !== null) {
        await vault.replace(clinic, known.ref, { ...values, recordNumber }, { trx });
        await trx.updateTable('patient_records').set(stamps).where('ref', '=', known.ref).execute();
        return;
      }
      const ref = await vault.put(clinic, 'systemPatient', { ...values, recordNumber }, { trx });
      await trx
        .insertInto('patient_records')
        .values({ ref, clinic, connection, patient, gone: null, ...stamps })
        .execute();
    },

    /** What every system says of the patient. */
    async all(trx: Trx, clinic: string, patient: string, by: Principal): Promise<SystemRecord[]> {
      const rows = await trx
        .selectFrom('patient_records')
        .select(['ref', 'connection', 'as_of'])
        .where('clinic', '=', clinic)
        .where('patient', '=', patient)
        .where('gone', 'is', null)
        .orderBy('ref')
        .execute();
      const actor = systemPrincipal('imports', by);
      const refs = rows.map(({ ref }) => ref);
      const opened = await vault.openMany(clinic, refs, { purpose: 'import.sync', actor, trx });
      return rows.map(({ ref, connection, as_of: asOf }) => ({
        connection,
        asOf: asOf.toISOString(),
        values: valuesIn(opened.get(ref) ?? {}),
      }));
    },
  };
}

async function rowOf(trx: Trx, { clinic, connection, patient }: Whose) {
  const row = await trx
    .selectFrom('patient_records')
    .select(['ref', 'as_of'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('patient', '=', patient)
    .executeTakeFirst();
  return row ?? null;
}

function valuesIn(record: VaultRecord): Values {
  const said: Partial<Record<SyncedField, string | null>> = {};
  for (const field of syncedFields) {
    const value = record[field];
    if (typeof value === 'string' || value === null) said[field] = value;
  }
  return said;
}

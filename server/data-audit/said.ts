// What each system says of a patient whom several keep, each as a record of its own for the audit.
import { auditFields } from '../../domain/data-audit/book-schema.ts';
import type { AuditField } from '../../domain/data-audit/book-schema.ts';
import type { AuditRecord } from '../../domain/data-audit/record.ts';
import { genders } from '../../domain/patient/schema.ts';
import { addressOf, syncedFields } from '../../domain/sync/fields.ts';
import type { Values } from '../../domain/sync/fields.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

export interface Said {
  readonly connection: string;
  readonly values: Values;
}

/** What each system says of the patients of a batch whom several keep, that of the one who brought them first. */
export async function saidBySystems(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  clinic: string,
  by: Principal,
  batch: readonly { readonly ref: string; readonly connection: string | null }[],
): Promise<ReadonlyMap<string, readonly Said[]>> {
  const homes = new Map(batch.map(({ ref, connection }) => [ref, connection]));
  const rows = await db
    .selectFrom('patient_records')
    .select(['ref', 'patient', 'connection'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...homes.keys()])
    .where('gone', 'is', null)
    .orderBy('ref')
    .execute();
  if (rows.length === 0) return new Map();
  const opened = await vault.openMany(
    clinic,
    rows.map(({ ref }) => ref),
    { purpose: 'dataAudit', actor: systemPrincipal('dataAudit', by), action: 'record.audited' },
  );
  const isHome = ({ patient, connection }: (typeof rows)[number]): boolean => homes.get(patient) === connection;
  const said = [...rows.filter(isHome), ...rows.filter((row) => !isHome(row))].map((row) => ({
    patient: row.patient,
    connection: row.connection,
    values: valuesIn(opened.get(row.ref)),
  }));
  return Map.groupBy(said, ({ patient }) => patient);
}

function valuesIn(record: VaultRecord | undefined): Values {
  return Object.fromEntries(
    syncedFields.flatMap((field) => {
      const value = record?.[field];
      return typeof value === 'string' || value === null ? [[field, value]] : [];
    }),
  );
}

/** The record as one system tells it: what it does not tell it does not keep. The chart is that of the system that brought the patient. */
export function asSaid(held: AuditRecord, { connection, values }: Said): AuditRecord {
  const isHome = connection === held.system;
  const { ref, memberIds } = held.person;
  const { given, family, birthDate, phone, email, address, payer, memberId } = values;
  return {
    ...held,
    system: connection,
    person: {
      ref,
      name: { given: given ?? '', family: family ?? '' },
      birthDate: birthDate ?? null,
      gender: genders.find((one) => one === values.gender) ?? 'unknown',
      contact: { phone: phone ?? null, email: email ?? null },
      address: addressOf(address ?? null),
      memberIds,
    },
    coverage: payer === undefined || payer === null ? null : { payer, payerName: payer, memberId: memberId ?? null },
    notKept: auditFields.filter((field) => {
      if (chartFields.has(field)) return !isHome;
      return !Object.hasOwn(values, field === 'postalCode' ? 'address' : field);
    }),
  };
}

const chartFields: ReadonlySet<AuditField> = new Set(['referringProvider', 'referringNpi', 'diagnoses', 'planOfCare']);

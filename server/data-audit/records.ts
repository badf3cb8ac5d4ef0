// Opens a clinic's patients for an audit, a bounded batch at a time: each opening is an entry of the audit chain with its purpose.
import { coverageSchema } from '../../domain/coverage/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import type { AuditRecord } from '../../domain/data-audit/record.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Side } from '../patient-links/pair-draft.ts';
import { sameAsMany } from '../patient-links/same-as.ts';
import { asSaid, saidBySystems } from './said.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

/** So many patients are opened at a time, with their coverage and chart. */
const batchSize = 200;

export interface ClinicRecords {
  readonly records: readonly AuditRecord[];
  readonly sides: ReadonlyMap<string, Side>;
  /** Records that are there and cannot be read as a patient; they are counted, not passed over. */
  readonly unreadable: number;
}

/** The system a record nobody imported is said to come from. */
export const noSystem = 'none';

/**
 * Every patient of the clinic.
 * @param report told after each batch how many were read, of how many
 */
export async function recordsOfClinic(
  needs: Needs,
  clinic: string,
  by: Principal,
  report: (done: number, total: number) => Promise<void>,
): Promise<ClinicRecords> {
  const { db } = needs;
  const patients = await db
    .selectFrom('patients')
    .select(['ref', 'coverage', 'chart', 'connection'])
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  const origins = await originsOf(db, clinic);
  const nameOf = await systemNames(db, clinic);
  const standing = await sameAsMany(
    db,
    clinic,
    patients.map(({ ref }) => ref),
  );
  const records: AuditRecord[] = [];
  const sides = new Map<string, Side>();
  let unreadable = 0;
  await report(0, patients.length);
  for (let start = 0; start < patients.length; start += batchSize) {
    const batch = patients.slice(start, start + batchSize);
    const refs = batch.flatMap(({ ref, coverage, chart }) => [ref, coverage, chart]).filter((ref) => ref !== null);
    const opened = await needs.vault.openMany(clinic, [...new Set(refs)], {
      purpose: 'dataAudit',
      actor: systemPrincipal('dataAudit', by),
      action: 'record.audited',
    });
    const said = await saidBySystems(needs, clinic, by, batch);
    for (const { ref, coverage: coverageRef, chart, connection } of batch) {
      const patient = patientIn(needs.validator, opened.get(ref));
      if (patient === null) {
        unreadable += 1;
        continue;
      }
      const coverage = coverageRef === null ? null : coverageIn(needs.validator, opened.get(coverageRef));
      const origin = origins.get(ref) ?? { system: noSystem, asOf: null };
      const system = connection ?? origin.system;
      const { asOf } = origin;
      const memberIds = [coverage?.memberId ?? ''].filter((id) => id !== '');
      const { name, birthDate, gender, contact, address, recordNumber } = patient;
      const person = { ref, name, birthDate, gender, contact, address, memberIds };
      sides.set(ref, { person, system: nameOf(system), asOf, payerName: coverage?.payerName ?? null, recordNumber });
      const held: AuditRecord = {
        ref,
        patient: standing.get(ref) ?? ref,
        system,
        person,
        coverage,
        ...medical(chart === null ? undefined : opened.get(chart)),
        notKept: [],
      };
      // Where several systems keep the patient, each answers for what it says; what holds stands first, for whoever links.
      const own = said.get(ref) ?? [];
      records.push(...(own.length === 0 ? [held] : own.map((one) => asSaid(held, one))));
    }
    await report(Math.min(start + batchSize, patients.length), patients.length);
  }
  return { records, sides, unreadable };
}

/** The names of the clinic's connections, those that were removed too. */
export async function systemNames(db: Db, clinic: string): Promise<(system: string) => string> {
  const rows = await db.selectFrom('connections').select(['id', 'name']).where('clinic', '=', clinic).execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (system) => (system === noSystem ? 'no system' : (names.get(system) ?? system));
}

/** Which connection brought each patient, and when it was last told: that of a record that was put to another from before. */
async function originsOf(
  db: Db,
  clinic: string,
): Promise<ReadonlyMap<string, { readonly system: string; readonly asOf: string | null }>> {
  const rows = await db
    .selectFrom('imported_rows as r')
    .leftJoin('connections as c', 'c.id', 'r.connection')
    .select(['r.ref', 'r.connection', 'r.updated_at'])
    .where('r.clinic', '=', clinic)
    .where('r.kind', '=', 'patient')
    .orderBy('c.created_at', (order) => order.asc().nullsLast())
    .orderBy('r.connection')
    .execute();
  const origins = new Map<string, { readonly system: string; readonly asOf: string | null }>();
  for (const { ref, connection, updated_at: at } of rows)
    if (!origins.has(ref)) origins.set(ref, { system: connection, asOf: at.toISOString() });
  const links = await db
    .selectFrom('patient_links')
    .select(['patient', 'moved'])
    .where('clinic', '=', clinic)
    .where('undone_at', 'is', null)
    .execute();
  for (const { patient, moved } of links) {
    const [number] = moved.numbers;
    if (number !== undefined) origins.set(patient, { system: number.connection, asOf: null });
  }
  return origins;
}

function medical(
  chart: VaultRecord | undefined,
): Pick<AuditRecord, 'referringProvider' | 'diagnoses' | 'planOfCareFrom'> {
  const referring = chart?.['referringProvider'];
  const plan = chart?.['planOfCare'];
  const diagnoses: unknown = chart?.['diagnoses'];
  return {
    referringProvider: { name: textIn(referring, 'name'), npi: textIn(referring, 'npi') },
    diagnoses: (Array.isArray(diagnoses) ? diagnoses : []).flatMap((one: unknown) => textIn(one, 'code') ?? []),
    planOfCareFrom: textIn(plan, 'from'),
  };
}

function textIn(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const text: unknown = Reflect.get(value, field);
  return typeof text === 'string' ? text : null;
}

function patientIn(validator: Validator, record: VaultRecord | undefined): Patient | null {
  return record !== undefined && isPatient(validator, record) ? record : null;
}

function coverageIn(validator: Validator, record: VaultRecord | undefined): Coverage | null {
  return record !== undefined && isCoverage(validator, record) ? record : null;
}

function isPatient(validator: Validator, record: unknown): record is Patient {
  return passes(() => {
    validator.check(patientSchema, record, 'patient');
  });
}

function isCoverage(validator: Validator, record: unknown): record is Coverage {
  return passes(() => {
    validator.check(coverageSchema, record, 'coverage');
  });
}

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

// Whose record a row is about: each system numbers patients in its own way, so a number tells something only where it comes from.
import type { PatientRow } from '../../connectors/pt-records/rows.ts';
import type { Linker } from '../../domain/linkage/linker.ts';
import type { Person } from '../../domain/linkage/person.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Keyring } from '../vault/keyring.ts';
import { sameAs, sameAsMany } from '../patient-links/same-as.ts';
import type { Vault } from '../vault/vault.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { knownSource } from './sources.ts';

interface Needs {
  readonly keyring: Keyring;
  readonly vault: Vault;
}

export interface LinkNeeds extends Needs {
  readonly linker: Linker;
  readonly validator: Validator;
}

/** A row as the linker compares it. */
export function personIn(row: PatientRow): Person {
  const { name, birthDate, gender, contact, address, coverage } = row;
  const memberIds = coverage === null || coverage.memberId === null ? [] : [coverage.memberId];
  return { ref: '', name, birthDate, gender, contact, address, memberIds };
}

/** So many records with something in common are looked at; more of them have in common what says nothing. */
const mostCandidates = 50;

/**
 * The patient of another system who is surely the same person, so that one person is entered once; null: nobody is, or it is not
 * sure. Two records of one system are never put together here: that is for a person to do.
 */
export async function samePerson(needs: LinkNeeds, trx: Trx, from: Origin, row: PatientRow): Promise<string | null> {
  const { vault, linker } = needs;
  const person = personIn(row);
  const found = await vault.findAny(from.clinic, 'patient', linker.blockQueries(person), { trx });
  const others = await ofOtherSystems(trx, from, found.slice(0, mostCandidates));
  if (others.length === 0) return null;
  const opened = await vault.openMany(from.clinic, others, {
    purpose: 'import.link',
    actor: systemPrincipal('imports', from.by),
    trx,
  });
  const known: Person[] = [];
  // One after the other: a transaction has one connection, and each opening is an entry of the audit chain.
  for (const ref of others) {
    const one = await personKnown(needs, trx, from, ref, opened.get(ref));
    if (one !== null) known.push(one);
  }
  const match = linker.matchNew(person, known);
  return match.verdict === 'same' ? match.ref : null;
}

/** Those to whom this connection has given no number yet. */
async function ofOtherSystems(trx: Trx, from: Origin, refs: readonly string[]): Promise<string[]> {
  // Of records put together the one that stands is asked about: whoever was put to it has its number here.
  const standing = [...new Set((await sameAsMany(trx, from.clinic, refs)).values())];
  if (standing.length === 0) return [];
  const numbered = await trx
    .selectFrom('imported_rows')
    .select('ref')
    .where('clinic', '=', from.clinic)
    .where('connection', '=', from.connection)
    .where('kind', '=', 'patient')
    .where('ref', 'in', standing)
    .execute();
  const own = new Set(numbered.map(({ ref }) => ref));
  return standing.filter((ref) => !own.has(ref)).sort();
}

async function personKnown(
  { vault, validator }: LinkNeeds,
  trx: Trx,
  from: Origin,
  ref: string,
  record: unknown,
): Promise<Person | null> {
  if (!isPatient(validator, record)) return null;
  const { name, birthDate, gender, contact, address } = record;
  const row = await trx.selectFrom('patients').select('coverage').where('ref', '=', ref).executeTakeFirst();
  const actor = systemPrincipal('imports', from.by);
  const coverage =
    row === undefined || row.coverage === null
      ? {}
      : await vault.open(from.clinic, row.coverage, { purpose: 'import.link', actor, trx });
  const { memberId } = coverage;
  return { ref, name, birthDate, gender, contact, address, memberIds: typeof memberId === 'string' ? [memberId] : [] };
}

function isPatient(validator: Validator, value: unknown): value is Patient {
  try {
    validator.check(patientSchema, value, 'patient');
    return true;
  } catch {
    return false;
  }
}

/** Patients by the number the rows of one piece name them by; null: nobody knows such a patient. */
export type PatientsByNumber = Map<string, string | null>;

/**
 * The patient whom a system calls by this number: whom it brought or was linked to, or, where its numbers are the clinic's, whoever
 * bears the number; of records that a person put together the one that stands. Null: nobody.
 */
export async function patientNumbered(
  { keyring, vault }: Needs,
  trx: Trx,
  from: Origin,
  recordNumber: string,
): Promise<string | null> {
  const known = await knownSource(keyring, trx, sourceOf(from, 'patient', [recordNumber]), null);
  const found =
    known?.ref ??
    (from.numbers === 'clinic' ? await vault.find(from.clinic, 'patient', { recordNumber }, { trx }) : null);
  return found === null ? null : sameAs(trx, from.clinic, found);
}

/** `patientNumbered`, asked once for each number. */
export async function patientAmong(
  needs: Needs,
  trx: Trx,
  from: Origin,
  recordNumber: string,
  patients: PatientsByNumber,
): Promise<string | null> {
  const cached = patients.get(recordNumber);
  if (cached !== undefined) return cached;
  const found = await patientNumbered(needs, trx, from, recordNumber);
  patients.set(recordNumber, found);
  return found;
}

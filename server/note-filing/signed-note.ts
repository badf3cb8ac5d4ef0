// Reads a signed version as it leaves: its sentences, who signed it, and the patient by the number of the system it goes to.
import { noteDocumentSchema } from '../../domain/note/document-schema.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { FiledSignature, NoteToFile } from '../../connectors/note-filing/note.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { FilingNeeds, FilingRow } from './needs.ts';

type Needs = Pick<FilingNeeds, 'vault' | 'validator' | 'attestations'>;
type Version = Pick<FilingRow, 'note' | 'version' | 'clinic' | 'patient'>;

const purpose = 'note.file';
const actor = systemPrincipal('noteFiling');

/** Everything of a note but whose it is. */
export type SignedNote = Omit<NoteToFile, 'patient'>;

/** Which record holds the version, and the hash that was signed. */
export async function versionOf(trx: Trx, { note, version }: Pick<Version, 'note' | 'version'>) {
  return trx
    .selectFrom('note_versions')
    .select(['record', 'hash', 'kind'])
    .where('note', '=', note)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
}

/** What was signed, out of its opened record. */
export async function signedNote(
  { validator, attestations }: Pick<Needs, 'validator' | 'attestations'>,
  trx: Trx,
  { note, version }: Pick<Version, 'note' | 'version'>,
  record: VaultRecord,
): Promise<SignedNote> {
  const { kind, date } = await trx
    .selectFrom('notes')
    .select(['kind', 'date'])
    .where('ref', '=', note)
    .executeTakeFirstOrThrow();
  const of = { note, version, kind, date, signatures: await signaturesOf(attestations, trx, { note, version }) };
  const shown: unknown = record['shown'];
  const text: unknown = isObject(shown) ? shown['text'] : null;
  if (typeof text === 'string')
    return { ...of, title: 'Addendum', sections: [{ id: 'addendum', heading: 'Addendum', lines: text.split('\n') }] };
  const document: unknown = isObject(shown) ? shown['document'] : null;
  assertDocument(validator, document);
  const sections = document.sections.map(({ id, heading, sentences }) => ({
    id,
    heading,
    lines: sentences.map((sentence) => sentence.text),
  }));
  return { ...of, title: document.title, sections };
}

async function signaturesOf(
  attestations: FilingNeeds['attestations'],
  trx: Trx,
  { note, version }: Pick<Version, 'note' | 'version'>,
): Promise<readonly FiledSignature[]> {
  const author = await trx
    .selectFrom('note_versions as v')
    .innerJoin('users as u', 'u.id', 'v.signed_by')
    .select(['u.display_name as name', 'v.credential', 'v.signed_at as at', 'v.attestation'])
    .where('v.note', '=', note)
    .where('v.version', '=', version)
    .executeTakeFirstOrThrow();
  const cosigner = await trx
    .selectFrom('note_cosignatures as c')
    .innerJoin('users as u', 'u.id', 'c.by_user')
    .select(['u.display_name as name', 'c.credential', 'c.at', 'c.attestation'])
    .where('c.note', '=', note)
    .where('c.version', '=', version)
    .executeTakeFirst();
  const signature = (row: typeof author, as: FiledSignature['as']): FiledSignature => ({
    as,
    name: row.name,
    credential: row.credential,
    at: row.at.toISOString(),
    attestation: attestations.find(({ id }) => id === row.attestation)?.text ?? '',
  });
  return [signature(author, 'author'), ...(cosigner === undefined ? [] : [signature(cosigner, 'cosigner')])];
}

/** The note with its patient as the system of this connection knows them. Throws `input.invalid` where it has no number of theirs. */
export async function noteFor(
  needs: Needs,
  trx: Trx,
  of: { readonly filing: Version; readonly connection: string; readonly record: VaultRecord },
): Promise<NoteToFile> {
  const { filing, connection, record } = of;
  const signed = await signedNote(needs, trx, filing, record);
  const patient: unknown = await needs.vault.open(filing.clinic, filing.patient, { purpose, actor, trx });
  assertPatient(needs.validator, patient);
  const recordNumber = await numberIn(needs, trx, filing, connection, patient);
  if (recordNumber === null)
    throw new GaitError('input.invalid', 'This system has no record number of the patient.', {
      where: 'recordNumber',
      fix: 'Enter the note by hand, or import the patient from this system first.',
    });
  const { name, birthDate, gender } = patient;
  return { ...signed, patient: { recordNumber, name, birthDate, gender } };
}

async function numberIn(
  { vault }: Needs,
  trx: Trx,
  { clinic, patient }: Version,
  connection: string,
  held: Patient,
): Promise<string | null> {
  const own = await trx
    .selectFrom('patient_records')
    .select('ref')
    .where('connection', '=', connection)
    .where('patient', '=', patient)
    .where('gone', 'is', null)
    .executeTakeFirst();
  const said: unknown =
    own === undefined ? null : (await vault.open(clinic, own.ref, { purpose, actor, trx }))['recordNumber'];
  if (typeof said === 'string') return said;
  const { connection: first } = await trx
    .selectFrom('patients')
    .select('connection')
    .where('ref', '=', patient)
    .executeTakeFirstOrThrow();
  return first === connection ? held.recordNumber : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function assertDocument(validator: Validator, value: unknown): asserts value is NoteDocument {
  validator.check(noteDocumentSchema, value, 'note');
}

function assertPatient(validator: Validator, value: unknown): asserts value is Patient {
  validator.check(patientSchema, value, 'patient');
}

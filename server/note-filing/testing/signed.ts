// A signed note as signing leaves it, for tests of what becomes of it: the session, the sealed version and its row, every value made up.
import { createHash } from 'node:crypto';
import type { NoteDocument } from '../../../domain/note/document-schema.ts';
import { noteSigned } from '../../notes/signed.ts';
import { addVisit } from '../../patient-links/testing/patients.ts';
import type { Services } from '../../services.ts';
import { newReference } from '../../vault/reference.ts';

export interface Signing {
  readonly clinic: string;
  readonly connection: string;
  readonly patient: string;
  readonly user: string;
  readonly date: string;
}

export interface Signed {
  readonly note: string;
  readonly hash: string;
}

const sentence = (text: string) => ({ text, sources: [], gaps: [] });

function documentOf(date: string): NoteDocument {
  return {
    kind: 'daily',
    structure: 'plain',
    title: 'Daily note',
    date,
    author: null,
    sections: [
      { id: 'subjective', heading: 'Subjective', sentences: [sentence('Stairs are easier.')] },
      { id: 'objective', heading: 'Objective', sentences: [sentence('Left knee flexion 118 degrees.')] },
    ],
  };
}

const hashOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** Signs a daily note of that day, and tells of it as signing does. */
export async function signNote(services: Services, of: Signing): Promise<Signed> {
  const { db, vault, now } = services;
  const { clinic, connection, patient, user, date } = of;
  const appointment = await addVisit(services, { clinic, connection, patient, date });
  return db.transaction().execute(async (trx) => {
    const at = now();
    const session = newReference('ses');
    await vault.put(clinic, 'session', {}, { ref: session, trx });
    await trx
      .insertInto('session_records')
      .values({
        ref: session,
        clinic,
        patient,
        appointment,
        date,
        revision: 1,
        state: 'closed',
        clinician: user,
        begun_at: at,
        updated_at: at,
        closed_at: at,
        closed_by: user,
      })
      .execute();
    const note = newReference('not');
    await vault.put(clinic, 'note', {}, { ref: note, trx });
    await trx
      .insertInto('notes')
      .values({
        ref: note,
        clinic,
        patient,
        session,
        session_revision: 1,
        kind: 'daily',
        system: 'plain',
        date,
        revision: 1,
        state: 'signed',
        author: user,
        written_by: 'composer',
        open_block: 0,
        open_ask: 0,
        open_gaps: 0,
        open_missing: 0,
        drafted_at: at,
        updated_at: at,
      })
      .execute();
    const shown = { note, document: documentOf(date), resolutions: [] };
    const hash = hashOf(shown);
    await addVersion(services, trx, { ...of, note, version: 1, hash, shown });
    return { note, hash };
  });
}

/** Adds a signed addendum as version 2. */
export async function addAddendum(services: Services, of: Signing & Signed, text: string): Promise<Signed> {
  const shown = { note: of.note, hash: of.hash, text };
  const hash = hashOf(shown);
  await services.db.transaction().execute((trx) => addVersion(services, trx, { ...of, version: 2, hash, shown }));
  return { note: of.note, hash };
}

type Transaction = Parameters<typeof noteSigned>[1];

async function addVersion(
  { vault, now }: Services,
  trx: Transaction,
  of: Signing & Signed & { readonly version: number; readonly shown: object },
): Promise<void> {
  const { clinic, note, version, hash, shown, user } = of;
  const kind = version === 1 ? 'document' : 'addendum';
  const record = await vault.put(clinic, 'noteVersion', { shown, signature: {} }, { prefix: 'nov', trx });
  await trx
    .insertInto('note_versions')
    .values({
      note,
      version,
      clinic,
      kind,
      record,
      hash,
      signed_by: user,
      signed_at: now(),
      credential: 'PT',
      attestation: version === 1 ? 'attest-author' : 'attest-addendum',
      cosign_needed: false,
      cosign_rule: null,
    })
    .execute();
  await noteSigned({ now }, trx, { clinic, note, version });
}

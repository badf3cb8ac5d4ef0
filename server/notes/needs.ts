// What the server of documents is made of, and the rows it works on.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { Services } from '../services.ts';
import type { NoteRules } from './rules.ts';
import type { NoteTables } from './tables.ts';
import type { DraftWriter } from './writer.ts';

export interface NoteNeeds extends Pick<Services, 'db' | 'now' | 'vault' | 'audit' | 'validator'> {
  readonly policies: Policies;
  readonly noteRules: NoteRules;
  readonly draftWriter: DraftWriter;
}

export type NoteRow = Selectable<NoteTables['notes']>;

/** The row of a note; `lock` lets one change at a time through. Throws `reference.unknown`. */
export async function noteRow(db: Db, clinic: string, ref: string, lock = false): Promise<NoteRow> {
  const query = db.selectFrom('notes').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'This clinic has no such note.', { where: 'note' });
  return row;
}

/** Locks the session a note is made of, then the note: always in this order, so that nobody waits for another in a circle. */
export async function lockedNote(
  db: Db,
  clinic: string,
  ref: string,
): Promise<NoteRow & { readonly sessionNow: SessionNow }> {
  const { session } = await noteRow(db, clinic, ref);
  const sessionNow = await db
    .selectFrom('session_records')
    .select(['revision', 'state'])
    .where('ref', '=', session)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { ...(await noteRow(db, clinic, ref, true)), sessionNow };
}

export interface SessionNow {
  readonly revision: number;
  readonly state: 'open' | 'closed';
}

/** Throws `state.conflict` unless the note is a draft of this revision. */
export function assertDraft({ state, revision }: NoteRow, known: number): void {
  if (state !== 'draft')
    throw new GaitError('state.conflict', `This document is no draft any more; it is ${stateWords[state]}.`, {
      fix: state === 'discarded' ? 'Draft it anew from the session.' : 'Write an addendum.',
    });
  if (revision !== known)
    throw new GaitError('state.conflict', 'The document was changed by somebody else meanwhile.', {
      where: 'revision',
      fix: 'Look at the newest state, then do it again.',
    });
}

const stateWords: Readonly<Record<NoteRow['state'], string>> = {
  draft: 'a draft',
  awaitingCosign: 'signed and waits for a co-signature',
  signed: 'signed',
  filed: 'signed and filed',
  discarded: 'discarded',
};

/** What a person is licensed as, as an operator entered it. */
export interface CredentialOnFile {
  readonly credential: Credential;
  readonly license: string | null;
  readonly licenseState: string | null;
  readonly licenseExpires: string | null;
}

/** By user id; whoever has none on file is left out. */
export async function credentialsOf(
  db: Db,
  clinic: string,
  users: readonly string[],
): Promise<Map<string, CredentialOnFile>> {
  if (users.length === 0) return new Map();
  const rows = await db
    .selectFrom('clinician_credentials')
    .select(['user_id', 'credential', 'license', 'license_state as licenseState', 'license_expires as licenseExpires'])
    .where('clinic', '=', clinic)
    .where('user_id', 'in', [...new Set(users)])
    .execute();
  return new Map(rows.map(({ user_id: user, ...row }) => [user, row]));
}

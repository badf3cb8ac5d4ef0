// What signing hangs on beside the text: the state of the session, the words signed under, whether a second person signs.
import { GaitError } from '../../domain/errors.ts';
import { attestationOn, cosignatureOf } from '../../domain/note/signing.ts';
import type { Attestation, Cosignature, SignerPart } from '../../domain/note/signing.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { NoteContent } from './content.ts';
import type { NoteNeeds, NoteRow, SessionNow } from './needs.ts';
import type { Judgement } from './open.ts';
import { documentationOf } from './wording.ts';

/** What a signature covers: the document and the resolutions that count for it. */
export function shownOf(note: string, { document, resolutions }: NoteContent, { void: voided }: Judgement) {
  const gone = new Set(voided.map(({ key }) => key));
  return { note, document, resolutions: resolutions.filter(({ key }) => !gone.has(key)) };
}

/** Whether a second person signs what somebody of this credential wrote, as payer, clinic and rules say. */
export async function cosignatureFor(
  { noteRules, policies }: NoteNeeds,
  db: Db,
  row: NoteRow,
  credential: Credential | null,
): Promise<Cosignature> {
  const patient = await db.selectFrom('patients').select('payer').where('ref', '=', row.patient).executeTakeFirst();
  const payer = patient?.payer ?? null;
  const known = payer === null ? 'unknown' : await policies.lineOfBusiness(db, row.clinic, payer, row.date);
  const own = (await documentationOf(db, row.clinic)).cosignature ?? {};
  const lineOfBusiness = known === 'unknown' ? null : known;
  return cosignatureOf(noteRules.signing, { credential, lineOfBusiness, own, day: row.date });
}

/** The session must be the one the draft was made of, and closed. */
export function sessionStands({ sessionNow, session_revision: made }: NoteRow & { readonly sessionNow: SessionNow }) {
  return sessionNow.state === 'closed' && sessionNow.revision === made;
}

/** The words in force, if they are those that were shown. */
export async function attested(
  { noteRules, policies, now }: NoteNeeds,
  trx: Trx,
  clinic: string,
  as: SignerPart,
  id: string,
): Promise<Attestation> {
  const row = attestationOn(noteRules.signing, as, (await policies.today(trx, clinic, now())).date);
  if (row.id !== id)
    throw new GaitError('state.conflict', 'It is signed under other words now.', {
      where: 'attestation',
      fix: 'Read the words that are shown, then sign.',
    });
  return row;
}

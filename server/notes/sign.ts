// Signing: a named clinician signs exactly what was shown; it is sealed for good, and whatever is added is signed on its own.
import { GaitError } from '../../domain/errors.ts';
import { editFigures } from '../../domain/note/edit-distance.ts';
import type { Cosignature } from '../../domain/note/signing.ts';
import type { Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { openContent, putVersion } from './content.ts';
import type { NoteContent } from './content.ts';
import { credentialOf } from './edits.ts';
import type { Of } from './edits.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import { hashOf } from './hash.ts';
import { assertDraft, lockedNote } from './needs.ts';
import type { CredentialOnFile, NoteNeeds, NoteRow, SessionNow } from './needs.ts';
import { isClear, judge } from './open.ts';
import type { OpenCounts } from './open.ts';
import { noteSigned } from './signed.ts';
import { attested, cosignatureFor, sessionStands, shownOf } from './signing-facts.ts';

export interface Signing {
  /** Of what was shown (`GET /v1/console/notes/:note`). */
  readonly hash: string;
  /** Id of the words it is signed under. */
  readonly attestation: string;
  /** The signer's word where no rule says whether a second person signs. */
  readonly cosign: 'needed' | 'notNeeded' | null;
}

/**
 * Signs a draft as its author. Told twice it is one signature.
 * Throws `state.conflict` where what is stored is not what was shown, `decision.refused` while something stands open,
 * `access.forbidden` for anybody but the author with a valid credential, `input.invalid` where the signer has to say more.
 */
export function signNote(needs: NoteNeeds, of: Of, signing: Signing, by: SessionPrincipal): Promise<NoteFacts> {
  const { clinic, note } = of;
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedNote(trx, clinic, note);
    if (await isSignedSo(trx, row, signing.hash, by)) return factsOf(row);
    assertDraft(row, of.revision);
    assertSessionStands(row);
    if (row.author !== by.user)
      throw new GaitError('access.forbidden', 'Only the author signs a document.', {
        fix: 'Take it over first: you then answer for it.',
      });
    const own = await credentialOf(needs, trx, clinic, by);
    const content = await openContent(needs, clinic, note, { purpose: 'note.sign', actor: by, trx });
    assertSameCredential(content, own);
    const judgement = judge(needs.noteRules, content);
    if (!isClear(judgement.open)) throw stillOpen(judgement.open);
    const shown = shownOf(note, content, judgement);
    const hash = hashOf(shown);
    if (hash !== signing.hash)
      throw new GaitError('state.conflict', 'This is not what was shown to you.', {
        where: 'hash',
        fix: 'Read the newest state, then sign.',
      });
    const attestation = await attested(needs, trx, clinic, 'author', signing.attestation);
    const cosignature = await cosignatureFor(needs, trx, row, own.credential);
    const cosign = decided(cosignature, signing.cosign);
    const at = needs.now();
    const signature = { by: by.user, at: at.toISOString(), ...own, attestation, cosignature, cosign: signing.cosign };
    const { source, writers, drafted } = content;
    const record = await putVersion(needs, trx, clinic, { shown, source, writers, drafted, signature });
    await trx
      .insertInto('note_versions')
      .values({
        note,
        version: 1,
        clinic,
        kind: 'document',
        record,
        hash,
        signed_by: by.user,
        signed_at: at,
        credential: own.credential,
        attestation: attestation.id,
        cosign_needed: cosign,
        cosign_rule: cosignature.rule,
      })
      .execute();
    await keepFigures(trx, note, content);
    const state = cosign ? 'awaitingCosign' : 'signed';
    await trx.updateTable('notes').set({ state, updated_at: at }).where('ref', '=', note).execute();
    if (!cosign) await noteSigned(needs, trx, { clinic, note, version: 1 });
    const details = { version: 1, hash, credential: own.credential.toLowerCase(), attestation: attestation.id, cosign };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'note.signed', subject: note, details });
    return factsOf({ ...row, state });
  });
}

function assertSessionStands(row: NoteRow & { readonly sessionNow: SessionNow }): void {
  if (sessionStands(row)) return;
  throw new GaitError('state.conflict', 'The session was opened or changed since this was drafted.', {
    where: 'session',
    fix: 'Close the session, then draft again: your sentences are kept and held against the changed record.',
  });
}

function assertSameCredential({ document }: NoteContent, { credential }: CredentialOnFile): void {
  if (document.author?.credential === credential) return;
  throw new GaitError('state.conflict', 'Your credential on file changed since this was drafted.', {
    fix: 'Take the document over again.',
  });
}

function stillOpen({ block, gaps, missing }: OpenCounts): GaitError {
  return new GaitError(
    'decision.refused',
    `Unsupported statements: ${block}; gaps: ${gaps}; contents that are missing: ${missing}.`,
    { fix: 'Correct each, fill it, or resolve it with a reason; then sign.' },
  );
}

async function isSignedSo(trx: Trx, row: NoteRow, hash: string, by: SessionPrincipal): Promise<boolean> {
  if (row.state === 'draft' || row.state === 'discarded') return false;
  const version = await trx
    .selectFrom('note_versions')
    .select(['hash', 'signed_by'])
    .where('note', '=', row.ref)
    .where('version', '=', 1)
    .executeTakeFirst();
  return version?.hash === hash && version.signed_by === by.user;
}

function decided({ needs, words }: Cosignature, said: Signing['cosign']): boolean {
  if (needs !== 'asked') return needs === 'required';
  if (said === null)
    throw new GaitError('input.invalid', words, {
      where: 'cosign',
      fix: 'Say "needed" or "notNeeded", or set documentation.cosignature for the clinic.',
    });
  return said === 'needed';
}

async function keepFigures(trx: Trx, note: string, { drafted, document }: NoteContent): Promise<void> {
  const rows = editFigures(drafted, document).map((figure) => ({
    note,
    section: figure.section,
    drafted_words: figure.draftedWords,
    signed_words: figure.signedWords,
    changed_words: figure.changedWords,
  }));
  if (rows.length > 0) await trx.insertInto('note_edits').values(rows).execute();
}

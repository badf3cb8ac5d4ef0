// What is signed beside and after a document: the co-signature, and addenda under their own signatures.
import { GaitError } from '../../domain/errors.ts';
import { attestationOn } from '../../domain/note/signing.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { putVersion } from './content.ts';
import { credentialOf } from './edits.ts';
import type { Of } from './edits.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import { hashOf } from './hash.ts';
import { lockedNote } from './needs.ts';
import type { NoteNeeds, NoteRow } from './needs.ts';
import type { Signing } from './sign.ts';
import { noteSigned } from './signed.ts';
import { attested, cosignatureFor } from './signing-facts.ts';

/** Signs beside the author. Throws as `signNote` does. */
export function cosignNote(
  needs: NoteNeeds,
  { clinic, note }: Pick<Of, 'clinic' | 'note'>,
  signing: Pick<Signing, 'hash' | 'attestation'>,
  by: SessionPrincipal,
): Promise<NoteFacts> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedNote(trx, clinic, note);
    const earlier = await trx
      .selectFrom('note_cosignatures')
      .select(['by_user', 'hash'])
      .where('note', '=', note)
      .executeTakeFirst();
    if (earlier !== undefined && earlier.by_user === by.user && earlier.hash === signing.hash) return factsOf(row);
    if (row.state !== 'awaitingCosign')
      throw new GaitError('state.conflict', 'This document waits for no co-signature.');
    const version = await trx
      .selectFrom('note_versions')
      .selectAll()
      .where('note', '=', note)
      .where('version', '=', 1)
      .executeTakeFirstOrThrow();
    if (version.signed_by === by.user)
      throw new GaitError('access.forbidden', 'A co-signature is another person’s.', {
        fix: 'Let your supervisor sign.',
      });
    const own = await credentialOf(needs, trx, clinic, by);
    const { by: who } = await cosignatureFor(needs, trx, row, version.credential);
    if (!who.includes(own.credential))
      throw new GaitError('access.forbidden', `A co-signature here is one of: ${who.join(', ')}.`);
    if (version.hash !== signing.hash)
      throw new GaitError('state.conflict', 'This is not what was shown to you.', { where: 'hash' });
    const attestation = await attested(needs, trx, clinic, 'cosigner', signing.attestation);
    const at = needs.now();
    await trx
      .insertInto('note_cosignatures')
      .values({
        note,
        version: 1,
        clinic,
        by_user: by.user,
        at,
        credential: own.credential,
        attestation: attestation.id,
        hash: version.hash,
      })
      .execute();
    await trx.updateTable('notes').set({ state: 'signed', updated_at: at }).where('ref', '=', note).execute();
    const versions = await trx.selectFrom('note_versions').select('version').where('note', '=', note).execute();
    for (const { version: number } of versions) await noteSigned(needs, trx, { clinic, note, version: number });
    const details = {
      version: 1,
      hash: version.hash,
      credential: own.credential.toLowerCase(),
      attestation: attestation.id,
    };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'note.cosigned', subject: note, details });
    return factsOf({ ...row, state: 'signed' });
  });
}

/** Adds signed words to a signed document; the document stays as it is. Returns the number of the version. */
export function addAddendum(
  needs: NoteNeeds,
  { clinic, note }: Pick<Of, 'clinic' | 'note'>,
  text: string,
  by: SessionPrincipal,
): Promise<{ readonly version: number; readonly hash: string }> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedNote(trx, clinic, note);
    if (row.state === 'draft' || row.state === 'discarded')
      throw new GaitError('state.conflict', 'Only a signed document has addenda.', { fix: 'Edit the draft.' });
    const own = await credentialOf(needs, trx, clinic, by);
    assertMayWrite(needs, row, own.credential);
    const cosignature = await cosignatureFor(needs, trx, row, own.credential);
    if (cosignature.needs === 'required')
      throw new GaitError('access.forbidden', 'What you write needs a co-signature, which an addendum does not have.', {
        fix: 'Let your supervisor write the addendum.',
      });
    const versions = await trx
      .selectFrom('note_versions')
      .select(['version', 'hash'])
      .where('note', '=', note)
      .orderBy('version')
      .execute();
    const [document] = versions;
    if (document === undefined) throw new GaitError('internal.bug', 'A signed document has no version.');
    const version = versions.length + 1;
    const shown = { note, hash: document.hash, text };
    const hash = hashOf(shown);
    const today = (await needs.policies.today(trx, clinic, needs.now())).date;
    const attestation = attestationOn(needs.noteRules.signing, 'addendum', today);
    const at = needs.now();
    const signature = { by: by.user, at: at.toISOString(), ...own, attestation };
    const record = await putVersion(needs, trx, clinic, { shown, signature });
    await trx
      .insertInto('note_versions')
      .values({
        note,
        version,
        clinic,
        kind: 'addendum',
        record,
        hash,
        signed_by: by.user,
        signed_at: at,
        credential: own.credential,
        attestation: attestation.id,
        cosign_needed: false,
        cosign_rule: cosignature.rule,
      })
      .execute();
    // What waits for a co-signature is filed with it, the document first.
    if (row.state !== 'awaitingCosign') await noteSigned(needs, trx, { clinic, note, version });
    const details = { version, hash, credential: own.credential.toLowerCase(), attestation: attestation.id };
    await needs.audit.append(trx, { clinic, actor: by.user, action: 'note.addendumSigned', subject: note, details });
    return { version, hash };
  });
}

/** Throws `access.forbidden` where the rules do not let this credential write a document of the kind. */
function assertMayWrite({ noteRules }: NoteNeeds, { kind, date }: NoteRow, credential: Credential): void {
  const rule = noteRules.verification.authors.find(
    (each) =>
      each.kind === kind && each.effectiveFrom <= date && (each.effectiveTo === null || date <= each.effectiveTo),
  );
  if (rule?.credentials.includes(credential) === true) return;
  throw new GaitError('access.forbidden', rule?.message ?? 'No rule says who may write such a document.');
}

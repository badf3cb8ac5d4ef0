// Signing: a named clinician signs exactly what was shown; it is sealed for good, and whatever is added is signed on its own.
import { GaitError } from '../../domain/errors.ts';
import { editFigures } from '../../domain/note/edit-distance.ts';
import { attestationOn, cosignatureOf } from '../../domain/note/signing.ts';
import type { Attestation, Cosignature, SignerPart } from '../../domain/note/signing.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { openContent, putVersion } from './content.ts';
import type { NoteContent } from './content.ts';
import { credentialOf } from './edits.ts';
import type { Of } from './edits.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import { hashOf } from './hash.ts';
import { assertDraft, lockedNote } from './needs.ts';
import type { CredentialOnFile, NoteNeeds, NoteRow } from './needs.ts';
import { isClear, judge } from './open.ts';
import type { Judgement, OpenCounts } from './open.ts';
import { noteSigned } from './signed.ts';
import { documentationOf } from './wording.ts';

export interface Signing {
  /** Of what was shown (`GET /v1/console/notes/:note`). */
  readonly hash: string;
  /** Id of the words it is signed under. */
  readonly attestation: string;
  /** The signer's word where no rule says whether a second person signs. */
  readonly cosign: 'needed' | 'notNeeded' | null;
}

/** What a signature covers: the document and the resolutions that count for it. */
export function shownOf(note: string, { document, resolutions }: NoteContent, { void: voided }: Judgement) {
  const gone = new Set(voided.map(({ key }) => key));
  return { note, document, resolutions: resolutions.filter(({ key }) => !gone.has(key)) };
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
    const author = row.author === null ? null : ((await credentialAtSigning(trx, note)) ?? null);
    const { by: who } = await cosignatureFor(needs, trx, row, author);
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
export function sessionStands({ sessionNow, session_revision: made }: NoteRow & { readonly sessionNow: SessionState }) {
  return sessionNow.state === 'closed' && sessionNow.revision === made;
}

interface SessionState {
  readonly revision: number;
  readonly state: 'open' | 'closed';
}

function assertSessionStands(row: NoteRow & { readonly sessionNow: SessionState }): void {
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

/** Throws `access.forbidden` where the rules do not let this credential write a document of the kind. */
function assertMayWrite({ noteRules }: NoteNeeds, { kind, date }: NoteRow, credential: Credential): void {
  const rule = noteRules.verification.authors.find(
    (each) =>
      each.kind === kind && each.effectiveFrom <= date && (each.effectiveTo === null || date <= each.effectiveTo),
  );
  if (rule?.credentials.includes(credential) === true) return;
  throw new GaitError('access.forbidden', rule?.message ?? 'No rule says who may write such a document.');
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

async function credentialAtSigning(trx: Trx, note: string): Promise<Credential | undefined> {
  const row = await trx
    .selectFrom('note_versions as v')
    .innerJoin('clinician_credentials as c', 'c.user_id', 'v.signed_by')
    .select('c.credential')
    .where('v.note', '=', note)
    .where('v.version', '=', 1)
    .executeTakeFirst();
  return row?.credential;
}

async function attested(
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

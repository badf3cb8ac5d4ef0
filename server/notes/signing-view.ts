// Who may sign a document now, under which words and which hash; and what keeps who is signed in from it, in words.
import { attestationOn } from '../../domain/note/signing.ts';
import type { Cosignature } from '../../domain/note/signing.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { NoteContent } from './content.ts';
import { hashOf } from './hash.ts';
import { credentialsOf } from './needs.ts';
import type { CredentialOnFile, NoteNeeds, NoteRow } from './needs.ts';
import { isClear } from './open.ts';
import type { Judgement } from './open.ts';
import { cosignatureFor, shownOf } from './signing-facts.ts';

/** What keeps who is signed in from signing, in words. */
export interface Hindrance {
  readonly code:
    | 'open'
    | 'notAuthor'
    | 'noCredential'
    | 'licenseExpired'
    | 'sessionChanged'
    | 'credentialChanged'
    | 'signed'
    | 'notCosigner';
  readonly words: string;
}

export interface SigningView {
  /** As what the signed-in person would sign now; null: nothing is to be signed. */
  readonly as: 'author' | 'cosigner' | null;
  readonly maySign: boolean;
  readonly whyNot: readonly Hindrance[];
  /** Of what is shown; sent back with the signature. */
  readonly hash: string;
  readonly attestation: { readonly id: string; readonly text: string } | null;
  readonly addendumAttestation: { readonly id: string; readonly text: string };
  readonly cosignature: Cosignature;
  /** What is on file for the signed-in person. */
  readonly own: CredentialOnFile | null;
}

/** A document with what it was held against, and who looks at it. */
export interface Judged {
  readonly row: NoteRow;
  readonly sessionStands: boolean;
  readonly content: NoteContent;
  readonly judgement: Judgement;
  readonly today: string;
  readonly by: SessionPrincipal;
  readonly versions: readonly { readonly version: number; readonly hash: string; readonly signed_by: string }[];
}

/** Who may sign it now, and why not. */
export async function signingView(needs: NoteNeeds, judged: Judged): Promise<SigningView> {
  const { row, content, judgement, today, by, versions } = judged;
  const { signing } = needs.noteRules;
  const own = (await credentialsOf(needs.db, row.clinic, [by.user])).get(by.user) ?? null;
  const cosignature = await cosignatureFor(needs, needs.db, row, content.document.author?.credential ?? null);
  const as = row.state === 'draft' ? 'author' : row.state === 'awaitingCosign' ? 'cosigner' : null;
  const whyNot = [
    ...credentialHindrances(own, today),
    ...(as === 'author'
      ? authorHindrances(judged, own)
      : as === 'cosigner'
        ? cosignerHindrances(judged, own, cosignature)
        : signedAlready),
  ];
  const attestation = as === null ? null : attestationOn(signing, as, today);
  const addendum = attestationOn(signing, 'addendum', today);
  return {
    as,
    maySign: whyNot.length === 0,
    whyNot,
    hash: versions[0]?.hash ?? hashOf(shownOf(row.ref, content, judgement)),
    attestation: attestation === null ? null : { id: attestation.id, text: attestation.text },
    addendumAttestation: { id: addendum.id, text: addendum.text },
    cosignature,
    own,
  };
}

const signedAlready: readonly Hindrance[] = [{ code: 'signed', words: 'Nothing is to be signed here.' }];

function credentialHindrances(own: CredentialOnFile | null, today: string): Hindrance[] {
  if (own === null)
    return [{ code: 'noCredential', words: 'No credential is on file for you; an operator enters it.' }];
  if (own.licenseExpires !== null && own.licenseExpires < today)
    return [{ code: 'licenseExpired', words: 'Your license on file has run out.' }];
  return [];
}

function authorHindrances(
  { row, sessionStands: stands, content, judgement, by }: Judged,
  own: CredentialOnFile | null,
): Hindrance[] {
  const { open } = judgement;
  const hindrances: Hindrance[] = [];
  if (!isClear(open))
    hindrances.push({
      code: 'open',
      words: `Still open: unsupported statements ${open.block}, gaps ${open.gaps}, missing contents ${open.missing}.`,
    });
  if (row.author !== by.user)
    hindrances.push({ code: 'notAuthor', words: 'Only the author signs. Take it over to answer for it yourself.' });
  else if (own !== null && content.document.author?.credential !== own.credential)
    hindrances.push({
      code: 'credentialChanged',
      words: 'Your credential on file changed. Take the document over again.',
    });
  if (!stands)
    hindrances.push({
      code: 'sessionChanged',
      words: 'The session was opened or changed since. Close it and draft again.',
    });
  return hindrances;
}

function cosignerHindrances(
  { by, versions }: Judged,
  own: CredentialOnFile | null,
  { by: who }: Cosignature,
): Hindrance[] {
  if (versions[0]?.signed_by === by.user)
    return [{ code: 'notCosigner', words: 'You signed it as its author; another person co-signs.' }];
  if (own !== null && !who.includes(own.credential))
    return [{ code: 'notCosigner', words: `A co-signature here is one of: ${who.join(', ')}.` }];
  return [];
}

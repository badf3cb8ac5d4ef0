// One document as a clinician sees it: its words, where each comes from, what stands open, who may sign it and why not.
import { automationSentence } from '../../domain/note/signing.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import type { Writers } from '../../domain/note/edit.ts';
import { sourceWords } from '../../domain/note/source-words.ts';
import type { SourceWords } from '../../domain/note/source-words.ts';
import type { DocumentKind } from '../../domain/note/source-schema.ts';
import type { Trace } from '../../domain/note-verifier/verify.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { filingOf } from '../note-filing/views.ts';
import type { FilingFigure } from '../note-filing/views.ts';
import { openContent, openVersion } from './content.ts';
import type { NoteContent, Resolution } from './content.ts';
import { hashOf } from './hash.ts';
import { nameIn } from './list.ts';
import type { PersonName } from './list.ts';
import { noteRow } from './needs.ts';
import type { NoteNeeds } from './needs.ts';
import { judge } from './open.ts';
import type { Gap, JudgedFinding, JudgedMissing, Judgement, OpenCounts } from './open.ts';
import { sessionStands } from './signing-facts.ts';
import { signingView } from './signing-view.ts';
import type { SigningView } from './signing-view.ts';
import type { NoteState, WrittenBy } from './tables.ts';
import { documentationOf } from './wording.ts';

export interface NamedUser {
  readonly id: string;
  readonly displayName: string;
}

export interface VersionView {
  readonly version: number;
  readonly kind: 'document' | 'addendum';
  readonly hash: string;
  readonly signedBy: NamedUser;
  readonly signedAt: string;
  readonly credential: string;
  readonly attestation: string;
  readonly cosigned: { readonly by: NamedUser; readonly at: string; readonly credential: string } | null;
  /** The words of an addendum; null for the document itself. */
  readonly text: string | null;
  /** Whether what lies sealed still has the hash that was signed. */
  readonly isIntact: boolean;
}

export interface NoteView {
  readonly note: string;
  readonly kind: DocumentKind;
  readonly state: NoteState;
  readonly revision: number;
  readonly system: string;
  readonly date: string;
  readonly patient: { readonly ref: string; readonly name: PersonName | null };
  readonly session: { readonly ref: string; readonly revision: number; readonly isAsDrafted: boolean };
  readonly author: (NamedUser & { readonly credential: Credential | null }) | null;
  readonly writtenBy: WrittenBy;
  readonly document: NoteDocument;
  /** For each section, who worded each sentence. */
  readonly writers: Writers;
  /** What each place of the record says, by its pointer. */
  readonly sources: Readonly<Record<string, SourceWords>>;
  readonly verification: { readonly findings: readonly JudgedFinding[]; readonly traces: readonly Trace[] };
  readonly gaps: readonly Gap[];
  readonly completeness: { readonly required: number; readonly missing: readonly JudgedMissing[] };
  readonly open: OpenCounts;
  /** All of them; `isVoid`: what it was about is no longer there. */
  readonly resolutions: readonly (Resolution & { readonly byName: string; readonly isVoid: boolean })[];
  readonly signing: SigningView;
  readonly versions: readonly VersionView[];
  /** What the patient is told about how the document came to be. */
  readonly automation: string;
  /** How far the signed document is on its way to the chart; null before the last signature. */
  readonly filing: FilingFigure | null;
  readonly discarded: NoteContent['discarded'];
}

/** Throws `reference.unknown`. Opening it is an audit entry. */
export async function noteView(
  needs: NoteNeeds,
  clinic: string,
  note: string,
  by: SessionPrincipal,
): Promise<NoteView> {
  const { db, vault, noteRules } = needs;
  const row = await noteRow(db, clinic, note);
  const sessionNow = await db
    .selectFrom('session_records')
    .select(['revision', 'state'])
    .where('ref', '=', row.session)
    .executeTakeFirstOrThrow();
  const content = await openContent(needs, clinic, note, { purpose: 'note.review', actor: by });
  const patient = (await vault.openMany(clinic, [row.patient], { purpose: 'note.review', actor: by })).get(row.patient);
  const judgement = judge(noteRules, content);
  const versions = await versionsOf(needs, clinic, note, by);
  const people = await namesOf(db, [
    row.author,
    ...content.resolutions.map((resolution) => resolution.by),
    ...versions.flatMap(({ signed_by: signer, cosigned_by: cosigner }) => [signer, cosigner]),
  ]);
  const named = (id: string): NamedUser => ({ id, displayName: people.get(id) ?? id });
  const gone = new Set(judgement.void.map(({ key }) => key));
  const today = (await needs.policies.today(db, clinic, needs.now())).date;
  return {
    note,
    kind: row.kind,
    state: row.state,
    revision: row.revision,
    system: row.system,
    date: row.date,
    patient: { ref: row.patient, name: nameIn(patient) },
    session: { ref: row.session, revision: sessionNow.revision, isAsDrafted: sessionStands({ ...row, sessionNow }) },
    author:
      row.author === null ? null : { ...named(row.author), credential: content.document.author?.credential ?? null },
    writtenBy: row.written_by,
    document: content.document,
    writers: content.writers,
    sources: sourcesOf(content, judgement),
    verification: { findings: judgement.findings, traces: judgement.traces },
    gaps: judgement.gaps,
    completeness: judgement.completeness,
    open: judgement.open,
    resolutions: content.resolutions.map((resolution) => ({
      ...resolution,
      byName: named(resolution.by).displayName,
      isVoid: gone.has(resolution.key),
    })),
    signing: await signingView(needs, {
      row,
      sessionStands: sessionStands({ ...row, sessionNow }),
      content,
      judgement,
      today,
      by,
      versions,
    }),
    versions: versions.map((version) => ({
      version: version.version,
      kind: version.kind,
      hash: version.hash,
      signedBy: named(version.signed_by),
      signedAt: version.signed_at.toISOString(),
      credential: version.credential,
      attestation: version.attestation,
      cosigned:
        version.cosigned_by === null || version.cosigned_at === null
          ? null
          : {
              by: named(version.cosigned_by),
              at: version.cosigned_at.toISOString(),
              credential: version.cosigned_as ?? '',
            },
      text: version.text,
      isIntact: version.isIntact,
    })),
    automation:
      (await documentationOf(db, clinic)).automationSentence ??
      automationSentence(noteRules.signing, row.written_by, today),
    filing: await filingOf(db, clinic, note),
    discarded: content.discarded,
  };
}

/** Every place that a sentence, a trace or a finding points at, in words. */
function sourcesOf({ document, source }: NoteContent, { traces, findings }: Judgement): Record<string, SourceWords> {
  const cited = document.sections.flatMap(({ sentences }) =>
    sentences.flatMap(({ sources }) => sources.map(({ pointer }) => pointer)),
  );
  const pointers = [...cited, ...[...traces, ...findings].flatMap(({ pointers: own }) => own)];
  return Object.fromEntries([...new Set(pointers)].map((pointer) => [pointer, sourceWords(source, pointer)]));
}

async function versionsOf(needs: NoteNeeds, clinic: string, note: string, by: SessionPrincipal) {
  const rows = await needs.db
    .selectFrom('note_versions as v')
    .leftJoin('note_cosignatures as c', (join) =>
      join.onRef('c.note', '=', 'v.note').onRef('c.version', '=', 'v.version'),
    )
    .selectAll('v')
    .select(['c.by_user as cosigned_by', 'c.at as cosigned_at', 'c.credential as cosigned_as'])
    .where('v.note', '=', note)
    .orderBy('v.version')
    .execute();
  const opening = { purpose: 'note.review', actor: by };
  return Promise.all(
    rows.map(async (row) => {
      if (row.kind === 'document') {
        const { shown } = await openVersion(needs, clinic, row.record, 'document', opening);
        return { ...row, text: null, isIntact: hashOf(shown) === row.hash };
      }
      const { shown } = await openVersion(needs, clinic, row.record, 'addendum', opening);
      return { ...row, text: shown.text, isIntact: hashOf(shown) === row.hash };
    }),
  );
}

async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(['id', 'display_name']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, display_name: name }) => [id, name]));
}

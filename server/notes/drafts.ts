// Drafting: one note for each session and kind, however often and by however many it is asked for.
import { GaitError } from '../../domain/errors.ts';
import { citedBy } from '../../domain/note/edit.ts';
import type { DocumentKind } from '../../domain/note/source-schema.ts';
import type { KeyPrincipal, SessionPrincipal } from '../http/principal.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { openContent, putContent, replaceContent } from './content.ts';
import type { NoteContent } from './content.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import { lockedNote } from './needs.ts';
import type { NoteNeeds, NoteRow } from './needs.ts';
import { judge, openColumns } from './open.ts';
import { noteSource } from './source.ts';
import type { BuiltSource } from './source.ts';
import { wordingOf } from './wording.ts';
import type { Written } from './writer.ts';

export interface DraftAsk {
  readonly session: string;
  readonly kind: DocumentKind | null;
  readonly system: string | null;
  /** Word it anew from the record, though somebody changed it. */
  readonly anew: boolean;
}

/**
 * Drafts the note of a session, or answers with the one there is. A draft whose session changed since is worded anew where
 * nobody edited it; where somebody did, a person's asking holds the kept text against the changed record.
 * Throws `reference.unknown`, `state.conflict` for an open session, `input.invalid` for an unknown structure.
 */
export async function draftNote(
  needs: NoteNeeds,
  clinic: string,
  ask: DraftAsk,
  by: SessionPrincipal | KeyPrincipal,
): Promise<NoteFacts> {
  const person = by.kind === 'session' ? by.user : null;
  const built = await noteSource(needs, clinic, { ...ask, author: null }, by);
  const known = await latestOf(needs, clinic, built.session, built.kind, person !== null);
  if (known !== undefined && !ask.anew && (known.state !== 'draft' || known.session_revision === built.sessionRevision))
    return factsOf(known);
  if (known !== undefined && known.state !== 'draft') return factsOf(known);
  // Who drafts answers for it where they have a credential; a draft that exists keeps its author.
  const author = known?.author ?? (await authorFor(needs, clinic, person));
  const final = author === null ? built : await noteSource(needs, clinic, { ...ask, kind: built.kind, author }, by);
  const ref = known?.ref ?? newReference('not');
  const wording = await wordingOf(needs, clinic, {
    kind: final.kind,
    payer: final.payer,
    system: ask.system ?? known?.system ?? null,
    source: final.source,
  });
  const written = await needs.draftWriter.write({ ...wording, clinic, note: ref });
  const made = { built: final, written, system: wording.system, ref, by };
  return known === undefined ? insertDraft(needs, clinic, made) : renewDraft(needs, clinic, made, ask.anew);
}

/** The note of a session and kind; a discarded one counts for a flow, which must not draft what a person threw away. */
function latestOf(
  { db }: NoteNeeds,
  clinic: string,
  session: string,
  kind: DocumentKind,
  byPerson: boolean,
): Promise<NoteRow | undefined> {
  let query = db
    .selectFrom('notes')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('session', '=', session)
    .where('kind', '=', kind);
  if (byPerson) query = query.where('state', '<>', 'discarded');
  return query
    .orderBy((order) => order('state', '=', 'discarded'))
    .orderBy('drafted_at', 'desc')
    .executeTakeFirst();
}

async function authorFor({ db }: NoteNeeds, clinic: string, person: string | null): Promise<string | null> {
  if (person === null) return null;
  const row = await db
    .selectFrom('clinician_credentials')
    .select('user_id')
    .where('clinic', '=', clinic)
    .where('user_id', '=', person)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

interface Made {
  readonly built: BuiltSource;
  readonly written: Written;
  readonly system: string;
  readonly ref: string;
  readonly by: SessionPrincipal | KeyPrincipal;
}

async function insertDraft(needs: NoteNeeds, clinic: string, made: Made): Promise<NoteFacts> {
  const { built, written, system, ref, by } = made;
  const content = contentOf(made);
  const { open } = judge(needs.noteRules, content);
  const at = needs.now();
  return needs.db.transaction().execute(async (trx) => {
    const session = await trx
      .selectFrom('session_records')
      .select(['revision', 'state'])
      .where('ref', '=', built.session)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    // Whoever came first while this one was worded has drafted it.
    const first = await trx
      .selectFrom('notes')
      .selectAll()
      .where('session', '=', built.session)
      .where('kind', '=', built.kind)
      .where('state', '<>', 'discarded')
      .executeTakeFirst();
    if (first !== undefined) return factsOf(first);
    if (session.revision !== built.sessionRevision || session.state !== 'closed')
      throw new GaitError('state.conflict', 'The session was changed while its note was drafted.', {
        where: 'session',
        fix: 'Draft again.',
      });
    await putContent(needs, trx, clinic, ref, content);
    const row: NoteRow = {
      ref,
      clinic,
      patient: built.patient,
      session: built.session,
      session_revision: built.sessionRevision,
      kind: built.kind,
      system,
      date: built.date,
      revision: 1,
      state: 'draft',
      author: built.source.author?.ref ?? null,
      written_by: written.writtenBy,
      ...openColumns(open),
      drafted_at: at,
      updated_at: at,
    };
    await trx.insertInto('notes').values(row).execute();
    const details = {
      session: built.session,
      kind: built.kind,
      writtenBy: written.writtenBy,
      system,
      open: { ...open },
    };
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'note.drafted', subject: ref, details });
    return factsOf(row);
  });
}

async function renewDraft(needs: NoteNeeds, clinic: string, made: Made, anew: boolean): Promise<NoteFacts> {
  const { built, written, ref, by } = made;
  return needs.db.transaction().execute(async (trx) => {
    const row = await lockedNote(trx, clinic, ref);
    const isOfNow = row.sessionNow.state === 'closed' && row.sessionNow.revision === built.sessionRevision;
    if (row.state !== 'draft' || !isOfNow) return factsOf(row);
    const actor = by.kind === 'session' ? by : systemPrincipal('notes', by);
    const kept = await openContent(needs, clinic, ref, { purpose: 'note.redraft', actor, trx });
    const isEdited = kept.writers.some((section) => section.includes('person'));
    if (isEdited && !anew && by.kind !== 'session') return factsOf(row);
    const content =
      isEdited && !anew ? heldAgainst(needs, kept, built) : { ...contentOf(made), resolutions: kept.resolutions };
    const { open } = judge(needs.noteRules, content);
    await replaceContent(needs, trx, clinic, ref, content);
    const change = {
      revision: row.revision + 1,
      session_revision: built.sessionRevision,
      written_by: isEdited && !anew ? row.written_by : written.writtenBy,
      system: isEdited && !anew ? row.system : made.system,
      updated_at: needs.now(),
      ...openColumns(open),
    };
    await trx.updateTable('notes').set(change).where('ref', '=', ref).execute();
    const details = { revision: change.revision, anew, open: { ...open } };
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'note.redrafted', subject: ref, details });
    return factsOf({ ...row, ...change });
  });
}

function contentOf({ built, written }: Made): NoteContent {
  return {
    document: written.document,
    drafted: written.document,
    source: built.source,
    writers: written.writers.map((section) => [...section]),
    resolutions: [],
    discarded: null,
  };
}

/** The text a person kept, with its sources looked for in the record as it is now. */
function heldAgainst({ noteRules }: NoteNeeds, kept: NoteContent, { source }: BuiltSource): NoteContent {
  const bare = {
    ...kept.document,
    sections: kept.document.sections.map((section) => ({
      ...section,
      sentences: section.sentences.map((sentence) => ({ ...sentence, sources: [] })),
    })),
  };
  const { traces } = noteRules.verify(bare, source);
  return { ...kept, source, document: citedBy(bare, traces, source) };
}

// Builds what a document is made of: the closed session, the sessions of its episode before it, the episode, the author.
import { GaitError } from '../../domain/errors.ts';
import type { DocumentKind, NoteSource } from '../../domain/note/source-schema.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { Trx } from '../database/tables.ts';
import { assertSession } from '../documentation/needs.ts';
import { currentEpisode } from '../episodes/episodes.ts';
import { unknownEpisode } from '../episodes/from-chart.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { allOf } from '../patient-links/same-as.ts';
import { credentialsOf } from './needs.ts';
import type { CredentialOnFile, NoteNeeds } from './needs.ts';

export interface BuiltSource {
  readonly source: NoteSource;
  readonly kind: DocumentKind;
  readonly session: string;
  readonly sessionRevision: number;
  readonly patient: string;
  readonly payer: string | null;
  readonly date: string;
}

export interface SourceAsk {
  readonly session: string;
  /** Null: what a session of its kind is usually written up as. */
  readonly kind: DocumentKind | null;
  /** User who answers for the document; null: whoever treated, as far as they may write it. */
  readonly author: string | null;
}

const usualKind: Readonly<Record<Session['kind'], DocumentKind>> = {
  evaluation: 'evaluation',
  treatment: 'daily',
  reevaluation: 'progress',
  discharge: 'discharge',
};

/** Earlier sessions that a document looks back on, at the most. */
const lookBack = 60;

/**
 * The source of a document. Credentials are those on file, whatever was tapped during the visit.
 * Throws `reference.unknown`, or `state.conflict` for a session that is not closed.
 */
export async function noteSource(
  needs: Pick<NoteNeeds, 'db' | 'vault' | 'validator' | 'audit' | 'now' | 'noteRules'>,
  clinic: string,
  ask: SourceAsk,
  by: Principal,
  trx?: Trx,
): Promise<BuiltSource> {
  const db = trx ?? needs.db;
  const row = await db
    .selectFrom('session_records as s')
    .innerJoin('patients as p', 'p.ref', 's.patient')
    .select(['s.ref', 's.patient', 's.date', 's.begun_at', 's.revision', 's.state', 'p.payer'])
    .where('s.ref', '=', ask.session)
    .where('s.clinic', '=', clinic)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'There is no such session record.', { where: 'session' });
  if (row.state !== 'closed')
    throw new GaitError('state.conflict', 'The session is still open.', {
      where: 'session',
      fix: 'Close it on the capture page, then draft.',
    });
  const actor = by.kind === 'session' ? by : systemPrincipal('notes', by);
  const opening = { purpose: 'note.source', actor, ...(trx === undefined ? {} : { trx }) };
  const patients = await allOf(db, clinic, row.patient);
  const stored = await currentEpisode(needs, clinic, row.patient, row.date, {
    by: actor,
    ...(trx === undefined ? {} : { trx }),
  });
  let before = db
    .selectFrom('session_records')
    .select(['ref', 'date'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('state', '=', 'closed')
    .where('ref', '<>', row.ref)
    .where((where) =>
      where.or([
        where('date', '<', row.date),
        where.and([where('date', '=', row.date), where('begun_at', '<', row.begun_at)]),
      ]),
    );
  const beganOn = stored?.beganOn ?? null;
  if (beganOn !== null) before = before.where('date', '>=', beganOn);
  const earlierRows = await before.orderBy('date', 'desc').orderBy('begun_at', 'desc').limit(lookBack).execute();
  const refs = [...earlierRows.map(({ ref }) => ref).reverse(), row.ref];
  const opened = await needs.vault.openMany(clinic, refs, opening);
  const sessions = refs.map((ref): Session => {
    const record: unknown = opened.get(ref);
    assertSession(needs.validator, record);
    return record;
  });
  const people = sessions.flatMap(({ clinicians }) => clinicians.map(({ ref }) => ref));
  const onFile = await credentialsOf(db, clinic, ask.author === null ? people : [...people, ask.author]);
  const told = sessions.map((session) => withCredentials(session, row.patient, onFile));
  const session = told.at(-1);
  if (session === undefined) throw new GaitError('internal.bug', 'A session record was not opened.');
  const kind = ask.kind ?? usualKind[session.kind];
  const author = ask.author ?? authorOf(needs, session, kind, onFile);
  return {
    source: {
      session,
      episode: stored?.episode ?? unknownEpisode,
      earlier: told.slice(0, -1),
      author: author === null ? null : { ref: author, credential: onFile.get(author)?.credential ?? null },
    },
    kind,
    session: row.ref,
    sessionRevision: row.revision,
    patient: row.patient,
    payer: row.payer,
    date: row.date,
  };
}

function withCredentials(session: Session, patient: string, onFile: ReadonlyMap<string, CredentialOnFile>): Session {
  return {
    ...session,
    patient,
    clinicians: session.clinicians.map(({ ref, credential }) => ({
      ref,
      credential: onFile.get(ref)?.credential ?? credential,
    })),
  };
}

/** Of those who treated and are known to the clinic, the first who may write such a document, else the first. */
function authorOf(
  { noteRules }: Pick<NoteNeeds, 'noteRules'>,
  { clinicians, date }: Session,
  kind: DocumentKind,
  onFile: ReadonlyMap<string, CredentialOnFile>,
): string | null {
  const rule = noteRules.verification.authors.find(
    (row) => row.kind === kind && row.effectiveFrom <= date && (row.effectiveTo === null || date <= row.effectiveTo),
  );
  const known = clinicians.filter(({ ref }) => onFile.has(ref));
  const may = known.find(({ ref }) => {
    const own = onFile.get(ref)?.credential;
    return own !== undefined && rule?.credentials.includes(own);
  });
  return (may ?? known[0])?.ref ?? null;
}

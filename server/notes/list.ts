// The documents of a clinic as a list: what is to be signed, what waits, what is signed; and the sessions without one.
import { sql } from 'kysely';
import type { SessionPrincipal } from '../http/principal.ts';
import { allOf } from '../patient-links/same-as.ts';
import { factsOf } from './facts.ts';
import type { NoteFacts } from './facts.ts';
import type { NoteNeeds } from './needs.ts';
import type { NoteState } from './tables.ts';

/** The longest list. */
const atMost = 200;

export interface PersonName {
  readonly given: string;
  readonly family: string;
}

export interface NoteListRow extends NoteFacts {
  /** Null: the record holds none. */
  readonly patientName: PersonName | null;
  readonly author: { readonly id: string; readonly displayName: string } | null;
  readonly draftedAt: string;
  readonly updatedAt: string;
}

export interface NoteFilter {
  readonly state?: NoteState | undefined;
  readonly patient?: string | undefined;
  /** Id of a user; `me`: who is signed in. */
  readonly author?: string | undefined;
}

/** What is to be done first: drafts and what waits for a co-signature, the oldest first, then the newest signed. */
export async function notesOf(
  { db, vault }: NoteNeeds,
  clinic: string,
  { state, patient, author }: NoteFilter,
  by: SessionPrincipal,
): Promise<{ readonly notes: readonly NoteListRow[]; readonly hasMore: boolean }> {
  let query = db
    .selectFrom('notes as n')
    .leftJoin('users as u', 'u.id', 'n.author')
    .selectAll('n')
    .select('u.display_name')
    .where('n.clinic', '=', clinic);
  query = state === undefined ? query.where('n.state', '<>', 'discarded') : query.where('n.state', '=', state);
  if (patient !== undefined) query = query.where('n.patient', 'in', await allOf(db, clinic, patient));
  if (author !== undefined) query = query.where('n.author', '=', author === 'me' ? by.user : author);
  const rows = await query
    .orderBy((order) => order('n.state', 'in', ['signed', 'filed', 'discarded']))
    .orderBy(sql`case when n.state in ('draft', 'awaitingCosign') then n.date end`)
    .orderBy('n.date', 'desc')
    .orderBy('n.ref')
    .limit(atMost + 1)
    .execute();
  const shown = rows.slice(0, atMost);
  const patients = [...new Set(shown.map((row) => row.patient))];
  const records = await vault.openMany(clinic, patients, { purpose: 'note.list', actor: by });
  return {
    notes: shown.map(({ display_name: displayName, ...row }) => ({
      ...factsOf(row),
      patientName: nameIn(records.get(row.patient)),
      author: row.author === null || displayName === null ? null : { id: row.author, displayName },
      draftedAt: row.drafted_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    })),
    hasMore: rows.length > atMost,
  };
}

/** Closed sessions that no note was ever drafted of, the oldest first: what a person discarded is not brought back. */
export async function undrafted(
  { db }: Pick<NoteNeeds, 'db'>,
  clinic: string,
  limit: number,
): Promise<readonly { readonly session: string; readonly patient: string; readonly date: string }[]> {
  return db
    .selectFrom('session_records as s')
    .select(['s.ref as session', 's.patient', 's.date'])
    .where('s.clinic', '=', clinic)
    .where('s.state', '=', 'closed')
    .where((where) =>
      where.not(where.exists(where.selectFrom('notes as n').select('n.ref').whereRef('n.session', '=', 's.ref'))),
    )
    .orderBy('s.closed_at')
    .orderBy('s.ref')
    .limit(limit)
    .execute();
}

export function nameIn(record: unknown): PersonName | null {
  const name: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'name') : null;
  if (typeof name !== 'object' || name === null) return null;
  const given: unknown = Reflect.get(name, 'given');
  const family: unknown = Reflect.get(name, 'family');
  return typeof given === 'string' && typeof family === 'string' ? { given, family } : null;
}

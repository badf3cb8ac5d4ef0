// Documents on the page Today: what is to be signed, what waits, and which sessions have no note yet.
import { sourceOf } from '../../domain/today/today.ts';
import type { TodaySource } from '../../domain/today/today.ts';
import { countIf, latest, openItems } from './counting.ts';
import type { TodayAsk } from './counting.ts';

const readers = new Set<string>(['therapist', 'clinicalSpecialist', 'admin']);

/** Null: documents are for whoever treats. */
export async function documentationToday(ask: TodayAsk): Promise<TodaySource | null> {
  const { db, clinic, roles } = ask;
  if (!roles.some((role) => readers.has(role))) return null;
  const notes = await db
    .selectFrom('notes')
    .select(({ fn, eb }) => [
      fn.max('updated_at').as('at'),
      countIf(eb('state', '=', 'draft')).as('drafts'),
      countIf(eb('state', '=', 'awaitingCosign')).as('cosign'),
    ])
    .where('clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const sessions = await db
    .selectFrom('session_records as s')
    .leftJoin('notes as n', 'n.session', 's.ref')
    .select(({ fn, eb }) => [
      fn.max('s.updated_at').as('at'),
      countIf(eb.and([eb('s.state', '=', 'closed'), eb('n.ref', 'is', null)])).as('undrafted'),
    ])
    .where('s.clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const overdue = await openItems(ask, ['documentation.overdue']);
  const asOf = latest([notes.at, sessions.at].filter((at) => at !== null));
  return sourceOf('documentation', asOf, [
    { words: 'Drafts to sign', value: Number(notes.drafts), page: 'notes', urgent: true },
    { words: 'Waiting for a co-signature', value: Number(notes.cosign), page: 'notes', urgent: true },
    { words: 'Closed sessions without a note', value: Number(sessions.undrafted), page: 'notes', urgent: true },
    { words: 'Documents overdue', value: overdue, page: 'workList', urgent: true },
  ]);
}

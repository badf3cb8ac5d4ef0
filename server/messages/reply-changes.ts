// What a flow is told of a reply: what it means and what it is about, never its words.
import type { Db } from '../database/tables.ts';

/** The structure of the replies among changed records, by reference. */
export async function repliesAmong(
  db: Db,
  changes: readonly { readonly kind: string; readonly ref: string }[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const refs = changes.filter(({ kind }) => kind === 'replies').map(({ ref }) => ref);
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('message_replies as r')
    .leftJoin('messages as m', 'm.ref', 'r.message')
    .select(['r.ref', 'r.patient', 'r.intent', 'r.message', 'm.purpose', 'm.about'])
    .where('r.ref', 'in', refs)
    .execute();
  return new Map(
    rows.map(({ ref, patient, intent, message, purpose, about }) => [
      ref,
      { patient, intent, message, purpose, about },
    ]),
  );
}

// What happened to a claim: its workflow's events, its items and their decisions; and what payers said of it.
import type { CodeWords } from '../../domain/x12/code-words.ts';
import type { Db } from '../database/tables.ts';
import { asRecord, textIn } from './claim-facts.ts';

interface TimelineEntry {
  readonly at: string;
  readonly event: string;
  /** A user's reference and name; null where no person acted. */
  readonly by: { readonly id: string; readonly displayName: string } | null;
  /** A code, a date or a title. */
  readonly detail: string | null;
}

interface KeptEntry {
  readonly entry: TimelineEntry;
  /** Vault references of what was written down with it. */
  readonly records: readonly string[];
}

/** Oldest first. A decision stands with its item; the event that follows from it stands by itself. */
export async function timelineOf(db: Db, clinic: string, claim: string): Promise<KeptEntry[]> {
  const events = await db
    .selectFrom('claim_events as e')
    .leftJoin('users as u', 'u.id', 'e.by_whom')
    .select(['e.at', 'e.type', 'e.detail', 'u.id', 'u.display_name'])
    .where('e.claim', '=', claim)
    .orderBy('e.seq')
    .execute();
  const items = await db
    .selectFrom('work_items')
    .select(['opened_at', 'reminded_at', 'escalated_at', 'role', 'title'])
    .where('clinic', '=', clinic)
    .where('subject', '=', claim)
    .execute();
  const decisions = await db
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .innerJoin('users as u', 'u.id', 'd.by_user')
    .select(['d.at', 'd.decision', 'd.reason', 'w.title', 'u.id', 'u.display_name'])
    .where('w.clinic', '=', clinic)
    .where('w.subject', '=', claim)
    .where('d.state', '=', 'accepted')
    .execute();
  const person = (id: string | null, displayName: string | null) =>
    id === null || displayName === null ? null : { id, displayName };
  const marks = (at: Date | null, event: string, detail: string): KeptEntry[] =>
    at === null ? [] : [{ entry: { at: at.toISOString(), event, by: null, detail }, records: [] }];
  return [
    ...events.map(({ at, type, detail, id, display_name: name }) => ({
      entry: { at: at.toISOString(), event: type, by: person(id, name), detail },
      records: [],
    })),
    ...items.flatMap((one) => [
      ...marks(one.opened_at, 'workItemOpened', one.title),
      ...marks(one.reminded_at, 'reminded', one.title),
      ...marks(one.escalated_at, 'escalated', one.role),
    ]),
    ...decisions.map(({ at, decision, reason, title, id, display_name: name }) => ({
      entry: { at: at.toISOString(), event: decision, by: person(id, name), detail: title },
      records: reason === null ? [] : [reason],
    })),
  ].sort((a, b) => a.entry.at.localeCompare(b.entry.at));
}

/** Acknowledgments and statuses of a claim, the newest first, with the codes in our own words. */
export async function statusesOf(db: Db, words: CodeWords, claim: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('claim_statuses')
    .select(['operation', 'sent_back', 'structure', 'at'])
    .where('claim', '=', claim)
    .orderBy('at', 'desc')
    .execute();
  return rows.map(({ operation, sent_back: isSentBack, structure, at }) => {
    const told: unknown = structure['statuses'];
    return {
      at: at.toISOString(),
      operation,
      isSentBack,
      statuses: (Array.isArray(told) ? told : []).map((status: unknown) => {
        const [category, code, entity] = ['category', 'code', 'entity'].map((name) => textIn(status, name));
        const { effectiveOn = null, paidCents = null } = asRecord(status);
        return {
          category: { code: category, meaning: words('claim-status-categories', category ?? '')?.meaning ?? null },
          status: { code, meaning: words('claim-statuses', code ?? '')?.meaning ?? null },
          entity: entity === '' ? null : (words('entities', entity ?? '')?.meaning ?? entity),
          effectiveOn,
          paidCents,
        };
      }),
    };
  });
}

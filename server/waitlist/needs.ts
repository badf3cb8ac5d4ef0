// What the waitlist is made of.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { WaitlistRule } from '../../domain/waitlist/book-schema.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { MessageNeeds } from '../messages/needs.ts';
import type { WaitlistTables } from './tables.ts';

export interface WaitlistNeeds extends MessageNeeds {
  readonly policies: Policies;
  readonly waitlistRules: readonly WaitlistRule[];
}

export type SlotRow = Selectable<WaitlistTables['freed_slots']>;
export type EntryRow = Selectable<WaitlistTables['waitlist_entries']>;

/** The row of a slot; `lock` lets one answer at a time decide who has it. Throws `reference.unknown`. */
export async function slotRow(db: Db, clinic: string, ref: string, lock = false): Promise<SlotRow> {
  const query = db.selectFrom('freed_slots').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such freed slot.', { where: 'slot' });
  return row;
}

/** The row of an entry; `lock` lets it take one slot at a time. Throws `reference.unknown`. */
export async function entryRow(db: Db, clinic: string, ref: string, lock = false): Promise<EntryRow> {
  const query = db.selectFrom('waitlist_entries').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such entry on its waitlist.', { where: 'entry' });
  return row;
}

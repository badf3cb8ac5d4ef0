// What messages are made of.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { OutreachBook } from './rules.ts';
import type { MessageTables } from './tables.ts';

export interface MessageNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  readonly outreach: OutreachBook;
  /** Where patients' links lead, without a trailing slash. */
  readonly publicUrl: string;
}

export type MessageRow = Selectable<MessageTables['messages']>;

/** The row of a message. Throws `reference.unknown`. */
export async function messageRow(db: Db, clinic: string, ref: string, lock = false): Promise<MessageRow> {
  const query = db.selectFrom('messages').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such message.', { where: 'message' });
  return row;
}

/** The clinic's row with what it set for its messages. */
export async function clinicOf(db: Db, clinic: string) {
  const row = await db
    .selectFrom('clinics')
    .select(['display_name', 'timezone', 'settings'])
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const { outreach = {}, organization, welcome, care = {} } = row.settings;
  return {
    name: outreach.name ?? organization?.name ?? row.display_name,
    zone: row.timezone,
    outreach,
    care,
    formsUrl: welcome?.formsUrl ?? null,
    welcome: welcome?.text ?? null,
  };
}

export type ClinicVoice = Awaited<ReturnType<typeof clinicOf>>;

/** Writes how a message stands; whoever follows it is told of it where `tell` says so. */
export async function updateMessage(
  { now }: Pick<MessageNeeds, 'now'>,
  trx: Trx,
  row: Pick<MessageRow, 'ref'>,
  change: Partial<
    Pick<
      MessageRow,
      'state' | 'ending' | 'rule' | 'rule_row' | 'waits_until' | 'withdrawn_at' | 'answer' | 'answered_at' | 'ways'
    >
  >,
  { tell = false }: { readonly tell?: boolean } = {},
): Promise<void> {
  const { ways, ...rest } = change;
  await trx
    .updateTable('messages')
    .set((eb) => ({
      ...rest,
      ...(ways === undefined ? {} : { ways: JSON.stringify(ways) }),
      ...(tell ? { changes: eb('changes', '+', 1) } : {}),
      updated_at: now(),
    }))
    .where('ref', '=', row.ref)
    .execute();
}

// What vendors told of messages and calls, in one shape whoever told it: kept in the order it came, until somebody has acted on it.
import type { Selectable } from 'kysely';
import { rankOf } from '../../connectors/delivery.ts';
import type { DeliveryStatus } from '../../connectors/delivery.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { ReceivedTables } from './tables.ts';

/**
 * A vendor's word about a message or call. `vendorMessage` is the vendor's id of it, of a reply its own; `errorCode` says in words why it did
 * not arrive; `mark` is the hash of the effect's key (`markOf`), which settles a sending in doubt; `document` is the vault's record of what came.
 */
export interface MessageEvent {
  readonly id: number;
  readonly clinic: string;
  readonly connection: string;
  readonly vendorMessage: string;
  readonly kind: 'status' | 'reply';
  readonly status: DeliveryStatus | null;
  readonly errorCode: string | null;
  readonly mark: string | null;
  readonly document: string;
  /** ISO UTC. */
  readonly receivedAt: string;
}

function eventOf(row: Selectable<ReceivedTables['message_events']>): MessageEvent {
  return {
    id: row.id,
    clinic: row.clinic,
    connection: row.connection,
    vendorMessage: row.vendor_message,
    kind: row.kind,
    status: row.status,
    errorCode: row.error_code,
    mark: row.mark,
    document: row.document,
    receivedAt: row.received_at.toISOString(),
  };
}

/** Whether the vendor has said something later about the message already: its words may overtake one another. */
async function isOvertaken(trx: Trx, event: Omit<MessageEvent, 'id' | 'receivedAt'>): Promise<boolean> {
  if (event.status === null) return false;
  const known = await trx
    .selectFrom('message_events')
    .select('status')
    .where('connection', '=', event.connection)
    .where('vendor_message', '=', event.vendorMessage)
    .where('status', 'is not', null)
    .execute();
  const { status } = event;
  return known.some((one) => one.status !== null && rankOf(one.status) > rankOf(status));
}

/** Keeps an event. Null: it was overtaken by a later one, and nobody need act on it. */
export async function keepMessageEvent(
  trx: Trx,
  event: Omit<MessageEvent, 'id' | 'receivedAt'>,
  at: Date,
): Promise<MessageEvent | null> {
  const overtaken = await isOvertaken(trx, event);
  const row = await trx
    .insertInto('message_events')
    .values({
      clinic: event.clinic,
      connection: event.connection,
      vendor_message: event.vendorMessage,
      kind: event.kind,
      status: event.status,
      error_code: event.errorCode,
      mark: event.mark,
      document: event.document,
      received_at: at,
      handled_at: overtaken ? at : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return overtaken ? null : eventOf(row);
}

/** Events nobody has acted on, in the order they came. */
export async function openMessageEvents(db: Db, limit = 500): Promise<MessageEvent[]> {
  const rows = await db
    .selectFrom('message_events')
    .selectAll()
    .where('handled_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

/** Somebody has acted on it. False: another did before. */
export async function messageEventHandled(db: Db, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('message_events')
    .set({ handled_at: at })
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

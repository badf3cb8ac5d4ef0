// Luma Health tells nobody how far a message has come: whoever sent one asks, until it has arrived, failed, or its time is over.
import type { Logger } from 'pino';
import type { ConnectorContext } from '../../connectors/connector.ts';
import type { MessageStatus } from '../../connectors/luma-health/messages.ts';
import { lumaHealthOperations } from '../../connectors/luma-health/operations.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';
import { settleSending } from './events.ts';
import type { MessageNeeds } from './needs.ts';

const operation = lumaHealthOperations['lumaHealth.message.get'];

type Needs = Pick<MessageNeeds, 'db' | 'now'> & { readonly vendor: Vendor; readonly log: Logger };

const minutesBetween = 5;
const atOnce = 50;

const states: Readonly<Partial<Record<NonNullable<MessageStatus['status']>, 'delivered' | 'failed'>>> = {
  delivered: 'delivered',
  opened: 'delivered',
  undelivered: 'failed',
  skipped: 'failed',
};

/** One round over what is under way. Returns how many were asked about. */
export async function askLumaStatuses(needs: Needs, signal: AbortSignal): Promise<number> {
  const { db, now } = needs;
  const before = new Date(now().getTime() - minutesBetween * 60_000);
  const rows = await db
    .selectFrom('message_sendings as s')
    .innerJoin('connections as c', 'c.id', 's.connection')
    .innerJoin('messages as m', 'm.ref', 's.message')
    .select(['s.message', 's.channel', 's.clinic', 's.connection', 's.vendor_message'])
    .where('c.system', '=', 'lumaHealth')
    .where('c.removed_at', 'is', null)
    .where('m.state', '=', 'open')
    .where('s.vendor_message', 'is not', null)
    .where((where) => where.or([where('s.asked_at', 'is', null), where('s.asked_at', '<', before)]))
    .orderBy('s.at')
    .limit(atOnce)
    .execute();
  for (const { message, channel, clinic, connection, vendor_message: vendorMessage } of rows) {
    if (signal.aborted || vendorMessage === null) break;
    // Written first: a vendor that is away is asked again as seldom as one that answers.
    await db
      .updateTable('message_sendings')
      .set({ asked_at: now() })
      .where('message', '=', message)
      .where('channel', '=', channel)
      .execute();
    await askOne(needs, { clinic, connection, vendorMessage });
  }
  return rows.length;
}

async function askOne(
  needs: Needs,
  of: { readonly clinic: string; readonly connection: string; readonly vendorMessage: string },
): Promise<void> {
  const { clinic, connection, vendorMessage } = of;
  const { system, requestTimeoutSeconds: timeoutSeconds } = operation;
  const by = systemPrincipal('messages');
  let context: ConnectorContext;
  try {
    context = await needs.vendor.open({ clinic, connection, system, purpose: 'message.status', by, timeoutSeconds });
  } catch (error) {
    const code = error instanceof Error ? error.name : 'unknown';
    needs.log.warn({ code, connection }, 'the state of a message could not be asked for');
    return;
  }
  const outcome = await operation.run(context, { messageId: vendorMessage });
  if (outcome.kind !== 'done') return;
  const { status, reason } = outcome.result;
  const state = status === null ? undefined : states[status];
  if (state === undefined) return;
  await needs.db.transaction().execute((trx) => settleSending(needs, trx, { ...of, state, reason }));
}

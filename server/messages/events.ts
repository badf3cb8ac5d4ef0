// Acts on what vendors told of messages: one that was delivered or not, one that a patient answered; each once, in the order it came.
import type { Logger } from 'pino';
import type { DeliveryStatus } from '../../connectors/delivery.ts';
import type { Way } from '../../domain/outreach/course.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { messageEventHandled, openMessageEvents } from '../received/message-events.ts';
import type { MessageEvent } from '../received/message-events.ts';
import type { AnswerNeeds } from './answers.ts';
import { messageRow, updateMessage } from './needs.ts';
import { takeReply } from './replies.ts';

interface EventNeeds extends AnswerNeeds {
  readonly log: Logger;
}

/** A word about something that is not known yet may have overtaken the answer to its sending; after so long it never will be. */
const patienceMinutes = 15;

/** One round over everything nobody has acted on. Returns how many were. */
export async function takeEvents(needs: EventNeeds): Promise<number> {
  let taken = 0;
  for (const event of await openMessageEvents(needs.db)) {
    try {
      if (await takeEvent(needs, event)) taken += 1;
    } catch (error) {
      const code = error instanceof Error ? error.name : 'unknown';
      needs.log.warn({ code, event: event.id }, 'a word about a message was not acted on');
    }
  }
  return taken;
}

/** Acts on one event. False: it waits, or somebody else has acted on it. */
export function takeEvent(needs: AnswerNeeds, event: MessageEvent): Promise<boolean> {
  return needs.db.transaction().execute(async (trx) => {
    if (!(await messageEventHandled(trx, event.id, needs.now()))) return false;
    if (event.kind === 'reply') {
      await takeReplyEvent(needs, trx, event);
      return true;
    }
    if (await takeStatus(needs, trx, event)) return true;
    const age = needs.now().getTime() - Date.parse(event.receivedAt);
    if (age > patienceMinutes * 60_000) return true;
    await trx.updateTable('message_events').set({ handled_at: null }).where('id', '=', event.id).execute();
    return false;
  });
}

const states: Readonly<Partial<Record<DeliveryStatus, 'delivered' | 'failed'>>> = {
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

/** False: nothing that was sent has this name. */
function takeStatus(needs: AnswerNeeds, trx: Trx, event: MessageEvent): Promise<boolean> {
  const { clinic, connection, vendorMessage, status, errorCode } = event;
  const state = status === null ? undefined : states[status];
  return settleSending(needs, trx, { clinic, connection, vendorMessage, state: state ?? null, reason: errorCode });
}

/** Writes down what a vendor says of one sending; `state` null: nothing that changes anything. False: nothing that was sent has this name. */
export async function settleSending(
  needs: Pick<AnswerNeeds, 'now'>,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly connection: string;
    readonly vendorMessage: string;
    readonly state: 'delivered' | 'failed' | null;
    readonly reason: string | null;
  },
): Promise<boolean> {
  const { clinic, connection, vendorMessage, state, reason } = of;
  const sending = await trx
    .selectFrom('message_sendings')
    .select(['message', 'channel'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('vendor_message', '=', vendorMessage)
    .executeTakeFirst();
  if (sending === undefined) return false;
  if (state === null) return true;
  const row = await messageRow(trx, clinic, sending.message, true);
  const ways = row.ways.map((way): Way => (way.channel === sending.channel ? { ...way, state, reason } : way));
  await updateMessage(needs, trx, row, { ways }, { tell: true });
  return true;
}

async function takeReplyEvent(needs: AnswerNeeds, trx: Trx, event: MessageEvent): Promise<void> {
  const { clinic, connection, document, receivedAt } = event;
  const content = await needs.vault.open(clinic, document, {
    purpose: 'message.reply',
    actor: systemPrincipal('replies'),
    trx,
  });
  const { from, text, vendorAnswersStop } = content;
  const channel: Channel = typeof from === 'string' && from.includes('@') ? 'email' : 'text';
  await takeReply(needs, trx, {
    clinic,
    connection,
    channel,
    from: typeof from === 'string' ? from : '',
    text: typeof text === 'string' ? text : '',
    at: new Date(receivedAt),
    vendorConfirmed: vendorAnswersStop === true,
  });
}

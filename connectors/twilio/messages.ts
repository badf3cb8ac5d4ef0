// Text messages through Twilio: each sent once, and how far it has come.
import type { ConnectorContext, Failure, Inquiry, Outcome, Sending } from '../connector.ts';
import type { DeliveryStatus } from '../delivery.ts';
import { doubtful, rejected } from '../faults.ts';
import { textAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { getFromTwilio, postToTwilio } from './client.ts';
import { e164, readTwilioConfig } from './config.ts';
import type { TwilioConfig } from './config.ts';
import { findAtTwilio } from './found.ts';
import { twilioReason } from './reasons.ts';
import { messageStatusOf } from './statuses.ts';
import { statusCallback } from './webhook.ts';

/** One message to one number. */
export interface TextSending {
  /** E.164: a plus, the country, the number. */
  readonly to: string;
  readonly text: string;
  /** The permit's key; its hash comes back with every status. */
  readonly key: string;
  /** The connection's own door, at which Twilio tells how far the message has come; null: nowhere. */
  readonly door: string | null;
}

export interface TwilioRecord {
  /** Twilio's id of it. */
  readonly id: string;
  readonly status: DeliveryStatus | null;
}

export interface TwilioStatus {
  readonly status: DeliveryStatus | null;
  /** Why it did not arrive, in words; null where Twilio gives no reason. */
  readonly reason: string | null;
}

/** Twilio takes no longer text. */
const longestText = 1600;

export function isNumber(to: string): boolean {
  return new RegExp(e164).test(to);
}

function refusal({ to, text }: TextSending, config: TwilioConfig): Failure | null {
  if (text.trim() === '') return rejected('input.invalid', [{ code: 'missing', field: 'text' }]);
  if (text.length > longestText) return rejected('input.invalid', [{ code: 'text-too-long', field: 'text' }]);
  if (!isNumber(to)) return rejected('input.invalid', [{ code: 'number-invalid', field: 'to' }]);
  if (config.from === undefined && config.messagingServiceSid === undefined)
    return rejected('input.invalid', [{ code: 'missing', field: 'from' }]);
  return null;
}

/** Sends a message once. A success without an id leaves it in doubt: something was made, and nobody knows what. */
export async function sendText(context: ConnectorContext, message: TextSending): Promise<Outcome<TwilioRecord>> {
  const config = readTwilioConfig(context.config);
  const refused = refusal(message, config);
  if (refused !== null) return refused;
  const { inquireAfterSeconds, from = '', messagingServiceSid } = config;
  const { to, text } = message;
  const form = {
    To: to,
    Body: text,
    ...(messagingServiceSid === undefined ? { From: from } : { MessagingServiceSid: messagingServiceSid }),
    ...statusCallback(message, config),
  };
  const answer = await postToTwilio(context, '/Messages.json', form, inquireAfterSeconds);
  if (isFailure(answer)) return answer;
  const id = textAt(answer.json, 'sid');
  if (id === null) return doubtful({ effect: true, inquireAfterSeconds }, 'vendor.malformed');
  return { kind: 'done', result: { id, status: messageStatusOf(textAt(answer.json, 'status')) } };
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The message among those to that number: by its words and its sender, made since. */
export async function findText(
  context: ConnectorContext,
  { to, text }: TextSending,
  sending?: Sending,
): Promise<Inquiry<TwilioRecord>> {
  const { from, messagingServiceSid } = readTwilioConfig(context.config);
  const found = await findAtTwilio(
    context,
    { path: '/Messages.json', member: 'messages', query: { To: to } },
    sending,
    (item) => {
      const isOurs =
        messagingServiceSid === undefined
          ? textAt(item, 'from') === from
          : textAt(item, 'messaging_service_sid') === messagingServiceSid;
      const body = textAt(item, 'body');
      // Where the account has its texts redacted, nothing can be compared.
      if (isOurs && body === null) return 'unreadable';
      return isOurs && words(body ?? '') === words(text);
    },
  );
  if (found.kind !== 'found') return found;
  return { kind: 'found', result: { id: found.result.id, status: messageStatusOf(found.result.status) } };
}

/** How far a message has come, for who got no word of it. */
export async function textStatus(
  context: ConnectorContext,
  { id }: { readonly id: string },
): Promise<Outcome<TwilioStatus>> {
  const answer = await getFromTwilio(context, `/Messages/${encodeURIComponent(id)}.json`);
  if (isFailure(answer)) return answer;
  return {
    kind: 'done',
    result: {
      status: messageStatusOf(textAt(answer.json, 'status')),
      reason: twilioReason(textAt(answer.json, 'error_code')),
    },
  };
}

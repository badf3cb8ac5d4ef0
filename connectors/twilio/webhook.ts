// Twilio tells how far a message or call has come, and what patients answer: who told it is proved by its signature.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DeliveryStatus } from '../delivery.ts';
import { isThisMachine } from '../settings.ts';
import type { TwilioConfig } from './config.ts';
import { twilioReason } from './reasons.ts';
import { callStatusOf, messageStatusOf } from './statuses.ts';

/** Names the effect without telling its key: it goes out with the address of the callback and comes back with every status. */
export function markOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** A door of this server at the address at which Twilio reaches it, where the connection names another one. */
export function doorFor(door: string, { webhookBase }: Pick<TwilioConfig, 'webhookBase'>): string {
  return webhookBase === undefined ? door : `${webhookBase.replace(/\/+$/, '')}${new URL(door).pathname}`;
}

/**
 * The field of a form that says where the statuses of one message or call are told. None where the door is on this machine and Twilio is not:
 * Twilio would refuse the whole message (21609).
 */
export function statusCallback(
  { door, key }: { readonly door: string | null; readonly key: string },
  config: Pick<TwilioConfig, 'webhookBase' | 'baseUrl'>,
): { readonly StatusCallback?: string } {
  if (door === null) return {};
  const address = doorFor(door, config);
  const isOutOfReach = isThisMachine(new URL(address)) && !isThisMachine(new URL(config.baseUrl));
  return isOutOfReach ? {} : { StatusCallback: `${address}?mark=${markOf(key)}` };
}

/** A call at the door as it came. `url` is the address Twilio was given, with its query. */
export interface TwilioCall {
  readonly url: string;
  readonly signature: string | undefined;
  readonly rawBody: Uint8Array;
}

/** How far something has come. `mark` as it was given with the address; null where Twilio was told another way. */
export interface TwilioStatusEvent {
  readonly kind: 'status';
  readonly id: string;
  readonly of: 'message' | 'call';
  readonly status: DeliveryStatus;
  readonly word: string;
  readonly reason: string | null;
  readonly mark: string | null;
}

/** What a patient wrote. `keyword`: what Twilio itself took it for, where its opt-out management says so. */
export interface TwilioReplyEvent {
  readonly kind: 'reply';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly keyword: 'stop' | 'start' | 'help' | null;
  /** Pictures and other files that came along; they stay at Twilio. */
  readonly attachments: number;
}

export type TwilioEvent = TwilioStatusEvent | TwilioReplyEvent;

/** `unsigned`: nobody knows who told it. `ignored`: rightly signed, and nothing Gait acts on. */
export type TwilioReading =
  | { readonly verdict: 'unsigned' }
  | { readonly verdict: 'ignored' }
  | { readonly verdict: 'good'; readonly event: TwilioEvent };

/** Twilio signs the address with its standard port or without, not always in the same way. */
function spellings(url: string): readonly string[] {
  const plain = new URL(url);
  if (plain.port !== '') return [plain.toString()];
  const port = plain.protocol === 'https:' ? 443 : 80;
  return [plain.toString(), `${plain.protocol}//${plain.host}:${port}${plain.pathname}${plain.search}`];
}

/**
 * The signature as Twilio makes it: HMAC-SHA1, in Base64, of the address and of every field and its values, sorted.
 * Source: Twilio, Webhooks security (2026). No time is signed: a repeat is told by its content.
 */
export function signatureOf(url: string, fields: URLSearchParams, authToken: string): string {
  const names = [...new Set(fields.keys())].sort();
  const pairs = names.flatMap((name) => [...new Set(fields.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + pairs.join(''))
    .digest('base64');
}

function isSigned({ url, signature }: TwilioCall, fields: URLSearchParams, authToken: string): boolean {
  if (signature === undefined || authToken === '') return false;
  const told = Buffer.from(signature);
  return spellings(url)
    .map((spelling) => Buffer.from(signatureOf(spelling, fields, authToken)))
    .some((own) => own.byteLength === told.byteLength && timingSafeEqual(own, told));
}

function statusEvent(fields: URLSearchParams, url: string): TwilioStatusEvent | null {
  const id = fields.get('MessageSid') ?? fields.get('CallSid') ?? '';
  const of = fields.has('MessageSid') ? 'message' : 'call';
  const word = fields.get(of === 'message' ? 'MessageStatus' : 'CallStatus') ?? '';
  const status = of === 'message' ? messageStatusOf(word) : callStatusOf(word);
  if (!/^(SM|MM|CA)[0-9a-f]{32}$/.test(id) || status === null) return null;
  const mark = new URL(url).searchParams.get('mark');
  const unanswered = word === 'busy' || word === 'no-answer' ? word : null;
  return {
    kind: 'status',
    id,
    of,
    status,
    word,
    reason: twilioReason(fields.get('ErrorCode')) ?? unanswered,
    mark: mark !== null && /^[0-9a-f]{32}$/.test(mark) ? mark : null,
  };
}

const keywords = ['stop', 'start', 'help'] as const;

function replyEvent(fields: URLSearchParams): TwilioReplyEvent | null {
  const [id, from, to] = ['MessageSid', 'From', 'To'].map((name) => fields.get(name) ?? '');
  if (!id || !/^(SM|MM)[0-9a-f]{32}$/.test(id) || !from || !to) return null;
  const told = fields.get('OptOutType')?.toLowerCase();
  const attachments = Number(fields.get('NumMedia') ?? '0');
  return {
    kind: 'reply',
    id,
    from,
    to,
    text: fields.get('Body') ?? '',
    keyword: keywords.find((keyword) => keyword === told) ?? null,
    attachments: Number.isInteger(attachments) ? attachments : 0,
  };
}

/**
 * Proves who told it and reads what was told.
 * @param authToken the account's, which Twilio signs with; API keys do not sign
 */
export function readTwilioWebhook(call: TwilioCall, authToken: string, accountSid: string): TwilioReading {
  const fields = new URLSearchParams(Buffer.from(call.rawBody).toString('utf8'));
  if (!isSigned(call, fields, authToken)) return { verdict: 'unsigned' };
  if (fields.get('AccountSid') !== accountSid) return { verdict: 'ignored' };
  const event = fields.get('SmsStatus') === 'received' ? replyEvent(fields) : statusEvent(fields, call.url);
  return event === null ? { verdict: 'ignored' } : { verdict: 'good', event };
}

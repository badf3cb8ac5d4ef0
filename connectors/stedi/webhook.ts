// Stedi tells of new acknowledgments and remittances by webhook: who may tell, and what is told. The event holds ids, no patient data.
import { createHash, timingSafeEqual } from 'node:crypto';
import { at, textAt } from '../json.ts';

/** A transaction that Stedi has processed; `transactionId` fetches it, `set` is the X12 type (277 or 835). */
export interface StediEvent {
  /** Differs between repeats of the same event: tell events apart by `transactionId`. */
  readonly eventId: string;
  readonly transactionId: string;
  readonly set: '277' | '835';
}

/**
 * Whether a webhook carries the secret the clinic entered at Stedi. These events are not signed: Stedi sends the header of a credential
 * set that the clinic makes there ("API keys"), and nothing else proves the sender.
 * @param header the value of the connection's `webhookHeader`, undefined where it did not come
 */
export function isFromStedi(header: string | undefined, secret: string): boolean {
  if (header === undefined || secret === '') return false;
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header), hash(secret));
}

/** The event of a webhook's body; null for those Gait does not act on (outbound, other types, other sets). */
export function stediEvent(body: unknown): StediEvent | null {
  const event = at(body, 'event') ?? body;
  const detail = at(event, 'detail');
  const x12 = at(detail, 'x12');
  const set =
    textAt(at(at(x12, 'metadata'), 'transaction'), 'transactionSetIdentifier') ??
    textAt(x12, 'transactionSetIdentifier');
  const eventId = textAt(event, 'id');
  const transactionId = textAt(detail, 'transactionId');
  if (textAt(event, 'detail-type') !== 'transaction.processed.v2' || textAt(detail, 'direction') !== 'INBOUND')
    return null;
  if (eventId === null || transactionId === null || (set !== '277' && set !== '835')) return null;
  return { eventId, transactionId, set };
}

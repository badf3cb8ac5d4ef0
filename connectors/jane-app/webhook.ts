// Jane tells of appointments by signed webhooks: who told it, when, and of what. The event holds ids, no patient data.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { textAt } from '../json.ts';
import type { JaneAppConfig } from './config.ts';

export const janeTopics = {
  APPOINTMENT_BOOKED: 'booked',
  APPOINTMENT_CANCELLED: 'cancelled',
  APPOINTMENT_RESCHEDULED: 'rescheduled',
  APPOINTMENT_UNCANCELLED: 'uncancelled',
} as const;
type Topic = keyof typeof janeTopics;

export interface JaneEvent {
  /** Differs between events and stays over repeats of one. */
  readonly eventId: string;
  readonly topic: (typeof janeTopics)[Topic];
  /** Jane's id of the appointment: it stands for a person's visit and belongs into the vault. */
  readonly appointmentId: string;
  /** ISO UTC; null where it cannot be read. */
  readonly happenedAt: string | null;
}

export interface SignedCall {
  /** `X-Jane-Signature` and `X-Jane-Timestamp`; undefined where they did not come. */
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  readonly rawBody: Uint8Array;
}

/** `late`: rightly signed, but its time is too far from now: a repeat by somebody else, or a clock that is wrong. */
export type Verdict = 'good' | 'unsigned' | 'late';

/** Seconds or milliseconds since 1970, or an ISO instant, to milliseconds. */
function instantOf(timestamp: string): number {
  if (/^\d{9,11}$/.test(timestamp)) return Number(timestamp) * 1000;
  return /^\d{12,14}$/.test(timestamp) ? Number(timestamp) : Date.parse(timestamp);
}

/** Jane gives every subscription a secret of its own: a connection may hold several, with blanks or commas between. */
export function secretsOf(webhookSecret: string | undefined): readonly string[] {
  return (webhookSecret ?? '').split(/[\s,]+/).filter((secret) => secret !== '');
}

/** The signature as Jane writes it. */
export function signatureOf(
  { timestamp, rawBody }: { readonly timestamp: string; readonly rawBody: Uint8Array },
  secret: string,
  signed: JaneAppConfig['webhookSigned'],
): string {
  const before = { 'timestamp.body': `${timestamp}.`, timestampbody: timestamp, body: '' }[signed];
  return `sha256=${createHmac('sha256', secret).update(before).update(rawBody).digest('hex')}`;
}

/**
 * Whether a webhook was signed with one of the connection's secrets, and just now.
 * @param toleranceSeconds how far its time may be from `now`, either way
 */
export function verify(
  { signature, timestamp, rawBody }: SignedCall,
  secrets: readonly string[],
  now: Date,
  settings: Pick<JaneAppConfig, 'webhookSigned' | 'webhookToleranceSeconds'>,
): Verdict {
  if (signature === undefined || timestamp === undefined) return 'unsigned';
  const told = Buffer.from(signature.trim().toLowerCase());
  const isSigned = secrets.some((secret) => {
    const own = Buffer.from(signatureOf({ timestamp, rawBody }, secret, settings.webhookSigned));
    return own.byteLength === told.byteLength && timingSafeEqual(own, told);
  });
  if (!isSigned) return 'unsigned';
  const apart = Math.abs(instantOf(timestamp) - now.getTime());
  // An unreadable time is no number, and is never within the tolerance.
  return apart <= settings.webhookToleranceSeconds * 1000 ? 'good' : 'late';
}

function isTopic(text: string | null | undefined): text is Topic {
  return typeof text === 'string' && Object.hasOwn(janeTopics, text);
}

/** The event of a webhook's body; null for those Gait does not act on. */
export function janeEvent(body: unknown): JaneEvent | null {
  const [eventId, topic, appointmentId] = ['event_id', 'event_topic', 'appointment_id'].map((key) => textAt(body, key));
  if (!eventId || !appointmentId || !isTopic(topic)) return null;
  if (!/^[A-Za-z0-9-]{8,64}$/.test(eventId) || !/^[A-Za-z0-9-]{1,64}$/.test(appointmentId)) return null;
  const happened = Date.parse(textAt(body, 'event_timestamp') ?? '');
  return {
    eventId,
    topic: janeTopics[topic],
    appointmentId,
    happenedAt: Number.isNaN(happened) ? null : new Date(happened).toISOString(),
  };
}

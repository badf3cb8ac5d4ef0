// Twilio's own words for how far a message or call has come, read as the five that every flow understands.
import type { DeliveryStatus } from '../delivery.ts';

const ofMessages: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  partially_delivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** A completed call was picked up, by a person or by a machine: Twilio does not tell which. */
const ofCalls: Readonly<Record<string, DeliveryStatus>> = {
  queued: 'queued',
  initiated: 'queued',
  ringing: 'queued',
  'in-progress': 'sent',
  completed: 'delivered',
  busy: 'undelivered',
  'no-answer': 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** Null for a word nobody knows. */
export function messageStatusOf(word: string | null): DeliveryStatus | null {
  return ofMessages[word ?? ''] ?? null;
}

export function callStatusOf(word: string | null): DeliveryStatus | null {
  return ofCalls[word ?? ''] ?? null;
}

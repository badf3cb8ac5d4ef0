// How far a message or call has come, in five words that every flow understands, whichever vendor carries it.

/** `queued`: under way; `sent`: with the carrier, which may say no more; `undelivered`: it did not arrive; `failed`: it never went out. */
export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';

const ranks: Readonly<Record<DeliveryStatus, number>> = { queued: 0, sent: 1, delivered: 2, undelivered: 2, failed: 2 };

/** What is later has the higher rank: a vendor's words may overtake one another on their way. */
export function rankOf(status: DeliveryStatus): number {
  return ranks[status];
}

// What a doubtful sending may have left at Twilio, which knows no idempotency key: looked for among what went to that number since.
import type { ConnectorContext, Failure, Inquiry, Sending } from '../connector.ts';
import { textAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { pageFromTwilio } from './client.ts';

/** Whole seconds, and what a call takes: Twilio may write down a moment that lies before the one we counted. */
const toleranceMilliseconds = 60_000;
const mostPages = 20;

interface Recent {
  readonly items: readonly unknown[];
}

/**
 * What was made since the sending, by Twilio's own clock, of a list that comes newest first: read until a page holds nothing of it. Filters by
 * date are not used, since what is still queued has no date of sending yet.
 */
async function madeSince(
  context: ConnectorContext,
  list: Parameters<typeof pageFromTwilio>[1],
  sending: Sending | undefined,
): Promise<Recent | Failure> {
  const recent: unknown[] = [];
  let next: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await pageFromTwilio(context, list, next);
    if (isFailure(page)) return page;
    const ahead = Date.parse(page.asOf) - context.now().getTime();
    const since = Date.parse(sending?.sentAt ?? '') + ahead - toleranceMilliseconds;
    const made = page.items.filter((item) => Date.parse(textAt(item, 'date_created') ?? '') >= since);
    recent.push(...made);
    if (page.next === null || made.length === 0) return { items: recent };
    next = page.next;
  }
  // More than a clinic ever sends to one number: nothing can be said.
  return { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'several-alike' }] };
}

/** The one record that is alike; several, or one whose text Twilio keeps to itself, are left to a person. */
export async function findAtTwilio(
  context: ConnectorContext,
  list: Parameters<typeof pageFromTwilio>[1],
  sending: Sending | undefined,
  isAlike: (item: unknown) => boolean | 'unreadable',
): Promise<Inquiry<{ readonly id: string; readonly status: string | null }>> {
  const recent = await madeSince(context, list, sending);
  if (isFailure(recent)) return recent;
  const ours = recent.items.filter((item) => textAt(item, 'direction')?.startsWith('outbound-api') === true);
  const alike = ours.filter((item) => isAlike(item) !== false);
  if (alike.length === 0) return { kind: 'notFound' };
  if (alike.length > 1) return { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'several-alike' }] };
  if (isAlike(alike[0]) === 'unreadable')
    return { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'text-redacted' }] };
  const id = textAt(alike[0], 'sid');
  if (id === null) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return { kind: 'found', result: { id, status: textAt(alike[0], 'status') } };
}

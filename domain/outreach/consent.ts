// What a patient agreed to and took back, by category and channel: the latest word about each holds.
import type { ConsentRow } from './schema.ts';
import { inForceOn } from '../dated-rows.ts';
import type { Category, Channel } from './words.ts';

/** How a consent came to be known. */
export const consentSources = ['staff', 'intake', 'reply', 'link', 'vendor'] as const;
export type ConsentSource = (typeof consentSources)[number];

/** One word of a patient. Null stands for every category or every channel. `at` is ISO UTC. */
export interface ConsentEntry {
  readonly state: 'granted' | 'revoked';
  readonly categories: readonly Category[] | null;
  readonly channels: readonly Channel[] | null;
  readonly source: ConsentSource;
  readonly at: string;
}

export type Standing =
  | { readonly may: true }
  | { readonly may: false; readonly why: 'revoked' | 'notGranted'; readonly row: string };

function isAbout(entry: ConsentEntry, category: Category, channel: Channel): boolean {
  return (entry.categories?.includes(category) ?? true) && (entry.channels?.includes(channel) ?? true);
}

/**
 * How a patient stands to a message of this category over this channel. What no rule knows needs a consent of its own.
 * @param entries of one patient, in any order; of two at the same instant the revocation holds
 * @param day the calendar date in the clinic's zone
 */
export function standing(
  rules: readonly ConsentRow[],
  entries: readonly ConsentEntry[],
  { category, channel, day }: { readonly category: Category; readonly channel: Channel; readonly day: string },
): Standing {
  const rule = inForceOn(rules, day).find((row) => row.categories.includes(category) && row.channels.includes(channel));
  const id = rule?.id ?? 'outreach/no-rule';
  const latest = entries
    .filter((entry) => isAbout(entry, category, channel))
    .reduce<ConsentEntry | null>((last, entry) => {
      if (last === null || entry.at > last.at) return entry;
      return entry.at === last.at && entry.state === 'revoked' ? entry : last;
    }, null);
  if (latest?.state === 'granted') return { may: true };
  // A patient who has just written is answered, whatever they said of messages that Gait starts.
  if (category === 'answer') return { may: true };
  if (latest?.state === 'revoked') return { may: false, why: 'revoked', row: id };
  return rule?.needs === 'notRevoked' ? { may: true } : { may: false, why: 'notGranted', row: id };
}

// Which of the messages that went to a telephone a reply answers: the newest that asks, unless the same word has just been said.
import type { Way } from './course.ts';
import type { Intent } from './schema.ts';
import type { Category, Purpose } from './words.ts';

/** A message that went to the number or address a reply came from. Instants are ISO UTC. */
export interface AskedMessage {
  readonly ref: string;
  readonly purpose: Purpose;
  readonly category: Category;
  readonly createdAt: string;
  /** When the visit or slot it is about begins; null: it is about none. */
  readonly aboutAt: string | null;
  /** The word by which it was answered, and when; null while it was not. */
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly ways: readonly Way[];
}

/**
 * `answers`: this message. `repeats`: it was said of this message a moment ago, and nothing else is asked. `doubtful`: the same,
 * and something else is asked too, so that a person finds out. `nothing`: nobody asked.
 */
export type Meant =
  | { readonly kind: 'answers' | 'repeats' | 'doubtful'; readonly message: string }
  | { readonly kind: 'nothing' };

/** A reply answers what was sent within so many days. */
const daysToAnswer = 30;
/** The same word again within so many minutes is the same answer. */
const minutesOfRepeat = 10;

const earlier = (now: string, milliseconds: number): string => new Date(Date.parse(now) - milliseconds).toISOString();

/**
 * @param sent newest first
 * @param now ISO UTC
 */
export function meantBy(sent: readonly AskedMessage[], intent: Intent | 'free', now: string): Meant {
  const recently = earlier(now, minutesOfRepeat * 60_000);
  const before = sent.find(
    ({ answer, answeredAt }) => answer === intent && answeredAt !== null && answeredAt >= recently,
  );
  const awaiting = sent.filter((message) => isAwaiting(message, now));
  const answered = awaiting.find((message) => before === undefined || isAskedAfter(message, before));
  if (answered !== undefined) return { kind: 'answers', message: answered.ref };
  if (before === undefined) return { kind: 'nothing' };
  return { kind: awaiting.length > 0 ? 'doubtful' : 'repeats', message: before.ref };
}

/** Sent, asking for an answer, and not answered yet; what was asked about a visit that has begun is past. */
function isAwaiting({ answeredAt, category, ways, createdAt, purpose, aboutAt }: AskedMessage, now: string): boolean {
  return (
    answeredAt === null &&
    category !== 'answer' &&
    createdAt >= earlier(now, daysToAnswer * 86_400_000) &&
    (purpose === 'visit.missed' || aboutAt === null || aboutAt > now) &&
    ways.some(({ state }) => state === 'sent' || state === 'delivered' || state === 'uncertain')
  );
}

/** Asked after that answer came: the word is about this one. */
function isAskedAfter({ ways }: AskedMessage, { answeredAt }: AskedMessage): boolean {
  return ways.some(({ sentAt }) => sentAt !== null && sentAt > (answeredAt ?? ''));
}

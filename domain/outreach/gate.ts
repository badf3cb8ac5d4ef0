// The one door out: may this message go to this patient over this channel now, and if not, which rule says so and what then.
import { addDays, zoneReader } from '../calendar.ts';
import { instantOf } from '../zoned-time.ts';
import { standing } from './consent.ts';
import type { ConsentEntry } from './consent.ts';
import type { ContentFault } from './content.ts';
import { nextAllowed } from './quiet.ts';
import { inForceOn } from '../dated-rows.ts';
import type { LimitRow, OutreachRules } from './schema.ts';
import type { Category, Channel } from './words.ts';
import { isTelephone } from './words.ts';

/** Why a message does not go out. A rule is never renamed: flows and people read it. */
export const messageRules = {
  'message.opted-out': 'The patient does not want such messages. Call, or ask them in person.',
  'message.no-consent':
    'Such a message needs a consent that is not on file. Record it at the patient when they give it.',
  'message.no-address': 'The patient has no number or address for this channel.',
  'message.answer-open': 'The patient wrote something that may mean stop. Read their message first.',
  'message.content':
    'The words say more than they may, or lack the clinic or how to stop. Change the text of this kind of message.',
  'message.quiet-hours': 'It is night where the patient is. The message waits until morning there.',
  'message.daily-cap': 'The patient has had as many messages today as they may. The message waits.',
  'message.weekly-cap': 'The patient has had as many messages in seven days as they may. The message waits.',
  'message.too-late': 'What the message is about is over before it may go out.',
  'message.withdrawn': 'What the message is about no longer holds.',
} as const;
export type MessageRule = keyof typeof messageRules;

/** A message that went out, or may have. */
export interface SentMessage {
  readonly at: string;
  readonly category: Category;
  readonly channel: Channel;
}

/** The facts of one message over one channel. Instants are ISO UTC. */
export interface GateQuestion {
  readonly category: Category;
  readonly channel: Channel;
  readonly hasAddress: boolean;
  /** Where the patient may be; at least one. */
  readonly zones: readonly string[];
  readonly consents: readonly ConsentEntry[];
  /** What this patient got from every flow; the last eight days suffice. */
  readonly sent: readonly SentMessage[];
  /** A message of theirs may mean stop, and nobody has read it yet. */
  readonly answerOpen: boolean;
  readonly faults: readonly ContentFault[];
  readonly withdrawn: boolean;
  /** After it the message is of no use. */
  readonly until: string;
}

/** `row`: the dated row that says so, where one does. */
export type GateDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly until: string; readonly rule: MessageRule; readonly row: string | null }
  | { readonly kind: 'never'; readonly rule: MessageRule; readonly row: string | null };

/** The clinic's own limits go beside the rules: whichever is stricter holds. */
export interface ClinicLimits {
  readonly quiet?: { readonly from: string; readonly to: string };
  readonly perDay?: number;
  readonly perWeek?: number;
  /** When the patient wants messages, by their clock: outside of it is quiet, on every channel. */
  readonly wanted?: { readonly from: string; readonly to: string };
}

const patientRow = 'patient/preference';
const clinicRow = 'clinic/settings';

/** The limits that hold for a message, the clinic's own among them. */
export function limitsFor(
  rules: Pick<OutreachRules, 'limits'>,
  { category, channel, day }: { readonly category: Category; readonly channel: Channel; readonly day: string },
  own: ClinicLimits = {},
): readonly LimitRow[] {
  const rows = inForceOn(rules.limits, day).filter(
    (row) => row.categories.includes(category) && row.channels.includes(channel),
  );
  if (category === 'answer') return rows;
  const { quiet, wanted, ...caps } = own;
  const base = { categories: [category], channels: [channel], effectiveFrom: day, effectiveTo: null, retrieved: day };
  const clinic: LimitRow = {
    ...base,
    id: clinicRow,
    source: "the clinic's settings",
    ...caps,
    // A letter wakes nobody.
    ...(quiet !== undefined && isTelephone(channel) ? { quiet } : {}),
  };
  if (wanted === undefined) return [...rows, clinic];
  const patient: LimitRow = {
    ...base,
    id: patientRow,
    source: "the patient's own word",
    quiet: { from: wanted.to, to: wanted.from },
  };
  return [...rows, clinic, patient];
}

/**
 * Weighs the rules in the order in which a person would: first whether ever, then whether now. A message that would have to wait
 * past its use never goes, and the rule that made it wait says why.
 * @param now ISO UTC
 */
export function mayMessage(
  rules: OutreachRules,
  question: GateQuestion,
  now: string,
  own: ClinicLimits = {},
): GateDecision {
  const never = (rule: MessageRule, row: string | null = null): GateDecision => ({ kind: 'never', rule, row });
  const { category, channel, zones } = question;
  const dateAt = zoneReader(zones[0] ?? 'UTC');
  const day = dateAt(now);
  if (question.withdrawn) return never('message.withdrawn');
  if (now >= question.until) return never('message.too-late');
  const consent = standing(rules.consent, question.consents, { category, channel, day });
  if (!consent.may) return never(consent.why === 'revoked' ? 'message.opted-out' : 'message.no-consent', consent.row);
  if (!question.hasAddress) return never('message.no-address');
  const limits = limitsFor(rules, { category, channel, day }, own);
  if (question.faults.length > 0) return never('message.content', inForceOn(rules.content, day)[0]?.id ?? null);
  if (category === 'answer') return { kind: 'send' };
  if (question.answerOpen) return never('message.answer-open');

  const waits = [...waitsOf(limits, question, now, dateAt)];
  const longest = waits.reduce<Wait | null>(
    (last, wait) => (last === null || wait.until > last.until ? wait : last),
    null,
  );
  if (longest === null) return { kind: 'send' };
  // The quiet of the morning to which a cap sends it counts too.
  const until = quietAfter(limits, zones, longest.until);
  if (until === null || until >= question.until) return never(longest.rule, longest.row);
  return { kind: 'wait', ...longest, until };
}

interface Wait {
  readonly until: string;
  readonly rule: MessageRule;
  readonly row: string;
}

function* waitsOf(
  limits: readonly LimitRow[],
  question: GateQuestion,
  now: string,
  dateAt: (instant: string) => string,
): Generator<Wait> {
  const zone = question.zones[0] ?? 'UTC';
  const counted = question.sent
    .filter(({ category, channel }) => category !== 'answer' && isTelephone(channel) === isTelephone(question.channel))
    .map(({ at }) => dateAt(at));
  const today = dateAt(now);
  for (const { id: row, quiet, perDay, perWeek } of limits) {
    if (quiet !== undefined) {
      const until = nextAllowed(now, question.zones, quiet);
      if (until !== now) yield { until: until ?? question.until, rule: 'message.quiet-hours', row };
    }
    if (perDay !== undefined && counted.filter((date) => date === today).length >= perDay)
      yield { until: startOf(addDays(today, 1), zone), rule: 'message.daily-cap', row };
    if (perWeek !== undefined) {
      const since = addDays(today, -6);
      const week = counted.filter((date) => date >= since && date <= today).sort();
      const first = week[week.length - perWeek];
      if (first !== undefined) yield { until: startOf(addDays(first, 7), zone), rule: 'message.weekly-cap', row };
    }
  }
}

function startOf(date: string, zone: string): string {
  return instantOf(`${date}T00:00`, zone) ?? `${date}T00:00:00.000Z`;
}

function quietAfter(limits: readonly LimitRow[], zones: readonly string[], at: string): string | null {
  return limits.reduce<string | null>(
    (until, { quiet }) => (until === null || quiet === undefined ? until : nextAllowed(until, zones, quiet)),
    at,
  );
}

// What becomes of a message: sent by the way the patient likes best, then by the next, and at the end to a person's call list.
import type { GateDecision, MessageRule } from './gate.ts';
import type { Channel } from './words.ts';

/**
 * How far one way of reaching the patient has come. `untried`: nothing has left yet; `uncertain`: the vendor may have sent it;
 * `sent`: the vendor took it; `delivered`, `failed`: the vendor said so; `refused`: a rule or the vendor would not have it.
 */
export const wayStates = ['untried', 'uncertain', 'sent', 'delivered', 'failed', 'refused', 'shadow'] as const;
export type WayState = (typeof wayStates)[number];

export interface Way {
  readonly channel: Channel;
  readonly state: WayState;
  /** Why it was refused, or the vendor's code; null while nothing was said. */
  readonly reason: string | null;
  /** Not to be asked for again before; null: at once. */
  readonly notBefore: string | null;
  /** When it left; null while it has not. */
  readonly sentAt: string | null;
}

/** A message over all its ways, the one the patient likes best first. Instants are ISO UTC. */
export interface MessageCourse {
  readonly ways: readonly Way[];
  readonly until: string;
  readonly withdrawn: boolean;
  /** Someone must hear of it in any case: where no way is left, a person calls. */
  readonly callIfUnreached: boolean;
}

/** How a message ended. */
export const endings = ['delivered', 'sent', 'callList', 'unreached', 'withdrawn', 'shadow'] as const;
export type Ending = (typeof endings)[number];

export type Move =
  | { readonly kind: 'send'; readonly channel: Channel }
  | { readonly kind: 'wait'; readonly until: string; readonly rule: MessageRule | null; readonly row: string | null }
  | { readonly kind: 'refuse'; readonly channel: Channel; readonly rule: MessageRule; readonly row: string | null }
  | { readonly kind: 'over'; readonly ending: Ending };

/** How long after it was sent a message's delivery is waited for. */
export const deliveryHours = 6;

const addHours = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

/**
 * What to do next. A `refuse` is written down and asked again; everything else is carried out.
 * @param gate weighs the rules for one channel at this moment
 * @param now ISO UTC
 */
export function nextMove(course: MessageCourse, gate: (channel: Channel) => GateDecision, now: string): Move {
  const { ways, until } = course;
  if (ways.some(({ state }) => state === 'delivered')) return { kind: 'over', ending: 'delivered' };
  const left = ways.find(({ state }) => state === 'sent' || state === 'uncertain');
  // Whatever the message is about: what may be on its way is asked about first, and never sent by a second way beside it.
  if (left?.state === 'uncertain' && now < until) return ask(left, now, until);
  // To the end nobody knew whether it went: a person calls, for a second message may be one too many.
  if (left?.state === 'uncertain') return { kind: 'over', ending: course.withdrawn ? 'withdrawn' : unreached(course) };
  if (left !== undefined) return awaited(left, course, now);
  if (course.withdrawn) return { kind: 'over', ending: 'withdrawn' };
  if (ways.some(({ state }) => state === 'shadow')) return { kind: 'over', ending: 'shadow' };

  const open = ways.find(({ state }) => state === 'untried');
  if (open === undefined) return { kind: 'over', ending: unreached(course) };
  // Say the vendor was away all the time: whoever reads the message's story is told what kept it back.
  if (now >= until) return { kind: 'refuse', channel: open.channel, rule: 'message.too-late', row: null };
  const decision = gate(open.channel);
  if (decision.kind === 'never')
    return { kind: 'refuse', channel: open.channel, rule: decision.rule, row: decision.row };
  if (decision.kind === 'wait') return { ...decision };
  return ask(open, now, until);
}

function unreached({ callIfUnreached }: MessageCourse): Ending {
  return callIfUnreached ? 'callList' : 'unreached';
}

function ask(way: Way, now: string, until?: string): Move {
  if (way.notBefore === null || way.notBefore <= now) return { kind: 'send', channel: way.channel };
  const at = until !== undefined && until < way.notBefore ? until : way.notBefore;
  return { kind: 'wait', until: at, rule: null, row: null };
}

/** The vendor has it: its word is waited for while another way would still be in time. */
function awaited(way: Way, { until }: MessageCourse, now: string): Move {
  const enough = addHours(way.sentAt ?? now, deliveryHours);
  const last = enough < until ? enough : until;
  return now < last ? { kind: 'wait', until: last, rule: null, row: null } : { kind: 'over', ending: 'sent' };
}

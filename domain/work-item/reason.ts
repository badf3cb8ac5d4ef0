// Why a work item is there, in one sentence of dates, counts and codes: no name, no number of the payer's.
import type { Appointment } from '../appointment/schema.ts';
import type { Assessment } from '../authorization/assessment.ts';
import type { Authorization, Period, RequestKind } from '../authorization/schema.ts';
import { daysBetween, dayNumber, spokenDate, spokenShortDate } from '../calendar.ts';
import { blockingRules, isBlockingRule } from '../effect/permit.ts';
import type { AuthorizationItemKind } from './kinds.ts';

/** What a reason is made of; all of it structure. */
export interface ReasonFacts {
  readonly authorization: Authorization;
  readonly appointments: readonly Appointment[];
  readonly assessment: Assessment;
  /** The period the item is about; null: the one the assessment speaks of. */
  readonly period: number | null;
  readonly requestKind: RequestKind | null;
  /** Which time a person is asked about this request; null where nobody counts. */
  readonly attempt: number | null;
  /** Rule or code by which the attempt before was not sent; null: unknown or no such attempt. */
  readonly notSentBy: string | null;
  /** Codes of the payer's newest answer about the period. */
  readonly reasonCodes: readonly string[];
  /** The payer's system says that a person must look. */
  readonly attention: boolean;
  /** The names of the payer the authorization is with and, where it is held, of the patient's present one; null: unknown. */
  readonly payer: string;
  readonly presentPayer: string | null;
  /** Today in the clinic's zone, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The sentence that tells a person why this item is there. */
export function reasonFor(kind: AuthorizationItemKind, facts: ReasonFacts): string {
  const { projection } = facts.assessment;
  switch (kind) {
    case 'authorization.request':
      return joined([...requestWords(facts), projection.reason]);
    case 'authorization.send':
      return joined(['Approved by a named person, not sent yet', projection.reason]);
    case 'authorization.answer':
      return joined([...waitingWords(facts), ...coverWords(facts)]);
    case 'authorization.partial':
      return joined([approvedWords(facts), projection.reason]);
    case 'authorization.denied':
      return joined([deniedWords(facts), projection.reason]);
    case 'authorization.uncertain':
      return joined(['Whether the request reached the payer is unknown; do not send it again', ...coverWords(facts)]);
    case 'authorization.held':
      return heldWords(facts);
    case 'authorization.record':
      return joined([approvedWords(facts), 'the PT system does not show it yet']);
    case 'authorization.number':
      return joined([...numberWords(facts)]);
    case 'authorization.uncovered':
      return joined([...uncoveredWords(facts), projection.reason]);
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ');
}

function periodOf(facts: ReasonFacts): Period | null {
  const sequence = facts.period ?? facts.assessment.period;
  return facts.authorization.periods.find((period) => period.sequence === sequence) ?? null;
}

function day(date: string, facts: ReasonFacts): string {
  return spokenDate(dayNumber(date), dayNumber(facts.today));
}

function shortDay(date: string, facts: ReasonFacts): string {
  return spokenShortDate(dayNumber(date), dayNumber(facts.today));
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function requestWords(facts: ReasonFacts): string[] {
  const words: string[] = [];
  if (facts.requestKind === 'appeal') words.push(`Appeal: ${lowerFirst(deniedWords(facts))}`);
  else if (facts.attempt !== null && facts.attempt > 1) words.push(`Asked again, attempt ${facts.attempt}`);
  if (facts.notSentBy !== null) words.push(`not sent: ${notSentWords(facts.notSentBy)}`);
  if (facts.authorization.requiredByPayer === null) {
    words.push('Ask the payer whether it requires an authorization; if it does not, say so in the PT system');
  }
  return words;
}

/** The rule's own sentences, without their last full stop; a code stands for itself. */
function notSentWords(rule: string): string {
  return isBlockingRule(rule) ? lowerFirst(blockingRules[rule].replace(/\.$/, '')) : rule;
}

/** Since when the payer has the request, and until when its answer is expected. */
function waitingWords(facts: ReasonFacts): string[] {
  const { assessment, today } = facts;
  const { projection, pending } = assessment;
  const period = periodOf(facts);
  const since = facts.requestKind === 'appeal' ? (period?.appeal?.submittedOn ?? null) : (period?.submittedOn ?? null);
  const sent = since === null ? 'Sent on an unknown day' : `Sent ${day(since, facts)}`;
  const words = facts.attention
    ? [`The payer's system asks for a person to look${codes(facts, ' (', ')')}`, sent]
    : [sent];
  const { days: takes, basis } = projection.turnaround;
  if (basis === 'clinicHorizon') words.push("the payer's turnaround is unknown");
  else words.push(`the payer takes ${days(takes)}`);
  const dueOn = pending?.dueOn ?? null;
  if (dueOn !== null) {
    const late = daysBetween(dueOn, today);
    words.push(
      late > 0
        ? `the answer was due ${day(dueOn, facts)}, ${days(late)} ago`
        : `the answer is due ${day(dueOn, facts)}`,
    );
  }
  return words;
}

/** What cover there is meanwhile, without the advice to send: there is nothing to send. */
function coverWords({ assessment, ...rest }: ReasonFacts): string[] {
  const { firstUncoveredVisit } = assessment.projection;
  if (firstUncoveredVisit !== null)
    return [`first uncovered visit ${day(firstUncoveredVisit.date, { assessment, ...rest })}`];
  return ['no booked visit is known to be uncovered'];
}

/** "Approved 8 of 18 visits asked for, 4 May to 3 Jul". Unknown counts are said to be unknown. */
function approvedWords(facts: ReasonFacts): string {
  const period = periodOf(facts);
  if (period === null) return 'Approved; how many visits is unknown';
  const counts = (['visits', 'units'] as const).flatMap((what) => {
    const [approved, requested] = [period.approved[what], period.requested[what]];
    if (approved === null) return [];
    return [
      requested === null || requested === approved
        ? `${approved} ${what}`
        : `${approved} of ${requested} ${what} asked for`,
    ];
  });
  const span =
    period.from === null || period.to === null
      ? ''
      : `, ${shortDay(period.from, facts)} to ${shortDay(period.to, facts)}`;
  const asked = period.requested.visits;
  const unknown =
    asked === null ? 'how many visits is unknown' : `how many of the ${asked} visits asked for is unknown`;
  return counts.length === 0 ? `Approved, ${unknown}${span}` : `Approved ${counts.join(' and ')}${span}`;
}

function deniedWords(facts: ReasonFacts): string {
  const period = periodOf(facts);
  const appeal = period?.appeal?.status === 'denied';
  const on = (appeal ? period.appeal?.decidedOn : period?.decidedOn) ?? null;
  const what = appeal ? 'The appeal was denied' : 'Denied';
  const when = on === null ? '' : ` ${day(on, facts)}`;
  return `${what}${when}, ${codes(facts, '', '') || 'the payer gave no reason code'}`;
}

function codes(facts: ReasonFacts, before: string, after: string): string {
  const { reasonCodes } = facts;
  if (reasonCodes.length === 0) return '';
  const word = reasonCodes.length === 1 ? "the payer's reason code" : "the payer's reason codes";
  return `${before}${word} ${reasonCodes.join(', ')}${after}`;
}

function heldWords(facts: ReasonFacts): string {
  const { authorization, assessment } = facts;
  const changedOn = authorization.coverageChangedOn;
  const next = assessment.projection.firstUncoveredVisit?.date ?? null;
  const visit = next === null ? 'no visit is booked' : `next booked visit ${day(next, facts)}`;
  const why =
    changedOn === null
      ? `Held: ${authorization.held?.reason ?? 'no reason recorded'}`
      : `Coverage or payer changed ${day(changedOn, facts)}${payerWords(facts)}: what was approved may not count any more`;
  return joined([why, visit]);
}

/** From whom to whom the coverage went. */
function payerWords({ payer, presentPayer }: ReasonFacts): string {
  if (presentPayer === null) return `, was ${payer}`;
  return presentPayer === payer ? `, still ${payer}` : ` from ${payer} to ${presentPayer}`;
}

/** Why the cover is not there: it is waited for, or it was denied. */
function uncoveredWords(facts: ReasonFacts): string[] {
  const cover = `Move the visit or call the payer: ${coverWords(facts).join('')}`;
  if (facts.assessment.pending !== null) return [cover, lowerFirst(waitingWords(facts).join('; '))];
  return facts.assessment.denied === null ? [cover] : [cover, lowerFirst(deniedWords(facts))];
}

function numberWords(facts: ReasonFacts): string[] {
  const period = periodOf(facts);
  const what =
    period?.number === 'placeholder'
      ? 'The authorization number is a placeholder'
      : 'Approved without an authorization number';
  const from = period?.from ?? null;
  const to = period?.to ?? null;
  const made = facts.appointments.filter(
    ({ status, date }) => status === 'arrived' && (from === null || date >= from) && (to === null || date <= to),
  ).length;
  const billed =
    made === 0
      ? 'claims need the real one'
      : `${made} ${made === 1 ? 'visit' : 'visits'} made cannot be billed without it`;
  return [what, billed, ...coverWords(facts)];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

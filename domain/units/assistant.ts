// How many units of a service an assistant furnished in part: they carry the modifier for it (42 CFR 410.60(a)(4), CQ).
import { reaches } from './allocation.ts';
import type { AssistantRule } from './rule-schema.ts';
import type { TimedService } from './services.ts';

/** Of one service: who worked how long alone, and what follows for its units. */
export interface AssistantShare {
  readonly code: string;
  readonly assistantMinutes: number;
  readonly therapistMinutes: number;
  readonly units: number;
  /** Units that carry the modifier; null: the rule does not tell for this service. */
  readonly modified: number | null;
  readonly why: string;
  /** What only a person can tell; null: nothing. */
  readonly question: string | null;
}

/**
 * The units of a service that carry the modifier. Full units of either person alone are told first; what is left of both
 * makes the last one or two units.
 * @param units billed of the service
 * @param assistantMinutes what the assistant did alone; time together with the therapist is the therapist's
 * @param rule in force on the day of service; null: no modifier was asked for
 */
export function assistantShare(
  service: TimedService,
  units: number,
  assistantMinutes: number,
  rule: AssistantRule | null,
): AssistantShare {
  const therapistMinutes = service.minutes - assistantMinutes;
  const about = { code: service.code, assistantMinutes, therapistMinutes, units };
  if (rule === null) return { ...about, modified: 0, why: 'No modifier was asked for on that day.', question: null };
  if (units === 0) return { ...about, modified: 0, why: 'No unit is billed.', question: null };
  if (assistantMinutes === 0) return { ...about, modified: 0, why: 'The therapist did all of it.', question: null };
  if (therapistMinutes === 0) return { ...about, modified: units, why: 'The assistant did all of it.', question: null };
  const { firstMinutes, furtherMinutes } = service;
  if (firstMinutes !== furtherMinutes && units > 1)
    return {
      ...about,
      modified: null,
      why: `Its units have ${firstMinutes} and ${furtherMinutes} minutes.`,
      question: `Which units of ${service.code} did the assistant do more than ${rule.exceedsPercent} % of?`,
    };
  return { ...about, ...unitByUnit(firstMinutes, units, { therapistMinutes, assistantMinutes }, rule) };
}

interface Hands {
  readonly therapistMinutes: number;
  readonly assistantMinutes: number;
}

function unitByUnit(
  perUnit: number,
  units: number,
  { therapistMinutes, assistantMinutes }: Hands,
  rule: AssistantRule,
): Pick<AssistantShare, 'modified' | 'why' | 'question'> {
  const therapistUnits = Math.min(units, Math.floor(therapistMinutes / perUnit));
  const assistantUnits = Math.min(units - therapistUnits, Math.floor(assistantMinutes / perUnit));
  const open = units - therapistUnits - assistantUnits;
  const rest = {
    therapistMinutes: therapistMinutes - therapistUnits * perUnit,
    assistantMinutes: assistantMinutes - assistantUnits * perUnit,
  };
  const full = [
    ...(therapistUnits > 0 ? [`full units of the therapist: ${therapistUnits}`] : []),
    ...(assistantUnits > 0 ? [`full units of the assistant: ${assistantUnits}`] : []),
  ];
  const last = open === 0 ? null : open === 1 ? lastUnit(perUnit, rest, rule) : lastTwo(perUnit, rest, rule);
  return {
    modified: assistantUnits + (last?.modified ?? 0),
    why: sentence([...full, ...(last === null ? [] : [last.why])].join('; ')),
    question: last?.question ?? null,
  };
}

interface Last {
  readonly modified: number;
  readonly why: string;
  readonly question: string | null;
}

function lastUnit(perUnit: number, hands: Hands, rule: AssistantRule): Last {
  const { therapistMinutes, assistantMinutes } = hands;
  const parts = `last unit: therapist ${therapistMinutes}, assistant ${assistantMinutes} minutes`;
  if (rule.lastUnitOfTherapist && therapistMinutes >= reaches(perUnit))
    return {
      modified: 0,
      why: `${parts}; ${reaches(perUnit)} or more of the therapist's leave it without`,
      question: null,
    };
  const exceeds = exceedsShare(hands, rule);
  const than = exceeds ? 'more than' : 'not more than';
  return {
    modified: exceeds ? 1 : 0,
    why: `${parts}; ${than} ${rule.exceedsPercent} % is the assistant's`,
    question: null,
  };
}

function lastTwo(perUnit: number, hands: Hands, rule: AssistantRule): Last {
  const { therapistMinutes, assistantMinutes } = hands;
  const parts = `last two units: therapist ${therapistMinutes}, assistant ${assistantMinutes} minutes`;
  if (rule.splitPair !== null) {
    const { eachFrom, eachTo, togetherFrom, togetherTo } = rule.splitPair;
    const together = therapistMinutes + assistantMinutes;
    const both = [therapistMinutes, assistantMinutes].every((minutes) => minutes >= eachFrom && minutes <= eachTo);
    if (both && together >= togetherFrom && together <= togetherTo)
      return { modified: 1, why: `${parts}; one is the assistant's, one the therapist's`, question: null };
  }
  if (!exceedsShare(hands, rule))
    return { modified: 0, why: `${parts}; not more than ${rule.exceedsPercent} % is the assistant's`, question: null };
  if (rule.lastUnitOfTherapist && therapistMinutes >= reaches(perUnit))
    return {
      modified: 1,
      why: `${parts}; the therapist alone reaches one of them`,
      question: 'CMS has no example of these minutes: does the record show which unit the assistant did?',
    };
  return { modified: 2, why: `${parts}; more than ${rule.exceedsPercent} % is the assistant's`, question: null };
}

function exceedsShare({ therapistMinutes, assistantMinutes }: Hands, { exceedsPercent }: AssistantRule): boolean {
  return assistantMinutes * 100 > exceedsPercent * (therapistMinutes + assistantMinutes);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

// The timed services of a day: minutes by code as they were written down, held to what is known of the codes.
import { codeStanding } from '../billing-tables/codes.ts';
import type { CodeTable } from '../billing-tables/codes.ts';
import type { CodeFacts } from '../billing-tables/codes-schema.ts';
import { GaitError } from '../errors.ts';

/** Minutes by code. */
export type Minutes = Readonly<Record<string, number>>;

/** One service; where its further units have a code of their own, minutes of both codes are one service's. */
export interface TimedService {
  readonly code: string;
  readonly firstMinutes: number;
  /** The code of the units behind the first one, and its minutes; the same as the first's for most services. */
  readonly furtherCode: string;
  readonly furtherMinutes: number;
  /** Whether its minutes count towards the day's total of 15-minute services (CMS Pub 100-04 ch. 5 §20.2). */
  readonly pooled: boolean;
  readonly minutes: number;
  /** The codes that were named, in ascending order. */
  readonly named: readonly string[];
}

const minutesOfADay = 1440;
/** More timed services than anybody gives on one day: past it, ties have too many answers to list. */
const mostServices = 16;

/**
 * The services of a day in ascending order of their codes.
 * @param minutes by code, whole minutes of treatment
 * @param on the day of service
 * @throws GaitError `input.invalid` naming the code that is unknown, untimed, not in force that day, or its minutes
 */
export function timedServices(minutes: Minutes, codes: CodeTable, on: string): TimedService[] {
  const services = new Map<string, TimedService>();
  for (const [code, count] of Object.entries(minutes)) {
    assertMinutes(code, count);
    const facts = timedFacts(code, codes, on);
    const first = codes.firstOf(code) ?? facts;
    const known = services.get(first.code);
    services.set(first.code, {
      ...(known ?? serviceOf(first, codes)),
      minutes: (known?.minutes ?? 0) + count,
      named: [...(known?.named ?? []), code].sort(),
    });
  }
  if (services.size > mostServices)
    throw new GaitError('input.invalid', `There are more than ${mostServices} timed services on one day.`, {
      fix: 'Give the minutes of one patient and one day.',
    });
  return [...services.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

export function assertMinutes(code: string, minutes: number): void {
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= minutesOfADay) return;
  throw new GaitError('input.invalid', `The minutes of ${code} are no whole number from 0 to ${minutesOfADay}.`, {
    where: code,
    fix: 'Give the minutes of treatment of the day, e.g. 97110=33.',
  });
}

function timedFacts(code: string, codes: CodeTable, on: string): CodeFacts {
  const facts = codes.lookup(code);
  if (facts === null)
    throw new GaitError('input.invalid', `Nothing is known of the code ${code}, so its minutes cannot be counted.`, {
      where: code,
      fix: 'Check the code. Codes that are known stand in rules/billing-tables/codes.json.',
    });
  if (facts.time.kind === 'untimed')
    throw new GaitError('input.invalid', `The code ${code} is untimed: it is one unit however long it took.`, {
      where: code,
      fix: `Leave ${code} out of the minutes.`,
    });
  if (facts.time.kind === 'monthly')
    throw new GaitError('input.invalid', `The minutes of ${code} are counted over a calendar month, not a day.`, {
      where: code,
      fix: `Leave ${code} out of the day's minutes.`,
    });
  const standing = codeStanding(facts, on);
  if (standing === 'valid') return facts;
  const since =
    standing === 'deleted' ? `is no code since ${facts.deleted ?? ''}` : `is a code from ${facts.added ?? ''}`;
  throw new GaitError('input.invalid', `${code} ${since}, and the day of service is ${on}.`, {
    where: code,
    fix: facts.replacedBy === null ? 'Take a code of that day.' : `Its successor is ${facts.replacedBy}.`,
  });
}

function serviceOf(first: CodeFacts, codes: CodeTable): Omit<TimedService, 'minutes' | 'named'> {
  if (first.time.kind !== 'timed') throw new GaitError('internal.bug', `The first code ${first.code} is not timed.`);
  const { minutesPerUnit, pooled, then } = first.time;
  const further = then === null ? null : codes.lookup(then)?.time;
  return {
    code: first.code,
    firstMinutes: minutesPerUnit,
    furtherCode: then ?? first.code,
    furtherMinutes: further?.kind === 'timed' ? further.minutesPerUnit : minutesPerUnit,
    pooled,
  };
}

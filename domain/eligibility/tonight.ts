// Whose coverage is checked tonight and why: decided from the schedule and from what is known already.
import { daysBetween } from '../calendar.ts';

/** Why a check is made, the most telling first. */
export const checkReasons = ['newPatient', 'coverageChanged', 'planYear', 'firstVisit', 'stale', 'asked'] as const;
export type CheckReason = (typeof checkReasons)[number];

const words: Readonly<Record<string, string>> = {
  newPatient: 'new patient',
  coverageChanged: 'the coverage changed',
  planYear: 'a new benefit year',
  firstVisit: 'first visit',
  stale: 'the last answer is old',
  asked: 'asked for',
  called: 'completed by a call',
};

/** Why a check was made, as people say it; a reason of no list stands as it came. */
export function reasonsInWords(reasons: readonly string[]): string {
  return reasons.map((reason) => words[reason] ?? reason).join(', ');
}

/** What is known of one patient; dates `YYYY-MM-DD` in the clinic's zone. */
export interface Candidate {
  readonly patient: string;
  readonly coverage: string;
  readonly payer: string;
  readonly coverageChangedOn: string | null;
  /** Booked visits from today on, the next one first. */
  readonly upcoming: readonly string[];
  readonly hasHadVisit: boolean;
  /** The newest check that is over; null: there was none. */
  readonly last: {
    readonly on: string;
    readonly serviceDate: string;
    /** The payer refused it, or it failed: asked again it would say the same. */
    readonly refused: boolean;
  } | null;
}

/** A payer's settings, in days. `benefitYearStarts` is `MM-DD`, null where it is not known. */
export interface TonightSettings {
  readonly firstVisitWithinDays: number;
  readonly visitWithinDays: number;
  readonly staleAfterDays: number;
  readonly benefitYearStarts: string | null;
}

export interface Tonight {
  readonly candidate: Candidate;
  /** The day asked about: the visit's, never the day the policy began; today where no visit is booked. */
  readonly serviceDate: string;
  readonly reasons: readonly CheckReason[];
}

/** @param settingsOf the settings of a payer by its id */
export function whoTonight(
  candidates: readonly Candidate[],
  today: string,
  settingsOf: (payer: string) => TonightSettings,
): Tonight[] {
  return candidates.flatMap((candidate) => {
    const reasons = reasonsFor(candidate, today, settingsOf(candidate.payer));
    return reasons.length === 0 ? [] : [{ candidate, serviceDate: candidate.upcoming[0] ?? today, reasons }];
  });
}

function reasonsFor({ upcoming, last, ...of }: Candidate, today: string, settings: TonightSettings): CheckReason[] {
  const [visit] = upcoming;
  const inDays = visit === undefined ? null : daysBetween(today, visit);
  const isFirst = !of.hasHadVisit && inDays !== null && inDays <= settings.firstVisitWithinDays;
  if (last === null) return isFirst ? ['newPatient', 'firstVisit'] : ['newPatient'];
  const changed = of.coverageChangedOn !== null && of.coverageChangedOn >= last.on;
  // What was refused stays refused until somebody has changed what was asked.
  if (last.refused) return changed ? ['coverageChanged'] : [];
  if (visit === undefined || inDays === null) return [];
  const isNear = inDays <= settings.visitWithinDays;
  const reasons: CheckReason[] = [];
  if (changed) reasons.push('coverageChanged');
  if (isNear && resetBetween(last.serviceDate, visit, settings.benefitYearStarts)) reasons.push('planYear');
  if (isFirst && last.serviceDate !== visit && daysBetween(last.on, today) > settings.firstVisitWithinDays)
    reasons.push('firstVisit');
  if (isNear && daysBetween(last.on, today) > settings.staleAfterDays) reasons.push('stale');
  return reasons;
}

/** Whether a benefit year began after `from` and not after `to`. */
function resetBetween(from: string, to: string, starts: string | null): boolean {
  if (starts === null) return false;
  const year = Number(to.slice(0, 4));
  return [year - 1, year].some((one) => `${one}-${starts}` > from && `${one}-${starts}` <= to);
}

// Progress reports of an episode: which treatment day of its reporting period a day is, and who wrote the report.
import { addDays } from '../../calendar.ts';
import type { TreatmentDay } from './treatment-days.ts';

/** Notes that serve as a progress report: a recertification and a discharge note tell progress toward each goal too (§220.3.D). */
const reportKinds: readonly string[] = ['progress', 'recertification', 'discharge'];

/** Credentials of assistants: what they write supplements a report and is none (§220.3.D). */
const assistants: readonly string[] = ['PTA', 'OTA', 'COTA', 'SPTA'];

export function isAssistant(credential: string): boolean {
  return assistants.includes(
    credential
      .toUpperCase()
      .split(/[\s,/]+/)[0]
      ?.replaceAll('.', '') ?? '',
  );
}

interface ReportDue {
  readonly everyDays: number;
  readonly delayedDays: number;
  readonly planStart: string | null;
}

export interface ReportingPeriod {
  /** The first day of the period known here. */
  readonly begins: string;
  /** Treatment days of the period up to and with this one. */
  readonly days: number;
  /** Whether the chart shows the period from its first day; else `days` is the least it can be. */
  readonly whole: boolean;
  /** Whether a clinician's report of the period is there in time, of this day or written within the days allowed after it. */
  readonly reported: boolean;
  /** Who wrote the last progress note of the period up to this day; null: there is none. */
  readonly note: { readonly day: string; readonly author: 'clinician' | 'assistant' | null } | null;
}

/**
 * The reporting period a day stands in. The first begins on the first day of the episode, whatever was done on it; a
 * clinician's report ends a period on its day, and the next treatment day begins the next. Counted are treatment days, not visits.
 * @param due `everyDays` a report is due on or before this treatment day of a period; `delayedDays` calendar days after that day
 *   within which a report that was not written in time still serves (Pub 100-02 ch. 15 §220.3.D: seven);
 *   `planStart` the day of the initial treatment, null where it is not told
 * @returns null where the chart has no visit on the day
 */
export function reportingPeriod(days: readonly TreatmentDay[], on: string, due: ReportDue): ReportingPeriod | null {
  const upTo = days.filter(({ day }) => day <= on);
  const last = upTo.at(-1);
  if (last?.day !== on) return null;
  let whole = upTo[0]?.day === due.planStart;
  let count = 0;
  let begins = on;
  let note: ReportingPeriod['note'] = null;
  for (const [index, one] of upTo.entries()) {
    const before = index === 0 ? null : (upTo[index - 1] ?? null);
    if (beginsEpisode(one)) [whole, count, note] = [true, 0, null];
    else if (before !== null && endsPeriod(before, days, count, due)) [whole, count, note] = [true, 0, null];
    if (count === 0) begins = one.day;
    count += 1;
    note = progressNote(one) ?? note;
  }
  return { begins, days: count, whole, reported: endsPeriod(last, days, count, due), note };
}

function beginsEpisode({ visits }: TreatmentDay): boolean {
  return visits.some(({ note }) => note?.kind === 'evaluation');
}

/** By a clinician's report of that day, or by one written within the days allowed after a period that ran full. */
function endsPeriod(last: TreatmentDay, days: readonly TreatmentDay[], count: number, due: ReportDue): boolean {
  if (hasReport(last)) return true;
  if (count !== due.everyDays) return false;
  const until = addDays(last.day, due.delayedDays);
  return days.some((later) => later.day > last.day && later.day <= until && hasReport(later));
}

function hasReport(day: TreatmentDay): boolean {
  return progressNote(day)?.author === 'clinician';
}

/** The progress note of a day; of several the clinician's. */
function progressNote({ day, visits }: TreatmentDay): ReportingPeriod['note'] {
  let found: ReportingPeriod['note'] = null;
  for (const { note } of visits) {
    if (note?.kind === undefined || note.kind === null || !reportKinds.includes(note.kind)) continue;
    const credential = note.credential ?? null;
    const author = credential === null ? null : isAssistant(credential) ? 'assistant' : 'clinician';
    if (found === null || author === 'clinician') found = { day, author };
  }
  return found;
}

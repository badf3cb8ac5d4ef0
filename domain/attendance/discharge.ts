// The end of a plan of care and fewer visits before it, told in time: to the therapist, who decides, and then to the patient.
import { addDays, dayNumber, spokenDate, weekStart } from '../calendar.ts';
import type { AttendanceRule } from './book-schema.ts';

/** What ends or changes, for one plan. */
export interface EndingPlan {
  readonly ref: string;
  readonly patient: string;
  /** Last day of the plan of care; null: unknown. */
  readonly ends: string | null;
  /** Visits wanted week by week (Monday to Sunday), the first that of `from`. */
  readonly from: string;
  readonly visitsPerWeek: readonly number[];
  /** The therapist decided that it goes on: nobody is told of an end. */
  readonly renewed: boolean;
}

export interface DischargeNotice {
  readonly kind: 'planEnds' | 'fewerVisits' | 'endUnknown';
  readonly to: 'therapist' | 'patient';
  readonly plan: string;
  readonly patient: string;
  /** First day to tell it, and the day it is about; null where that is unknown. */
  readonly tellOn: string;
  readonly about: string | null;
  /** Identity: told once, however often it is worked out. */
  readonly key: string;
  /** For staff; what a patient reads is the message's own text, without a word of the therapy. */
  readonly words: string;
}

/** All notices of a plan whose time has come and whose subject is not past. */
export function dischargeNotices(
  plan: EndingPlan,
  { discharge: { therapistDays, patientDays } }: AttendanceRule,
  today: string,
): readonly DischargeNotice[] {
  if (plan.renewed) return [];
  const spoken = (date: string): string => spokenDate(dayNumber(date), dayNumber(today));
  const notice = (
    kind: DischargeNotice['kind'],
    to: DischargeNotice['to'],
    about: string,
    days: number,
    words: string,
  ): DischargeNotice => ({
    kind,
    to,
    plan: plan.ref,
    patient: plan.patient,
    tellOn: addDays(about, -days),
    about,
    key: `${kind}/${plan.ref}/${about}/${to}`,
    words,
  });
  const notices: DischargeNotice[] = [];
  if (plan.ends === null) {
    const words = 'The end of the plan of care is unknown: nobody can be told of it in time';
    notices.push({ ...notice('endUnknown', 'therapist', today, 0, words), about: null, key: `endUnknown/${plan.ref}` });
  } else {
    const { ends } = plan;
    notices.push(
      notice(
        'planEnds',
        'therapist',
        ends,
        therapistDays,
        `The plan of care ends on ${spoken(ends)}: discharge, or certify it anew`,
      ),
      notice('planEnds', 'patient', ends, patientDays, `The last visits are near: the plan ends on ${spoken(ends)}`),
    );
  }
  plan.visitsPerWeek.forEach((visits, week) => {
    const before = plan.visitsPerWeek[week - 1];
    if (before === undefined || visits >= before) return;
    const monday = addDays(weekStart(plan.from), week * 7);
    const words = `From ${spoken(monday)} on ${visits} visits a week instead of ${before}`;
    notices.push(notice('fewerVisits', 'patient', monday, patientDays, words));
  });
  return notices.filter(({ tellOn, about }) => tellOn <= today && (about === null || about >= today));
}

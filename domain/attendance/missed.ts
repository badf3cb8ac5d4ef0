// Missed visits: in which order they are booked anew, and when several of one patient are told to the therapist.
import { daysBetween } from '../calendar.ts';
import { compareText } from '../schedule/order.ts';
import { priorities } from '../waitlist/book-schema.ts';
import type { Priority } from '../waitlist/book-schema.ts';
import type { AttendanceRule } from './book-schema.ts';

/** A visit that was missed and has no other in its place. */
export interface MissedVisit {
  readonly appointment: string;
  readonly patient: string;
  readonly date: string;
  /** How urgent the therapist calls the next visit; null: nobody has said. */
  readonly priority: Priority | null;
  /** Visits of this week that the plan asks for and nobody has booked; null: the plan names none. */
  readonly behindPlan: number | null;
  /** Last day of the plan of care; null: unknown. */
  readonly planEnds: string | null;
  /** Last visit that was kept; null: none. */
  readonly lastKept: string | null;
}

export interface Rebooking extends MissedVisit {
  /** From 1. */
  readonly place: number;
  readonly reasons: readonly string[];
}

/**
 * The order in which missed visits are booked anew: by the therapist's priority, then who is further behind the plan, then whose plan
 * ends sooner, then who was not seen for longest.
 */
export function rebookingOrder(missed: readonly MissedVisit[], today: string): readonly Rebooking[] {
  const sorted = [...missed].sort(
    (one, other) =>
      urgency(one) - urgency(other) ||
      (other.behindPlan ?? 0) - (one.behindPlan ?? 0) ||
      compareText(one.planEnds ?? '9999', other.planEnds ?? '9999') ||
      compareText(one.lastKept ?? '', other.lastKept ?? '') ||
      compareText(one.appointment, other.appointment),
  );
  return sorted.map((visit, index) => ({ ...visit, place: index + 1, reasons: reasonsOf(visit, today) }));
}

/** What nobody has called urgent comes with the routine. */
const urgency = ({ priority }: MissedVisit): number => priorities.indexOf(priority ?? 'routine');

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function reasonsOf({ priority, behindPlan, planEnds, lastKept }: MissedVisit, today: string): string[] {
  const reasons = [priority === null ? 'Nobody has said how urgent it is' : `The therapist calls it ${priority}`];
  if (behindPlan === null) reasons.push('How many visits a week the plan asks for is unknown');
  else if (behindPlan > 0) reasons.push(`${counted(behindPlan, 'visit')} behind the plan of this week`);
  if (planEnds !== null) {
    const days = daysBetween(today, planEnds);
    reasons.push(days < 0 ? 'The plan of care has ended' : `The plan of care ends in ${counted(days, 'day')}`);
  }
  reasons.push(lastKept === null ? 'Not seen yet' : `Last seen ${counted(daysBetween(lastKept, today), 'day')} ago`);
  return reasons;
}

/** Told to the therapist once for the same visits. */
export interface MissedAlert {
  readonly patient: string;
  readonly appointments: readonly string[];
  /** Of the alert, in terms of the newest missed visit: the same visits never alert twice. */
  readonly key: string;
  readonly words: string;
}

/** Patients who missed as many visits as the rule names, within its days. */
export function missedAlerts(
  missed: readonly Pick<MissedVisit, 'appointment' | 'patient' | 'date'>[],
  { missed: { alertCount, alertDays } }: AttendanceRule,
  today: string,
): readonly MissedAlert[] {
  const recent = missed.filter(({ date }) => date <= today && daysBetween(date, today) <= alertDays);
  const alerts = [...Map.groupBy(recent, ({ patient }) => patient)].flatMap(([patient, its]): MissedAlert[] => {
    if (its.length < alertCount) return [];
    const sorted = [...its].sort(
      (one, other) => compareText(one.date, other.date) || compareText(one.appointment, other.appointment),
    );
    const appointments = sorted.map(({ appointment }) => appointment);
    const ago = daysBetween(sorted.at(-1)?.date ?? today, today);
    const last = ago === 0 ? 'today' : `${counted(ago, 'day')} ago`;
    const words = `Missed ${counted(its.length, 'visit')} within ${alertDays} days, the last ${last}`;
    return [{ patient, appointments, key: `missed/${patient}/${appointments.at(-1) ?? ''}`, words }];
  });
  return alerts.sort((one, other) => compareText(one.patient, other.patient));
}

// What is wrong with a proposal, worked out from the plain facts and not from the grid it was made on; empty where it holds.
import { dateInZone, dayNumber, weekOf } from '../../calendar.ts';
import { localTime } from '../../zoned-time.ts';
import type { Booking, Clinic, Plan, Proposal, ProposedVisit } from '../plan.ts';

/** One line for each fault. */
export function faultsOf(clinic: Clinic, plans: readonly Plan[], proposal: Proposal): string[] {
  return [
    ...doubles(clinic, proposal.visits),
    ...proposal.visits.flatMap((visit) => ofVisit(clinic, plans, visit)),
    ...plans.flatMap((plan) => ofPlan(clinic, plan, proposal)),
  ];
}

interface Span {
  readonly whose: string;
  readonly from: number;
  readonly to: number;
  readonly isNew: boolean;
}

function doubles(clinic: Clinic, visits: readonly ProposedVisit[]): string[] {
  const spans = [
    ...clinic.bookings.map((one) => spansOf(one, false)),
    ...visits.map((one) => spansOf(one, true)),
  ].flat();
  return [...Map.groupBy(spans, ({ whose }) => whose).values()].flatMap((its) =>
    its.flatMap((one, index) =>
      its.slice(index + 1).flatMap((other) => {
        const overlap = one.from < other.to && other.from < one.to && (one.isNew || other.isNew);
        return overlap ? [`${one.whose} twice`] : [];
      }),
    ),
  );
}

function spansOf(
  { therapist, room, patient, start, minutes }: Pick<Booking, 'therapist' | 'room' | 'patient' | 'start' | 'minutes'>,
  isNew: boolean,
): Span[] {
  const from = Date.parse(start);
  return [therapist, room, patient].flatMap((whose) =>
    whose === null ? [] : [{ whose, from, to: from + minutes * 60_000, isNew }],
  );
}

function ofVisit(clinic: Clinic, plans: readonly Plan[], visit: ProposedVisit): string[] {
  const faults: string[] = [];
  const plan = plans.find(({ ref }) => ref === visit.plan);
  const therapist = clinic.therapists.find(({ ref }) => ref === visit.therapist);
  if (plan === undefined || therapist === undefined) return ['unknown plan or therapist'];
  const from = localTime(new Date(visit.start), clinic.zone);
  const to = localTime(new Date(Date.parse(visit.start) + visit.minutes * 60_000), clinic.zone);
  if (from !== `${visit.date}T${visit.time}`) faults.push('the hour is not the instant');
  const weekday = (dayNumber(visit.date) + 3) % 7;
  const inside = (windows: readonly { weekday: number; from: string; to: string }[]): boolean =>
    windows.some((window) => window.weekday === weekday && window.from <= from.slice(11) && to.slice(11) <= window.to);
  if (!inside(therapist.hours)) faults.push('outside the hours of the therapist');
  if (plan.times !== null && !inside(plan.times)) faults.push('outside the times of the patient');
  if (therapist.daysOff.includes(visit.date)) faults.push('the therapist is off');
  if (therapist.discipline !== plan.discipline) faults.push('another discipline');
  if (plan.therapists !== null && !plan.therapists.includes(visit.therapist)) faults.push('may not treat');
  const room = clinic.rooms.find(({ ref }) => ref === visit.room);
  if (clinic.rooms.length > 0 && room === undefined) faults.push('no room');
  if (plan.equipment.some((one) => !(room?.equipment.includes(one) ?? false))) faults.push('equipment is missing');
  const { authorization } = plan;
  if (visit.date < plan.from || (plan.to !== null && visit.date > plan.to)) faults.push('outside the plan of care');
  if (
    authorization.required !== false &&
    (visit.date < (authorization.from ?? '') || visit.date > (authorization.to ?? '9'))
  )
    faults.push('outside the authorization');
  return faults;
}

function ofPlan(clinic: Clinic, plan: Plan, { visits, unplaced }: Proposal): string[] {
  const faults: string[] = [];
  const its = visits.filter(({ plan: of }) => of === plan.ref);
  const booked = clinic.bookings
    .filter(({ patient, plan: of }) => patient === plan.patient && (of === null || of === plan.ref))
    .map(({ start }) => dayNumber(dateInZone(start, clinic.zone)));
  const proposed = its.map(({ date }) => dayNumber(date));
  for (const [index, day] of proposed.entries())
    for (const other of [...proposed.slice(index + 1), ...booked])
      if (Math.abs(day - other) < plan.daysApart) faults.push('too near');
  const authorized = plan.authorization.required === false ? 'unlimited' : plan.authorizationVisitsFree;
  for (const free of [authorized, plan.benefitVisitsFree])
    if (typeof free === 'number' && its.length > Math.max(0, free)) faults.push('more visits than are free');
  const first = weekOf(dayNumber(plan.from));
  plan.visitsPerWeek.forEach((wanted, index) => {
    const inWeek = (days: readonly number[]): number => days.filter((day) => weekOf(day) === first + index).length;
    const [here, before] = [inWeek(proposed), inWeek(booked)];
    if (here > Math.max(0, wanted - before)) faults.push('more visits in a week than the plan asks for');
    const lacks = unplaced.filter((one) => one.plan === plan.ref && weekOf(dayNumber(one.week)) === first + index);
    const missing = Math.max(0, wanted - before) - here;
    if (missing > 0 && (lacks.length !== 1 || lacks[0]?.missing !== missing || lacks[0].reasons.length === 0))
      faults.push('a missing visit is not explained');
  });
  return faults;
}

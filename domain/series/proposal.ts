// A selection as people read it: each visit with its hour, therapist and room, each missing one with its reasons.
import { dateOf } from '../calendar.ts';
import { clockOf, minuteOf } from '../schedule/clock.ts';
import { compareText as compare } from '../schedule/order.ts';
import { placeAt } from './columns.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { modelOf } from './model.ts';
import type { Placed, Selection, SeriesModel } from './model.ts';
import type { SeriesRule } from './book-schema.ts';
import type { PlanOptions, PlanWeek } from './options.ts';
import type { Clinic, Plan, Proposal, ProposedVisit, Unplaced, UnplacedRule } from './plan.ts';
import { searchByPrices } from './prices.ts';

/**
 * Proposes the visits that the plans want and the schedule lacks; staff accept or change them. Nothing is booked by it.
 * @param goOn asked between rounds; false ends the search with what was found and its bound
 * @throws GaitError `input.invalid` where no plan wants a week, a date or a time is none, or the zone is unknown
 */
export function propose(clinic: Clinic, plans: readonly Plan[], rule: SeriesRule, goOn?: () => boolean): Proposal {
  const model = modelOf(clinic, plans, rule);
  const { selection, bound } = searchByPrices(model, goOn);
  return proposalOf(model, selection, bound);
}

/** Lays a selection into the schedule, names rooms, and says of every visit that found no place why. */
export function proposalOf(model: SeriesModel, selection: Selection, bound: number): Proposal {
  const layout = layoutOf(model);
  selection.forEach((its, plan) => its.forEach((one) => layout.put(plan, one)));
  const visits = selection.flatMap((its, plan) => its.map((one) => visitOf(model, plan, one)));
  visits.sort((one, other) => compare(one.start, other.start) || compare(one.plan, other.plan));
  const unplaced = model.plans.flatMap((its, plan) =>
    missingOf(
      model,
      layout,
      its,
      plan,
      (selection[plan] ?? []).map(({ option }) => option),
    ),
  );
  const points = visits.reduce((sum, visit) => sum + visit.points, 0);
  const most = Math.max(points, bound);
  return { rule: model.rule.id, visits, unplaced, points, bound: most, gap: most === 0 ? 0 : (most - points) / most };
}

function visitOf(model: SeriesModel, index: number, { option, room }: Placed): ProposedVisit {
  const { grid, plans } = model;
  const its = plans[index];
  if (its === undefined) throw new RangeError('A selection is not of its model');
  const place = placeAt(grid, its.columns, option);
  const { plan } = its;
  const minute = place.grain * grid.grain;
  const day = grid.firstDay + place.day;
  const therapist = grid.therapists[place.therapist]?.ref ?? '';
  return {
    plan: plan.ref,
    patient: plan.patient,
    date: dateOf(day),
    time: clockOf(minute),
    start: grid.clock.instant(day, minute) ?? '',
    minutes: plan.minutes,
    therapist,
    room: room < 0 ? null : (grid.classes[place.roomClass]?.rooms[room]?.ref ?? null),
    points: place.points,
    notes: notesOf(plan, therapist, minute),
  };
}

function notesOf(plan: Plan, therapist: string, minute: number): string[] {
  const notes: string[] = [];
  if (plan.wantedTherapist !== null && plan.wantedTherapist !== therapist) notes.push('Another therapist than wanted');
  if (plan.usualTime !== null && Math.abs(minuteOf(plan.usualTime) - minute) >= 60)
    notes.push(`Not at the usual time, ${plan.usualTime}`);
  if (plan.times === null) notes.push('Nobody asked at what times the patient can come');
  if (plan.authorization.required === null) notes.push('Whether the payer asks for an authorization is unknown');
  if (plan.authorization.required !== false && plan.authorizationVisitsFree === null)
    notes.push('How many visits the authorization has left is unknown');
  if (plan.benefitVisitsFree === null) notes.push('How many visits the benefit year has left is unknown');
  return notes;
}

function missingOf(
  model: SeriesModel,
  layout: Layout,
  its: PlanOptions,
  plan: number,
  placed: readonly number[],
): Unplaced[] {
  return its.weeks.flatMap((week): Unplaced[] => {
    const here = placed.filter((option) => isIn(week, its.columns.day[option]));
    const missing = Math.max(0, week.wanted - week.booked) - here.length;
    if (missing <= 0) return [];
    return [
      {
        plan: its.plan.ref,
        patient: its.plan.patient,
        week: dateOf(model.grid.firstDay + week.monday),
        wanted: week.wanted,
        missing,
        reasons: reasonsOf(layout, its, plan, week, placed),
      },
    ];
  });
}

function isIn({ monday }: PlanWeek, day: number | undefined): boolean {
  return day !== undefined && day >= monday && day < monday + 7;
}

function reasonsOf(
  layout: Layout,
  its: PlanOptions,
  plan: number,
  week: PlanWeek,
  placed: readonly number[],
): Unplaced['reasons'] {
  if (placed.length >= its.limit) return [limitReason(its)];
  const days = placed.map((option) => its.columns.day[option] ?? 0);
  let [tooNear, taken, free] = [0, 0, 0];
  its.columns.day.forEach((day, option) => {
    if (!isIn(week, day)) return;
    if (days.some((other) => Math.abs(other - day) < Math.max(1, its.plan.daysApart))) tooNear += 1;
    else if (!layout.fits(plan, option)) taken += 1;
    else free += 1;
  });
  const reasons = refusals(week);
  if (tooNear > 0)
    reasons.push({
      rule: 'series.days-apart',
      words: `${tooNear} places lie on a day of another visit or nearer than ${its.plan.daysApart} days to one`,
    });
  if (taken > 0)
    reasons.push({ rule: 'series.others-first', words: `${taken} places are taken by visits proposed for others` });
  if (free > 0)
    reasons.push({
      rule: 'series.others-first',
      words: `${free} places were left when the search ended: place it by hand`,
    });
  if (reasons.length === 0)
    reasons.push({ rule: 'series.days-apart', words: 'The week has too few days for so many visits' });
  return reasons;
}

function limitReason({ plan, limit }: PlanOptions): Unplaced['reasons'][number] {
  const authorized = plan.authorization.required !== false && plan.authorizationVisitsFree === limit;
  return authorized
    ? { rule: 'series.authorization-visits', words: `The authorization has ${limit} visits free` }
    : { rule: 'series.benefit-visits', words: `The benefit year has ${limit} visits free` };
}

const refusalWords: readonly (readonly [UnplacedRule, (times: number) => string])[] = [
  ['series.no-therapist', () => 'No therapist of the clinic may treat under this plan'],
  ['series.location', () => 'The therapists who may treat do not work where the patient comes'],
  ['series.equipment', () => 'Where the therapists work no room has the equipment'],
  ['series.plan-dates', (days) => `${days} days of the week lie after the plan of care`],
  ['series.authorization-dates', (days) => `${days} days of the week lie outside the authorization`],
  ['series.days-apart', (days) => `${days} days of the week are too near to a booked visit`],
  ['series.times', (places) => `At ${places} places the patient cannot come`],
  ['series.booked-full', () => 'The therapists or rooms that would do are booked or away on some of the days'],
];

/** What took places away before any were compared. */
function refusals({ refused }: PlanWeek): Unplaced['reasons'][number][] {
  return refusalWords.flatMap(([rule, words]) => {
    const times = refused[rule] ?? 0;
    return times > 0 ? [{ rule, words: words(times) }] : [];
  });
}

// A change that would mend a conflict: the nearest free place for a visit by the rules of its plan, or what a person does outside the schedule.
import { dateOf, dayNumber, spokenDate, weekOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import type { SeriesRule } from '../series/book-schema.ts';
import { placeAt } from '../series/columns.ts';
import { layoutOf } from '../series/layout.ts';
import { modelOf } from '../series/model.ts';
import type { Booking, Clinic, Plan } from '../series/plan.ts';
import { clockOf } from './clock.ts';
import type { WallTime } from './clock.ts';
import { compareText as compare } from './order.ts';

/** A place that is free for the visit, by the rules of its plan. */
export interface FreePlace {
  readonly date: string;
  readonly time: string;
  readonly start: string;
  readonly therapist: string;
  readonly room: string | null;
}

/** `move`: the named visit there. `add`: one more visit there. `act`: what a person does outside the schedule. */
export type Suggestion =
  | { readonly type: 'move'; readonly appointment: string; readonly to: FreePlace; readonly words: string }
  | { readonly type: 'add'; readonly plan: string; readonly at: FreePlace; readonly words: string }
  | { readonly type: 'act'; readonly words: string };

/** A booking on the wall's clock; milliseconds since 1970. */
export interface Seen {
  readonly booking: Booking;
  readonly wall: WallTime;
  readonly start: number;
  readonly end: number;
}

/** What is looked through, from today on. */
export interface Look {
  readonly clinic: Clinic;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly rule: SeriesRule;
  readonly today: DayNumber;
  readonly last: DayNumber;
  /** In the order of time; `ahead` to the last day looked at, `seen` all. */
  readonly ahead: readonly Seen[];
  readonly seen: readonly Seen[];
}

/** What a suggestion is sought for. */
export type Mend =
  | { readonly type: 'move'; readonly seen: Seen }
  | { readonly type: 'add'; readonly plan: Plan; readonly monday: DayNumber }
  | { readonly type: 'act'; readonly words: string };

interface Suggested {
  readonly suggestion: Suggestion;
  readonly bookings: readonly Booking[];
}

/** Seeks a change; `bookings` are those after it, so that the next one does not take the same place. */
export function suggest(look: Look, mend: Mend, why: string): Suggested {
  const { bookings } = look.clinic;
  if (mend.type === 'act') return { suggestion: mend, bookings };
  const plan = mend.type === 'add' ? mend.plan : planOf(look, mend.seen);
  const nobody: Suggested = {
    suggestion: {
      type: 'act',
      words: `No free place was found. Decide by hand: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
    },
    bookings,
  };
  if (plan === null) return nobody;
  const rest = mend.type === 'add' ? bookings : bookings.filter(({ ref }) => ref !== mend.seen.booking.ref);
  const monday = mend.type === 'add' ? mend.monday : weekOf(mend.seen.wall.day) * 7 - 3;
  const wish = mend.type === 'add' ? null : mend.seen.wall;
  const place = freePlace({ ...look, clinic: { ...look.clinic, bookings: rest } }, plan, monday, wish);
  if (place === null) return nobody;
  const booking: Booking = {
    ref: mend.type === 'add' ? `proposed ${plan.ref} ${place.start}` : mend.seen.booking.ref,
    patient: plan.patient,
    therapist: place.therapist,
    room: place.room,
    start: place.start,
    minutes: plan.minutes,
    plan: plan.ref,
  };
  const words = `${spokenDate(dayNumber(place.date), look.today)} at ${place.time} is free`;
  const suggestion: Suggestion =
    mend.type === 'add'
      ? { type: 'add', plan: plan.ref, at: place, words: `Add a visit: ${words}` }
      : { type: 'move', appointment: mend.seen.booking.ref, to: place, words: `Move it: ${words}` };
  // The old place stays taken: whoever follows one suggestion and not another must not land on it.
  return { suggestion, bookings: [...bookings, booking] };
}

/** The plan of a visit; one without a plan may move to the same therapist within its week. */
function planOf({ plans, clinic }: Look, { booking, wall }: Seen): Plan | null {
  const known = plans.get(booking.plan ?? '');
  if (known !== undefined) return known;
  const therapist = clinic.therapists.find(({ ref }) => ref === booking.therapist);
  if (booking.patient === null || therapist === undefined) return null;
  return {
    ref: booking.plan ?? booking.ref,
    patient: booking.patient,
    discipline: therapist.discipline,
    minutes: booking.minutes,
    from: wall.date,
    to: null,
    visitsPerWeek: [1],
    daysApart: 1,
    therapists: [therapist.ref],
    wantedTherapist: therapist.ref,
    locations: null,
    equipment: [],
    times: null,
    usualTime: null,
    priority: 'routine',
    authorization: { required: null, from: null, to: null },
    authorizationVisitsFree: null,
    benefitVisitsFree: null,
  };
}

/** A day further counts as half a day of hours: rather the same hour tomorrow than another hour in the night between. */
function farFrom(wish: WallTime, day: DayNumber, minute: number): number {
  return Math.abs(day - wish.day) * 720 + Math.abs(minute - wish.from);
}

/** The free place of the week that is nearest to the visit as it was; the best one where there was none. */
function freePlace(look: Look, plan: Plan, monday: DayNumber, wish: WallTime | null): FreePlace | null {
  const from = dateOf(Math.max(monday, look.today));
  const booked = look.clinic.bookings.filter(
    ({ plan: of, patient }) => of === plan.ref && patient === plan.patient,
  ).length;
  const one: Plan = {
    ...plan,
    from,
    visitsPerWeek: [booked + 1],
    // A visit that moves spends nothing; one that is added was found missing by the plan.
    authorizationVisitsFree: 'unlimited',
    benefitVisitsFree: 'unlimited',
  };
  const model = modelOf(look.clinic, [one], look.rule);
  const { grid, plans } = model;
  const columns = plans[0]?.columns;
  const best = Array.from({ length: columns?.count ?? 0 }, (_, index) => index)
    .flatMap((index) => {
      if (columns === undefined) return [];
      const option = placeAt(grid, columns, index);
      const minute = option.grain * grid.grain;
      const start = grid.clock.instant(grid.firstDay + option.day, minute) ?? '';
      const distance = wish === null ? -option.points : farFrom(wish, grid.firstDay + option.day, minute);
      return [{ option, index, minute, start, distance }];
    })
    .sort((a, b) => a.distance - b.distance || b.option.points - a.option.points || compare(a.start, b.start))[0];
  if (best === undefined) return null;
  const room = layoutOf(model).place(0, best.index)?.room ?? -1;
  return {
    date: dateOf(grid.firstDay + best.option.day),
    time: clockOf(best.minute),
    start: best.start,
    therapist: grid.therapists[best.option.therapist]?.ref ?? '',
    room: grid.classes[best.option.roomClass]?.rooms[room]?.ref ?? null,
  };
}

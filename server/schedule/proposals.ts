// A proposed series as staff work on it: looked up, changed visit by visit, checked against the schedule as it is now.
import type { Selectable } from 'kysely';
import { addDays, dayNumber } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import { minuteOf, zoneClock } from '../../domain/schedule/clock.ts';
import type { Booking, Clinic } from '../../domain/series/plan.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { addRevision } from '../work-items/items.ts';
import { breaksOf } from '../../domain/schedule/breaks.ts';
import type { Broken } from '../../domain/schedule/breaks.ts';
import { dayOf } from './needs.ts';
import type { ScheduleNeeds } from './needs.ts';
import { pictureOf } from './picture.ts';
import type { ScheduleTables } from './tables.ts';

export type SeriesRow = Selectable<ScheduleTables['series']>;
export type SeriesVisitRow = Selectable<ScheduleTables['series_visits']>;

/** Where a visit is to go: a day and a time by the clinic's clock; who treats and the room stay where nothing is said. */
export interface VisitMove {
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
  readonly therapist: string | null;
  readonly room: string | null;
}

/** The row of a series; `lock` lets one change at a time. Throws `reference.unknown`. */
export async function seriesRow(db: Db, clinic: string, ref: string, lock = false): Promise<SeriesRow> {
  const query = db.selectFrom('series').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such series of visits.', { where: 'series' });
  return row;
}

export function visitsOfSeries(db: Db, series: string): Promise<SeriesVisitRow[]> {
  return db
    .selectFrom('series_visits')
    .selectAll()
    .where('series', '=', series)
    .orderBy('starts_at')
    .orderBy('ref')
    .execute();
}

/** The open series at the revision that was on the screen. Throws `state.conflict` where it has changed or is decided. */
async function openAt(trx: Trx, clinic: string, ref: string, revision: number): Promise<SeriesRow> {
  const row = await seriesRow(trx, clinic, ref, true);
  if (row.state !== 'proposed')
    throw new GaitError('state.conflict', 'This series is decided already.', { where: 'series' });
  if (row.revision !== revision)
    throw new GaitError('state.conflict', 'Somebody changed the series meanwhile.', {
      where: 'revision',
      fix: 'Read it again, then change it.',
    });
  return row;
}

function proposedVisit(visits: readonly SeriesVisitRow[], ref: string): SeriesVisitRow {
  const visit = visits.find((one) => one.ref === ref && one.state === 'proposed');
  if (visit === undefined)
    throw new GaitError('reference.unknown', 'The series has no such proposed visit.', { where: 'visit' });
  return visit;
}

const bookingOf = (visit: SeriesVisitRow): Booking => ({
  ref: visit.ref,
  patient: visit.patient,
  therapist: visit.therapist,
  room: visit.room,
  start: visit.starts_at.toISOString(),
  minutes: visit.minutes,
  plan: visit.patient,
});

/** The visit at another time. Throws `input.invalid` for an hour that the clock skips, or one that is over. */
function moved(visit: SeriesVisitRow, to: VisitMove, zone: string, now: Date): SeriesVisitRow {
  const at = zoneClock(zone).instant(dayNumber(to.date), minuteOf(to.time));
  if (at === null)
    throw new GaitError('input.invalid', 'That hour does not exist on that day: the clocks go forward.', {
      where: 'time',
    });
  if (Date.parse(at) <= now.getTime())
    throw new GaitError('input.invalid', 'That time is over.', { where: 'date', fix: 'Choose a time ahead.' });
  return { ...visit, starts_at: new Date(at), therapist: to.therapist ?? visit.therapist, room: to.room ?? visit.room };
}

/** The schedule around the visits of a series. */
async function pictureFor(needs: ScheduleNeeds, db: Db, clinic: string, visits: readonly SeriesVisitRow[]) {
  const { zone, today, rule } = await dayOf(needs, db, clinic);
  const days = visits.map((one) => one.starts_at.getTime());
  const to = addDays(new Date(Math.max(needs.now().getTime(), ...days)).toISOString().slice(0, 10), 8);
  const picture = await pictureOf(db, clinic, { zone, today, to, assumedMinutes: rule.assumedMinutes });
  return { zone, today, rule, picture };
}

/** Which rules each proposed visit would break as the schedule is now. */
export async function brokenBy(
  needs: ScheduleNeeds,
  db: Db,
  series: SeriesRow,
): Promise<ReadonlyMap<string, Broken[]>> {
  const visits = (await visitsOfSeries(db, series.ref)).filter(({ state }) => state === 'proposed');
  const { picture, rule, today } = await pictureFor(needs, db, series.clinic, visits);
  return new Map(visits.map((visit) => [visit.ref, breaks(picture, series, visit, visits, rule, today)]));
}

function breaks(
  picture: Clinic,
  series: SeriesRow,
  visit: SeriesVisitRow,
  visits: readonly SeriesVisitRow[],
  rule: Parameters<typeof breaksOf>[3],
  today: string,
): Broken[] {
  const others = visits.filter(({ ref }) => ref !== visit.ref).map(bookingOf);
  return breaksOf(picture, series.plan, [bookingOf(visit), ...others], rule, today);
}

/** What a move would break; nothing is changed. */
export async function checkMove(
  needs: ScheduleNeeds,
  db: Db,
  clinic: string,
  of: { readonly series: string; readonly visit: string },
  to: VisitMove,
): Promise<Broken[]> {
  const series = await seriesRow(db, clinic, of.series);
  const all = await visitsOfSeries(db, series.ref);
  const { zone } = await dayOf(needs, db, clinic);
  const visit = moved(proposedVisit(all, of.visit), to, zone, needs.now());
  const visits = all.filter(({ state, ref }) => state === 'proposed' && ref !== visit.ref);
  const { picture, rule, today } = await pictureFor(needs, db, clinic, [visit, ...visits]);
  return breaks(picture, series, visit, visits, rule, today);
}

/**
 * Moves a proposed visit, by a named person. Time that somebody has already is refused; another rule is broken only where the
 * person was told of it (`knowing`). @returns the series' new revision
 */
export async function moveVisit(
  needs: ScheduleNeeds,
  clinic: string,
  of: { readonly series: string; readonly visit: string; readonly revision: number; readonly knowing: boolean },
  to: VisitMove,
  by: Principal,
): Promise<number> {
  return needs.db.transaction().execute(async (trx) => {
    const series = await openAt(trx, clinic, of.series, of.revision);
    const all = await visitsOfSeries(trx, series.ref);
    const { zone } = await dayOf(needs, trx, clinic);
    const visit = moved(proposedVisit(all, of.visit), to, zone, needs.now());
    await assertPlace(trx, visit);
    const visits = all.filter(({ state, ref }) => state === 'proposed' && ref !== visit.ref);
    const { picture, rule, today } = await pictureFor(needs, trx, clinic, [visit, ...visits]);
    const broken = breaks(picture, series, visit, visits, rule, today);
    const against = broken.find(({ isDouble }) => isDouble) ?? (of.knowing ? undefined : broken[0]);
    if (against !== undefined)
      throw new GaitError('state.conflict', `${against.words}.`, {
        where: 'visit',
        fix: against.isDouble ? 'Choose another time.' : 'Choose another time, or say that it is meant.',
      });
    await trx
      .updateTable('series_visits')
      .set({
        starts_at: visit.starts_at,
        therapist: visit.therapist,
        room: visit.room,
        notes: JSON.stringify(broken.map(({ words }) => words)),
        moved_by: actorOf(by),
        updated_at: needs.now(),
      })
      .where('ref', '=', visit.ref)
      .execute();
    return nextRevision(needs, trx, series, 'series.visitMoved', visit.ref, by);
  });
}

async function assertPlace(trx: Trx, { clinic, therapist, room }: SeriesVisitRow): Promise<void> {
  const who = await trx
    .selectFrom('therapists')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', therapist)
    .where('active', '=', true)
    .executeTakeFirst();
  if (who === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such therapist.', { where: 'therapist' });
  if (room === null) return;
  const where = await trx
    .selectFrom('rooms')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', room)
    .where('active', '=', true)
    .executeTakeFirst();
  if (where === undefined) throw new GaitError('reference.unknown', 'This clinic has no such room.', { where: 'room' });
}

/** Takes a visit out of a proposal, by a named person. @returns the series' new revision */
export async function removeVisit(
  needs: ScheduleNeeds,
  clinic: string,
  of: { readonly series: string; readonly visit: string; readonly revision: number },
  by: Principal,
): Promise<number> {
  return needs.db.transaction().execute(async (trx) => {
    const series = await openAt(trx, clinic, of.series, of.revision);
    const { ref } = proposedVisit(await visitsOfSeries(trx, series.ref), of.visit);
    await trx
      .updateTable('series_visits')
      .set({ state: 'removed', moved_by: actorOf(by), updated_at: needs.now() })
      .where('ref', '=', ref)
      .execute();
    return nextRevision(needs, trx, series, 'series.visitRemoved', ref, by);
  });
}

async function nextRevision(
  needs: ScheduleNeeds,
  trx: Trx,
  { ref, clinic, revision, work_item: workItem }: SeriesRow,
  action: string,
  visit: string,
  by: Principal,
): Promise<number> {
  const number = revision + 1;
  await trx.updateTable('series').set({ revision: number, updated_at: needs.now() }).where('ref', '=', ref).execute();
  // Whoever decides on the item decides on the visits as they are now: an older screen is refused.
  if (workItem !== null)
    await addRevision(needs, trx, { clinic, workItem, number, draft: { series: ref, number }, by });
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action,
    subject: ref,
    purpose: 'schedule',
    details: { visit },
  });
  return number;
}

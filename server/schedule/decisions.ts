// What a person's decision on a series brings about: accepted visits hold their time, and staff are told what to type where.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { dateInZone, dayNumber, spokenDate } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import { clockOf, zoneClock } from '../../domain/schedule/clock.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { hold, letGo } from './held.ts';
import { dayOf } from './needs.ts';
import type { ScheduleNeeds } from './needs.ts';
import { brokenBy, seriesRow, visitsOfSeries } from './proposals.ts';
import type { SeriesRow, SeriesVisitRow } from './proposals.ts';

export interface SeriesDecisions {
  settle(trx: Trx, item: WorkItemRow, row: Selectable<WorkItemTables['work_item_decisions']>): Promise<void>;
}

export function seriesDecisions(needs: ScheduleNeeds): SeriesDecisions {
  return {
    async settle(trx, item, { decision, by_user: user }) {
      if (item.kind !== 'series.proposal' && item.kind !== 'series.book') return;
      const ref = item.context['series'];
      if (typeof ref !== 'string') return;
      // One acceptance at a time within a clinic: each sees what the one before has taken.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`schedule/${item.clinic}`}, 0))`.execute(trx);
      const series = await seriesRow(trx, item.clinic, ref, true);
      if (item.kind === 'series.book') {
        if (decision === 'notDone') await release(needs, trx, series, 'held');
      } else if (decision === 'accept') await accept(needs, trx, series, user);
      else await reject(needs, trx, series);
    },
  };
}

async function accept(needs: ScheduleNeeds, trx: Trx, series: SeriesRow, user: string): Promise<void> {
  const visits = (await visitsOfSeries(trx, series.ref)).filter(({ state }) => state === 'proposed');
  const broken = await brokenBy(needs, trx, series);
  for (const visit of visits) {
    const double = broken.get(visit.ref)?.find(({ isDouble }) => isDouble);
    if (double !== undefined) throw new GaitError('state.conflict', `${double.words}: move the visit, then accept`);
    if (visit.starts_at <= needs.now())
      throw new GaitError('state.conflict', 'A proposed visit is over: move it or take it out, then accept');
    await hold(trx, visit);
  }
  const at = needs.now();
  await trx
    .updateTable('series_visits')
    .set({ state: 'held', updated_at: at })
    .where('series', '=', series.ref)
    .where('state', '=', 'proposed')
    .execute();
  const bookingItem = visits.length === 0 ? null : await openBooking(needs, trx, series, visits, user);
  await trx
    .updateTable('series')
    .set({ state: 'accepted', booking_item: bookingItem, updated_at: at })
    .where('ref', '=', series.ref)
    .execute();
}

async function reject(needs: ScheduleNeeds, trx: Trx, series: SeriesRow): Promise<void> {
  await release(needs, trx, series, 'proposed');
  await trx
    .updateTable('series')
    .set({ state: 'rejected', updated_at: needs.now() })
    .where('ref', '=', series.ref)
    .execute();
}

async function release(needs: ScheduleNeeds, trx: Trx, { ref }: SeriesRow, state: 'proposed' | 'held'): Promise<void> {
  const rows = await trx
    .updateTable('series_visits')
    .set({ state: 'released', updated_at: needs.now() })
    .where('series', '=', ref)
    .where('state', '=', state)
    .returning('ref')
    .execute();
  await letGo(
    trx,
    rows.map((one) => one.ref),
  );
}

/** What to type into the schedule of the PT system, visit by visit. */
async function openBooking(
  needs: ScheduleNeeds,
  trx: Trx,
  { ref, clinic, patient }: SeriesRow,
  visits: readonly SeriesVisitRow[],
  user: string,
): Promise<string> {
  const { zone, today } = await dayOf(needs, trx, clinic);
  const names = await namesOfPlaces(trx, clinic);
  const clock = zoneClock(zone);
  const values = visits.map(({ starts_at: at, minutes, therapist, room }, index) => {
    const start = at.toISOString();
    const wall = clock.wall(start, 0);
    const place = room === null ? '' : `, ${names.get(room) ?? 'room unknown'}`;
    return {
      label: `Visit ${index + 1}`,
      value: `${spokenDate(dayNumber(dateInZone(start, zone)), dayNumber(today))} ${clockOf(wall.from)}, ${minutes} minutes, ${names.get(therapist) ?? 'therapist unknown'}${place}`,
    };
  });
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: `series.book/${ref}`,
      kind: 'series.book',
      subject: patient,
      workflow: null,
      dueAt: visits[0]?.starts_at.toISOString() ?? null,
      context: { series: ref },
      reason: `${visits.length} accepted ${visits.length === 1 ? 'visit is' : 'visits are'} held until the schedule shows them: enter each in the PT system`,
      draft: { values },
    },
    systemPrincipal('schedule', { kind: 'system', process: 'decisions', behalf: user }),
    trx,
  );
  return workItem;
}

/** Names of therapists and rooms by their reference. */
export async function namesOfPlaces(trx: Trx, clinic: string): Promise<ReadonlyMap<string, string>> {
  const therapists = await trx.selectFrom('therapists').select(['ref', 'name']).where('clinic', '=', clinic).execute();
  const rooms = await trx.selectFrom('rooms').select(['ref', 'name']).where('clinic', '=', clinic).execute();
  return new Map([...therapists, ...rooms].map(({ ref, name }) => [ref, name ?? 'a therapist without a name']));
}

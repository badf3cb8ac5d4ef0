// Held visits meet the schedule: once an import shows one it is booked and its time no longer held by Gait.
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { WorkItems } from '../work-items/items.ts';
import { letGo } from './held.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly workItems: WorkItems;
}

const atOnce = 200;

/** One round. Returns how many visits were found in the schedule or let go because their time is over. */
export async function settleHeld(needs: Needs): Promise<number> {
  const shown = await needs.db
    .selectFrom('series_visits as v')
    .innerJoin('appointments as a', (join) =>
      join
        .onRef('a.clinic', '=', 'v.clinic')
        .onRef('a.patient', '=', 'v.patient')
        .onRef('a.starts_at', '=', 'v.starts_at'),
    )
    .select(['v.ref', 'v.series', 'a.ref as appointment'])
    .where('v.state', '=', 'held')
    .where('a.status', 'in', ['booked', 'arrived'])
    .limit(atOnce)
    .execute();
  for (const { ref, appointment } of shown) await settle(needs, ref, { state: 'booked', appointment });
  const over = await needs.db
    .selectFrom('series_visits')
    .select(['ref', 'series'])
    .where('state', '=', 'held')
    .where('starts_at', '<', needs.now())
    .limit(atOnce)
    .execute();
  for (const { ref } of over) await settle(needs, ref, { state: 'released', appointment: null });
  for (const series of new Set([...shown, ...over].map((one) => one.series))) await closeBooking(needs, series);
  return shown.length + over.length;
}

function settle(
  { db, now }: Needs,
  visit: string,
  to: { readonly state: 'booked' | 'released'; readonly appointment: string | null },
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('series_visits')
      .set({ ...to, updated_at: now() })
      .where('ref', '=', visit)
      .where('state', '=', 'held')
      .executeTakeFirst();
    if (changed.numUpdatedRows > 0n) await letGo(trx, [visit]);
  });
}

/** Everything of it is in the schedule: nobody need type it any more. */
async function closeBooking({ db, workItems }: Needs, series: string): Promise<void> {
  const held = await db
    .selectFrom('series_visits')
    .select('ref')
    .where('series', '=', series)
    .where('state', '=', 'held')
    .executeTakeFirst();
  const row = await db
    .selectFrom('series')
    .select(['clinic', 'booking_item'])
    .where('ref', '=', series)
    .executeTakeFirst();
  if (held !== undefined || row === undefined || row.booking_item === null) return;
  await workItems.close(row.clinic, row.booking_item, 'booked', systemPrincipal('schedule'));
}

// Whether a freed slot is free still: the visit may have come back into the schedule, or staff may have given its time to somebody.
import type { Db } from '../database/tables.ts';
import type { FreedSlot } from '../../domain/waitlist/candidate.ts';
import type { SlotState } from '../../domain/waitlist/offer.ts';

/** Why the time is free no more; null: it is free as far as the schedule tells. */
export async function noLongerFree(
  db: Db,
  row: {
    readonly clinic: string;
    readonly appointment: string | null;
    readonly facts: Pick<FreedSlot, 'start' | 'minutes' | 'therapist'>;
    readonly state: Pick<SlotState, 'offers' | 'winner'>;
  },
): Promise<string | null> {
  const { clinic, appointment, facts, state } = row;
  if (appointment !== null) {
    const visit = await db
      .selectFrom('appointments')
      .select('status')
      .where('ref', '=', appointment)
      .executeTakeFirst();
    if (visit?.status !== 'cancelled') return 'The visit that was cancelled is in the schedule again';
  }
  const winner = state.offers.find(({ id }) => id === state.winner)?.patient ?? null;
  const start = Date.parse(facts.start);
  const end = start + facts.minutes * 60_000;
  const near = await db
    .selectFrom('appointments')
    .select(['starts_at', 'minutes', 'patient'])
    .where('clinic', '=', clinic)
    .where('therapist', '=', facts.therapist)
    .where('status', 'in', ['booked', 'arrived'])
    .where('starts_at', '>', new Date(start - longestVisitMinutes * 60_000))
    .where('starts_at', '<', new Date(end))
    .execute();
  const taken = near.some(({ starts_at: at, minutes, patient }) => {
    if (at === null || patient === winner) return false;
    // Of a visit whose length nobody knows its beginning counts.
    return at.getTime() >= start || (minutes !== null && at.getTime() + minutes * 60_000 > start);
  });
  return taken ? 'The therapist has another visit at that time' : null;
}

const longestVisitMinutes = 480;

// Time held for accepted visits: the database lets nobody and no room be held twice, whoever accepts at the same moment.
import { sql } from 'kysely';
import pg from 'pg';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { SeriesVisitRow } from './proposals.ts';

const words: Readonly<Record<string, string>> = {
  held_therapist: 'The therapist is booked by another accepted visit at that time',
  held_room: 'The room is taken by another accepted visit at that time',
  held_patient: 'The patient has another accepted visit at that time',
};

/** Holds the time of a visit. Throws `state.conflict` with what is taken; the transaction is lost then. */
export async function hold(trx: Trx, visit: SeriesVisitRow): Promise<void> {
  const { ref, clinic, therapist, room, patient, starts_at: from, minutes } = visit;
  const to = new Date(from.getTime() + minutes * 60_000);
  try {
    await trx
      .insertInto('schedule_holds')
      .values({ visit: ref, clinic, therapist, room, patient, during: sql<string>`tstzrange(${from}, ${to})` })
      .execute();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '23P01') throw error;
    throw new GaitError('state.conflict', words[error.constraint ?? ''] ?? 'That time is taken', {
      where: ref,
      fix: 'Move the visit to another time, then accept.',
    });
  }
}

export async function letGo(trx: Trx, visits: readonly string[]): Promise<void> {
  if (visits.length > 0)
    await trx
      .deleteFrom('schedule_holds')
      .where('visit', 'in', [...visits])
      .execute();
}

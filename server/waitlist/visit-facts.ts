// What the schedule tells of a visit that was given up, and what the clinic has set for what it does not tell. Null is unknown.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';

/** A freed visit as far as it is known. */
export interface VisitFacts {
  readonly startsAt: Date | null;
  readonly minutes: number | null;
  readonly therapist: string | null;
  readonly discipline: string | null;
  readonly location: string | null;
  readonly equipment: readonly string[] | null;
}

/** Without these nobody can be asked; where it is and what the room has matters to some only. */
export const neededFacts = ['startsAt', 'minutes', 'therapist', 'discipline'] as const;
export type NeededFact = (typeof neededFacts)[number];

export interface GivenUpVisit {
  readonly patient: string;
  readonly status: string;
  /** `YYYY-MM-DD` by the clinic's clock */
  readonly date: string;
  readonly facts: VisitFacts;
}

/** Throws `reference.unknown`. */
export async function visitGivenUp(db: Db, clinic: string, appointment: string): Promise<GivenUpVisit> {
  const row = await db
    .selectFrom('appointments as a')
    .leftJoin('therapists as t', 't.ref', 'a.therapist')
    .leftJoin('rooms as r', 'r.ref', 'a.room')
    .select([
      'a.patient',
      'a.status',
      'a.date',
      'a.starts_at',
      'a.minutes',
      'a.therapist',
      'a.discipline',
      'a.location',
    ])
    .select(['t.disciplines', 'r.location as room_location', 'r.equipment', 'r.revision as room_revision'])
    .where('a.clinic', '=', clinic)
    .where('a.ref', '=', appointment)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such visit.', { where: 'appointment' });
  const { patient, status, date, starts_at: startsAt, minutes, therapist, equipment } = row;
  const [only, ...others] = row.disciplines ?? [];
  // What an import made of a room says nothing of its equipment until somebody has.
  const isTold = equipment !== null && (equipment.length > 0 || (row.room_revision ?? 1) > 1);
  const facts = {
    startsAt,
    minutes,
    therapist,
    discipline: others.length === 0 ? (only ?? row.discipline) : row.discipline,
    location: row.location ?? (row.room_location === '' ? null : row.room_location),
    equipment: isTold ? equipment : null,
  };
  return { patient, status, date, facts };
}

/** The first that is known of each fact: what was said with the opening, what the schedule tells, what the clinic has set. */
export function firstKnown(...told: readonly Partial<VisitFacts>[]): VisitFacts {
  const of = <Fact extends keyof VisitFacts>(fact: Fact): VisitFacts[Fact] | null =>
    told.map((one) => one[fact] ?? null).find((value) => value !== null) ?? null;
  return {
    startsAt: of('startsAt'),
    minutes: of('minutes'),
    therapist: of('therapist'),
    discipline: of('discipline'),
    location: of('location'),
    equipment: of('equipment'),
  };
}

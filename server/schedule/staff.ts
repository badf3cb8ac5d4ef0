// What staff keep of the clinic itself: therapists with their hours and days off, rooms with what is in them, when patients can come.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import { minuteOf } from '../../domain/schedule/clock.ts';
import type { WeeklyWindow } from '../../domain/schedule/clock.ts';
import { therapistNameKey } from '../../domain/therapist/name.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { windowsSchema } from '../waitlist/wishes.ts';
import type { ScheduleNeeds } from './needs.ts';

const words = {
  type: 'array',
  maxItems: 30,
  uniqueItems: true,
  items: { type: 'string', minLength: 1, maxLength: 60 },
} as const;
const revision = { type: ['integer', 'null'], minimum: 1 } as const;

/** `revision` is the one that was on the screen; left out for a new one. */
export const therapistSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'skills', 'locations', 'hours', 'daysOff', 'active'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 120 },
    skills: words,
    locations: words,
    /** null: not said; then the hours are those the schedule shows. */
    hours: { anyOf: [windowsSchema, { type: 'null' }] },
    daysOff: { type: 'array', maxItems: 400, uniqueItems: true, items: { type: 'string', format: 'date' } },
    active: { type: 'boolean' },
    revision,
  },
} as const;

export const roomSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'location', 'equipment', 'active'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    location: { type: 'string', maxLength: 60 },
    equipment: words,
    active: { type: 'boolean' },
    revision,
  },
} as const;

export type TherapistFacts = FromSchema<typeof therapistSchema>;
export type RoomFacts = FromSchema<typeof roomSchema>;

/** Every therapist and room, with the revision a change names. */
export async function staffOf(db: Db, clinic: string) {
  const therapists = await db
    .selectFrom('therapists')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('name')
    .orderBy('ref')
    .execute();
  const rooms = await db
    .selectFrom('rooms')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('location')
    .orderBy('name')
    .execute();
  return {
    therapists: therapists.map(
      ({ ref, name, disciplines, skills, locations, hours, days_off: daysOff, active, revision: at }) => ({
        therapist: ref,
        name,
        disciplines,
        skills,
        locations,
        hours,
        daysOff,
        active,
        revision: at,
      }),
    ),
    rooms: rooms.map(({ ref, name, location, equipment, active, revision: at }) => ({
      room: ref,
      name,
      location,
      equipment,
      active,
      revision: at,
    })),
  };
}

function assertWindows(windows: readonly WeeklyWindow[] | null): void {
  if (windows?.some(({ from, to }) => minuteOf(from) >= minuteOf(to)) === true)
    throw new GaitError('input.invalid', 'An hour ends before it begins.', {
      where: 'hours',
      fix: 'Write from and to in order.',
    });
}

const changedMeanwhile = (): GaitError =>
  new GaitError('state.conflict', 'Somebody changed it meanwhile.', {
    where: 'revision',
    fix: 'Read it again, then change it.',
  });

/** Adds a therapist (`ref` null) or writes what staff know of one. @returns the reference and the new revision */
export function keepTherapist(
  needs: ScheduleNeeds,
  clinic: string,
  ref: string | null,
  facts: TherapistFacts,
  by: Principal,
) {
  assertWindows(facts.hours);
  const { name, skills, locations, active } = facts;
  const values = {
    name,
    name_key: therapistNameKey(name),
    skills: [...skills],
    locations: [...locations],
    hours: facts.hours === null ? null : JSON.stringify(facts.hours),
    days_off: [...facts.daysOff].sort(),
    active,
    updated_at: needs.now(),
  };
  return needs.db.transaction().execute(async (trx) => {
    const id = ref ?? newReference('thr');
    const number = ref === null ? 1 : (facts.revision ?? 0) + 1;
    if (ref === null)
      await trx
        .insertInto('therapists')
        .values({ ref: id, clinic, ...values })
        .execute();
    else {
      const changed = await trx
        .updateTable('therapists')
        .set({ ...values, revision: number })
        .where('clinic', '=', clinic)
        .where('ref', '=', ref)
        .where('revision', '=', number - 1)
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) throw changedMeanwhile();
    }
    await told(needs, trx, clinic, 'therapist.kept', id, by);
    return { therapist: id, revision: number };
  });
}

/** Adds a room (`ref` null) or writes what staff know of one. @returns the reference and the new revision */
export function keepRoom(needs: ScheduleNeeds, clinic: string, ref: string | null, facts: RoomFacts, by: Principal) {
  const { name, location, equipment, active } = facts;
  const values = { name, location, equipment: [...equipment], active, updated_at: needs.now() };
  return needs.db.transaction().execute(async (trx) => {
    const id = ref ?? newReference('room');
    const number = ref === null ? 1 : (facts.revision ?? 0) + 1;
    if (ref === null) {
      const added = await trx
        .insertInto('rooms')
        .values({ ref: id, clinic, ...values })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows === 0n)
        throw new GaitError('state.conflict', 'There is a room of that name at that site already.', { where: 'name' });
    } else {
      const changed = await trx
        .updateTable('rooms')
        .set({ ...values, revision: number })
        .where('clinic', '=', clinic)
        .where('ref', '=', ref)
        .where('revision', '=', number - 1)
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) throw changedMeanwhile();
    }
    await told(needs, trx, clinic, 'room.kept', id, by);
    return { room: id, revision: number };
  });
}

function told({ audit }: ScheduleNeeds, trx: Trx, clinic: string, action: string, subject: string, by: Principal) {
  return audit.append(trx, { clinic, actor: actorOf(by), action, subject, purpose: 'schedule', details: {} });
}

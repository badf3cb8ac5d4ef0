// Therapists and rooms as an import tells them: each becomes a row of the clinic's once, whatever system names it.
import { sql } from 'kysely';
import type { AppointmentRow, TherapistTold } from '../../connectors/pt-records/rows.ts';
import { therapistNameKey } from '../../domain/therapist/name.ts';
import type { Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import type { RowNeeds } from './needs.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { knownSources, rememberSource } from './sources.ts';

/** What a visit's row of the database says of its place. */
export interface StoredPlace {
  readonly therapist: string | null;
  readonly room: string | null;
}

/** Finds or makes the therapists and rooms of these rows. @returns the references for each row */
export async function storePlaces(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
): Promise<(row: AppointmentRow) => StoredPlace> {
  const therapists = await storeTherapists(needs, trx, from, rows);
  const rooms = await storeRooms(needs, trx, from, rows);
  return (row) => ({
    therapist: row.therapist === null ? null : (therapists.get(identityOf(row.therapist)) ?? null),
    room: rooms.get(roomKey(row)) ?? null,
  });
}

/** By the system's own number, else by the name. */
const identityOf = ({ id, name }: TherapistTold): string =>
  JSON.stringify(id === null ? ['name', therapistNameKey(name ?? '') ?? name] : ['id', id]);

async function storeTherapists(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, TherapistTold>();
  for (const { therapist } of rows) if (therapist !== null) told.set(identityOf(therapist), therapist);
  const said = [...told].map(([id, content]) => ({ source: sourceOf(from, 'therapist', [id]), content }));
  const known = await knownSources(needs.keyring, trx, said);
  const refs = new Map<string, string>();
  let locked = false;
  for (const [place, [identity, therapist]] of [...told].entries()) {
    const before = known[place] ?? null;
    if (before !== null) {
      refs.set(identity, before.ref);
      if (before.same) continue;
      await nameTherapist(needs, trx, before.ref, therapist.name);
    } else {
      // Two systems that tell of one therapist at the same time make one row.
      if (!locked) await lockPlaces(trx, from.clinic);
      locked = true;
      refs.set(identity, await newTherapist(needs, trx, from, therapist));
    }
    const ref = refs.get(identity) ?? '';
    await rememberSource(needs.keyring, trx, sourceOf(from, 'therapist', [identity]), ref, therapist, needs.now());
  }
  return refs;
}

async function lockPlaces(trx: Trx, clinic: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`places/${clinic}`}, 0))`.execute(trx);
}

/** A therapist of this name whom this connection has not told of under another number, else a new one. */
async function newTherapist(needs: RowNeeds, trx: Trx, from: Origin, { id, name }: TherapistTold): Promise<string> {
  const key = name === null ? null : therapistNameKey(name);
  if (key !== null) {
    let query = trx
      .selectFrom('therapists as t')
      .select('t.ref')
      .where('t.clinic', '=', from.clinic)
      .where('t.name_key', '=', key);
    if (id !== null)
      query = query.where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('imported_rows as r')
              .select('r.ref')
              .whereRef('r.ref', '=', 't.ref')
              .where('r.clinic', '=', from.clinic)
              .where('r.connection', '=', from.connection)
              .where('r.kind', '=', 'therapist'),
          ),
        ),
      );
    const same = await query.orderBy('t.ref').executeTakeFirst();
    if (same !== undefined) return same.ref;
  }
  const ref = newReference('thr');
  const { clinic } = from;
  await trx.insertInto('therapists').values({ ref, clinic, name, name_key: key, updated_at: needs.now() }).execute();
  return ref;
}

/** A name told later is taken where none was known; what staff or another system wrote stays. */
async function nameTherapist(needs: RowNeeds, trx: Trx, ref: string, name: string | null): Promise<void> {
  if (name === null) return;
  await trx
    .updateTable('therapists')
    .set({ name, name_key: therapistNameKey(name), updated_at: needs.now() })
    .where('ref', '=', ref)
    .where('name', 'is', null)
    .execute();
}

const roomKey = ({ room, location }: AppointmentRow): string =>
  JSON.stringify([location ?? '', (room ?? '').toLowerCase()]);

async function storeRooms(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  rows: readonly AppointmentRow[],
): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, { readonly room: string; readonly location: string }>();
  for (const row of rows)
    if (row.room !== null) told.set(roomKey(row), { room: row.room, location: row.location ?? '' });
  const refs = new Map<string, string>();
  if (told.size === 0) return refs;
  const { clinic } = from;
  const known = await trx
    .selectFrom('rooms')
    .select(['ref', 'name', 'location'])
    .where('clinic', '=', clinic)
    .execute();
  for (const { ref, name, location } of known) refs.set(JSON.stringify([location, name.toLowerCase()]), ref);
  for (const [key, { room, location }] of told) {
    if (refs.has(key)) continue;
    const { ref } = await trx
      .insertInto('rooms')
      .values({ ref: newReference('room'), clinic, name: room, location, updated_at: needs.now() })
      .onConflict((conflict) =>
        conflict.expression(sql`clinic, location, lower(name)`).doUpdateSet({ updated_at: needs.now() }),
      )
      .returning('ref')
      .executeTakeFirstOrThrow();
    refs.set(key, ref);
  }
  return refs;
}

// The waitlist itself: who is put on it, paused, taken off; and as staff see it.
import { GaitError } from '../../domain/errors.ts';
import type { Priority } from '../../domain/waitlist/book-schema.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { rememberTimes } from '../schedule/patient-times.ts';
import { newReference } from '../vault/reference.ts';
import { entryRow } from './needs.ts';
import type { EntryRow, WaitlistNeeds } from './needs.ts';
import type { Wishes } from './wishes.ts';

export interface EntryAsk {
  readonly patient: string;
  readonly wishes: Wishes;
  readonly priority: Priority;
  readonly replaces: string | null;
}

/**
 * Puts a patient on the list; who waits for the same already is there. Throws `reference.unknown` for a patient or visit that the
 * clinic does not have.
 */
export async function addEntry(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  ask: EntryAsk,
  by: Principal,
): Promise<{ readonly entry: string; readonly outcome: 'added' | 'known' }> {
  const patient = await trx
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', ask.patient)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (patient === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
  if (ask.replaces !== null) {
    const visit = await trx
      .selectFrom('appointments')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('ref', '=', ask.replaces)
      .where('patient', '=', ask.patient)
      .executeTakeFirst();
    if (visit === undefined)
      throw new GaitError('reference.unknown', 'The patient has no such visit to move.', { where: 'replaces' });
  }
  const waits = await trx
    .selectFrom('waitlist_entries')
    .select(['ref', 'wishes'])
    .where('clinic', '=', clinic)
    .where('patient', '=', ask.patient)
    .where('state', 'in', ['waiting', 'paused'])
    .where('replaces', 'is not distinct from', ask.replaces)
    .execute();
  const known = waits.find(({ wishes }) => wishes.discipline === ask.wishes.discipline);
  if (known !== undefined) return { entry: known.ref, outcome: 'known' };
  const ref = newReference('wait');
  const at = needs.now();
  await trx
    .insertInto('waitlist_entries')
    .values({
      ref,
      clinic,
      patient: ask.patient,
      wishes: JSON.stringify(ask.wishes),
      priority: ask.priority,
      replaces: ask.replaces,
      waiting_since: at,
      by_actor: actorOf(by),
      updated_at: at,
    })
    .execute();
  await rememberTimes(trx, { clinic, patient: ask.patient }, ask.wishes.times, by, at);
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'waitlist.added',
    subject: ref,
    purpose: 'waitlist',
    details: { patient: ask.patient },
  });
  return { entry: ref, outcome: 'added' };
}

/** Pauses an entry, lets it wait again or takes it off; since when the patient waits stays. */
export async function changeEntry(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  ref: string,
  state: 'waiting' | 'paused' | 'removed',
  by: Principal,
): Promise<void> {
  const row = await entryRow(trx, clinic, ref);
  if (row.state === 'removed' || row.state === 'booked')
    throw new GaitError('state.conflict', 'The entry is over.', {
      where: 'entry',
      fix: 'Put the patient on the list anew.',
    });
  await trx.updateTable('waitlist_entries').set({ state, updated_at: needs.now() }).where('ref', '=', ref).execute();
  const details = { patient: row.patient, state };
  const entry = { clinic, actor: actorOf(by), action: 'waitlist.changed', subject: ref, purpose: 'waitlist', details };
  await needs.audit.append(trx, entry);
}

function shownEntry({ ref, patient, wishes, priority, replaces, state, waiting_since: since }: EntryRow) {
  return { entry: ref, patient, wishes, priority, replaces, state, waitingSince: since.toISOString() };
}

/** Everybody who waits, the longest wait first. */
export async function entriesOf(db: Db, clinic: string) {
  const rows = await db
    .selectFrom('waitlist_entries')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('state', 'in', ['waiting', 'paused'])
    .orderBy('waiting_since')
    .orderBy('ref')
    .execute();
  return rows.map(shownEntry);
}

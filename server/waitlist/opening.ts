// A freed slot is opened: everybody who waits is ranked, the ranking is kept as it was, and the first is asked.
import { GaitError } from '../../domain/errors.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import type { FreedSlot } from '../../domain/waitlist/candidate.ts';
import { openSlot } from '../../domain/waitlist/offer.ts';
import { rank } from '../../domain/waitlist/rank.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { candidatesOf } from './candidates.ts';
import { moveSlot } from './moves.ts';
import { slotRow } from './needs.ts';
import type { WaitlistNeeds } from './needs.ts';

export interface SlotAsk {
  /** The visit that was given up; null: an hour that was always free. */
  readonly appointment: string | null;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly therapist: string;
  readonly discipline: string;
  readonly location: string;
  readonly equipment: readonly string[];
  /** Entries of which staff have found out what was unknown. */
  readonly confirmed: readonly string[];
}

/** Ranks everybody who waits and asks the first. Opened again for the same visit, it is the slot that is there. */
export async function openFreedSlot(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  ask: SlotAsk,
  opener: Principal,
): Promise<{ readonly slot: string; readonly outcome: 'opened' | 'known' }> {
  const now = needs.now();
  if (ask.startsAt <= now)
    throw new GaitError('input.invalid', 'The slot has begun already.', {
      where: 'startsAt',
      fix: 'Open slots that lie ahead.',
    });
  const givenUp = await visitGivenUp(trx, clinic, ask.appointment);
  if (ask.appointment !== null) {
    const known = await trx
      .selectFrom('freed_slots')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('appointment', '=', ask.appointment)
      .executeTakeFirst();
    if (known !== undefined) return { slot: known.ref, outcome: 'known' };
  }
  const ref = newReference('slot');
  const { timezone } = await trx
    .selectFrom('clinics')
    .select('timezone')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const facts: FreedSlot = {
    ref,
    start: ask.startsAt.toISOString(),
    minutes: ask.minutes,
    zone: timezone,
    therapist: ask.therapist,
    discipline: ask.discipline,
    location: ask.location,
    equipment: ask.equipment,
    givenUpBy: givenUp,
  };
  const rule = ruleOn(needs.waitlistRules, facts.start.slice(0, 10));
  const ranking = rank(facts, await candidatesOf(needs, trx, clinic), rule, now.toISOString());
  const state = openSlot(facts, ranking, rule.offers, ask.confirmed);
  const inserted = await trx
    .insertInto('freed_slots')
    .values({
      ref,
      clinic,
      appointment: ask.appointment,
      facts: JSON.stringify(facts),
      ranking: JSON.stringify(ranking),
      state: JSON.stringify(state),
      phase: state.phase,
      wakes_at: null,
      opened_by: actorOf(opener),
      opened_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['clinic', 'appointment']).doNothing())
    .returning('ref')
    .executeTakeFirst();
  if (inserted === undefined) return openFreedSlot(needs, trx, clinic, ask, opener);
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(opener),
    action: 'slot.opened',
    subject: ref,
    purpose: 'waitlist',
    details: { rule: rule.id, waiting: ranking.lines.length, asked: state.queue.length },
  });
  await moveSlot(needs, trx, await slotRow(trx, clinic, ref, true), { type: 'tick' }, { tell: false });
  return { slot: ref, outcome: 'opened' };
}

async function visitGivenUp(trx: Trx, clinic: string, appointment: string | null): Promise<string | null> {
  if (appointment === null) return null;
  const row = await trx
    .selectFrom('appointments')
    .select(['patient', 'status'])
    .where('clinic', '=', clinic)
    .where('ref', '=', appointment)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such visit.', { where: 'appointment' });
  if (row.status !== 'cancelled')
    throw new GaitError('state.conflict', 'The visit is not cancelled: its time is not free.', {
      where: 'appointment',
      fix: 'Cancel it in the schedule first, or leave the visit out.',
    });
  return row.patient;
}

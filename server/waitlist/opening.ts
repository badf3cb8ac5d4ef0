// A freed slot is opened: everybody who waits is ranked, the ranking is kept as it was, and the first is asked.
import { dateInZone } from '../../domain/calendar.ts';
import { ruleOn } from '../../domain/dated-rows.ts';
import { GaitError } from '../../domain/errors.ts';
import type { FreedSlot } from '../../domain/waitlist/candidate.ts';
import { openSlot } from '../../domain/waitlist/offer.ts';
import { rank } from '../../domain/waitlist/rank.ts';
import { offersFor } from '../../domain/waitlist/settings.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { candidatesOf } from './candidates.ts';
import { factsItemKey, openFactsItem } from './items.ts';
import { moveSlot } from './moves.ts';
import { slotRow } from './needs.ts';
import type { WaitlistNeeds } from './needs.ts';
import { noLongerFree } from './still-free.ts';
import { firstKnown, neededFacts, visitGivenUp } from './visit-facts.ts';
import type { GivenUpVisit, NeededFact, VisitFacts } from './visit-facts.ts';

/** What is said of a slot: the visit that was given up, or every fact, or both. */
export interface SlotAsk extends Partial<VisitFacts> {
  /** The visit that was given up; null: an hour that was always free. */
  readonly appointment: string | null;
  /** Entries of which staff have found out what was unknown. */
  readonly confirmed: readonly string[];
}

/**
 * `opened`: the first is asked. `known`: it was open already. `asksStaff`: a fact is missing that only people know; an item asks for
 * it. `over`: the visit would have begun already. `notFree`: the schedule has given its time to somebody.
 */
export interface Opened {
  readonly slot: string | null;
  readonly outcome: 'opened' | 'known' | 'asksStaff' | 'over' | 'notFree';
  readonly missing: readonly NeededFact[];
  readonly workItem: string | null;
}

/** Ranks everybody who waits and asks the first. Opened again for the same visit, it is the slot that is there. */
export async function openFreedSlot(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  ask: SlotAsk,
  opener: Principal,
): Promise<Opened> {
  const now = needs.now();
  const { timezone, settings } = await trx
    .selectFrom('clinics')
    .select(['timezone', 'settings'])
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const visit = await cancelledVisit(trx, clinic, ask.appointment);
  if (ask.appointment !== null) {
    const known = await trx
      .selectFrom('freed_slots')
      .select('ref')
      .where('clinic', '=', clinic)
      .where('appointment', '=', ask.appointment)
      .executeTakeFirst();
    if (known !== undefined) return { slot: known.ref, outcome: 'known', missing: [], workItem: null };
  }
  const own = settings.waitlist ?? {};
  const told = firstKnown(ask, visit?.facts ?? {}, own.usual ?? {});
  const begun = told.startsAt === null ? null : told.startsAt <= now;
  if (begun === true || (visit !== null && visit.date < dateInZone(now.toISOString(), timezone)))
    return nothingToOffer(ask, 'over', 'The slot has begun already.');
  const { startsAt, minutes, therapist, discipline } = told;
  if (startsAt === null || minutes === null || therapist === null || discipline === null)
    return asksStaff(needs, trx, clinic, { ask, visit, told });

  const ref = newReference('slot');
  const facts: FreedSlot = {
    ref,
    start: startsAt.toISOString(),
    minutes,
    zone: timezone,
    therapist,
    discipline,
    location: told.location,
    equipment: told.equipment,
    givenUpBy: visit?.patient ?? null,
  };
  const rule = ruleOn(needs.waitlistRules, facts.start.slice(0, 10));
  const notFree = await noLongerFree(trx, {
    clinic,
    appointment: ask.appointment,
    facts,
    state: { offers: [], winner: null },
  });
  if (notFree !== null) return nothingToOffer(ask, 'notFree', `${notFree}.`);
  const ranking = rank(facts, await candidatesOf(needs, trx, clinic), rule, now.toISOString());
  const state = openSlot(facts, ranking, offersFor(rule, own), ask.confirmed);
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
  return { slot: ref, outcome: 'opened', missing: [], workItem: await openItemOf(trx, clinic, ask.appointment) };
}

/** Of a cancelled visit this is an outcome; who names such an hour by hand is told. */
function nothingToOffer({ appointment }: SlotAsk, outcome: 'over' | 'notFree', why: string): Opened {
  if (appointment !== null) return { slot: null, outcome, missing: [], workItem: null };
  throw new GaitError('input.invalid', why, { where: 'startsAt', fix: 'Open slots that lie ahead and are free.' });
}

async function asksStaff(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  of: { readonly ask: SlotAsk; readonly visit: GivenUpVisit | null; readonly told: VisitFacts },
): Promise<Opened> {
  const { ask, visit, told } = of;
  const missing = neededFacts.filter((fact) => told[fact] === null);
  if (visit === null || ask.appointment === null)
    throw new GaitError('input.invalid', `What is missing of the slot: ${missing.join(', ')}.`, {
      where: missing[0] ?? 'startsAt',
      fix: 'Name a cancelled visit, or say when, how long, with whom and for which discipline.',
    });
  const { patient, date } = visit;
  const asked = { appointment: ask.appointment, patient, date, startsAt: told.startsAt, missing };
  return { slot: null, outcome: 'asksStaff', missing, workItem: await openFactsItem(needs, trx, clinic, asked) };
}

/** The item that asked for the facts of this visit, where one is open: it is closed once they are there. */
async function openItemOf(trx: Trx, clinic: string, appointment: string | null): Promise<string | null> {
  if (appointment === null) return null;
  const row = await trx
    .selectFrom('work_item_keys as k')
    .innerJoin('work_items as w', 'w.id', 'k.work_item')
    .select('w.id')
    .where('k.clinic', '=', clinic)
    .where('k.key', '=', factsItemKey(appointment))
    .where('w.status', '=', 'open')
    .executeTakeFirst();
  return row?.id ?? null;
}

async function cancelledVisit(trx: Trx, clinic: string, appointment: string | null): Promise<GivenUpVisit | null> {
  if (appointment === null) return null;
  const visit = await visitGivenUp(trx, clinic, appointment);
  if (visit.status === 'cancelled') return visit;
  throw new GaitError('state.conflict', 'The visit is not cancelled: its time is not free.', {
    where: 'appointment',
    fix: 'Cancel it in the schedule first, or leave the visit out.',
  });
}

// A freed slot moves by one event of its machine at a time, under the row's lock; the commands are carried out in the same transaction, so
// that a slot never has two winners and a message never goes without its offer.
import { GaitError } from '../../domain/errors.ts';
import { advanceSlot, slotWakeAt } from '../../domain/waitlist/offer.ts';
import type { SlotCommand, SlotEvent, SlotState } from '../../domain/waitlist/offer.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { updateMessage } from '../messages/needs.ts';
import { queueMessage } from '../messages/queue.ts';
import { newReference } from '../vault/reference.ts';
import { openBookItem, openUnfilledItem } from './items.ts';
import { entryRow } from './needs.ts';
import type { SlotRow, WaitlistNeeds } from './needs.ts';
import { isAnswer, offerOf, tellPatient } from './telling.ts';

const by = systemPrincipal('waitlist');

/** An event of the machine; its time is now. */
export type Happening = SlotEvent extends infer One ? (One extends SlotEvent ? Omit<One, 'at'> : never) : never;

interface Telling {
  /** Whether whoever follows the slot is told; by itself yes. */
  readonly tell?: boolean;
  /** Whether the patient's answer was given on the telephone: what answers it was said there. */
  readonly spoken?: boolean;
}

/**
 * Moves a locked slot by one event, and by what its commands bring about at once. Whoever follows it is told, unless it is that one
 * who moves it.
 */
export async function moveSlot(
  needs: WaitlistNeeds,
  trx: Trx,
  row: SlotRow,
  happening: Happening,
  { tell: tells = true, spoken = false }: Telling = {},
): Promise<void> {
  const at = needs.now().toISOString();
  let state = row.state;
  const waiting: Happening[] = [happening];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const step = advanceSlot(state, { ...next, at });
    state = step.state;
    for (const command of step.commands) {
      if (spoken && command.type === 'tell' && isAnswer(command.word)) continue;
      const after = await carryOut(needs, trx, { ...row, state }, command, at);
      if (after !== null) waiting.push(after);
    }
  }
  await settleHold(trx, row, state.winner);
  await withdrawOffers(needs, trx, row, state);
  const wakes = slotWakeAt(state);
  await trx
    .updateTable('freed_slots')
    .set((eb) => ({
      state: JSON.stringify(state),
      phase: state.phase,
      wakes_at: wakes,
      ...(tells ? { changes: eb('changes', '+', 1) } : {}),
      updated_at: needs.now(),
    }))
    .where('ref', '=', row.ref)
    .execute();
}

/** Who lost the slot again does not keep the hold of it. */
async function settleHold(trx: Trx, { ref, state: before }: SlotRow, winner: string | null): Promise<void> {
  if (before.winner !== null && winner === null) await trx.deleteFrom('slot_holds').where('slot', '=', ref).execute();
}

/** An offer that is over must not go out any more, say because it waited for morning. */
async function withdrawOffers(needs: WaitlistNeeds, trx: Trx, row: SlotRow, after: SlotState): Promise<void> {
  const over = after.offers.filter(
    ({ outcome }) => outcome === 'expired' || outcome === 'taken' || outcome === 'withdrawn',
  );
  const open = new Set(row.state.offers.filter(({ outcome }) => outcome === 'open').map(({ id }) => id));
  const numbers = over.map(({ id }) => id).filter((id) => open.has(id));
  if (numbers.length === 0) return;
  const messages = await trx
    .selectFrom('slot_offers as o')
    .innerJoin('messages as m', 'm.ref', 'o.message')
    .select('m.ref')
    .where('o.slot', '=', row.ref)
    .where('o.number', 'in', numbers)
    .where('m.state', '=', 'open')
    .execute();
  for (const message of messages)
    await updateMessage(needs, trx, message, { withdrawn_at: needs.now() }, { tell: true });
}

/** @returns what it brings about at once */
async function carryOut(
  needs: WaitlistNeeds,
  trx: Trx,
  row: SlotRow,
  command: SlotCommand,
  at: string,
): Promise<Happening | null> {
  switch (command.type) {
    case 'offer':
      return offer(needs, trx, row, command, at);
    case 'tell':
      await tellPatient(needs, trx, row, command.offer, command.word);
      return null;
    case 'proposeBooking':
      await hold(needs, trx, row, command.offer);
      return null;
    case 'tellStaff':
      await openUnfilledItem(needs, trx, row, command.what);
      return null;
  }
}

async function offer(
  needs: WaitlistNeeds,
  trx: Trx,
  row: SlotRow,
  { offer: number, entry, until }: Extract<SlotCommand, { type: 'offer' }>,
  at: string,
): Promise<Happening | null> {
  const { clinic, facts } = row;
  const { patient } = await entryRow(trx, clinic, entry);
  const ref = newReference('off');
  const values = { ref, clinic, slot: row.ref, number, entry, patient, message: null, at };
  await trx.insertInto('slot_offers').values(values).execute();
  try {
    const ends = new Date(until);
    const { message } = await queueMessage(
      needs,
      trx,
      clinic,
      {
        patient,
        purpose: 'waitlist.offer',
        about: ref,
        key: `waitlist.offer/${ref}`,
        until: ends,
        occasion: { startsAt: new Date(facts.start), by: ends, page: true },
      },
      by,
    );
    await trx.updateTable('slot_offers').set({ message }).where('ref', '=', ref).execute();
    return null;
  } catch (error) {
    // A clinic whose words lack a fact can ask nobody: each is told as not reached, with the reason.
    if (error instanceof GaitError && error.code === 'input.invalid')
      return { type: 'undelivered', offer: number, why: error.message };
    throw error;
  }
}

/** One row for a slot, by the key: whoever comes second cannot hold it. */
async function hold(needs: WaitlistNeeds, trx: Trx, row: SlotRow, number: string): Promise<void> {
  const { clinic } = row;
  const of = await offerOf(trx, row.ref, number);
  await trx
    .insertInto('slot_holds')
    .values({ slot: row.ref, clinic, offer: of.ref, patient: of.patient, work_item: null, at: needs.now() })
    .execute();
  const workItem = await openBookItem(needs, trx, row, of);
  await trx.updateTable('slot_holds').set({ work_item: workItem }).where('slot', '=', row.ref).execute();
}

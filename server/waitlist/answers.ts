// Answers to offers, by the patient or written down by staff, and the moments at which a slot moves on by itself.
import { ruleOn } from '../../domain/dated-rows.ts';
import { GaitError } from '../../domain/errors.ts';
import { messageRules } from '../../domain/outreach/gate.ts';
import type { AnswerCheck } from '../../domain/waitlist/offer.ts';
import { standing } from '../../domain/waitlist/rank.ts';
import type { Trx } from '../database/tables.ts';
import type { AnswerTaker } from '../messages/answers.ts';
import { candidateOf } from './candidates.ts';
import { moveSlot } from './moves.ts';
import { entryRow, slotRow } from './needs.ts';
import type { SlotRow, WaitlistNeeds } from './needs.ts';
import { noLongerFree } from './still-free.ts';

/** Takes what patients answer to offers; "another time" is for a person to read. */
export function offerTaker(needs: WaitlistNeeds): AnswerTaker {
  return async (trx, { clinic, about }, answer) =>
    about !== null &&
    answer !== 'reschedule' &&
    (await answerOffer(needs, trx, clinic, about, { answer, by: 'patient' }));
}

/** Whether who was asked can still use the slot, now, in the transaction that holds it. */
async function checkAnswer(needs: WaitlistNeeds, trx: Trx, row: SlotRow, entry: string): Promise<AnswerCheck> {
  const its = await entryRow(trx, row.clinic, entry, true);
  if (its.state === 'removed' || its.state === 'booked')
    return { eligible: false, why: 'The patient is not on the waitlist any more' };
  const rule = ruleOn(needs.waitlistRules, row.facts.start.slice(0, 10));
  const { against } = standing(row.facts, await candidateOf(needs, trx, its), rule, needs.now().toISOString());
  return against.length === 0
    ? { eligible: true }
    : { eligible: false, why: against.map((one) => one.words).join('; ') };
}

/** What was said to an offer. Whoever said it on the telephone has heard there what comes of it, and is not written to about it. */
interface OfferAnswer {
  readonly answer: 'yes' | 'no';
  readonly by: 'patient' | 'staff';
}

/** An answer to an offer, by the patient or written down by staff. Returns false for an offer nobody knows. */
export async function answerOffer(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  offerRef: string,
  { answer, by }: OfferAnswer,
): Promise<boolean> {
  const known = await trx
    .selectFrom('slot_offers')
    .select(['slot', 'number', 'entry'])
    .where('clinic', '=', clinic)
    .where('ref', '=', offerRef)
    .executeTakeFirst();
  if (known === undefined) return false;
  let row = await slotRow(trx, clinic, known.slot, true);
  if (await withdrawTaken(needs, trx, row)) row = await slotRow(trx, clinic, known.slot, true);
  const { number, entry } = known;
  const spoken = by === 'staff';
  if (answer === 'no') await moveSlot(needs, trx, row, { type: 'declined', offer: number }, { spoken });
  else {
    const check = await checkAnswer(needs, trx, row, entry);
    await moveSlot(needs, trx, row, { type: 'accepted', offer: number, check }, { spoken });
  }
  return true;
}

/** The time has come, or a message could not be sent: whoever could not be asked makes room for the next. */
export async function tickSlot(needs: WaitlistNeeds, trx: Trx, row: SlotRow): Promise<void> {
  if (await withdrawTaken(needs, trx, row)) return;
  const lost = await trx
    .selectFrom('slot_offers as o')
    .innerJoin('messages as m', 'm.ref', 'o.message')
    .select(['o.number', 'm.ending', 'm.rule'])
    .where('o.slot', '=', row.ref)
    .where('m.state', '=', 'over')
    .where('m.ending', 'in', ['unreached', 'callList'])
    .execute();
  const open = new Set(row.state.offers.filter(({ outcome }) => outcome === 'open').map(({ id }) => id));
  const [first] = lost.filter(({ number }) => open.has(number));
  if (first === undefined) return moveSlot(needs, trx, row, { type: 'tick' }, { tell: false });
  const why = ruleInWords(first.rule);
  await moveSlot(needs, trx, row, { type: 'undelivered', offer: first.number, why }, { tell: false });
  const { ref, clinic } = row;
  return tickSlot(needs, trx, await slotRow(trx, clinic, ref, true));
}

/** Why a message did not go, as the ledger says it. */
function ruleInWords(rule: string | null): string {
  const known = Object.entries(messageRules).find(([id]) => id === rule)?.[1];
  // What follows the first sentence is for whoever can change it.
  return known?.split('. ')[0] ?? 'No message reached the patient';
}

/** A slot whose time is in the schedule again is offered no longer. @returns whether it was taken back for that */
async function withdrawTaken(needs: WaitlistNeeds, trx: Trx, row: SlotRow): Promise<boolean> {
  if (row.phase !== 'offering' && row.phase !== 'held') return false;
  if ((await noLongerFree(trx, row)) === null) return false;
  await moveSlot(needs, trx, row, { type: 'takenBack' });
  return true;
}

/** Staff have found out what was unknown of one who waits. Throws `state.conflict` where something speaks against it now. */
export async function askEntry(
  needs: WaitlistNeeds,
  trx: Trx,
  clinic: string,
  of: { readonly slot: string; readonly entry: string },
): Promise<void> {
  const row = await slotRow(trx, clinic, of.slot, true);
  const its = await entryRow(trx, clinic, of.entry);
  if (!row.ranking.lines.some(({ entry }) => entry === of.entry))
    throw new GaitError('state.conflict', 'The patient was not waiting when the slot became free.', {
      where: 'entry',
      fix: 'Call the patient, and book the visit in the schedule yourself.',
    });
  const notFree = await noLongerFree(trx, row);
  if (notFree !== null) throw new GaitError('state.conflict', `${notFree}.`, { where: 'slot' });
  const check = await checkAnswer(needs, trx, row, of.entry);
  if (!check.eligible) throw new GaitError('state.conflict', `${check.why}.`, { where: 'entry' });
  await moveSlot(needs, trx, row, { type: 'confirmed', entry: of.entry, patient: its.patient });
}

/** Staff take a slot back: it is needed for something else. */
export async function takeBack(needs: WaitlistNeeds, trx: Trx, clinic: string, ref: string): Promise<void> {
  await moveSlot(needs, trx, await slotRow(trx, clinic, ref, true), { type: 'takenBack' });
}

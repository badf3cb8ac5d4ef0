// What a patient is told at the end of an offer, each end in its own words, through the rules of messages.
import { GaitError } from '../../domain/errors.ts';
import type { Word } from '../../domain/waitlist/offer.ts';
import { categoryOf } from '../../domain/outreach/words.ts';
import type { Purpose } from '../../domain/outreach/words.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { updateMessage } from '../messages/needs.ts';
import { queueMessage } from '../messages/queue.ts';
import type { SlotRow, WaitlistNeeds } from './needs.ts';

const by = systemPrincipal('waitlist');

const purposeOf: Readonly<Record<Word, Purpose>> = {
  won: 'waitlist.booked',
  taken: 'waitlist.taken',
  ended: 'waitlist.ended',
  notEligible: 'waitlist.notEligible',
  declined: 'waitlist.declined',
  gone: 'waitlist.gone',
  withdrawn: 'waitlist.withdrawn',
  notBooked: 'waitlist.notBooked',
};

/** Whether these words answer what the patient has just said. */
export function isAnswer(word: Word): boolean {
  return categoryOf(purposeOf[word]) === 'answer';
}

/** How long an answer to an answer is of use. */
const minutesToTell = 120;

/** The offer of this number, as the machine counts them. */
export function offerOf(trx: Trx, slot: string, number: string) {
  const query = trx.selectFrom('slot_offers').selectAll().where('slot', '=', slot).where('number', '=', number);
  return query.executeTakeFirstOrThrow();
}

/**
 * Queues the words. A patient who counts on a visit that is not to be is called where no message reaches them; words that lack a fact
 * of the clinic undo no answer: a person calls.
 */
export async function tellPatient(
  needs: WaitlistNeeds,
  trx: Trx,
  row: SlotRow,
  number: string,
  word: Word,
): Promise<void> {
  const of = await offerOf(trx, row.ref, number);
  const purpose = purposeOf[word];
  if (isAnswer(word)) await withdrawNotices(needs, trx, row.clinic, of.ref);
  try {
    await queueMessage(
      needs,
      trx,
      row.clinic,
      {
        patient: of.patient,
        purpose,
        about: of.ref,
        key: `waitlist.${word}/${of.ref}`,
        until: new Date(needs.now().getTime() + minutesToTell * 60_000),
        callIfUnreached: word === 'notBooked',
        occasion: { startsAt: new Date(row.facts.start) },
      },
      by,
    );
  } catch (error) {
    if (!(error instanceof GaitError) || error.code !== 'input.invalid') throw error;
    await needs.workItems.open(
      {
        clinic: row.clinic,
        key: `patient.call/waitlist.${word}/${of.ref}`,
        kind: 'patient.call',
        subject: of.patient,
        workflow: null,
        dueAt: row.facts.start,
        context: { offer: of.ref, slot: row.ref, purpose },
        reason: `Tell the patient what became of the open time: ${error.message}`,
      },
      by,
      trx,
    );
  }
}

/** Who has just written is answered; what would have told them the same on its own is not sent as well. */
async function withdrawNotices(needs: WaitlistNeeds, trx: Trx, clinic: string, offer: string): Promise<void> {
  const open = await trx
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('about', '=', offer)
    .where('purpose', 'in', ['waitlist.gone', 'waitlist.withdrawn'])
    .where('state', '=', 'open')
    .where('withdrawn_at', 'is', null)
    .execute();
  for (const message of open) await updateMessage(needs, trx, message, { withdrawn_at: needs.now() }, { tell: true });
}

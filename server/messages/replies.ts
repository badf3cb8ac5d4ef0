// What patients write back: kept in the vault, read for sure words, acted upon at once; everything else is for a person.
import { dateInZone } from '../../domain/calendar.ts';
import { meantBy } from '../../domain/outreach/asked.ts';
import type { AskedMessage } from '../../domain/outreach/asked.ts';
import { readReply } from '../../domain/outreach/replies.ts';
import type { ReadReply } from '../../domain/outreach/replies.ts';
import { startedAgain } from '../../domain/outreach/words.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { takeAnswer } from './answers.ts';
import type { AnswerNeeds } from './answers.ts';
import { revoke, writeConsent } from './consents.ts';
import { clinicOf } from './needs.ts';
import type { MessageRow } from './needs.ts';
import { phoneDigits } from './record.ts';
import { openReply } from './reply-item.ts';

/** A reply as a vendor handed it over. `from` is a number or an address. */
export interface IncomingReply {
  readonly clinic: string;
  readonly connection: string;
  readonly channel: Channel;
  readonly from: string;
  readonly text: string;
  readonly at: Date;
  /** The vendor has told the patient already that nothing more comes. */
  readonly vendorConfirmed?: boolean;
}

export interface Taken {
  readonly reply: string;
  readonly intent: ReadReply['intent'];
  readonly patient: string | null;
}

const by = systemPrincipal('replies');

/** In the transaction that marks the vendor's event as handled: a reply is acted upon once. */
export async function takeReply(needs: AnswerNeeds, trx: Trx, incoming: IncomingReply): Promise<Taken> {
  const { clinic, connection, channel, text, at } = incoming;
  const sent = await messagesTo(needs, trx, incoming);
  const patients = [...new Set(sent.map(({ patient }) => patient))];
  const { zone } = await clinicOf(trx, clinic);
  const read = readReply(needs.outreach.rules.replies, text, dateInZone(needs.now().toISOString(), zone));
  const meant = meantBy(sent.map(asAsked), read.intent, needs.now().toISOString());
  const about = meant.kind === 'nothing' ? null : (sent.find(({ ref }) => ref === meant.message) ?? null);
  const answered = meant.kind === 'answers' ? about : null;
  const patient = about?.patient ?? (patients.length === 1 ? (patients[0] ?? null) : null);
  const reply = newReference('rpl');
  const lookup = lookupFrom(incoming);
  await needs.vault.put(clinic, 'reply', { text, from: incoming.from, channel }, { ref: reply, trx, lookup });
  await trx
    .insertInto('message_replies')
    .values({
      ref: reply,
      clinic,
      connection,
      patient,
      message: about?.ref ?? null,
      intent: read.intent,
      may_mean_stop: read.mayMeanStop,
      work_item: null,
      at,
      read_at: null,
    })
    .execute();
  await trx
    .insertInto('record_changes')
    .values({ clinic, connection, kind: 'replies', ref: reply, change: 'added', at: needs.now(), told_at: null })
    .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: 'system:replies',
    action: 'reply.taken',
    subject: reply,
    purpose: `reply.${read.intent}`,
    rule: read.row,
    details: { patient, message: answered?.ref ?? null },
  });
  if (meant.kind !== 'repeats')
    await act(needs, trx, {
      incoming,
      reply,
      read,
      patients,
      patient,
      answered,
      isDoubtful: meant.kind === 'doubtful',
    });
  return { reply, intent: read.intent, patient };
}

/** By what messages to where it came from are found. */
function lookupFrom({ channel, from }: IncomingReply): Record<string, string> {
  return channel === 'email' ? { email: from } : { phone: phoneDigits(from) ?? from };
}

/** What was sent to this number or address, newest first. */
async function messagesTo(needs: AnswerNeeds, trx: Trx, incoming: IncomingReply): Promise<MessageRow[]> {
  const { clinic } = incoming;
  const refs = await needs.vault.findAll(clinic, 'message', lookupFrom(incoming), { trx });
  if (refs.length === 0) return [];
  return trx
    .selectFrom('messages')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('ref', 'in', refs)
    .orderBy('created_at', 'desc')
    .execute();
}

/** The message as the rule of what is meant reads it. */
function asAsked(row: MessageRow): AskedMessage {
  return {
    ref: row.ref,
    purpose: row.purpose,
    category: row.category,
    createdAt: row.created_at.toISOString(),
    aboutAt: row.about_at?.toISOString() ?? null,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
    ways: row.ways,
  };
}

interface Act {
  readonly incoming: IncomingReply;
  readonly reply: string;
  readonly read: ReadReply;
  readonly patients: readonly string[];
  readonly patient: string | null;
  readonly answered: MessageRow | null;
  /** The same word again, while something else is asked too. */
  readonly isDoubtful: boolean;
}

async function act(needs: AnswerNeeds, trx: Trx, of: Act): Promise<void> {
  const { incoming, reply, read, patients, patient, answered, isDoubtful } = of;
  const { clinic, channel } = incoming;
  const item = (reason: string): Promise<void> =>
    openReply(needs, trx, { ...incoming, reply, patient, answered, reason });
  switch (read.intent) {
    case 'stop':
    case 'cancel':
    case 'wrongNumber': {
      const first = await isFirst(trx, clinic, patients);
      await revoke(needs, trx, { clinic, patients, channel, source: 'reply', by });
      // Nobody is written to at a number that is not theirs; and one confirmation is allowed, not a second.
      if (first && read.intent !== 'wrongNumber' && incoming.vendorConfirmed !== true)
        await needs.answerPatient(trx, { reply, patient, answered, purpose: 'optout.confirmed', clinic });
      if (read.intent === 'cancel')
        await item('Wrote CANCEL: gets no more messages; the visit stays as it is. Ask whether they come');
      if (read.intent === 'wrongNumber')
        await item('Says this is the wrong number: gets no more messages. Correct the number');
      if (patients.length === 0) await item('Wants no messages, and nobody knows who wrote');
      return;
    }
    case 'start':
      for (const one of patients)
        await writeConsent(needs, trx, {
          clinic,
          patient: one,
          state: 'granted',
          categories: startedAgain,
          channels: channel === 'email' ? ['email'] : ['text', 'voice'],
          source: 'reply',
          by,
        });
      if (patients.length === 0) await item('Wants messages again, and nobody knows who wrote');
      return;
    case 'yes':
    case 'no':
    case 'reschedule':
      if (answered !== null && (await takeAnswer(needs, trx, answered, read.intent, { reply }))) return;
      await item(
        isDoubtful
          ? 'Wrote the same again, and something else is asked too: find out what it is about'
          : 'Answered, and nothing that was asked fits',
      );
      return;
    case 'help':
    case 'free':
      await item(
        read.mayMeanStop ? 'May want no more messages: nothing is sent until it is read' : 'Wrote something to be read',
      );
      await needs.answerPatient(trx, { reply, patient, answered, purpose: 'reply.received', clinic });
  }
}

/** Whether none of them had stopped before. */
async function isFirst(trx: Trx, clinic: string, patients: readonly string[]): Promise<boolean> {
  if (patients.length === 0) return false;
  const last = await trx
    .selectFrom('message_consents')
    .select(['patient', 'state'])
    .distinctOn('patient')
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .orderBy('patient')
    .orderBy('seq', 'desc')
    .execute();
  return last.every(({ state }) => state === 'granted');
}

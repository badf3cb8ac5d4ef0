// What a patient's sure answer brings about, by what the message asked: a visit confirmed, another time wanted, an offer taken.
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Reply } from '../http/reply.ts';
import { updateMessage } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';
import { queueMessage } from './queue.ts';
import { openReply } from './reply-item.ts';

export const answers = ['yes', 'no', 'reschedule'] as const;
export type Answer = (typeof answers)[number];

/** Whoever waits for answers about something: `true` where the answer was taken. */
export type AnswerTaker = (trx: Trx, row: MessageRow, answer: Answer) => Promise<boolean>;

/** The page that a message leads to, for its link. */
export type PatientPage = (row: MessageRow, token: string) => Promise<Reply | null>;

export interface AnswerNeeds extends MessageNeeds {
  /** Takers by the purpose of the message, beside those of visits. */
  readonly takers: Readonly<Record<string, AnswerTaker>>;
  /** Pages of their own by the purpose of the message; null: the usual one. */
  readonly pages?: Readonly<Record<string, PatientPage>>;
  /** Writes back to who has just written, where the number is one of a known patient. */
  answerPatient(
    trx: Trx,
    of: {
      readonly clinic: string;
      readonly reply: string;
      readonly patient: string | null;
      readonly answered: MessageRow | null;
      readonly purpose: 'optout.confirmed' | 'reply.received' | 'reply.confirmed';
    },
  ): Promise<void>;
}

const by = systemPrincipal('replies');
/** An answer to what somebody just wrote is of use for so long; within that time the desk's courtesy is said once. */
const minutesToAnswer = 60;

/** The needs with the usual way of writing back. */
export function answering(
  needs: MessageNeeds,
  takers: AnswerNeeds['takers'],
  pages: NonNullable<AnswerNeeds['pages']> = {},
): AnswerNeeds {
  return {
    ...needs,
    takers,
    pages,
    async answerPatient(trx, { clinic, reply, patient, answered, purpose }) {
      if (patient === null) return;
      const until = new Date(needs.now().getTime() + minutesToAnswer * 60_000);
      // Two machines that answer each other would never end.
      if (purpose === 'reply.received' && (await wasToldSince(trx, { clinic, patient, purpose }, needs.now()))) return;
      const startsAt = answered?.about_at ?? null;
      await queueMessage(
        needs,
        trx,
        clinic,
        {
          patient,
          purpose,
          about: answered?.about ?? null,
          key: `${purpose}/${reply}`,
          until,
          occasion: startsAt === null ? {} : { startsAt },
        },
        by,
      );
    },
  };
}

async function wasToldSince(
  trx: Trx,
  { clinic, patient, purpose }: Pick<MessageRow, 'clinic' | 'patient' | 'purpose'>,
  now: Date,
): Promise<boolean> {
  const told = await trx
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('purpose', '=', purpose)
    .where('created_at', '>', new Date(now.getTime() - minutesToAnswer * 60_000))
    .executeTakeFirst();
  return told !== undefined;
}

/**
 * Takes an answer to one message, once. The visit itself is left alone: a confirmation is written down here, another time is for
 * a person to find.
 * @param of.reply the reply or link by which it came; names the answer back
 */
export async function takeAnswer(
  needs: AnswerNeeds,
  trx: Trx,
  row: MessageRow,
  answer: Answer,
  of: { readonly reply: string },
): Promise<boolean> {
  const taken = await (needs.takers[row.purpose]?.(trx, row, answer) ?? takeVisitAnswer(needs, trx, row, answer, of));
  if (!taken) return false;
  await updateMessage(needs, trx, row, { answer, answered_at: needs.now() }, { tell: true });
  await needs.audit.append(trx, {
    clinic: row.clinic,
    actor: 'system:replies',
    action: 'message.answered',
    subject: row.ref,
    purpose: row.purpose,
    details: { patient: row.patient, answer },
  });
  return true;
}

const asked: Readonly<Record<string, Readonly<Partial<Record<Answer, string>>>>> = {
  'visit.reminder': {
    no: 'Cannot come to the visit: find another time; the visit stays until you move it',
    reschedule: 'Asks for another time: the visit stays until you move it',
  },
  'visit.booked': {
    no: 'Cannot come to the visit that was booked: find another time',
    reschedule: 'Asks for another time than the one that was booked',
  },
  'visit.missed': { yes: 'Missed a visit and asks for a new time' },
};

async function takeVisitAnswer(
  needs: AnswerNeeds,
  trx: Trx,
  row: MessageRow,
  answer: Answer,
  { reply }: { readonly reply: string },
): Promise<boolean> {
  const { clinic, patient, purpose } = row;
  if (
    answer === 'yes' &&
    (purpose === 'visit.reminder' || purpose === 'visit.booked' || purpose === 'visit.telehealth')
  ) {
    await needs.answerPatient(trx, { clinic, reply, patient, answered: row, purpose: 'reply.confirmed' });
    return true;
  }
  // Done, and counted by who asked.
  if (answer === 'yes' && purpose === 'exercise.reminder') return true;
  const reason = asked[purpose]?.[answer];
  if (reason === undefined) return false;
  await openReply(needs, trx, { clinic, reply, patient, answered: row, reason });
  await needs.answerPatient(trx, { clinic, reply, patient, answered: row, purpose: 'reply.received' });
  return true;
}

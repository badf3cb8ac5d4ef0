// What people see of the messages to a patient: their history, what the patient said they want, the words where somebody asks for them.
import { dateInZone } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import { standing } from '../../domain/outreach/consent.ts';
import { categories, channels } from '../../domain/outreach/words.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { namesOf } from '../authorizations/views.ts';
import { clinicOf, messageRow } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';
import { assertMessage } from './record.ts';
import { consentsOf } from './weigh.ts';

const mostMessages = 200;

/** A message as lists show it: no words. */
export function shownMessage(row: MessageRow) {
  return {
    message: row.ref,
    patient: row.patient,
    category: row.category,
    purpose: row.purpose,
    about: row.about,
    startsAt: row.about_at?.toISOString() ?? null,
    state: row.state,
    ending: row.ending,
    rule: row.rule,
    rulesRow: row.rule_row,
    waitsUntil: row.waits_until?.toISOString() ?? null,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
    at: row.created_at.toISOString(),
    ways: row.ways,
  };
}

/** The messages of one patient, newest first, with what they said they want; the name is read for the signed-in person. */
export async function historyOf(needs: MessageNeeds, clinic: string, patient: string, by: SessionPrincipal) {
  const { db } = needs;
  await assertPatient(db, clinic, patient);
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('created_at', 'desc')
    .limit(mostMessages)
    .execute();
  const replies = await db
    .selectFrom('message_replies')
    .select(['ref', 'message', 'intent', 'at', 'work_item'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('at', 'desc')
    .limit(mostMessages)
    .execute();
  const preference = await db
    .selectFrom('contact_preferences')
    .select(['channels', 'zone', 'language', 'hours'])
    .where('patient', '=', patient)
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  const { zone } = await clinicOf(db, clinic);
  const day = dateInZone(needs.now().toISOString(), zone);
  const words = await consentsOf(db, clinic, patient);
  const names = await namesOf(needs.vault, clinic, [patient], by, {
    purpose: 'messages.history',
    action: 'messages.viewed',
  });
  return {
    patient,
    name: names.get(patient) ?? null,
    zone,
    preference: preference ?? { channels: [], zone: null, language: null, hours: null },
    standing: categories
      .filter((category) => category !== 'answer')
      .flatMap((category) =>
        channels.map((channel) => ({
          category,
          channel,
          ...standing(needs.outreach.rules.consent, words, { category, channel, day }),
        })),
      ),
    consents: await ledgerOf(db, clinic, patient),
    messages: rows.map(shownMessage),
    replies: replies.map(({ ref, at, work_item: workItem, ...one }) => ({
      reply: ref,
      ...one,
      workItem,
      at: at.toISOString(),
    })),
  };
}

/** Every word of a patient on messages, the newest first, with who wrote it down and whether it is said how that is known. */
async function ledgerOf(db: Db, clinic: string, patient: string) {
  const rows = await db
    .selectFrom('message_consents as c')
    .leftJoin('users as u', 'u.id', 'c.by_actor')
    .select(['c.seq', 'c.state', 'c.categories', 'c.channels', 'c.source', 'c.at', 'c.evidence', 'u.display_name'])
    .where('c.clinic', '=', clinic)
    .where('c.patient', '=', patient)
    .orderBy('c.seq', 'desc')
    .limit(mostMessages)
    .execute();
  return rows.map(({ seq, at, evidence, display_name: by, ...word }) => ({
    word: Number(seq),
    ...word,
    by,
    at: at.toISOString(),
    hasEvidence: evidence !== null,
  }));
}

/** How a word of a patient is known, for the signed-in person. Throws `reference.unknown`. */
export async function evidenceOfWord(
  needs: MessageNeeds,
  clinic: string,
  patient: string,
  word: number,
  by: SessionPrincipal,
) {
  const row = await needs.db
    .selectFrom('message_consents')
    .select('evidence')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('seq', '=', word)
    .executeTakeFirst();
  const evidence = row?.evidence ?? null;
  if (evidence === null)
    throw new GaitError('reference.unknown', 'Nobody wrote down how this is known.', { where: 'word' });
  const record = await needs.vault.open(clinic, evidence, { purpose: 'messages.history', actor: by });
  const text = record['text'] ?? record['confirmation'];
  return { words: typeof text === 'string' ? text : null };
}

/** The words of a message, or of a reply to one, for the signed-in person: read from the vault with an audit entry. */
export async function wordsOf(needs: MessageNeeds, clinic: string, ref: string, by: SessionPrincipal) {
  const opening = { purpose: 'messages.history', actor: by };
  if (ref.startsWith('rpl_')) {
    const { text } = await needs.vault.open(clinic, ref, opening);
    return { words: [{ channel: null, text: typeof text === 'string' ? text : '' }] };
  }
  await messageRow(needs.db, clinic, ref);
  const record: unknown = await needs.vault.open(clinic, ref, opening);
  assertMessage(needs.validator, record);
  const { texts } = record;
  return {
    words: channels.flatMap((channel) => {
      const written = texts[channel];
      return written === undefined ? [] : [{ channel, text: written.body }];
    }),
  };
}

/** Throws `reference.unknown` for a patient whom the clinic does not have. */
export async function assertPatient(db: Db, clinic: string, patient: string): Promise<void> {
  const row = await db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
}

// What people see of messages: today's confirmations, a patient's history, how each patient likes to be reached.
import { dateInZone } from '../../domain/calendar.ts';
import { standing } from '../../domain/outreach/consent.ts';
import { categories, channels } from '../../domain/outreach/words.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { addDays } from '../../domain/calendar.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';
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

/** The messages of one patient, newest first, with what they said they want. */
export async function historyOf(needs: MessageNeeds, clinic: string, patient: string) {
  const { db } = needs;
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
    .select(['channels', 'zone', 'language'])
    .where('patient', '=', patient)
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  const { zone } = await clinicOf(db, clinic);
  const day = dateInZone(needs.now().toISOString(), zone);
  const words = await consentsOf(db, clinic, patient);
  return {
    preference: preference ?? { channels: [], zone: null, language: null },
    standing: categories
      .filter((category) => category !== 'answer')
      .flatMap((category) =>
        channels.map((channel) => ({
          category,
          channel,
          ...standing(needs.outreach.rules.consent, words, { category, channel, day }),
        })),
      ),
    consents: words,
    messages: rows.map(shownMessage),
    replies: replies.map(({ ref, at, work_item: workItem, ...one }) => ({
      reply: ref,
      ...one,
      workItem,
      at: at.toISOString(),
    })),
  };
}

/** The visits of a day with how far their confirmation has come; the name of each is read for the signed-in person. */
export async function confirmationsOf(
  needs: MessageNeeds,
  clinic: string,
  of: { readonly day?: string },
  by: SessionPrincipal,
) {
  const { db } = needs;
  const { zone } = await clinicOf(db, clinic);
  const day = of.day ?? dateInZone(needs.now().toISOString(), zone);
  const rows = await visitsOn(db, clinic, { from: startOf(day, zone), to: startOf(addDays(day, 1), zone) });
  const people = await needs.vault.openMany(clinic, [...new Set(rows.map(({ patient }) => patient))], {
    purpose: 'messages.confirmations',
    actor: by,
  });
  return {
    day,
    zone,
    visits: rows.map(({ starts_at, ...row }) => ({
      ...row,
      startsAt: starts_at?.toISOString() ?? null,
      name: nameIn(people.get(row.patient)),
    })),
  };
}

function startOf(day: string, zone: string): Date {
  return new Date(instantOf(`${day}T00:00`, zone) ?? `${day}T00:00:00Z`);
}

function visitsOn(db: Db, clinic: string, { from, to }: { readonly from: Date; readonly to: Date }) {
  return db
    .selectFrom('appointments as a')
    .leftJoin('messages as m', (join) =>
      join
        .onRef('m.about', '=', 'a.ref')
        .onRef('m.about_at', '=', 'a.starts_at')
        .on('m.purpose', '=', 'visit.reminder'),
    )
    .select([
      'a.ref as visit',
      'a.patient',
      'a.starts_at',
      'a.status',
      'm.ref as message',
      'm.state',
      'm.ending',
      'm.rule',
      'm.answer',
    ])
    .where('a.clinic', '=', clinic)
    .where('a.starts_at', '>=', from)
    .where('a.starts_at', '<', to)
    .where('a.status', '<>', 'cancelled')
    .orderBy('a.starts_at')
    .execute();
}

function nameIn(record: unknown): { given: string; family: string } | null {
  const name: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'name') : null;
  if (typeof name !== 'object' || name === null) return null;
  const given: unknown = Reflect.get(name, 'given');
  const family: unknown = Reflect.get(name, 'family');
  return typeof given === 'string' && typeof family === 'string' ? { given, family } : null;
}

// Weighs a message by the rules as the facts stand now: the patient's word, where they are, what they got, what it says.
import { sql } from 'kysely';
import { dateInZone } from '../../domain/calendar.ts';
import type { ConsentEntry } from '../../domain/outreach/consent.ts';
import { contentFaults } from '../../domain/outreach/content.ts';
import { limitsFor, mayMessage } from '../../domain/outreach/gate.ts';
import type { GateDecision, SentMessage } from '../../domain/outreach/gate.ts';
import { zonesOf } from '../../domain/outreach/quiet.ts';
import { inForceOn } from '../../domain/dated-rows.ts';
import { channels, isTelephone, startedAgain } from '../../domain/outreach/words.ts';
import type { Channel } from '../../domain/outreach/words.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { clinicOf } from './needs.ts';
import type { MessageRow } from './needs.ts';
import { assertMessage, lookupOf, phoneDigits } from './record.ts';
import type { MessageRecord } from './record.ts';
import type { OutreachBook } from './rules.ts';

export interface WeighNeeds {
  readonly now: () => Date;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly outreach: OutreachBook;
}

/** Caps look back a week; the day before it covers every zone. */
const daysBack = 8;

/** The decision for each channel of a message, as of now. */
export async function weigh(needs: WeighNeeds, trx: Trx, row: MessageRow): Promise<(channel: Channel) => GateDecision> {
  const { outreach, vault, validator } = needs;
  const { clinic, patient, category } = row;
  const { rules } = outreach;
  const now = needs.now().toISOString();
  const { zone, outreach: own } = await clinicOf(trx, clinic);
  const opening = { purpose: 'message.weigh', actor: systemPrincipal('messages'), trx };
  const opened = await vault.openMany(clinic, [row.ref, patient], opening);
  const record: unknown = opened.get(row.ref);
  assertMessage(validator, record);
  const preference = await trx
    .selectFrom('contact_preferences')
    .select(['zone', 'hours'])
    .where('patient', '=', patient)
    .executeTakeFirst();
  const zones = zonesOf(rules.zones, {
    named: preference?.zone ?? null,
    state: stateIn(opened.get(patient)),
    clinic: zone,
  });
  const facts = {
    category,
    zones,
    consents: [
      ...(await consentsOf(trx, clinic, patient)),
      ...(await wordsFrom(needs, trx, { clinic, patient, phone: phoneDigits(record.phone) })),
      ...(await wordsOfStrangers(needs, trx, clinic, record)),
    ],
    sent: [
      ...(await sentTo(trx, clinic, patient, new Date(needs.now().getTime() - daysBack * 86_400_000))),
      ...(await underWayTo(trx, row)),
    ],
    answerOpen: await hasOpenAnswer(trx, clinic, patient),
    withdrawn: await isWithdrawn(trx, row),
    until: row.until.toISOString(),
  };
  const limits = { ...own };
  const wanted = preference?.hours ?? null;
  const day = dateInZone(now, zones[0] ?? zone);
  const optOutWords = inForceOn(rules.replies, day).flatMap(({ intents }) => intents.stop ?? []);
  return (channel) => {
    const written = record.texts[channel];
    const faults =
      written === undefined
        ? (['empty'] as const)
        : contentFaults(
            { text: written.body, clinicName: record.clinicName, optOutWords },
            { content: inForceOn(rules.content, day), limits: limitsFor(rules, { category, channel, day }) },
          );
    const hasAddress = channel === 'email' ? record.email !== null : record.phone !== null;
    const { quiet, perDay, perWeek } = limits;
    return mayMessage(rules, { ...facts, channel, faults, hasAddress }, now, {
      ...(quiet === undefined ? {} : { quiet }),
      ...(wanted === null ? {} : { wanted }),
      ...(perDay === undefined ? {} : { perDay }),
      ...(perWeek === undefined ? {} : { perWeek }),
    });
  };
}

/** Every word of a patient on what they want, oldest first. */
export async function consentsOf(db: Db, clinic: string, patient: string): Promise<ConsentEntry[]> {
  const rows = await db
    .selectFrom('message_consents')
    .select(['state', 'categories', 'channels', 'source', 'at'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('seq')
    .execute();
  return rows.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() }));
}

/** What others who are reached at the same telephone wrote from there: a telephone that said STOP is left in peace. */
async function wordsFrom(
  { vault }: WeighNeeds,
  trx: Trx,
  { clinic, patient, phone }: { readonly clinic: string; readonly patient: string; readonly phone: string | null },
): Promise<ConsentEntry[]> {
  if (phone === null) return [];
  const refs = await vault.findAll(clinic, 'message', { phone }, { trx });
  if (refs.length === 0) return [];
  const rows = await trx
    .selectFrom('message_consents')
    .select(['state', 'categories', 'source', 'at'])
    .where('clinic', '=', clinic)
    .where('source', 'in', ['reply', 'vendor'])
    .where('patient', '<>', patient)
    .where('patient', 'in', (others) => others.selectFrom('messages').select('patient').where('ref', 'in', refs))
    .where((eb) => eb.or([eb('channels', 'is', null), eb(sql`'text'`, '=', eb.fn.any('channels'))]))
    .orderBy('seq')
    .execute();
  return rows.map(({ at, ...word }) => ({ ...word, channels: channels.filter(isTelephone), at: at.toISOString() }));
}

/** What was written from the same telephone or address before anybody was known to be reached there. */
async function wordsOfStrangers(
  { vault }: WeighNeeds,
  trx: Trx,
  clinic: string,
  { phone, email }: Pick<MessageRecord, 'phone' | 'email'>,
): Promise<ConsentEntry[]> {
  const entries: ConsentEntry[] = [];
  for (const own of [channels.filter(isTelephone), ['email']] as const) {
    const lookup = lookupOf({
      phone: own.includes('email') ? null : phone,
      email: own.includes('email') ? email : null,
    });
    if (Object.keys(lookup).length === 0) continue;
    const refs = await vault.findAll(clinic, 'reply', lookup, { trx });
    if (refs.length === 0) continue;
    const rows = await trx
      .selectFrom('message_replies')
      .select(['intent', 'at'])
      .where('ref', 'in', refs)
      .where('patient', 'is', null)
      .where('intent', 'in', ['stop', 'cancel', 'wrongNumber', 'start'])
      .execute();
    for (const { intent, at } of rows) {
      const word = { channels: own, source: 'reply', at: at.toISOString() } as const;
      entries.push(
        intent === 'start'
          ? { ...word, state: 'granted', categories: startedAgain }
          : { ...word, state: 'revoked', categories: null },
      );
    }
  }
  return entries;
}

async function sentTo(trx: Trx, clinic: string, patient: string, since: Date): Promise<SentMessage[]> {
  const rows = await trx
    .selectFrom('message_sendings')
    .select(['at', 'category', 'channel'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('at', '>=', since)
    .execute();
  return rows.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
}

/** Other messages to this patient that are leaving at this moment, or may have left. */
async function underWayTo(trx: Trx, { clinic, patient, ref }: MessageRow): Promise<SentMessage[]> {
  const rows = await trx
    .selectFrom('effects as e')
    .innerJoin('messages as m', 'm.ref', 'e.subject')
    .select(['e.key', 'e.updated_at', 'm.category'])
    .where('e.clinic', '=', clinic)
    .where('e.state', 'in', ['granted', 'sending', 'uncertain'])
    .where('m.patient', '=', patient)
    .where('m.ref', '<>', ref)
    .execute();
  return rows.flatMap(({ key, updated_at, category }) => {
    const channel = channels.find((one) => key.endsWith(`/${one}`));
    return channel === undefined ? [] : [{ at: updated_at.toISOString(), category, channel }];
  });
}

/** Only one message to a patient is weighed and granted at a time: two flows at once must not both find the day still free. */
export async function lockPatient(trx: Trx, clinic: string, patient: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`messages to ${clinic} ${patient}`}, 0))`.execute(trx);
}

async function hasOpenAnswer(trx: Trx, clinic: string, patient: string): Promise<boolean> {
  const row = await trx
    .selectFrom('message_replies')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('may_mean_stop', '=', true)
    .where('read_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** A visit that was moved, cancelled or kept already is no longer what the message tells. */
async function isWithdrawn(trx: Trx, { withdrawn_at, about, about_at, clinic }: MessageRow): Promise<boolean> {
  if (withdrawn_at !== null) return true;
  if (about === null || about_at === null || !about.startsWith('appt_')) return false;
  const visit = await trx
    .selectFrom('appointments')
    .select(['status', 'starts_at'])
    .where('clinic', '=', clinic)
    .where('ref', '=', about)
    .executeTakeFirst();
  return visit === undefined || visit.status === 'cancelled' || visit.starts_at?.getTime() !== about_at.getTime();
}

function stateIn(record: unknown): string | null {
  const address: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'address') : null;
  const state: unknown = typeof address === 'object' && address !== null ? Reflect.get(address, 'state') : null;
  return typeof state === 'string' && state !== '' ? state : null;
}

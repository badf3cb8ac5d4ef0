// Queues a message to a patient: one for an occasion, its words sealed in the vault, its ways in the patient's order.
import { randomBytes, createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { Way } from '../../domain/outreach/course.ts';
import { waysOf } from '../../domain/outreach/preference.ts';
import { lackingFacts, writeTexts } from '../../domain/outreach/texts.ts';
import type { TextFacts, WrittenText } from '../../domain/outreach/texts.ts';
import { categoryOf, channels } from '../../domain/outreach/words.ts';
import type { Channel, Purpose } from '../../domain/outreach/words.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { heldOf } from '../imports/held.ts';
import { newReference } from '../vault/reference.ts';
import { clinicOf } from './needs.ts';
import type { ClinicVoice, MessageNeeds } from './needs.ts';
import { lookupOf, phoneDigits } from './record.ts';
import type { MessageRecord } from './record.ts';

/** What a message is to be written for. `key` names the occasion: a second message for it is not written. */
export interface MessageAsk {
  readonly patient: string;
  readonly purpose: Purpose;
  /** The visit or offer it is about; null for nothing in particular. */
  readonly about: string | null;
  readonly key: string;
  /** After it the message is of no use. */
  readonly until: Date;
  /** Whether a person calls whom no message reached. */
  readonly callIfUnreached?: boolean;
  readonly occasion?: Occasion;
  /** Words a named person approved, instead of those of the purpose. */
  readonly words?: string;
}

/** What the words tell. `link`: where it leads; `page`: it leads to a page of Gait on which the patient answers, once. */
export interface Occasion {
  readonly startsAt?: Date;
  readonly by?: Date;
  readonly link?: string;
  readonly page?: boolean;
  readonly count?: number;
}

export interface Queued {
  readonly message: string;
  readonly outcome: 'queued' | 'known';
}

/** Tokens have 131 bits; only their digest is kept. */
const tokenCharacters = 22;

export async function queueMessage(
  needs: MessageNeeds,
  trx: Trx,
  clinic: string,
  ask: MessageAsk,
  by: Principal,
): Promise<Queued> {
  const known = await trx
    .selectFrom('messages')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('key', '=', ask.key)
    .executeTakeFirst();
  if (known !== undefined) return { message: known.ref, outcome: 'known' };

  const ref = newReference('msg');
  const voice = await clinicOf(trx, clinic);
  const preference = await trx
    .selectFrom('contact_preferences')
    .selectAll()
    .where('patient', '=', ask.patient)
    .executeTakeFirst();
  const token = ask.occasion?.page === true ? tokenOf() : null;
  const record = await written(needs, trx, { clinic, ask, by, voice, language: preference?.language ?? null, token });
  const ways = waysOf({
    preferred: preference?.channels ?? [],
    reachable: reachableBy(record),
    offered: voice.outreach.channels ?? null,
  });
  await needs.vault.put(clinic, 'message', { ...record }, { ref, trx, lookup: lookupOf(record) });
  const at = needs.now();
  const inserted = await trx
    .insertInto('messages')
    .values({
      ref,
      clinic,
      patient: ask.patient,
      category: categoryOf(ask.purpose),
      purpose: ask.purpose,
      about: ask.about,
      about_at: ask.occasion?.startsAt ?? null,
      key: ask.key,
      until: ask.until,
      call_if_unreached: ask.callIfUnreached ?? false,
      ways: JSON.stringify(ways.map(untried)),
      created_by: actorOf(by),
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['clinic', 'key']).doNothing())
    .returning('ref')
    .executeTakeFirst();
  if (inserted === undefined) return queueMessage(needs, trx, clinic, ask, by);
  if (token !== null)
    await trx
      .insertInto('message_links')
      .values({ digest: digestOfToken(token), clinic, message: ref, expires_at: ask.until })
      .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'message.queued',
    subject: ref,
    purpose: ask.purpose,
    details: { patient: ask.patient },
  });
  return { message: ref, outcome: 'queued' };
}

/** What of a link is kept. */
export function digestOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function tokenOf(): string {
  return randomBytes(24).toString('base64url').slice(0, tokenCharacters);
}

function untried(channel: Channel): Way {
  return { channel, state: 'untried', reason: null, notBefore: null, sentAt: null };
}

/** Channels for which there are words and an address. */
function reachableBy({ phone, email, texts }: MessageRecord): Channel[] {
  const usable: Channel[] = [];
  if (phoneDigits(phone) !== null && texts.text !== undefined) usable.push('text');
  if (email !== null && email.includes('@') && texts.email !== undefined) usable.push('email');
  if (phoneDigits(phone) !== null && texts.voice !== undefined) usable.push('voice');
  return usable;
}

async function written(
  needs: MessageNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly ask: MessageAsk;
    readonly by: Principal;
    readonly voice: ClinicVoice;
    readonly language: string | null;
    readonly token: string | null;
  },
): Promise<MessageRecord> {
  const { clinic, ask, by, voice, language, token } = of;
  const { patient } = await heldOf(needs, trx, { clinic, patient: ask.patient, by: systemPrincipal('messages', by) });
  const facts = factsOf(ask.occasion ?? {}, voice, {
    language: language ?? 'en',
    link: token === null ? (ask.occasion?.link ?? voice.formsUrl) : `${needs.publicUrl}/m/${token}`,
  });
  return {
    given: patient.name.given,
    family: patient.name.family,
    birthDate: patient.birthDate,
    phone: patient.contact.phone,
    email: patient.contact.email,
    clinicName: voice.name,
    texts:
      ask.words === undefined
        ? completeTexts(
            writeTexts(
              { own: voice.outreach.texts ?? [], shipped: needs.outreach.texts },
              { purpose: ask.purpose, language, facts },
            ),
          )
        : approvedTexts(ask.words, voice.name),
    numbers: await numbersOf(needs, trx, clinic, ask.patient, by),
  };
}

function approvedTexts(words: string, clinicName: string): Partial<Record<Channel, WrittenText>> {
  return { text: { subject: null, body: words }, email: { subject: clinicName, body: words } };
}

/** The words that lack nothing; where every channel lacks a fact, whoever asks is told which. */
function completeTexts(texts: Partial<Record<Channel, WrittenText>>): Partial<Record<Channel, WrittenText>> {
  const complete: Partial<Record<Channel, WrittenText>> = {};
  const lacking = new Set<string>();
  for (const channel of channels) {
    const written = texts[channel];
    if (written === undefined) continue;
    const facts = lackingFacts(written);
    if (facts.length === 0) complete[channel] = written;
    for (const fact of facts) lacking.add(fact);
  }
  if (Object.keys(complete).length > 0 || lacking.size === 0) return complete;
  throw new GaitError('input.invalid', `The words of this message lack: ${[...lacking].join(', ')}.`, {
    where: 'messages',
    fix: "Name the visit, the date or the link it is about; the clinic's telephone is a setting (outreach.phone).",
  });
}

function factsOf(
  { startsAt, by, count }: Occasion,
  { name, zone, outreach }: ClinicVoice,
  { language, link }: { readonly language: string; readonly link: string | null },
): TextFacts {
  const locale = language === 'es' ? 'es-US' : 'en-US';
  const dateText = (at: Date): string =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', month: 'short', day: 'numeric' }).format(at);
  // The narrow space before AM is no character of a text message's alphabet.
  const timeText = (at: Date): string =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' })
      .format(at)
      .replace(/[\u202f\u00a0]/g, ' ');
  return {
    clinic: name,
    ...(outreach.phone === undefined ? {} : { phone: outreach.phone }),
    ...(startsAt === undefined ? {} : { date: dateText(startsAt), time: timeText(startsAt) }),
    ...(by === undefined ? {} : { by: timeText(by) }),
    ...(link === null ? {} : { link }),
    ...(count === undefined ? {} : { count: String(count) }),
  };
}

/** What messaging systems that keep patients of their own call this one. */
async function numbersOf(
  { vault }: MessageNeeds,
  trx: Trx,
  clinic: string,
  patient: string,
  by: Principal,
): Promise<Record<string, string>> {
  const rows = await trx
    .selectFrom('patient_records as r')
    .innerJoin('connections as c', 'c.id', 'r.connection')
    .select(['r.ref', 'r.connection'])
    .where('r.clinic', '=', clinic)
    .where('r.patient', '=', patient)
    .where('r.gone', 'is', null)
    .where('c.system', '=', 'lumaHealth')
    .execute();
  const actor = systemPrincipal('messages', by);
  const opened = await vault.openMany(
    clinic,
    rows.map(({ ref }) => ref),
    { purpose: 'message.write', actor, trx },
  );
  return Object.fromEntries(
    rows.flatMap(({ ref, connection }) => {
      const number = opened.get(ref)?.['recordNumber'];
      return typeof number === 'string' ? [[connection, number]] : [];
    }),
  );
}

// What the clinic's messages tell of its patients: numbers and addresses that fail, and who wants no messages at all.
import { failingAddresses } from '../../domain/data-audit/contacts.ts';
import type { Address, Arrival, ContactFacts } from '../../domain/data-audit/contacts.ts';
import type { Person } from '../../domain/linkage/person.ts';
import { standing } from '../../domain/outreach/consent.ts';
import { channels, isTelephone } from '../../domain/outreach/words.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { assertMessage, phoneDigits } from '../messages/record.ts';
import type { Vault } from '../vault/vault.ts';
import type { DataRules } from './rules.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly rules: DataRules;
  readonly now: () => Date;
}

type Contact = Person['contact'];
type Addressed = Arrival & { readonly message: string };

/** So many messages are opened at a time. */
const batchSize = 200;

/** By record. `contacts` is what stands in each record now: a message to a number that was corrected since says nothing of it. */
export async function contactFacts(
  needs: Needs,
  clinic: string,
  contacts: ReadonlyMap<string, Contact>,
  of: { readonly by: Principal; readonly today: string },
): Promise<ReadonlyMap<string, ContactFacts>> {
  const failing = await failingOf(needs, clinic, contacts, of.by);
  const none = await wantingNone(needs.db, clinic, of.today);
  return new Map(
    [...new Set([...failing.keys(), ...none])].map((ref) => [
      ref,
      { failing: failing.get(ref) ?? [], wantsNone: none.has(ref) },
    ]),
  );
}

async function failingOf(
  needs: Needs,
  clinic: string,
  contacts: ReadonlyMap<string, Contact>,
  by: Principal,
): Promise<ReadonlyMap<string, readonly Address[]>> {
  const { failures, lookBackDays } = needs.rules.requirements.contacts;
  const since = new Date(needs.now().getTime() - lookBackDays * 86_400_000);
  const arrivals = await arrivalsOf(needs.db, clinic, since);
  // Only of whom enough failed the messages are opened.
  const doubtful = [...arrivals].filter(([, own]) => own.filter(({ arrived }) => !arrived).length >= failures);
  const sentTo = await addressesOf(
    needs,
    clinic,
    new Set(doubtful.flatMap(([, own]) => own.map((one) => one.message))),
    by,
  );
  return new Map(
    doubtful.flatMap(([patient, own]): [string, Address[]][] => {
      const contact = contacts.get(patient);
      if (contact === undefined) return [];
      const still = own.filter(({ message, address }) => sameAddress(address, sentTo.get(message), contact));
      const failing = failingAddresses(still, failures);
      return failing.length === 0 ? [] : [[patient, failing]];
    }),
  );
}

async function arrivalsOf(db: Db, clinic: string, since: Date): Promise<ReadonlyMap<string, readonly Addressed[]>> {
  const rows = await db
    .selectFrom('messages')
    .select(['ref', 'patient', 'ways', 'created_at'])
    .where('clinic', '=', clinic)
    .where('created_at', '>=', since)
    .execute();
  const arrivals = rows.flatMap(({ ref, patient, ways, created_at: at }) =>
    ways.flatMap(({ channel, state, sentAt }) =>
      state === 'failed' || state === 'delivered'
        ? [
            {
              patient,
              message: ref,
              address: isTelephone(channel) ? ('phone' as const) : ('email' as const),
              arrived: state === 'delivered',
              at: sentAt ?? at.toISOString(),
            },
          ]
        : [],
    ),
  );
  return Map.groupBy(arrivals, ({ patient }) => patient);
}

async function addressesOf(
  { vault, validator }: Needs,
  clinic: string,
  messages: ReadonlySet<string>,
  by: Principal,
): Promise<ReadonlyMap<string, Contact>> {
  const refs = [...messages];
  const found = new Map<string, Contact>();
  for (let start = 0; start < refs.length; start += batchSize) {
    const opened = await vault.openMany(clinic, refs.slice(start, start + batchSize), {
      purpose: 'dataAudit',
      actor: systemPrincipal('dataAudit', by),
      action: 'message.audited',
    });
    for (const [ref, record] of opened) {
      assertMessage(validator, record);
      found.set(ref, { phone: record.phone, email: record.email });
    }
  }
  return found;
}

function sameAddress(address: Address, sent: Contact | undefined, now: Contact): boolean {
  if (sent === undefined) return false;
  if (address === 'phone')
    return phoneDigits(sent.phone) !== null && phoneDigits(sent.phone) === phoneDigits(now.phone);
  return sent.email !== null && sent.email.trim().toLowerCase() === now.email?.trim().toLowerCase();
}

/** Who took back consent to reminders, the plainest of messages, over every channel. */
async function wantingNone(db: Db, clinic: string, day: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('message_consents')
    .select(['patient', 'state', 'categories', 'channels', 'source', 'at'])
    .where('clinic', '=', clinic)
    .orderBy('seq')
    .execute();
  const entries = rows.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() }));
  const isRevoked = (own: typeof entries, channel: (typeof channels)[number]): boolean => {
    // Without rules what nobody ever said is not granted, and only a patient's own word is revoked.
    const word = standing([], own, { category: 'reminder', channel, day });
    return !word.may && word.why === 'revoked';
  };
  return new Set(
    [...Map.groupBy(entries, ({ patient }) => patient)]
      .filter(([, own]) => channels.every((channel) => isRevoked(own, channel)))
      .map(([patient]) => patient),
  );
}

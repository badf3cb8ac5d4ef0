// What is known of a fortnight on the real stack: the vendors' journals by their own interfaces, Gait's books from its database.
import { json, list } from '../../runtime/demo/surfaces.ts';
import { sandboxAccount } from '../../sandbox/twilio/account.ts';
import type { Account, BookedMessage, BookedReply, BookedSlot, Taken, Word } from './account.ts';
import type { StackClinic } from './stack-clinic.ts';

const utc = (value: unknown): string => new Date(String(value)).toISOString();

/** Texts and calls as Twilio lists them; of e-mails the mail server keeps the Message-ID alone. */
async function takenBy(clinic: StackClinic): Promise<Taken[]> {
  const account = `/Accounts/${sandboxAccount}`;
  const lists = await Promise.all(
    (['Messages', 'Calls'] as const).map(async (resource) => {
      const all: Taken[] = [];
      for (let page = 0; ; page += 1) {
        const answer = await clinic.vendor(`${account}/${resource}.json?PageSize=500&Page=${page}`);
        for (const one of list(answer[resource.toLowerCase()]))
          if (one['direction'] !== 'inbound')
            all.push({
              id: String(one['sid']),
              channel: resource === 'Messages' ? 'text' : 'voice',
              to: String(one['to']),
              at: utc(one['date_created']),
            });
        if (typeof answer['next_page_uri'] !== 'string') return all;
      }
    }),
  );
  return lists.flat();
}

interface MessageRow {
  readonly ref: string;
  readonly patient: string;
  readonly purpose: BookedMessage['purpose'];
  readonly about: string | null;
  readonly created_at: Date;
  readonly until: Date;
  readonly ending: string | null;
  readonly rule: string | null;
  readonly ways: BookedMessage['ways'];
  readonly calls: string;
}

async function messagesOf(clinic: StackClinic): Promise<BookedMessage[]> {
  const patients = backwards(clinic.patientRefs);
  const visits = backwards(clinic.visitRefs);
  const rows = await clinic.rows<MessageRow>(
    `select m.*, (select count(*) from work_item_keys k where k.key = 'patient.call/' || m.ref) as calls
     from messages m where m.patient = any($1) order by m.created_at`,
    [[...patients.keys()]],
  );
  return rows.map((row) => ({
    ref: row.ref,
    patient: patients.get(row.patient) ?? '',
    purpose: row.purpose,
    about: row.about === null ? null : (visits.get(row.about) ?? row.about),
    queuedAt: row.created_at.toISOString(),
    until: row.until.toISOString(),
    // What the vendor took, and of which it says no more: an e-mail is watched for an hour longer.
    ending: row.ending ?? (row.ways.some(({ state }) => state === 'sent') ? 'sent' : null),
    rule: row.rule,
    ways: row.ways,
    calls: Number(row.calls),
  }));
}

function backwards(map: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...map].map(([story, ref]) => [ref, story]));
}

interface ReplyRow {
  readonly ref: string;
  readonly intent: string;
  readonly message: string | null;
  readonly patient: string | null;
  readonly work_item: string | null;
  readonly vendor_message: string;
}

/** A reply is kept under no number of the vendor's: the events that brought them are in the same order. */
async function repliesOf(clinic: StackClinic): Promise<BookedReply[]> {
  const events = await clinic.rows<{ vendor_message: string; received_at: Date }>(
    "select vendor_message, received_at from message_events where kind = 'reply' and handled_at is not null order by received_at, id",
  );
  const rows = await clinic.rows<Omit<ReplyRow, 'vendor_message'> & { at: Date }>(
    `select r.ref, r.intent, r.message, r.patient, r.work_item, r.at from message_replies r
     join record_changes c on c.ref = r.ref and c.kind = 'replies' order by r.at, c.seq`,
  );
  if (events.length !== rows.length)
    throw new Error(`${events.length} replies were handed over and ${rows.length} are in the books.`);
  const answered = new Set<string>();
  return rows.map((row, index) => {
    const { intent, message } = row;
    const repeats = message !== null && answered.has(`${message} ${intent}`);
    if (message !== null) answered.add(`${message} ${intent}`);
    return { id: events[index]?.vendor_message ?? '', intent, message, end: endOf(row, repeats) };
  });
}

function endOf(
  { intent, message, work_item: item }: Omit<ReplyRow, 'vendor_message'>,
  repeats: boolean,
): BookedReply['end'] {
  if (item !== null) return 'item';
  if (intent === 'stop' || intent === 'start') return 'consent';
  if (repeats) return 'repeat';
  return message !== null && ['yes', 'no', 'reschedule'].includes(intent) ? 'answer' : null;
}

async function slotsOf(clinic: StackClinic, waitingAt: ReadonlyMap<string, readonly string[]>): Promise<BookedSlot[]> {
  const visits = backwards(clinic.visitRefs);
  const entries = backwards(clinic.entryRefs);
  const rows = await clinic.rows<{
    ref: string;
    appointment: string;
    phase: string;
    unfilled: string;
    booking: string;
  }>(
    `select s.ref, s.appointment, s.phase,
       (select count(*) from work_items w where w.kind = 'waitlist.unfilled' and w.subject = s.ref) as unfilled,
       (select count(*) from slot_offers o join work_item_keys k on k.key = 'waitlist.book/' || o.ref where o.slot = s.ref) as booking
     from freed_slots s where s.appointment = any($1)`,
    [[...visits.keys()]],
  );
  const holds = await clinic.rows<{ slot: string; offer: string }>('select slot, offer from slot_holds');
  const slots: BookedSlot[] = [];
  for (const { ref, appointment, phase, unfilled, booking } of rows) {
    const { lines } = await clinic.desk((person) => person.get(`/v1/console/waitlist/slots/${ref}`));
    const visit = visits.get(appointment) ?? '';
    slots.push({
      ref,
      visit,
      phase,
      waiting: waitingAt.get(visit) ?? [],
      lines: list(lines).map(({ entry, words, offer }) => ({
        entry: entries.get(String(entry)) ?? String(entry),
        words: String(words),
        outcome: typeof json(offer)['outcome'] === 'string' ? String(json(offer)['outcome']) : null,
      })),
      holds: holds.filter(({ slot }) => slot === ref).map(({ offer }) => offer),
      unfilledItems: Number(unfilled),
      bookingItems: Number(booking),
    });
  }
  return slots;
}

async function wordsOf(clinic: StackClinic): Promise<Word[]> {
  const patients = backwards(clinic.patientRefs);
  const rows = await clinic.rows<Omit<Word, 'at'> & { at: Date }>(
    'select patient, state, channels, categories, source, at from message_consents where patient = any($1) order by seq',
    [[...patients.keys()]],
  );
  return rows.map((row) => ({ ...row, patient: patients.get(row.patient) ?? '', at: row.at.toISOString() }));
}

/** @param waitingAt who waited when a visit was given up, by visit; the tests' own list */
export async function accountOf(
  clinic: StackClinic,
  waitingAt: ReadonlyMap<string, readonly string[]>,
): Promise<Account> {
  const messages = await messagesOf(clinic);
  const known = new Set(messages.map(({ ref }) => ref));
  const ledger = await clinic.rows<{
    message: string;
    channel: Taken['channel'];
    vendor_message: string;
    patient: string;
    at: Date;
  }>('select message, channel, vendor_message, patient, at from message_sendings');
  const own = ledger.filter(({ message }) => known.has(message));
  const ownIds = new Set(own.map((one) => one.vendor_message));
  const others = new Set(ledger.map((one) => one.vendor_message).filter((id) => !ownIds.has(id)));
  const byId = new Map(own.map((one) => [one.vendor_message, one]));
  const mails = list((await clinic.mailTaken())['taken']).map(({ messageId }): Taken => {
    const id = String(messageId);
    // The mail server keeps neither address nor hour: the ledger lends them.
    return { id, channel: 'email', to: '', at: byId.get(id)?.at.toISOString() ?? new Date(0).toISOString() };
  });
  return {
    // What went to other patients of the same stack is no part of the story.
    taken: [...(await takenBy(clinic)), ...mails].filter(({ id }) => !others.has(id)),
    sendings: own.map(({ message, channel, vendor_message: vendorMessage }) => ({ message, channel, vendorMessage })),
    messages,
    heard: clinic.heard,
    replies: await repliesOf(clinic),
    consents: await wordsOf(clinic),
    slots: await slotsOf(clinic, waitingAt),
  };
}

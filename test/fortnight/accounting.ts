// The accountant: reads what is known of a fortnight and names everything that may not be. It reckons by itself; of the code under test
// it knows the words and nothing else.
import type { Account, BookedMessage, Taken } from './account.ts';
import type { Story, StoryPatient, StoryVisit } from './story.ts';

export interface Terms {
  /** Hours before a visit from which, and minutes before it until which, its reminder is due. */
  readonly reminderHours: number;
  readonly leastMinutes: number;
  /** Due reminders are looked for this often at least. */
  readonly lookMinutes: number;
  /** What was on its way when a word came may arrive for so long. */
  readonly graceMs: number;
  /** Whether STOP ends everything or what comes to the telephone. */
  readonly stopEnds: 'telephone' | 'everything';
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Books {
  readonly story: Story;
  readonly account: Account;
  readonly terms: Terms;
  readonly patients: ReadonlyMap<string, StoryPatient>;
  readonly messages: ReadonlyMap<string, BookedMessage>;
  /** What was taken, with the message it belongs to. */
  readonly gone: readonly { readonly taken: Taken; readonly message: BookedMessage }[];
}

/** Every fault, in words; an empty list: nothing was sent twice, nothing is lost, every story is complete. */
export function faultsIn(story: Story, account: Account, terms: Terms): string[] {
  const messages = new Map(account.messages.map((one) => [one.ref, one]));
  const byId = new Map(account.taken.map((one) => [one.id, one]));
  const gone = account.sendings.flatMap(({ message: ref, vendorMessage }) => {
    const [taken, message] = [byId.get(vendorMessage), messages.get(ref)];
    return taken === undefined || message === undefined ? [] : [{ taken, message }];
  });
  const patients = new Map(story.patients.map((one) => [one.ref, one]));
  const books = { story, account, terms, patients, messages, gone };
  return [
    ...journals(books),
    ...reminders(books),
    ...endings(books),
    ...hours(books),
    ...caps(books),
    ...silence(books),
    ...replies(books),
    ...floods(books),
    ...slots(books),
  ];
}

function* repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string): Generator<[string, Item[]]> {
  for (const [key, group] of Map.groupBy(items, keyOf)) if (group.length > 1) yield [key, group];
}

/** The vendor's journal and Gait's ledger name the same messages, each once. */
function* journals({ account, gone, messages }: Books): Generator<string> {
  for (const [id] of repeated(account.sendings, ({ vendorMessage }) => vendorMessage))
    yield `sent twice: ${id} stands for two messages`;
  for (const [key] of repeated(account.sendings, ({ message, channel }) => `${message} ${channel}`))
    yield `sent twice: ${key}`;
  const known = new Set(account.sendings.map(({ vendorMessage }) => vendorMessage));
  for (const { id, channel } of account.taken)
    if (!known.has(id)) yield `sent twice or unknown: the vendor took ${channel} ${id}, the ledger does not know it`;
  const taken = new Set(account.taken.map(({ id }) => id));
  for (const { message, vendorMessage } of account.sendings) {
    if (!taken.has(vendorMessage)) yield `lost: ${message} left as ${vendorMessage}, which the vendor never took`;
    if (!messages.has(message)) yield `lost: a sending of ${message}, which no book holds`;
  }
  for (const [key] of repeated(
    gone.filter(({ message }) => message.about !== null && !isAnswer(message)),
    ({ taken: { channel }, message: { patient, purpose, about } }) =>
      [patient, purpose, about ?? '', channel].join(' '),
  ))
    yield `sent twice: ${key}`;
}

/** What a patient is told because they have just written; written down here, apart from the words of the product. */
function isAnswer({ purpose }: BookedMessage): boolean {
  return /^(reply|optout)\./.test(purpose) || /^waitlist\.(booked|taken|ended|notEligible|declined)$/.test(purpose);
}

/** Every due reminder is one message that reached the patient, or one call for a person; a visit that is off is not reminded of. */
function* reminders({ story, account, terms, gone }: Books): Generator<string> {
  const about = Map.groupBy(
    account.messages.filter(({ purpose }) => purpose === 'visit.reminder'),
    ({ about: visit }) => visit ?? '',
  );
  for (const visit of story.visits) {
    const its = about.get(visit.ref) ?? [];
    if (its.length > 1) yield `sent twice: ${its.length} reminders of ${visit.ref}`;
    if (isDue(visit, terms) && its.length === 0) yield `lost: no reminder of ${visit.ref}`;
    const asked = account.messages.filter(({ purpose, about: of }) => purpose === 'visit.missed' && of === visit.ref);
    if (asked.length !== (visit.missedAt === null ? 0 : 1))
      yield `${asked.length} messages for the missed ${visit.ref}`;
    if (visit.cancelledAt === null) continue;
    const off = Date.parse(visit.cancelledAt) + terms.graceMs;
    for (const { taken, message } of gone)
      if (message.about === visit.ref && message.purpose === 'visit.reminder' && Date.parse(taken.at) > off)
        yield `${visit.ref} was cancelled at ${visit.cancelledAt} and reminded of at ${taken.at}`;
  }
}

/** Booked, and not cancelled, through at least one whole look within its time. */
function isDue({ start, bookedAt, cancelledAt, missedAt }: StoryVisit, terms: Terms): boolean {
  const begins = Date.parse(start);
  const from = Math.max(begins - terms.reminderHours * 60 * minuteMs, Date.parse(bookedAt));
  const off = [cancelledAt, missedAt].filter((one) => one !== null).map((one) => Date.parse(one));
  const to = Math.min(begins - terms.leastMinutes * minuteMs, ...off);
  return to - from > 2 * terms.lookMinutes * minuteMs;
}

const reached = new Set(['sent', 'delivered']);
const called = new Set(['visit.reminder', 'visit.missed']);

/** A message ends in exactly one way, and the vendor's journal agrees with it. */
function* endings({ account, gone }: Books): Generator<string> {
  const left = Map.groupBy(gone, ({ message }) => message.ref);
  for (const message of account.messages) {
    const { ref, purpose, about, ending, calls, rule, ways } = message;
    const name = `${purpose} ${about ?? ''} (${ref})`;
    const arrived = ways.filter(({ state }) => reached.has(state)).length;
    const took = left.get(ref)?.length ?? 0;
    if (ending === null) {
      yield `lost: ${name} never ended`;
      continue;
    }
    if (arrived > 1) yield `sent twice: ${name} by ${arrived} ways`;
    if (reached.has(ending) !== (arrived === 1)) yield `${name} ended as ${ending} with ${arrived} ways that arrived`;
    if (arrived === 1 && took === 0) yield `lost: ${name} ended as ${ending} and no vendor took it`;
    if (took > ways.filter(({ state }) => reached.has(state) || state === 'failed').length)
      yield `${name}: the vendors took ${took}, the ways are ${ways.map(({ state }) => state).join(', ')}`;
    if (calls !== (ending === 'callList' ? 1 : 0)) yield `${name} ended as ${ending} with ${calls} calls`;
    if (called.has(purpose) && ending === 'unreached') yield `lost: nobody calls about ${name}`;
    const explained = rule !== null || ways.some(({ reason, state }) => reason !== null || state === 'failed');
    if ((ending === 'callList' || ending === 'unreached') && !explained && ways.length > 0)
      yield `kept back without a reason: ${name}`;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and clock on a wall in a zone, reckoned here: `2026-11-01 07:59`. */
function wall(instant: string, zone: string): { readonly date: string; readonly clock: string } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
  formats.set(zone, format);
  const [date = '', clock = ''] = format.format(Date.parse(instant)).split(' ');
  return { date, clock };
}

/** No text and no call at night, wherever the patient may be. */
function* hours({ gone, patients }: Books): Generator<string> {
  for (const { taken, message } of gone) {
    if (taken.channel === 'email' || isAnswer(message)) continue;
    for (const zone of patients.get(message.patient)?.zones ?? []) {
      const { clock } = wall(taken.at, zone);
      if (clock < '08:00' || clock >= '21:00')
        yield `night: ${message.purpose} at ${clock} in ${zone} (${message.ref})`;
    }
  }
}

const limits = { telephone: { day: 1, week: 3 }, mail: { day: 2, week: 6 } } as const;

/** So many a day and within seven days in a row, of texts and calls together, and of e-mails. */
function* caps({ gone, patients }: Books): Generator<string> {
  const counted = gone.filter(({ message }) => !isAnswer(message));
  const groups = Map.groupBy(
    counted,
    ({ taken, message }) => `${message.patient} ${taken.channel === 'email' ? 'mail' : 'telephone'}`,
  );
  for (const [key, group] of groups) {
    const [patient = '', kind] = key.split(' ');
    const most = limits[kind === 'mail' ? 'mail' : 'telephone'];
    const zone = patients.get(patient)?.zones[0] ?? '';
    const days = group.map(({ taken }) => Date.parse(wall(taken.at, zone).date) / dayMs);
    for (const day of new Set(days)) {
      const today = days.filter((one) => one === day).length;
      const week = days.filter((one) => one >= day && one < day + 7).length;
      if (today > most.day) yield `cap: ${key} got ${today} in a day`;
      if (week > most.week) yield `cap: ${key} got ${week} in seven days`;
    }
  }
}

/** Whoever said STOP hears nothing more there, but one confirmation; who shares the telephone neither. */
function* silence({ story, account, gone, patients, terms }: Books): Generator<string> {
  for (const stop of account.consents.filter(({ state, source }) => state === 'revoked' && source === 'reply')) {
    const from = Date.parse(stop.at) + terms.graceMs;
    const phone = patients.get(stop.patient)?.phone;
    const household = story.patients.filter(
      (one) => one.ref === stop.patient || (phone !== null && one.phone === phone),
    );
    const refs = new Set(household.map(({ ref }) => ref));
    const again = account.consents
      .filter(({ patient, state, at }) => refs.has(patient) && state === 'granted' && at > stop.at)
      .map(({ at }) => Date.parse(at))
      .sort((one, other) => one - other)[0];
    for (const { taken, message } of gone) {
      const when = Date.parse(taken.at);
      const isThere = taken.to === phone || (terms.stopEnds === 'everything' && message.patient === stop.patient);
      if (isThere && when > from && when < (again ?? Infinity) && !isAnswer(message))
        yield `after STOP at ${stop.at}: ${message.purpose} by ${taken.channel} at ${taken.at} (${message.ref})`;
    }
  }
}

/** Every reply is in the books once, and was answered, obeyed or given to a person. */
function* replies({ account }: Books): Generator<string> {
  const booked = Map.groupBy(account.replies, ({ id }) => id);
  for (const { id, text } of account.heard) {
    const its = booked.get(id) ?? [];
    if (its.length === 0) yield `lost: the reply "${text}" (${id})`;
    if (its.length > 1) yield `acted upon ${its.length} times: the reply "${text}" (${id})`;
    for (const { end, intent } of its) if (end === null) yield `lost: nothing came of "${text}" (${id}, ${intent})`;
  }
  const bursts = Map.groupBy(account.heard, ({ from, text, writtenAt }) => `${from} ${text} ${writtenAt}`);
  for (const [words, burst] of bursts) {
    const ends = burst.flatMap(({ id }) => booked.get(id) ?? []).filter(({ end }) => end === 'answer');
    if (new Set(ends.map(({ message }) => message)).size > 1) yield `one word answered several questions: ${words}`;
  }
}

/** However often somebody writes, they get the same courtesy once an hour: two machines must not talk to each other. */
function* floods({ gone }: Books): Generator<string> {
  const courtesies = gone.filter(({ message }) => message.purpose === 'reply.received');
  for (const [to, group] of Map.groupBy(courtesies, ({ taken, message }) => `${taken.to} ${message.patient}`)) {
    const times = group.map(({ taken }) => Date.parse(taken.at)).sort((one, other) => one - other);
    const close = times.filter((time, index) => index > 0 && time - (times[index - 1] ?? 0) < 50 * minuteMs);
    if (close.length > 0) yield `flood: ${to} got ${close.length + 1} courtesies within an hour of each other`;
  }
  for (const [to, group] of Map.groupBy(
    gone.filter(({ message }) => message.purpose === 'optout.confirmed'),
    ({ taken, message }) => `${taken.to} ${message.patient}`,
  ))
    if (group.length > 2) yield `flood: ${to} was told ${group.length} times that nothing more comes`;
}

/** Every freed slot has one who takes it or an item that says it stayed free, and a line for everybody who waited. */
function* slots({ story, account, terms }: Books): Generator<string> {
  for (const { cancelledAt, ref, start } of story.visits) {
    if (cancelledAt === null || Date.parse(start) - Date.parse(cancelledAt) < terms.graceMs + minuteMs) continue;
    const its = account.slots.filter(({ visit }) => visit === ref);
    if (its.length !== 1) yield `${its.length} slots for the cancelled ${ref}`;
  }
  for (const { ref, phase, waiting, lines, holds, unfilledItems, bookingItems } of account.slots) {
    const winners = lines.filter(({ outcome }) => outcome === 'accepted').length;
    if (winners > 1) yield `${ref} has ${winners} winners`;
    if (holds.length > 1) yield `${ref} is held ${holds.length} times`;
    if (winners === 0 && unfilledItems === 0) yield `lost: ${ref} (${phase}) has nobody, and nobody is told`;
    if (winners === 1 && bookingItems === 0) yield `lost: nobody is asked to book ${ref}`;
    const told = new Set(lines.map(({ entry }) => entry));
    for (const entry of waiting) if (!told.has(entry)) yield `lost: the ledger of ${ref} does not tell of ${entry}`;
    for (const { entry, words, outcome } of lines) {
      if (words === '') yield `the ledger of ${ref} says nothing of ${entry}`;
      if (outcome === 'open') yield `lost: ${entry} is asked about ${ref} to this day`;
    }
  }
  yield* doubleBookings(story, account);
}

/** Nobody takes two visits at once, and no entry of the list takes two slots. */
function* doubleBookings(story: Story, account: Account): Generator<string> {
  const visits = new Map(story.visits.map((one) => [one.ref, one]));
  const patientOf = new Map(story.waiting.map(({ ref, patient }) => [ref, patient]));
  const won = account.slots.flatMap(({ visit, lines }) =>
    lines.filter(({ outcome }) => outcome === 'accepted').map(({ entry }) => ({ entry, visit: visits.get(visit) })),
  );
  for (const [entry, group] of repeated(won, ({ entry }) => entry)) yield `${entry} took ${group.length} slots`;
  for (const { entry, visit } of won) {
    const own = story.visits.filter(
      ({ patient, cancelledAt, start, bookedAt }) =>
        patient === patientOf.get(entry) &&
        cancelledAt === null &&
        start === visit?.start &&
        // What staff put there after the yes is their own.
        Date.parse(start) - Date.parse(bookedAt) > 3 * dayMs,
    );
    if (own.length > 0) yield `${entry} has a visit already when ${visit?.ref ?? ''} begins`;
  }
}

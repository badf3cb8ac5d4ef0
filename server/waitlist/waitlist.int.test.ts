// A freed slot on a real database: ranked with what the clinic's books know, offered by message, held once, booked by a person.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Purpose } from '../../domain/outreach/words.ts';
import { answering, takeAnswer } from '../messages/answers.ts';
import { messageRow } from '../messages/needs.ts';
import { readOutreachBook } from '../messages/rules.ts';
import { systemPrincipal } from '../http/principal.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { offerTaker } from './answers.ts';
import { readWaitlistRules } from './rules.ts';

type Json = Readonly<Record<string, unknown>>;

const zone = 'America/Chicago';
let server: TestServer;
let clinic: Followed;
let day: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  // Ten in the morning where the clinic is: offers begin by day.
  const today = addDays(dateInZone(server.services.now().toISOString(), zone), 1);
  server.pass(Date.parse(instantOf(`${today}T10:00`, zone) ?? '') - server.services.now().getTime());
  clinic = await followedClinic(server.services, { name: `w${count}`, today });
  day = addDays(today, 1);
  await server.services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100' } }) })
    .where('id', '=', clinic.clinic)
    .execute();
});

async function asDesk(method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const signedIn = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const headers = { 'x-gait-console': '1' };
  const { json, status, text } = await server.call(method, path, {
    cookie,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  if (status !== 200) throw new Error(text);
  return typeof json === 'object' && json !== null ? { ...json } : {};
}

const wishes = {
  discipline: 'PT',
  minutes: 45,
  therapists: null,
  wantedTherapist: null,
  locations: null,
  equipment: [],
  times: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
  noticeMinutes: 0,
  visitsPerWeek: null,
  daysApart: 1,
  planFrom: null,
  planTo: null,
};

/** One more patient with twelve visits approved and one booked, far from the slot. */
async function patient(number: string): Promise<string> {
  const ref = await clinic.follow(number, addDays(day, 20 + Number(number.slice(2))));
  const row = await server.services.db
    .selectFrom('authorizations')
    .selectAll()
    .where('ref', '=', ref)
    .executeTakeFirstOrThrow();
  const periods = row.periods.map((period) => ({ ...period, to: addDays(day, 90) }));
  await server.services.db
    .updateTable('authorizations')
    .set({ periods: JSON.stringify(periods) })
    .where('ref', '=', ref)
    .execute();
  return row.patient;
}

async function wait(of: string, more: Json = {}): Promise<string> {
  const { entry } = await asDesk('POST', '/v1/console/waitlist', { patient: of, wishes, priority: 'routine', ...more });
  return String(entry);
}

const slotAt = (more: Json = {}): Json => ({
  startsAt: instantOf(`${day}T14:00`, zone) ?? '',
  minutes: 45,
  therapist: 'th_1',
  discipline: 'PT',
  location: 'loc_1',
  equipment: [],
  ...more,
});
async function open(more: Json = {}): Promise<string> {
  const { slot } = await asDesk('POST', '/v1/waitlist/slots', slotAt(more));
  return String(slot);
}
const row = (slot: string) =>
  server.services.db.selectFrom('freed_slots').selectAll().where('ref', '=', slot).executeTakeFirstOrThrow();
const offers = (slot: string) =>
  server.services.db.selectFrom('slot_offers').selectAll().where('slot', '=', slot).orderBy('number').execute();
/** The patient answers the message; `reply` tells one answer from another. */
const answer = async (offer: string | undefined, said: 'yes' | 'no', reply = 'rpl_1'): Promise<boolean> => {
  const { services } = server;
  const outreach = await readOutreachBook(services.validator);
  const waitlistRules = await readWaitlistRules(services.validator);
  const { policies, workItems } = clinic;
  const needs = { ...services, policies, workItems, outreach, waitlistRules, publicUrl: 'https://gait.example' };
  const { message } = await services.db
    .selectFrom('slot_offers')
    .select('message')
    .where('ref', '=', offer ?? '')
    .executeTakeFirstOrThrow();
  return services.db.transaction().execute(async (trx) => {
    const row = await messageRow(trx, clinic.clinic, message ?? '');
    return takeAnswer(answering(needs, { 'waitlist.offer': offerTaker(needs) }), trx, row, said, { reply });
  });
};
/** The desk writes down what the patient said on the telephone. */
const byPhone = (offer: string | undefined, said: 'yes' | 'no') =>
  asDesk('POST', `/v1/console/waitlist/offers/${offer ?? ''}/answer`, { answer: said });
const messages = async (purpose: Extract<Purpose, `waitlist.${string}`>) => {
  const rows = await server.services.db
    .selectFrom('messages')
    .select(['patient', 'withdrawn_at'])
    .where('clinic', '=', clinic.clinic)
    .where('purpose', '=', purpose)
    .orderBy('created_at')
    .execute();
  return rows;
};
const next = async (slot: string) => {
  const { json } = await server.call('POST', '/v1/worker/waitlist/next', {
    key: clinic.workerKey,
    body: { clinic: clinic.clinic, slot },
  });
  return json;
};
const items = (kind: string) =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'status', 'subject'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', kind)
    .orderBy('opened_at')
    .execute();

const decide = async (item: string | undefined, decision: string) => {
  const { hash } = await server.services.db
    .selectFrom('work_item_revisions')
    .select('hash')
    .where('work_item', '=', item ?? '')
    .executeTakeFirstOrThrow();
  await asDesk('POST', `/v1/console/work-items/${item ?? ''}/decisions`, { decision, hash });
};

describe('who is asked', () => {
  test('not the patient whose visits left are all booked: the ledger says why, from the clinic’s own books', async () => {
    const entry = await wait(clinic.patient);
    const slot = await open();
    const { lines } = await asDesk('GET', `/v1/console/waitlist/slots/${slot}`);
    expect(lines).toMatchObject([{ entry, eligible: 'no', offer: null }]);
    expect(JSON.stringify(lines)).toContain('waitlist.authorization-visits');
    expect((await row(slot)).phase).toBe('exhausted');
    expect(await items('waitlist.unfilled')).toMatchObject([{ subject: slot }]);
  });

  test('whose benefit nobody told only once staff have found out; then one, with a message of half an hour', async () => {
    const [one, other] = [await patient('P-1'), await patient('P-2')];
    const [first, second] = [await wait(one), await wait(other)];
    const doubtful = await open();
    expect(await offers(doubtful)).toEqual([]);
    const slot = await open({ startsAt: instantOf(`${day}T15:00`, zone) ?? '', confirmed: [first, second] });
    expect(await offers(slot)).toMatchObject([{ entry: first, patient: one }]);
    expect(await messages('waitlist.offer')).toMatchObject([{ patient: one, withdrawn_at: null }]);
    const [offer] = await offers(slot);
    const ends = new Date((offer?.at.getTime() ?? 0) + 30 * 60_000).toISOString();
    expect(await next(slot)).toEqual({ kind: 'wait', until: ends });
  });
});

describe('one slot', () => {
  test('silence passes it on, a no too, and the message nobody answered does not go out any more', async () => {
    const entries = [
      await wait(await patient('P-1')),
      await wait(await patient('P-2')),
      await wait(await patient('P-3')),
    ];
    const slot = await open({ confirmed: entries });
    server.pass(31 * 60_000);
    await next(slot);
    expect((await offers(slot)).map(({ entry }) => entry)).toEqual(entries.slice(0, 2));
    expect((await messages('waitlist.offer'))[0]?.withdrawn_at).not.toBeNull();
    await answer((await offers(slot))[1]?.ref, 'no');
    expect(await messages('waitlist.declined')).toHaveLength(1);
    expect((await offers(slot)).map(({ entry }) => entry)).toEqual(entries);
  });

  test('two say yes at once: one has it, the other is told kindly, and one booking waits for the desk', async () => {
    const entries = [await wait(await patient('P-1')), await wait(await patient('P-2'))];
    const slot = await open({ confirmed: entries });
    // Both are asked at the same time, as where a clinic sets its fan-out to two.
    const state = { ...(await row(slot)).state };
    await server.services.db
      .updateTable('freed_slots')
      .set({ state: JSON.stringify({ ...state, rules: { ...state.rules, fanOut: 2 } }) })
      .where('ref', '=', slot)
      .execute();
    await next(slot);
    const asked = await offers(slot);
    expect(asked).toHaveLength(2);
    await Promise.all(asked.map(({ ref }) => answer(ref, 'yes')));
    const holds = await server.services.db.selectFrom('slot_holds').selectAll().where('slot', '=', slot).execute();
    expect(holds).toHaveLength(1);
    const { state: after } = await row(slot);
    expect(after.offers.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'taken']);
    expect(await messages('waitlist.booked')).toMatchObject([{ patient: holds[0]?.patient }]);
    const loser = asked.find(({ patient: of }) => of !== holds[0]?.patient)?.patient;
    expect(await messages('waitlist.taken')).toMatchObject([{ patient: loser, withdrawn_at: null }]);
    // Their own yes is answered; the notice that would have told them the same does not go as well.
    expect(await messages('waitlist.gone')).toMatchObject([{ patient: loser }]);
    expect((await messages('waitlist.gone'))[0]?.withdrawn_at).not.toBeNull();
    expect(await items('waitlist.book')).toHaveLength(1);
  });

  test('the desk books it and the patient waits no more; or cannot, and the next is asked', async () => {
    const entries = [await wait(await patient('P-1')), await wait(await patient('P-2'))];
    const slot = await open({ confirmed: entries });
    await answer((await offers(slot))[0]?.ref, 'yes');
    const [held] = await items('waitlist.book');
    await decide(held?.id, 'notDone');
    expect(await messages('waitlist.notBooked')).toHaveLength(1);
    expect((await offers(slot)).map(({ entry }) => entry)).toEqual(entries);
    await answer((await offers(slot))[1]?.ref, 'yes');
    const [, again] = await items('waitlist.book');
    await decide(again?.id, 'done');
    expect((await row(slot)).phase).toBe('booked');
    const { entries: left } = await asDesk('GET', '/v1/console/waitlist');
    expect(left).toMatchObject([{ entry: entries[0] }]);
  });

  test('a patient who answers the message itself has the slot, and the answer is taken once', async () => {
    const who = await patient('P-1');
    const slot = await open({ confirmed: [await wait(who)] });
    const [offer] = await offers(slot);
    for (const reply of ['rpl_1', 'rpl_2']) expect(await answer(offer?.ref, 'yes', reply)).toBe(true);
    const held = await server.services.db.selectFrom('slot_holds').select('patient').where('slot', '=', slot).execute();
    expect(held).toEqual([{ patient: who }]);
    expect(await messages('waitlist.booked')).toHaveLength(1);
    expect(await items('waitlist.book')).toHaveLength(1);
  });

  test('who answers on the telephone is not written to about it as well: no second text that day', async () => {
    const entries = [await wait(await patient('P-1')), await wait(await patient('P-2'))];
    const slot = await open({ confirmed: entries });
    await byPhone((await offers(slot))[0]?.ref, 'no');
    await byPhone((await offers(slot))[1]?.ref, 'yes');
    expect((await row(slot)).phase).toBe('held');
    expect(await messages('waitlist.offer')).toHaveLength(2);
    expect(await messages('waitlist.declined')).toEqual([]);
    expect(await messages('waitlist.booked')).toEqual([]);
    expect(await items('waitlist.book')).toHaveLength(1);
  });

  test('a yes after its time, while the next is asked, is answered: the offer has ended', async () => {
    const entries = [await wait(await patient('P-1')), await wait(await patient('P-2'))];
    const slot = await open({ confirmed: entries });
    server.pass(31 * 60_000);
    await next(slot);
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect(await messages('waitlist.ended')).toHaveLength(1);
    expect((await row(slot)).state).toMatchObject({ phase: 'offering', winner: null });
  });

  test('each end is told in the language the patient asked for, and only to who wants messages', async () => {
    const [who, stopped] = [await patient('P-1'), await patient('P-2')];
    await asDesk('POST', `/v1/console/patients/${who}/contact-preference`, {
      channels: [],
      zone: null,
      language: 'es',
    });
    const entries = [await wait(who), await wait(stopped)];
    const slot = await open({ confirmed: entries });
    await answer((await offers(slot))[0]?.ref, 'no');
    const spoken = await server.services.db
      .selectFrom('messages')
      .select(['ref', 'purpose'])
      .where('patient', '=', who)
      .where('purpose', '=', 'waitlist.declined')
      .executeTakeFirstOrThrow();
    const record = await server.services.vault.open(clinic.clinic, spoken.ref, {
      purpose: 'test',
      actor: systemPrincipal('test'),
    });
    expect(JSON.stringify(record['texts'])).toContain('gracias por avisarnos');
    await asDesk('POST', `/v1/console/patients/${stopped}/consents`, { state: 'revoked', categories: ['waitlist'] });
    await asDesk('POST', `/v1/console/waitlist/slots/${slot}/take-back`);
    const notice = await server.services.db
      .selectFrom('messages')
      .select('ref')
      .where('patient', '=', stopped)
      .where('purpose', '=', 'waitlist.withdrawn')
      .executeTakeFirstOrThrow();
    const { json } = await server.call('POST', '/v1/worker/messages/next', {
      key: clinic.workerKey,
      body: { clinic: clinic.clinic, message: notice.ref },
    });
    expect(json).toEqual({ kind: 'over' });
    const ended = await server.services.db
      .selectFrom('messages')
      .select(['ending', 'rule'])
      .where('ref', '=', notice.ref)
      .executeTakeFirstOrThrow();
    expect(ended).toEqual({ ending: 'unreached', rule: 'message.opted-out' });
  });

  test('who wants no messages is passed over, and the ledger says so in words', async () => {
    const [stopped, other] = [await patient('P-1'), await patient('P-2')];
    const entries = [await wait(stopped), await wait(other)];
    await asDesk('POST', `/v1/console/patients/${stopped}/consents`, { state: 'revoked', categories: ['waitlist'] });
    const slot = await open({ confirmed: entries });
    const [first] = await offers(slot);
    const body = { clinic: clinic.clinic, message: first?.message };
    await server.call('POST', '/v1/worker/messages/next', { key: clinic.workerKey, body });
    await next(slot);
    expect((await offers(slot)).map(({ entry }) => entry)).toEqual(entries);
    const { lines } = await asDesk('GET', `/v1/console/waitlist/slots/${slot}`);
    expect(JSON.stringify(lines)).toContain('could not be asked: The patient does not want such messages');
  });

  test('a clinic without a telephone in its settings loses no yes: the desk calls', async () => {
    const entry = await wait(await patient('P-1'));
    await server.services.db
      .updateTable('clinics')
      .set({ settings: JSON.stringify({ outreach: { name: 'North PT' } }) })
      .where('id', '=', clinic.clinic)
      .execute();
    const slot = await open({ confirmed: [entry] });
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect((await row(slot)).phase).toBe('held');
    expect(await items('waitlist.book')).toHaveLength(1);
    expect(await items('patient.call')).toHaveLength(1);
  });

  test('visits used up between the offer and the yes: told so, not booked', async () => {
    const who = await patient('P-1');
    const entry = await wait(who);
    const slot = await open({ confirmed: [entry] });
    await server.services.db
      .updateTable('authorizations')
      .set({ periods: JSON.stringify([]) })
      .where('clinic', '=', clinic.clinic)
      .where('patient', '=', who)
      .execute();
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect((await row(slot)).state.offers[0]).toMatchObject({ outcome: 'notEligible' });
    expect(await items('waitlist.book')).toEqual([]);
    expect(await messages('waitlist.notEligible')).toMatchObject([{ patient: who }]);
    expect(await messages('waitlist.booked')).toEqual([]);
  });

  test('taken back while a patient holds it: the hold is gone, and the desk is told to call', async () => {
    const entry = await wait(await patient('P-1'));
    const slot = await open({ confirmed: [entry] });
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect(await asDesk('POST', `/v1/console/waitlist/slots/${slot}/take-back`)).toEqual({ phase: 'takenBack' });
    expect(await server.services.db.selectFrom('slot_holds').selectAll().where('slot', '=', slot).execute()).toEqual(
      [],
    );
    expect(await items('waitlist.unfilled')).toHaveLength(1);
    expect(await next(slot)).toEqual({ kind: 'over' });
    expect(await messages('waitlist.withdrawn')).toHaveLength(1);
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect(await messages('waitlist.ended')).toHaveLength(1);
    expect((await row(slot)).phase).toBe('takenBack');
  });

  test('a flow opens it once for one cancelled visit, and never for a visit that still stands', async () => {
    const visit = await server.services.db
      .selectFrom('appointments')
      .select('ref')
      .where('clinic', '=', clinic.clinic)
      .where('status', '=', 'booked')
      .executeTakeFirstOrThrow();
    const ask = { key: clinic.key, body: slotAt({ appointment: visit.ref }) };
    expect((await server.call('POST', '/v1/waitlist/slots', ask)).status).toBe(409);
    await server.services.db
      .updateTable('appointments')
      .set({ status: 'cancelled' })
      .where('ref', '=', visit.ref)
      .execute();
    const [one, other] = await Promise.all([1, 2].map(() => server.call('POST', '/v1/waitlist/slots', ask)));
    const told = [one?.json, other?.json].map((json) => JSON.stringify(json));
    expect(told.filter((text) => text.includes('"opened"'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('"known"'))).toHaveLength(1);
  });

  test('who has said yes to one slot is not given a second: two visits at the same hour would be theirs', async () => {
    const [who, other] = [await patient('P-1'), await patient('P-2')];
    const entry = await wait(who);
    const rest = await wait(other);
    const [one, two] = [await open({ confirmed: [entry] }), await open({ confirmed: [entry], therapist: 'th_2' })];
    const asked = [...(await offers(one)), ...(await offers(two))];
    expect(asked.map(({ entry: of }) => of)).toEqual([entry, entry]);
    await Promise.all(asked.map(({ ref }) => answer(ref, 'yes')));
    const holds = await server.services.db
      .selectFrom('slot_holds')
      .selectAll()
      .where('clinic', '=', clinic.clinic)
      .execute();
    expect(holds).toHaveLength(1);
    const later = await open({ confirmed: [entry, rest], startsAt: instantOf(`${day}T16:00`, zone) ?? '' });
    expect((await offers(later)).map(({ entry: of }) => of)).toEqual([rest]);
    const { lines } = await asDesk('GET', `/v1/console/waitlist/slots/${later}`);
    expect(JSON.stringify(lines)).toContain('waitlist.holds-slot');
  });
});

describe('whether offers are fair', () => {
  test('is counted from the ledgers: by what patients said and who insures them; unknown is its own group', async () => {
    const entries = [];
    for (let index = 1; index <= 12; index += 1) {
      const who = await patient(`P-${index}`);
      if (index <= 11)
        await asDesk('POST', `/v1/console/patients/${who}/contact-preference`, {
          channels: ['email'],
          zone: null,
          language: 'es',
        });
      entries.push(await wait(who));
    }
    const slot = await open({ confirmed: entries });
    const asked = async (number: number) => (await offers(slot)).find((one) => one.number === String(number))?.ref;
    for (let number = 1; number <= 11; number += 1) await answer(await asked(number), 'no');
    await answer(await asked(12), 'yes');
    const report = await asDesk('GET', '/v1/console/waitlist/fairness');
    expect(report).toMatchObject({
      slots: 1,
      smallCell: 11,
      total: { people: 12, eligible: 12, offers: 12, acceptances: 1 },
      groups: {
        // Eleven Spanish and one unknown: one is too few, and the eleven would tell it.
        language: [
          { value: 'es', people: null },
          { value: null, people: null },
        ],
        payerClass: [{ people: 12, offers: 12, acceptances: 1 }],
      },
    });
  });
});

describe('a cancelled visit', () => {
  /** A visit of tomorrow that the PT system tells is cancelled, with what else it tells. */
  async function cancelled(told: Partial<Record<'therapist' | 'room' | 'location', string> & { minutes: number }>) {
    const { db } = server.services;
    const of = { clinic: clinic.clinic, updated_at: server.services.now() };
    const names = { name: 'Dana Quill', name_key: 'dana quill' };
    await db
      .insertInto('therapists')
      .values({ ref: `thr_${count}`, ...of, ...names })
      .execute();
    await db
      .insertInto('rooms')
      .values({ ref: `room_${count}`, ...of, name: 'Gym', location: 'North', equipment: ['table'] })
      .execute();
    const row = await db
      .selectFrom('appointments')
      .select('ref')
      .where('clinic', '=', clinic.clinic)
      .where('patient', '=', clinic.patient)
      .executeTakeFirstOrThrow();
    const starts_at = new Date(instantOf(`${day}T14:00`, zone) ?? '');
    await db
      .updateTable('appointments')
      .set({ status: 'cancelled', date: day, starts_at, ...told })
      .where('ref', '=', row.ref)
      .execute();
    return row.ref;
  }
  const openVisit = async (appointment: string, more: Json = {}): Promise<Json> => {
    const { json, status, text } = await server.call('POST', '/v1/waitlist/slots', {
      key: clinic.key,
      body: { appointment, ...more },
    });
    if (status !== 200) throw new Error(text);
    return typeof json === 'object' && json !== null ? { ...json } : {};
  };
  const slotIn = (opened: Json): string => String(opened['slot']);
  const known = () => ({ therapist: `thr_${count}`, room: `room_${count}`, minutes: 45 });

  test('is offered as the schedule tells it: therapist, length, place and what the room has', async () => {
    const entry = await wait(await patient('P-1'));
    const opened = await openVisit(await cancelled(known()), { confirmed: [entry] });
    expect(opened).toMatchObject({ outcome: 'opened', missing: [], workItem: null });
    const { facts } = await row(slotIn(opened));
    expect(facts).toMatchObject({
      therapist: `thr_${count}`,
      minutes: 45,
      discipline: 'PT',
      location: 'North',
      equipment: ['table'],
      givenUpBy: clinic.patient,
    });
  });

  test('of which the schedule does not tell with whom and how long is asked of staff, who say it', async () => {
    await wait(await patient('P-1'));
    const visit = await cancelled({});
    const asked = await openVisit(visit);
    expect(asked).toMatchObject({ slot: null, outcome: 'asksStaff', missing: ['minutes', 'therapist'] });
    expect(await openVisit(visit)).toEqual(asked);
    const [item, ...others] = await items('waitlist.facts');
    expect(others).toEqual([]);
    expect(item).toMatchObject({ status: 'open', subject: clinic.patient });
    const { evidence } = await asDesk('GET', `/v1/console/work-items/${item?.id ?? ''}`);
    expect(evidence).toContainEqual({ label: 'With', value: 'unknown', source: 'PT system' });
    const { entries, questions } = await asDesk('GET', '/v1/console/waitlist');
    expect(entries).toMatchObject([{ patientName: 'Abernathy, Quillon', replacesAt: null }]);
    expect(questions).toMatchObject([{ appointment: visit, missing: ['minutes', 'therapist'] }]);
    const said = await asDesk('POST', '/v1/waitlist/slots', {
      appointment: visit,
      minutes: 45,
      therapist: `thr_${count}`,
    });
    expect(said).toMatchObject({ outcome: 'opened' });
    expect(await items('waitlist.facts')).toMatchObject([{ status: 'closed' }]);
  });

  test('has the length the clinic has set where the schedule tells none; its offers are the clinic’s own', async () => {
    await server.services.db
      .updateTable('clinics')
      .set({
        settings: JSON.stringify({
          outreach: { name: 'North PT', phone: '555-0100' },
          waitlist: { fanOut: 2, answerMinutes: 60, usual: { minutes: 40 } },
        }),
      })
      .where('id', '=', clinic.clinic)
      .execute();
    const confirmed = [];
    for (const number of ['P-1', 'P-2', 'P-3'])
      confirmed.push(await wait(await patient(number), { wishes: { ...wishes, minutes: 40 } }));
    const opened = await openVisit(await cancelled({ therapist: `thr_${count}` }), { confirmed });
    const { state, facts } = await row(slotIn(opened));
    expect(facts).toMatchObject({ minutes: 40, location: null, equipment: null });
    expect(state.offers.map(({ at, until }) => Date.parse(until) - Date.parse(at))).toEqual([3_600_000, 3_600_000]);
  });

  test('whose time the therapist has given to somebody is not offered; one that comes back is offered no longer', async () => {
    const entry = await wait(await patient('P-1'));
    const visit = await cancelled(known());
    const other = await patient('P-2');
    const { db } = server.services;
    const during = { ...known(), date: day, starts_at: new Date(instantOf(`${day}T14:30`, zone) ?? '') };
    await db.updateTable('appointments').set(during).where('patient', '=', other).execute();
    expect(await openVisit(visit, { confirmed: [entry] })).toMatchObject({ slot: null, outcome: 'notFree' });
    await db.updateTable('appointments').set({ status: 'cancelled' }).where('patient', '=', other).execute();
    const slot = slotIn(await openVisit(visit, { confirmed: [entry] }));
    await db.updateTable('appointments').set({ status: 'booked' }).where('ref', '=', visit).execute();
    await answer((await offers(slot))[0]?.ref, 'yes');
    expect((await row(slot)).phase).toBe('takenBack');
    expect(await messages('waitlist.ended')).toHaveLength(1);
    expect(await items('waitlist.book')).toEqual([]);
  });

  test('for which nobody is sure to fit is told so; once staff have found out, the patient is asked', async () => {
    const entry = await wait(await patient('P-1'));
    const slot = slotIn(await openVisit(await cancelled(known())));
    expect((await row(slot)).phase).toBe('exhausted');
    const [item] = await server.services.db
      .selectFrom('work_items')
      .select('reason')
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'waitlist.unfilled')
      .execute();
    expect(item?.reason).toContain('1 who wait may fit');
    await asDesk('POST', `/v1/console/waitlist/slots/${slot}/ask`, { entry });
    expect(await offers(slot)).toMatchObject([{ entry }]);
  });

  test('of yesterday is nothing to offer', async () => {
    const visit = await cancelled(known());
    const before = { date: addDays(day, -3), starts_at: new Date(instantOf(`${addDays(day, -3)}T14:00`, zone) ?? '') };
    await server.services.db.updateTable('appointments').set(before).where('ref', '=', visit).execute();
    expect(await openVisit(visit)).toMatchObject({ slot: null, outcome: 'over' });
  });
});

test('a patient is put on the list while a message to them is being written: neither waits for the other for ever', async () => {
  const of = await patient('PT9901');
  const { db, audit } = server.services;
  const entry = { clinic: clinic.clinic, actor: 'system:test', subject: of, details: {} };
  const adding: Promise<string>[] = [];
  await db.transaction().execute(async (trx) => {
    // As a message does: an entry of the chain first, then a row that names the patient.
    await audit.append(trx, { ...entry, action: 'message.queued' });
    adding.push(wait(of));
    await expect
      .poll(async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted`.execute(db);
        return rows.length;
      })
      .toBeGreaterThan(0);
    // What PostgreSQL itself does for a row that refers to the patient.
    await sql`select 1 from patients where ref = ${of} for key share`.execute(trx);
  });
  expect(await Promise.all(adding)).toEqual([expect.stringMatching(/^wait_/)]);
});

// Reminders on the real stack: written by the flow, weighed by the rules, sent once by the simulated Twilio and mail server, answered,
// stopped, while server and n8n are killed; and nothing that names anybody stands in n8n's, Temporal's or any log's keeping.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import { adminOf, asFlow, awaited, json, list, sandbox, signIn, text } from '../../runtime/demo/surfaces.ts';
import type { Json, SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { systemPrincipal } from '../../server/http/principal.ts';
import { internationalNumber } from '../../server/messages/record.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';

const canary = `Qm${Date.now().toString(36)}Kx`;
const today = todayIn(demo.timezone, new Date());
const minutes = 60_000;
/** A zone in which it is about noon now: the night has tests of its own. */
const noonZone = ((): string => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
})();

let own: TestStack;
let settings: SurfaceSettings;
let db: pg.Client;

beforeAll(async () => {
  own = await startTestStack({ environment: { GAIT_STEP_DEADLINE_SECONDS: '20' } });
  await createDemoClinic(own.stack);
  settings = surfacesOf(own.stack);
  db = new pg.Client({ connectionString: own.stack.databaseUrl });
  await db.connect();
  await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary });
  await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
  await db.query(
    `insert into contact_preferences (patient, clinic, channels, zone, language, by_actor, at)
     select ref, clinic, '{}', $1, null, 'test', now() from patients`,
    [noonZone],
  );
}, 6 * minutes);

afterAll(async () => {
  await db?.end();
  await own?.remove();
}, minutes);

interface Row {
  readonly ref: string;
  readonly patient: string;
  readonly ending: string | null;
  readonly answer: string | null;
  readonly ways: readonly { readonly channel: string; readonly state: string }[];
}

const reminders = async (): Promise<readonly Row[]> => {
  const { rows } = await db.query<Row>(
    "select ref, patient, ending, answer, ways from messages where purpose = 'visit.reminder' order by ref",
  );
  return rows;
};
const hasLeft = ({ ways }: Row): boolean => ways.some(({ state }) => state === 'sent' || state === 'delivered');

/** What reached Twilio and the mail server: one entry for each message that was taken. */
async function taken(): Promise<number> {
  const twilio = list((await sandbox(settings, '/twilio/journal'))['items']);
  const mail = list((await sandbox(settings, '/smtp/journal'))['taken']);
  return twilio.filter(({ direction }) => direction !== 'inbound').length + mail.length;
}

/** Every message that has left, whatever it is about. */
async function left(): Promise<number> {
  const { rows } = await db.query<Row>('select ref, patient, ending, answer, ways from messages');
  return rows.filter(hasLeft).length;
}

/** What a vault record holds, as JSON. */
async function opened(ref: string): Promise<string> {
  const services = await own.stack.openServices();
  try {
    const { rows } = await db.query<{ clinic: string }>('select clinic from vault_records where ref = $1', [ref]);
    const opening = { purpose: 'test', actor: systemPrincipal('test') };
    return JSON.stringify(await services.vault.open(rows[0]?.clinic ?? '', ref, opening));
  } finally {
    await services.database.close();
  }
}

/** A home program for somebody whom no visit of these days is reminded of: a patient gets one text a day. */
async function addProgram(): Promise<void> {
  const { rows } = await db.query<{ ref: string }>(
    `select ref from patients p where not exists (select 1 from appointments a where a.patient = p.ref
     and a.status = 'booked' and a.date between current_date - 1 and current_date + 14)
     and exists (select 1 from appointments a where a.patient = p.ref and a.status = 'arrived') order by ref limit 1`,
  );
  const admin = await adminOf(own.stack);
  await admin.post(`/v1/console/patients/${rows[0]?.ref ?? ''}/exercise-programs`, {
    program: { title: 'Stairs', exercises: [{ name: 'Step up', link: 'https://video.example.org/step-up' }] },
    startsOn: today,
    endsOn: null,
    weekdays: [0, 1, 2, 3, 4, 5, 6],
  });
}

async function phoneOf(patient: string): Promise<string> {
  const services = await own.stack.openServices();
  try {
    const { rows } = await db.query<{ clinic: string }>('select clinic from patients where ref = $1', [patient]);
    const actor = systemPrincipal('test');
    const record = await services.vault.open(rows[0]?.clinic ?? '', patient, { purpose: 'test', actor });
    return internationalNumber(String(json(record['contact'])['phone'])) ?? '';
  } finally {
    await services.database.close();
  }
}

test(
  'every visit of the next two days is reminded of once, whichever process is killed in the middle',
  async () => {
    await addProgram();
    await installTemplate(own.stack, 'scheduling');
    await awaited('a first message on its way', 180, async () => ((await reminders()).some(hasLeft) ? true : null));
    await own.stack.kill('n8n', 'SIGKILL');
    await own.stack.restart('n8n');
    await own.stack.kill('server', 'SIGKILL');
    await own.stack.restart('server');
    const rows = await awaited('every message to have left', 240, async () => {
      const all = await reminders();
      return all.length > 5 && all.every((row) => hasLeft(row) || row.ending !== null) ? all : null;
    });
    const { rows: visits } = await db.query<{ count: string }>(
      `select count(*) from appointments where status = 'booked'
       and starts_at > now() + interval '3 hours' and starts_at < now() + interval '47 hours'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(Number(visits[0]?.count));
    expect(new Set(rows.map(({ ref }) => ref)).size).toBe(rows.length);
    // A patient with several visits in two days gets one message a day: the others wait or are called.
    await awaited('what left to be what was taken', 60, async () => ((await taken()) === (await left()) ? true : null));
  },
  8 * minutes,
);

test(
  'the vendor says what was delivered, the patient what they think of it',
  async () => {
    const [first, second] = await awaited('two texts that were delivered', 60, async () => {
      const texts = (await reminders()).filter(({ ways }) =>
        ways.some(({ channel, state }) => channel === 'text' && state === 'delivered'),
      );
      const patients = new Set(texts.map(({ patient }) => patient));
      return patients.size > 1 ? [...patients].map((patient) => texts.find((one) => one.patient === patient)) : null;
    });
    if (first === undefined || second === undefined) throw new Error('no texts');
    await sandbox(settings, '/twilio/replies', { from: await phoneOf(first.patient), text: 'YES' });
    await sandbox(settings, '/twilio/replies', { from: await phoneOf(second.patient), text: 'STOP' });
    // Of patients who share a telephone the one written to last is answered for.
    await awaited('a confirmation', 30, async () =>
      (await reminders()).some(({ answer }) => answer === 'yes') ? true : null,
    );
    const { rows } = await db.query("select 1 from message_consents where patient = $1 and state = 'revoked'", [
      second.patient,
    ]);
    expect(rows).toHaveLength(1);
  },
  3 * minutes,
);

/** Whom no message reached yet, each with a telephone of their own: today's text is still theirs to get. */
async function unwritten(count: number): Promise<readonly { readonly patient: string; readonly phone: string }[]> {
  const { rows } = await db.query<{ ref: string }>(
    `select p.ref from patients p join authorizations a on a.patient = p.ref
     where p.ref not in (select patient from messages) group by p.ref having count(*) = 1 order by p.ref`,
  );
  const found: { patient: string; phone: string }[] = [];
  for (const { ref: patient } of rows) {
    const phone = await phoneOf(patient);
    if (phone !== '' && !found.some((one) => one.phone === phone)) found.push({ patient, phone });
    if (found.length === count) break;
  }
  return found;
}

const everyDay = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));

test(
  'a cancellation in the PT system is offered by text to two who wait; both say yes at once, one has it, a killed worker loses nothing',
  async () => {
    // Two at a time and at any hour, as a clinic may set it, so that the race is run at any hour of the day.
    await db.query('update clinics set settings = settings || $1', [
      JSON.stringify({ waitlist: { fanOut: 2, hours: { from: '00:00', to: '23:59' } } }),
    ]);
    const waiting = await unwritten(8);
    for (const { patient } of waiting)
      await asFlow(settings, '/v1/waitlist/entries', { patient, discipline: 'PT', minutes: 45, times: everyDay });
    const desk = await signIn(settings, 'frontdesk@example.org');
    // A week ahead: nobody is reminded of that visit yet.
    const cancel = { from: addDays(today, 7), count: 1 };
    await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary, cancel });
    await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
    const slot = await awaited('the flow to open the slot', 120, async () => {
      const [first] = list((await desk.get('/v1/console/waitlist/slots'))['slots']);
      return first === undefined ? null : text(first['slot'], 'slot');
    });
    const story = async (): Promise<readonly Json[]> =>
      list((await desk.get(`/v1/console/waitlist/slots/${slot}`))['lines']);
    // What the payers leave unknown the desk finds out.
    for (const line of await story()) {
      const asked = (await story()).filter(({ offer }) => offer !== null).length;
      if (asked >= 2) break;
      if (line['eligible'] === 'confirm')
        await desk.post(`/v1/console/waitlist/slots/${slot}/ask`, { entry: text(line['entry'], 'entry') });
    }
    await own.stack.kill('worker', 'SIGKILL');
    await own.stack.restart('worker');
    const offered = await awaited('both offers to be delivered by text', 120, async () => {
      const { rows } = await db.query<Row>("select * from messages where purpose = 'waitlist.offer' order by ref");
      const delivered = rows.filter(({ ways }) =>
        ways.some(({ channel, state }) => channel === 'text' && state === 'delivered'),
      );
      return delivered.length === 2 ? delivered.map(({ patient }) => patient) : null;
    });
    const phones = waiting.filter(({ patient }) => offered.includes(patient)).map(({ phone }) => phone);
    await Promise.all(phones.map((from) => sandbox(settings, '/twilio/replies', { from, text: 'YES' })));
    const answered = await awaited('one to have it and the other to be told', 60, async () => {
      const { rows } = await db.query<Row & { readonly purpose: string }>(
        "select * from messages where purpose in ('waitlist.booked', 'waitlist.taken')",
      );
      return rows.length === 2 && rows.every(hasLeft) ? rows : null;
    });
    expect(answered.map(({ purpose }) => purpose).sort()).toEqual(['waitlist.booked', 'waitlist.taken']);
    expect(new Set(answered.map(({ patient }) => patient))).toEqual(new Set(offered));
    const { rows: items } = await db.query("select subject from work_items where kind = 'waitlist.book'");
    const winner = answered.find(({ purpose }) => purpose === 'waitlist.booked')?.patient;
    expect(items).toEqual([{ subject: winner }]);
    // Everybody who waited has a line that says why, whether asked or not.
    const lines = await story();
    expect(lines).toHaveLength(waiting.length);
    for (const { words } of lines) expect(words).toMatch(/^(Place \d|Not asked: )/);
  },
  6 * minutes,
);

/** In the evening nobody is asked for the day any more. */
const clinicHour = Number(
  new Intl.DateTimeFormat('en-US', { timeZone: demo.timezone, hour: 'numeric', hourCycle: 'h23' }).format(new Date()),
);

test.skipIf(clinicHour >= 20)(
  'a home program: reminded of by the flow, answered on the page of the patient, trouble is before the therapist',
  async () => {
    const written = () => db.query<{ ref: string }>("select ref from messages where purpose = 'exercise.reminder'");
    // The lane looks by its own clock.
    await expect.poll(async () => (await written()).rows.length, { timeout: 100_000, interval: 1_000 }).toBe(1);
    const { rows } = await written();
    const path = /\/m\/[\w-]{22}/.exec(await opened(rows[0]?.ref ?? ''))?.[0] ?? '';
    const at = (where: string): string => `${own.stack.urls.server}${where}`;
    expect(await (await fetch(at(path))).text()).toContain('https://video.example.org/step-up');
    const send = async (fields: Record<string, string>): Promise<string> =>
      (await fetch(at(path.replace('/m/', '/e/')), { method: 'POST', body: new URLSearchParams(fields) })).text();
    expect(await send({ done: 'partly', felt: '9', words: `${canary} it hurt` })).toContain('We have it');
    expect(await send({ done: 'done' })).toContain('used or is over');
    const { rows: told } = await db.query("select role from work_items where kind = 'patient.exercise'");
    expect(told).toEqual([{ role: 'therapist' }]);
  },
  3 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name and no word of a message',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(300);
    expect((await placesHolding(own.stack, 'to confirm, R to reschedule')).found).toEqual([]);
  },
  3 * minutes,
);

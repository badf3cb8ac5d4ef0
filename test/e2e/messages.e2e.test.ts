// Reminders on the real stack: written by the flow, weighed by the rules, sent once by the simulated Twilio and mail server, answered,
// stopped, while server and n8n are killed; and nothing that names anybody stands in n8n's, Temporal's or any log's keeping.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import { asFlow, awaited, json, list, sandbox } from '../../runtime/demo/surfaces.ts';
import type { SurfaceSettings } from '../../runtime/demo/surfaces.ts';
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
    expect(await taken()).toBe(rows.filter(hasLeft).length);
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

// Care between visits over HTTP: a plan that ends, a home program answered by its page, a form before the first visit, a video visit.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dateInZone, weekdayOf, dayNumber } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

type Json = Readonly<Record<string, unknown>>;

const zone = 'America/Chicago';
const phone = '3125550142';
let server: TestServer;
let clinic: Followed;
let today: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  // Ten in the morning of the next Monday.
  const tomorrow = addDays(dateInZone(server.services.now().toISOString(), zone), 1);
  today = addDays(tomorrow, (7 - weekdayOf(dayNumber(tomorrow))) % 7);
  server.pass(Date.parse(instantOf(`${today}T10:00`, zone) ?? '') - server.services.now().getTime());
  clinic = await followedClinic(server.services, { name: `c${count}`, today });
  await clinic.report({ contact: { phone, email: null } });
  await settings({});
});

async function settings(more: Json): Promise<void> {
  const outreach = { name: 'North PT', phone: '555-0100' };
  await server.services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach, ...more }) })
    .where('id', '=', clinic.clinic)
    .execute();
}

const days = (number: number): void => server.pass(number * 86_400_000);

async function run(path: string): Promise<readonly Json[]> {
  const { json, status, text } = await server.call('POST', `/v1/care/${path}`, { key: clinic.key, body: {} });
  if (status !== 200) throw new Error(text);
  const items: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'items') : [];
  return (Array.isArray(items) ? items : []).map((item: unknown): Json => ({ ...(item as Json) }));
}
async function cookie(): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const look = async (path: string) => server.call('GET', `/v1/console/${path}`, { cookie: await cookie() });
const act = async (path: string, body: Json) =>
  server.call('POST', `/v1/console/${path}`, {
    cookie: await cookie(),
    body,
    headers: { 'x-gait-console': '1' },
  });
const items = (kind: string) =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'reason', 'subject', 'role', 'due_at'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', kind)
    .orderBy('opened_at')
    .execute();
const messages = (
  purpose: 'discharge.notice' | 'exercise.reminder' | 'exercise.milestone' | 'visit.booked' | 'visit.telehealth',
) =>
  server.services.db
    .selectFrom('messages')
    .selectAll()
    .where('clinic', '=', clinic.clinic)
    .where('purpose', '=', purpose)
    .orderBy('created_at')
    .execute();
async function wordsOf(message: string): Promise<string> {
  const { vault } = server.services;
  const opening = { purpose: 'test', actor: clinic.user } as const;
  return JSON.stringify((await vault.open(clinic.clinic, message, opening))['texts']);
}
/** What the signed-in person reads of an item, and what they decide. */
async function page(id: string): Promise<string> {
  return (await look(`work-items/${id}`)).text;
}
async function decide(id: string, decision: string): Promise<void> {
  const hash = /"hash":"([^"]+)"/.exec(await page(id))?.[1] ?? '';
  const answer = await act(`work-items/${id}/decisions`, { decision, hash });
  expect(answer.text).toContain(`"decision":"${decision}"`);
}
const form = (path: string, fields: Readonly<Record<string, string>>) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) }).then((answer) => answer.text());
const open = async (path: string) => (await server.call('GET', path)).text;

describe('a plan of care that ends', () => {
  const ending = (inDays: number | null) =>
    clinic.report({
      contact: { phone, email: null },
      planOfCare: {
        from: addDays(today, -40),
        to: inDays === null ? null : addDays(today, inDays),
        visitsPerWeek: 3,
        weeks: null,
        procedures: [],
      },
    });

  test('is laid before the therapist once with the facts and a suggestion; the patient hears after the decision, a week before', async () => {
    await ending(24);
    expect(await run('plans')).toEqual([]);
    days(12);
    expect(await run('plans')).toMatchObject([{ outcome: 'opened', structure: { kind: 'planEnds', to: 'therapist' } }]);
    expect(await run('plans')).toMatchObject([{ outcome: 'known' }]);
    const [item] = await items('patient.planEnds');
    expect(item).toMatchObject({ role: 'therapist', subject: clinic.patient });
    const read = await page(item?.id ?? '');
    for (const fact of ['Last day of the plan', 'Visits booked until then', 'Authorized visits left', 'Suggestion'])
      expect(read).toContain(fact);
    // Not decided: nobody is told, however near the end is.
    days(6);
    await run('plans');
    expect(await messages('discharge.notice')).toEqual([]);
    await decide(item?.id ?? '', 'ends');
    expect(await run('plans')).toMatchObject([{ outcome: 'queued', structure: { kind: 'planEnds', to: 'patient' } }]);
    expect(await run('plans')).toMatchObject([{ outcome: 'known' }]);
    const [message] = await messages('discharge.notice');
    const words = await wordsOf(message?.ref ?? '');
    expect(words).toContain('North PT: your plan ends about');
    expect(words).not.toMatch(/97110|M25/);
  });

  test('with fewer visits before: the patient hears of that too; a plan that goes on is told to nobody', async () => {
    await ending(24);
    days(11);
    await run('plans');
    const [item] = await items('patient.planEnds');
    await decide(item?.id ?? '', 'fewer');
    const told = await run('plans');
    expect(told.map(({ structure }) => structure)).toContainEqual({ kind: 'fewerVisits', to: 'patient' });
    await ending(20);
    await run('plans');
    const [, other] = await items('patient.planEnds');
    await decide(other?.id ?? '', 'goesOn');
    days(6);
    expect(await run('plans')).toEqual([]);
  });

  test('an end that nobody knows is said to be unknown, once, and told to no patient', async () => {
    await ending(null);
    expect(await run('plans')).toMatchObject([{ structure: { kind: 'endUnknown', to: 'therapist' } }]);
    await run('plans');
    expect(await items('patient.planUnknown')).toHaveLength(1);
    expect(await messages('discharge.notice')).toEqual([]);
  });

  test('a clinic sets its own days', async () => {
    await ending(24);
    await settings({ care: { discharge: { therapistDays: 30 } } });
    expect(await run('plans')).toMatchObject([{ outcome: 'opened' }]);
  });
});

describe('a home program', () => {
  const program = {
    title: 'Stairs and standing',
    exercises: [{ name: 'Step up', how: 'Ten times each side', link: 'https://video.example.org/step-up' }],
  };
  const add = async (weekdays = [0, 1, 2, 3, 4, 5, 6]): Promise<string> => {
    const { json, text } = await act(`patients/${clinic.patient}/exercise-programs`, {
      program,
      startsOn: today,
      endsOn: null,
      weekdays,
    });
    expect(text).toContain('exr_');
    return String(typeof json === 'object' && json !== null ? Reflect.get(json, 'program') : '');
  };
  /** Reminds of today and gives the path of the page in the message. */
  const reminded = async (): Promise<string> => {
    await run('exercise-reminders');
    const last = (await messages('exercise.reminder')).at(-1);
    return /\/m\/[A-Za-z0-9_-]{22}/.exec(await wordsOf(last?.ref ?? ''))?.[0] ?? '';
  };
  const answer = async (fields: Readonly<Record<string, string>>) =>
    form((await reminded()).replace('/m/', '/e/'), fields);

  test('is reminded of on its days only, once a day; its page shows the videos and takes one answer', async () => {
    const ref = await add([0, 2]);
    const path = await reminded();
    await run('exercise-reminders');
    expect(await messages('exercise.reminder')).toHaveLength(1);
    const shown = await open(path);
    expect(shown).toContain('href="https://video.example.org/step-up"');
    expect(shown).toContain('Ten times each side');
    expect(await form(path.replace('/m/', '/e/'), { felt: '3' })).toContain('Choose one of the three');
    expect(await form(path.replace('/m/', '/e/'), { done: 'partly', felt: '3' })).toContain('We have it');
    // Once: the page is over, a second press changes nothing.
    expect(await open(path)).toContain('used or is over');
    expect(await form(path.replace('/m/', '/e/'), { done: 'not' })).toContain('used or is over');
    expect((await look(`exercise-programs/${ref}`)).json).toMatchObject({
      title: 'Stairs and standing',
      days: [{ day: today, done: 'partly', felt: 3, words: null }],
    });
    days(1);
    expect(await run('exercise-reminders')).toEqual([]);
    expect((await look('care')).json).toMatchObject({
      programs: [{ program: ref, lately: { agreed: 1, partly: 1, noAnswer: 0 } }],
    });
    expect(await items('patient.exercise')).toEqual([]);
  });

  test('a high mark, and words, reach the therapist at once and sealed', async () => {
    await add();
    await answer({ done: 'done', felt: '8', words: 'My knee clicked' });
    const [item] = await items('patient.exercise');
    expect(item).toMatchObject({ role: 'therapist' });
    expect(JSON.stringify(item)).not.toContain('clicked');
    expect(await page(item?.id ?? '')).toContain('My knee clicked');
    days(1);
    await answer({ done: 'done', felt: '1', words: 'Better today' });
    expect((await items('patient.exercise')).map(({ reason }) => reason).at(-1)).toContain('wrote something');
  });

  test('three days not done within a week are one item; five agreed days without an answer are another', async () => {
    await add();
    for (let day = 0; day < 4; day++) {
      await answer({ done: 'not' });
      days(1);
    }
    expect(await items('patient.exercise')).toHaveLength(1);
    days(5);
    await run('exercise-reminders');
    await run('exercise-reminders');
    expect((await items('patient.exercise')).map(({ reason }) => reason).at(-1)).toContain('nobody knows');
    expect(await items('patient.exercise')).toHaveLength(2);
  });

  test('five in a row are praised once, on the page and by one message', async () => {
    await add();
    const pages: string[] = [];
    for (let day = 0; day < 6; day++) {
      pages.push(await answer({ done: 'done', felt: '2' }));
      days(1);
    }
    expect(pages[4]).toContain('5 days done. Well done');
    expect(pages[5]).not.toContain('Well done');
    const praised = await messages('exercise.milestone');
    expect(praised).toHaveLength(1);
    expect(await wordsOf(praised[0]?.ref ?? '')).toContain('5 times done');
  });

  test('one that a person ended is not reminded of; nobody but who treats reads it', async () => {
    const ref = await add();
    await server.services.db
      .updateTable('users')
      .set({ roles: ['frontDesk'] })
      .where('email', '=', clinic.email)
      .execute();
    expect((await look(`exercise-programs/${ref}`)).status).toBe(403);
    expect((await look('care')).json).toMatchObject({ programs: [], plans: [] });
    await server.services.db
      .updateTable('users')
      .set({ roles: ['therapist'] })
      .where('email', '=', clinic.email)
      .execute();
    await act(`exercise-programs/${ref}/end`, {});
    days(1);
    expect(await run('exercise-reminders')).toEqual([]);
  });
});

describe('a form before the first visit', () => {
  /** A new patient with a booked visit and nothing else. */
  const newcomer = async (inDays: number): Promise<string> => {
    const authorization = await clinic.follow(`N-${count}`, addDays(today, inDays));
    const { db } = server.services;
    const { patient } = await db
      .selectFrom('authorizations')
      .select('patient')
      .where('ref', '=', authorization)
      .executeTakeFirstOrThrow();
    await db.updateTable('patients').set({ chart: null }).where('ref', '=', patient).execute();
    await db.deleteFrom('care_plans').where('patient', '=', patient).execute();
    await db
      .updateTable('appointments')
      .set({ starts_at: new Date(instantOf(`${addDays(today, inDays)}T15:00`, zone) ?? '') })
      .where('patient', '=', patient)
      .execute();
    await db.deleteFrom('appointments').where('patient', '=', patient).where('status', '<>', 'booked').execute();
    return patient;
  };
  const link = async (message: string) => /\/f\/[A-Za-z0-9]{22}/.exec(await wordsOf(message))?.[0] ?? '';
  const calm = {
    phoneRight: 'yes',
    insuranceChanged: 'no',
    otherTherapy: 'No',
    bladderBowel: 'no',
    weakness: 'no',
    fall: 'no',
    fever: 'no',
    weight: 'no',
    calf: 'no',
    preferredName: 'Quill',
    goal: 'Climb stairs',
  };

  test('is sent with the booking, once; what was answered is reviewed by the desk, which confirms it', async () => {
    const patient = await newcomer(10);
    expect(await run('forms')).toMatchObject([{ patient, outcome: 'queued', structure: { purpose: 'visit.booked' } }]);
    expect(await run('forms')).toMatchObject([{ outcome: 'known' }]);
    const [message] = await messages('visit.booked');
    const path = await link(message?.ref ?? '');
    expect(await open(path)).toContain('How to prepare');
    const lacking = await form(path, { ...calm, calf: '' });
    expect(lacking).toContain('Please answer this');
    expect(lacking).toContain('value="Quill"');
    expect(await form(path, calm)).toContain('We have your form');
    expect(await form(path, calm)).toContain('used or is over');
    const [item] = await items('patient.intake');
    const read = await page(item?.id ?? '');
    expect(read).toContain('Quill');
    expect(read).not.toContain('Climb stairs');
    expect(await items('patient.redFlag')).toEqual([]);
    await decide(item?.id ?? '', 'complete');
    expect((await look('care')).json).toMatchObject({ forms: [{ patient, state: 'reviewed' }] });
    expect((await look(`patients/${patient}/intake`)).text).toContain('Climb stairs');
  });

  test('a red flag is before a clinician within hours; the patient is told no more than anybody', async () => {
    await newcomer(10);
    await run('forms');
    const [message] = await messages('visit.booked');
    const thanks = await form(await link(message?.ref ?? ''), { ...calm, calf: 'yes' });
    expect(thanks).not.toMatch(/flag|thrombo/i);
    const [item] = await items('patient.redFlag');
    expect(item?.role).toBe('therapist');
    expect((item?.due_at?.getTime() ?? 0) - server.services.now().getTime()).toBeLessThanOrEqual(4 * 3_600_000);
    expect(await page(item?.id ?? '')).toContain('Hillegass');
    expect(JSON.stringify(item)).not.toMatch(/calf|thrombo/i);
  });

  test('one that stays empty is asked for once more two days before the visit', async () => {
    await newcomer(5);
    await run('forms');
    days(4);
    expect(await run('forms')).toMatchObject([{ outcome: 'queued', structure: { purpose: 'forms.request' } }]);
    expect(await run('forms')).toMatchObject([{ outcome: 'known' }]);
  });

  test('a new patient whom onboarding welcomes is not asked a second time', async () => {
    const patient = await newcomer(10);
    await server.call('POST', '/v1/patients/welcomes', { key: clinic.key, body: { patients: [patient] } });
    expect(await run('forms')).toMatchObject([{ outcome: 'known' }]);
    expect(await messages('visit.booked')).toEqual([]);
    const [item] = await items('patient.welcome');
    expect(await page(item?.id ?? '')).toMatch(/Your forms: .*\/f\/[A-Za-z0-9]{22} STOP ends texts/);
  });
});

test('a video visit is told with its own link or the room of the clinic; with neither nothing is guessed', async () => {
  const { db } = server.services;
  const visit = await db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('patient', '=', clinic.patient)
    .where('status', '=', 'booked')
    .where('starts_at', 'is not', null)
    .orderBy('date', 'desc')
    .executeTakeFirstOrThrow();
  const ask = (occasion: string) =>
    server.call('POST', '/v1/messages', {
      key: clinic.key,
      body: { messages: [{ patient: clinic.patient, purpose: 'visit.telehealth', about: visit.ref, occasion }] },
    });
  expect((await ask('one')).text).toContain('Nobody knows where this video visit takes place');
  await settings({ care: { videoRoom: 'https://rooms.example.org/north' } });
  const first = /msg_\w{22}/.exec((await ask('two')).text)?.[0] ?? '';
  expect(await wordsOf(first)).toContain('https://rooms.example.org/north');
  await act(`visits/${visit.ref}/video-link`, { link: 'https://rooms.example.org/own' });
  const second = /msg_\w{22}/.exec((await ask('three')).text)?.[0] ?? '';
  expect(await wordsOf(second)).toContain('https://rooms.example.org/own');
});

test('the reminder of a video visit waits for a link, which the desk is asked for once, and then holds it', async () => {
  const { db } = server.services;
  const startsAt = new Date(server.services.now().getTime() + 30 * 3_600_000);
  const visit = await db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('status', '=', 'booked')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('appointments')
    .set({ kind: 'telehealth', starts_at: startsAt })
    .where('ref', '=', visit.ref)
    .execute();
  const remind = () => server.call('POST', '/v1/messages/reminders', { key: clinic.key, body: {} });
  expect((await remind()).text).not.toContain(visit.ref);
  await remind();
  expect(await items('patient.videoLink')).toHaveLength(1);
  await act(`visits/${visit.ref}/video-link`, { link: 'https://rooms.example.org/own' });
  expect((await remind()).text).toContain(visit.ref);
  expect((await remind()).text).not.toContain(visit.ref);
  const [message] = await messages('visit.telehealth');
  expect(await wordsOf(message?.ref ?? '')).toContain('Join here, five minutes early: https://rooms.example.org/own');
});

test('what a patient answers is nowhere but in the vault', () => {
  for (const line of server.logs) expect(line).not.toMatch(/clicked|Climb stairs|Stairs and standing/);
});

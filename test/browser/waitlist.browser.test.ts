// The waitlist over the real server and PostgreSQL: a patient is put on the list, a freed visit is offered, answered by phone, explained.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, password } from '../../server/authorizations/testing/followed.ts';
import type { Followed } from '../../server/authorizations/testing/followed.ts';
import { startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { picturePath } from '../harness/pictures.ts';
import { openPage, overflow, phone, seriousFindings, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const zone = 'America/Chicago';
const today = dateInZone(new Date().toISOString(), zone);
const day = addDays(today, 2);
const names = [
  ['Ana', 'Reyes'],
  ['Milo', 'Petrov'],
  ['Ines', 'Fontaine'],
] as const;

let browser: Browser;
let server: TestServer;
let clinic: Followed;
let watched: Watched;
let page: Page;
const patients: string[] = [];

beforeAll(async () => {
  const dist = fileURLToPath(new URL('../../console/dist', import.meta.url));
  [browser, server] = await Promise.all([startBrowser(), startServer({ GAIT_CONSOLE_DIST: dist })]);
  const { db, now } = server.services;
  clinic = await followedClinic(server.services, { name: 'lakeside', today });
  // Offers at any hour, so that the test can be run at any hour.
  const settings = {
    outreach: { name: 'Lakeside PT', phone: '(555) 010-0147' },
    waitlist: { hours: { from: '00:00', to: '23:59' } },
  };
  await db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify(settings) })
    .where('id', '=', clinic.clinic)
    .execute();
  const of = { clinic: clinic.clinic, updated_at: now() };
  await db
    .insertInto('therapists')
    .values({ ref: 'thr_quill', ...of, name: 'Dana Quill', name_key: 'dana quill' })
    .execute();
  await db
    .insertInto('rooms')
    .values({ ref: 'room_gym', ...of, name: 'Gym', location: 'Lakeside', equipment: ['table', 'parallel bars'] })
    .execute();
  for (const [index, [given, family]] of names.entries()) patients.push(await patient(index + 1, given, family));
  const cancelled = { status: 'cancelled', therapist: 'thr_quill', room: 'room_gym', minutes: 45 } as const;
  await db
    .updateTable('appointments')
    .set(cancelled)
    .where('ref', '=', await visitOn(9))
    .execute();
  await db
    .updateTable('appointments')
    .set({ status: 'cancelled' })
    .where('ref', '=', await visitOn(12))
    .execute();
  watched = await openPage(browser, server.url);
  page = watched.page;
  await page.goto('/console/waitlist');
  await page.getByLabel('E-mail').fill(clinic.email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Waitlist' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A patient of whom an authorization with visits left is known; what the payer's benefit leaves nobody has told. */
async function patient(index: number, given: string, family: string): Promise<string> {
  const { db } = server.services;
  const ref = await clinic.follow(`P-${index}`, addDays(day, 20 + index));
  await clinic.report({ recordNumber: `P-${index}`, name: { given, family }, birthDate: `197${index}-01-02` });
  const row = await db.selectFrom('authorizations').selectAll().where('ref', '=', ref).executeTakeFirstOrThrow();
  const periods = row.periods.map((period) => ({ ...period, to: addDays(day, 90) }));
  await db
    .updateTable('authorizations')
    .set({ periods: JSON.stringify(periods) })
    .where('ref', '=', ref)
    .execute();
  return row.patient;
}

/** A booked visit of the patient who will give visits up. */
async function visitOn(days: number): Promise<string> {
  const row = await server.services.db
    .selectFrom('appointments')
    .select('ref')
    .where('clinic', '=', clinic.clinic)
    .where('patient', '=', clinic.patient)
    .where('date', '=', addDays(today, days))
    .executeTakeFirstOrThrow();
  return row.ref;
}

/** What the flow of the clinic does with a cancelled visit. */
async function flowOpens(appointment: string): Promise<void> {
  const { status, text } = await server.call('POST', '/v1/waitlist/slots', { key: clinic.key, body: { appointment } });
  if (status !== 200) throw new Error(text);
}

const panel = (title: string) =>
  page.locator('section.panel').filter({ has: page.getByRole('heading', { name: title }) });
const dialog = (title: string) => page.getByRole('dialog', { name: title });

async function picture(name: string): Promise<void> {
  const window = page.viewportSize() ?? { width: 1280, height: 860 };
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.mouse.move(0, 0);
  await page.setViewportSize({ ...window, height: Math.min(height, 1500) });
  await page.screenshot({ path: picturePath(`console-${name}`), caret: 'hide', animations: 'disabled' });
  await page.setViewportSize(window);
}

test('the desk puts patients on the list with what they need, pauses one and takes one off', async () => {
  await page.getByText('Nobody waits for a visit.').waitFor();
  for (const [, family] of names) {
    await page.getByRole('button', { name: 'Add a patient' }).click();
    const form = dialog('Put a patient on the waitlist');
    const option = await form
      .getByRole('option', { name: new RegExp(`^${family}`) })
      .first()
      .getAttribute('value');
    await form.getByLabel('Patient', { exact: true }).selectOption(option);
    if (family !== 'Fontaine')
      for (const weekday of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
        await form.getByLabel(`${weekday} from`).fill('08:00');
        await form.getByLabel(`${weekday} to`).fill('18:00');
      }
    if (family === 'Petrov') await form.getByLabel('Minutes', { exact: true }).fill('60');
    expect(await seriousFindings(page)).toEqual([]);
    if (family === 'Reyes') await page.screenshot({ path: picturePath('console-waitlist-add'), caret: 'hide' });
    await form.getByRole('button', { name: 'Put on the list' }).click();
    await panel('Who waits')
      .getByRole('rowheader', { name: new RegExp(family) })
      .waitFor();
  }
  await page.getByRole('button', { name: /^Pause Fontaine/ }).click();
  await page.getByText('paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Resume Fontaine/ }).click();
  await page.getByRole('button', { name: /^Pause Fontaine/ }).waitFor();
});

test('a cancelled visit that the schedule tells in full is offered; who is in doubt is asked once the desk found out', async () => {
  await flowOpens(await visitOn(9));
  await page.getByRole('button', { name: 'Read again' }).click();
  await page.getByText('Still free: find out about 2 who may fit').waitFor();
  await panel('Freed visits').getByRole('link').first().click();
  const ledger = panel('Why this one, why not me');
  await ledger.getByText('Not asked: Needs 60 minutes, the slot has 45.').waitFor();
  await page.getByRole('button', { name: 'I found out: it fits, ask Reyes, Ana' }).click();
  await page.getByText(/Asking Reyes, Ana until .* \(30 minutes left\)/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture('waitlist-slot');
  await page.getByRole('button', { name: 'Said yes by phone: Reyes, Ana' }).click();
  await page.getByText('Reyes, Ana said yes: book it').waitFor();
  await ledger.getByText('said yes and has the slot').waitFor();
});

test('what the schedule does not tell is asked of the desk, and offered once it is said', async () => {
  await flowOpens(await visitOn(12));
  await page.getByRole('link', { name: '← Waitlist' }).click();
  await page.getByText('nobody has told how many minutes, with whom').waitFor();
  await picture('waitlist');
  await page.getByRole('button', { name: 'Say what it is' }).click();
  const form = dialog('What is the cancelled visit?');
  await form.getByLabel('How many minutes').fill('45');
  await form.getByLabel('With whom').selectOption('thr_quill');
  await form.getByRole('button', { name: 'Offer it' }).click();
  await page.getByText('nobody has told').waitFor({ state: 'detached' });
  await panel('Freed visits').getByRole('link').nth(1).waitFor();
});

test('a free time by hand, taken back; a patient taken off; on a telephone nothing runs out of the page', async () => {
  await page.getByRole('button', { name: 'Offer a free time' }).click();
  const form = dialog('Which time is free?');
  await form.getByLabel('When it begins').fill(`${day}T16:00`);
  await form.getByLabel('How many minutes').fill('45');
  await form.getByLabel('With whom').selectOption('thr_quill');
  await form.getByRole('button', { name: 'Offer it' }).click();
  await panel('Freed visits').getByRole('link').nth(2).waitFor();
  await panel('Freed visits').getByRole('link').first().click();
  await page.getByRole('heading', { name: /4:00/ }).waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await dialog('Take this time back?').getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Taken back, not offered any more').waitFor();
  await page.getByRole('link', { name: '← Waitlist' }).click();
  await page.getByRole('button', { name: /^Remove Petrov/ }).click();
  await dialog('Take this patient off the waitlist?').getByRole('button', { name: 'Take off the list' }).click();
  await panel('Who waits')
    .getByRole('rowheader', { name: /Petrov/ })
    .waitFor({ state: 'detached' });
  await page.setViewportSize(phone);
  expect(await overflow(page)).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await picture('phone-waitlist');
  expect(watched.faults).toEqual([]);
  expect(instantOf(`${day}T16:00`, zone)).not.toBeNull();
});

test('the report on fairness counts in groups and hides those of few people', async () => {
  await page.setViewportSize({ width: 1280, height: 860 });
  const report = panel('Do offers reach everybody alike?');
  await report.getByRole('rowheader', { name: 'Everybody' }).waitFor();
  // Three people: no figure of them is shown.
  expect(await report.locator('td.number').count()).toBe(0);
  await report.getByText('fewer than 11 people').first().waitFor();
});

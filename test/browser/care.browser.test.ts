// Care between visits in a real Chromium: the pages a patient opens on a telephone, served by the real server, and what staff enter and read.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { followedClinic, password } from '../../server/authorizations/testing/followed.ts';
import type { Followed } from '../../server/authorizations/testing/followed.ts';
import { startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { picturePath } from '../harness/pictures.ts';
import { openPage, overflow, phone, seriousFindings, startBrowser } from './browser.ts';
import { consoleVisits, tall } from './console-visits.ts';

const at = consoleVisits();
const zone = 'America/Chicago';
let server: TestServer;
let clinic: Followed;
let today: string;

beforeAll(async () => {
  server = await startServer();
  today = addDays(dateInZone(server.services.now().toISOString(), zone), 1);
  server.pass(Date.parse(instantOf(`${today}T10:00`, zone) ?? '') - server.services.now().getTime());
  clinic = await followedClinic(server.services, { name: 'pages', today });
  await server.services.db
    .updateTable('clinics')
    .set({ timezone: zone, settings: JSON.stringify({ outreach: { name: 'North PT', phone: '555-0100' } }) })
    .execute();
});
afterAll(() => server.stop());

/** The link in the newest message of a kind. */
async function linkOf(purpose: 'exercise.reminder' | 'visit.booked'): Promise<string> {
  const { ref } = await server.services.db
    .selectFrom('messages')
    .select('ref')
    .where('purpose', '=', purpose)
    .executeTakeFirstOrThrow();
  const record = await server.services.vault.open(clinic.clinic, ref, { purpose: 'test', actor: clinic.user });
  return /\/[mf]\/[\w-]{22}/.exec(JSON.stringify(record['texts']))?.[0] ?? '';
}

async function onTelephone(path: string) {
  const browser = await startBrowser();
  const { page, context, faults } = await openPage(browser, server.url, { viewport: phone });
  await page.goto(path);
  return {
    page,
    close: async (): Promise<void> => {
      await context.close();
      await browser.close();
      expect(faults).toEqual([]);
    },
    picture: async (name: string): Promise<void> => {
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
      await page.screenshot({ path: picturePath(`patient-${name}`), fullPage: true });
    },
  };
}

test('a patient opens the home program on a telephone, watches, answers once and reads thanks', async () => {
  const signedIn = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  await server.call('POST', `/v1/console/patients/${clinic.patient}/exercise-programs`, {
    cookie: (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    headers: { 'x-gait-console': '1' },
    body: {
      program: {
        title: 'Stairs and standing',
        exercises: [
          { name: 'Step up', how: 'Ten times each side', link: 'https://video.example.org/step-up' },
          { name: 'Stand on one leg', how: 'Thirty seconds, beside a chair' },
        ],
      },
      startsOn: today,
      endsOn: null,
      weekdays: [0, 1, 2, 3, 4, 5, 6],
    },
  });
  await server.call('POST', '/v1/care/exercise-reminders', { key: clinic.key, body: {} });
  const { page, picture, close } = await onTelephone(await linkOf('exercise.reminder'));
  await page.getByRole('link', { name: 'Watch how' }).waitFor();
  expect(await page.textContent('body')).not.toContain('Abernathy');
  await page.getByLabel('Partly').check();
  await page.getByLabel('8', { exact: true }).check();
  await page.getByLabel('Anything your therapist should know?').fill('The last ones were too much');
  await picture('home-program');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Thank you. We have it.' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'This link has been used or is over' }).waitFor();
  await close();
  const items = await server.services.db
    .selectFrom('work_items')
    .select('role')
    .where('kind', '=', 'patient.exercise')
    .execute();
  expect(items).toEqual([{ role: 'therapist' }]);
});

test('a new patient fills in the form before the first visit; what is missing is marked, nothing is lost', async () => {
  const authorization = await clinic.follow('N-1', addDays(today, 9));
  const { db } = server.services;
  const { patient } = await db
    .selectFrom('authorizations')
    .select('patient')
    .where('ref', '=', authorization)
    .executeTakeFirstOrThrow();
  await db.updateTable('patients').set({ chart: null }).where('ref', '=', patient).execute();
  await db.deleteFrom('appointments').where('patient', '=', patient).where('status', '<>', 'booked').execute();
  await server.call('POST', '/v1/care/forms', { key: clinic.key, body: {} });
  const { page, picture, close } = await onTelephone(await linkOf('visit.booked'));
  await page.getByRole('heading', { name: 'How to prepare' }).waitFor();
  await page.getByLabel('How would you like us to call you?').fill('Quill');
  for (const group of await page.getByRole('group').all()) await group.getByLabel('No', { exact: true }).check();
  await picture('form');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Thank you. We have your form.' }).waitFor();
  await picture('form-sent');
  await close();
  const kinds = await db.selectFrom('work_items').select('kind').where('subject', '=', patient).execute();
  expect(kinds.map(({ kind }) => kind)).toContain('patient.intake');
  expect(kinds.map(({ kind }) => kind)).not.toContain('patient.redFlag');
});

test('a therapist enters a home program and reads what was answered; days without an answer are told as such', async () => {
  const page = await at.visit();
  await at.signIn(page, 'pt@example.org', '/console/care');
  await page.getByText('8 done, 1 partly, 1 not done, 2 no answer of 12 days').waitFor();
  await page.getByText('0 done, 4 no answer of 4 days').waitFor();
  await page.getByRole('button', { name: /^Show/ }).first().click();
  await page.getByText('The last three were too much.').waitFor();
  await at.picture(page, 'care', tall);
  await page.getByRole('button', { name: 'Add a home program' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a home program' });
  await dialog.getByLabel('Patient').selectOption({ index: 2 });
  await dialog.getByLabel('Title').fill('Balance at home');
  await dialog.getByLabel('Exercises, one a line').fill('Heel raises | twice ten | https://video.example.org/heel');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Choose at least one day.').waitFor();
  await dialog.getByLabel('Mon').check();
  await at.picture(page, 'care-add');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByText('no day yet').waitFor();
  expect(at.server.changes.at(-1)?.body).toMatchObject({
    program: { title: 'Balance at home', exercises: [{ name: 'Heel raises' }] },
    weekdays: [0],
    endsOn: null,
  });
});

test('the front desk enters the link of a video visit, and reads no program', async () => {
  const page = await at.visit({ viewport: phone });
  await at.signIn(page, 'desk@example.org', '/console/care');
  await page.getByText('no link yet').waitFor();
  expect(await page.getByRole('heading', { name: 'Home programs' }).count()).toBe(0);
  await page.locator('gait-care input[type=url]').first().fill('https://rooms.example.org/one');
  await page.getByRole('button', { name: 'Keep' }).first().click();
  await page.getByText('no link yet').waitFor({ state: 'detached' });
  await at.picture(page, 'phone-care');
});

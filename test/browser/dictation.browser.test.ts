// Dictation on the capture page over the real server: typed and spoken, filled in, confirmed, undone; without a connection it is typed.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLanguageModel } from '../../sandbox/language-model/server.ts';
import type { LanguageModelSandbox } from '../../sandbox/language-model/server.ts';
import { followedClinic } from '../../server/authorizations/testing/followed.ts';
import type { Followed } from '../../server/authorizations/testing/followed.ts';
import { addVisit } from '../../server/patient-links/testing/patients.ts';
import { createUser, setClinicSettings } from '../../server/setup.ts';
import { testDay } from '../../server/testing/days.ts';
import { actionsOf, startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { picturePath } from '../harness/pictures.ts';
import { openPage, overflow, seriousFindings, startBrowser } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const password = 'correct horse battery staple';
const today = testDay();

let browser: Browser;
let server: TestServer;
let clinic: Followed;
let model: LanguageModelSandbox;

beforeAll(async () => {
  browser = await startBrowser(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  server = await startServer({ GAIT_CONSOLE_DIST: `${root}console/dist` });
  clinic = await followedClinic(server.services, { today });
  model = await startLanguageModel();
  const of = { clinic: clinic.clinic, email: 'pt@example.org', displayName: 'Kim Adair', password };
  await createUser(server.services, { ...of, roles: ['therapist'] });
  await server.services.connections.add(
    clinic.clinic,
    {
      name: 'ears',
      system: 'languageModel',
      mode: 'live',
      config: { place: 'selfHosted', baseUrl: model.baseUrl, transcriptionModel: 'ears' },
      secrets: {},
      agreement: null,
    },
    { kind: 'system', process: 'test', behalf: null },
  );
});
afterAll(async () => {
  await browser.close();
  await model.stop();
  await server.stop();
});

/** A tablet at a session that was begun from nothing. */
async function begun() {
  const { clinic: of, webpt: connection, patient } = clinic;
  const appointment = await addVisit(server.services, { clinic: of, connection, patient, date: today });
  const watched = await openPage(browser, server.url, { viewport: { width: 1024, height: 768 }, hasTouch: true });
  const { page } = watched;
  await page.goto('/console/capture');
  await page.getByLabel('E-mail').fill('pt@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator(`a[href$="${appointment}"]`).click();
  await page.getByRole('button', { name: 'Start empty' }).click();
  return watched;
}

const box = (page: Page) => page.getByLabel('What was done and found');

test('typed words fill the record, each entry to be confirmed, and one tap takes them back', async () => {
  const { page, context, faults } = await begun();
  await box(page).fill(
    'Pain before treatment 4 out of 10 left knee. Leg press 3 sets of 10 at 50 pounds. Left knee flexion 110 degrees.',
  );
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByText('3 entries wait to be confirmed.').waitFor();
  await page.screenshot({ path: picturePath('console-dictation'), caret: 'hide', animations: 'disabled' });
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Undo the dictation' }).click();
  await page.getByText('wait to be confirmed').waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: /^leg press/ }).count()).toBe(0);

  // Without a connection it is read all the same, for it is read here; recording is not offered.
  await context.setOffline(true);
  await box(page).fill('Leg press 3 sets of 10.');
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByRole('button', { name: 'That is right: leg press' }).click();
  await page.getByText('to be confirmed').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await context.close();
});

test('what is spoken is written down, shown before it is used, and kept nowhere', async () => {
  await setClinicSettings(server.services, clinic.clinic, { documentation: { speechConnection: 'ears' } });
  model.hear('Straight leg raise 2 sets of 12.');
  const { page, context, faults } = await begun();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Recording …').waitFor();
  await page.waitForTimeout(1200);
  await page.getByRole('button', { name: 'Stop and write down' }).click();
  await expect.poll(() => box(page).inputValue()).toBe('Straight leg raise 2 sets of 12.');
  expect(model.log.at(-1)?.length).toBeGreaterThan(1000);
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByRole('button', { name: 'All of it is right' }).click();
  expect(await actionsOf(server.services, clinic.clinic)).toContain('model.asked');
  const entries = await server.services.db.selectFrom('audit_entries').select('details').execute();
  expect([...server.logs, JSON.stringify(entries)].join('\n')).not.toMatch(/straight leg/i);

  model.behave('fail');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForTimeout(1200);
  await page.getByRole('button', { name: 'Stop and write down' }).click();
  await page.getByText('The recording was not written down.').waitFor();
  await context.setOffline(true);
  await page.getByText('Recording needs the connection; type instead.').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

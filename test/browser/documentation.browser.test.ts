// From the table to the signature over the real server: capture, close, draft, a lie that is stopped, gaps left open, signed as shown.
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followedClinic } from '../../server/authorizations/testing/followed.ts';
import type { Followed } from '../../server/authorizations/testing/followed.ts';
import { addVisit } from '../../server/patient-links/testing/patients.ts';
import { createUser } from '../../server/setup.ts';
import { testDay } from '../../server/testing/days.ts';
import { startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { openPage, overflow, seriousFindings, startBrowser } from './browser.ts';
import { settled } from './console-visits.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const password = 'correct horse battery staple';
const today = testDay();
const patience = { timeout: 15_000 };
let browser: Browser;
let server: TestServer;
let clinic: Followed;
let context: BrowserContext;
let page: Page;
let faults: readonly string[];

beforeAll(async () => {
  browser = await startBrowser();
  server = await startServer({ GAIT_CONSOLE_DIST: `${root}console/dist` });
  clinic = await followedClinic(server.services, { today });
  await createUser(server.services, {
    clinic: clinic.clinic,
    email: 'kim@example.org',
    displayName: 'Kim Adair',
    roles: ['therapist'],
    password,
    credential: { credential: 'PT', license: 'PT-1001', licenseState: 'IL', licenseExpires: null },
  });
  ({ page, context, faults } = await openPage(browser, server.url, {
    viewport: { width: 768, height: 1024 },
    hasTouch: true,
  }));
  await page.goto('/console/capture');
  await page.getByLabel('E-mail').fill('kim@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
});
afterAll(async () => {
  await context.close();
  await browser.close();
  await server.stop();
});

/** Captures and closes one session of the patient. */
async function captured(): Promise<void> {
  const appointment = await addVisit(server.services, {
    clinic: clinic.clinic,
    connection: clinic.webpt,
    patient: clinic.patient,
    date: today,
  });
  await page.goto(`/console/capture/${appointment}`);
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByRole('group', { name: 'Kim Adair' }).getByRole('button', { name: 'PT', exact: true }).click();
  await page.getByRole('button', { name: 'Total minutes: 45' }).click();
  await page.getByRole('group', { name: 'Pain before' }).getByRole('button', { name: '6', exact: true }).click();
  await page.getByRole('button', { name: '+ bridge' }).click();
  await page.getByLabel('Your assessment').fill('Walks with less of a limp.');
  await page.locator('[data-sync="saved"]').waitFor();
  await page.getByRole('button', { name: 'Close the session' }).click();
  await page.getByText('Closed', { exact: true }).waitFor();
}

async function settleAll(name: string, reason: string): Promise<void> {
  const open = page.getByRole('button', { name });
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your reason').fill(reason);
    await dialog.locator('button.primary').click();
    await expect.poll(() => open.count(), patience).toBe(left - 1);
  }
}

test('a session is captured, its note drafted, a lie in it stopped, its gaps left open with a reason, and signed as shown', async () => {
  await captured();
  await page.getByRole('button', { name: 'Draft the note' }).click();
  const sign = page.getByRole('button', { name: 'Sign …' });
  await sign.waitFor();
  expect(await sign.isDisabled()).toBe(true);
  await page.locator('.note-value').filter({ hasText: 'Walks with less of a limp' }).waitFor();
  const pain = page.locator('.note-value').filter({ hasText: '6/10' }).first();
  await pain.click();
  await page
    .getByRole('region', { name: 'Where it comes from' })
    .getByText(/pain: .*score 6/)
    .waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);

  // A number that nobody recorded.
  const sentence = page.locator('.note-sentence').filter({ has: pain });
  await sentence.locator('.note-pencil').click();
  const words = page.getByLabel('The sentence');
  const told = await words.inputValue();
  await words.fill(told.replace('6/10', '2/10'));
  await words.press('Control+Enter');
  const stopped = page.locator('.note-card.danger').first();
  await stopped.waitFor();
  expect(await sign.isDisabled()).toBe(true);
  await page.locator('.note-sentence.doubted .note-pencil').first().click();
  await words.fill(told);
  await words.press('Control+Enter');
  await expect.poll(() => page.locator('.note-card.danger').count(), patience).toBe(0);

  await page.getByRole('button', { name: 'Leave all gaps open, with one reason' }).click();
  await page.getByRole('dialog').getByLabel('Your reason').fill('Not looked at on this day.');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave them open' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Leave it open, with a reason' }).count(), patience).toBe(0);
  await settleAll('Leave it out, with a reason', 'It stands in the plan of care.');
  await expect.poll(() => sign.isEnabled(), patience).toBe(true);
  await sign.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('I have read this document').waitFor();
  await dialog.getByRole('button', { name: 'Sign' }).click();
  await page.getByText(/Signed by Kim Adair/).waitFor();
  expect(await page.locator('.note-pencil').count()).toBe(0);
  const versions = await server.services.db.selectFrom('note_versions').select(['version', 'credential']).execute();
  expect(versions).toEqual([{ version: 1, credential: 'PT' }]);

  await page.getByRole('button', { name: 'Add an addendum …' }).click();
  await page.getByRole('dialog').getByLabel('What you add').fill('The patient called: no pain at night.');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign the addendum' }).click();
  await page.getByText('The patient called: no pain at night.').waitFor();
  expect(faults).toEqual([]);
});

test('the list, progress, episode and session of the patient answer from the real server', async () => {
  await page.goto('/console/notes');
  await settled(page);
  await page.getByRole('button', { name: 'Signed', exact: true }).click();
  await page
    .getByRole('row', { name: /Daily note/ })
    .getByRole('link')
    .click();
  await page.locator('.note-value').first().click();
  await page.getByRole('link', { name: 'Open the session' }).first().click();
  await page.getByText('bridge').waitFor();
  await page.getByLabel('Draft a document of this session').selectOption('letter');
  await page.getByRole('button', { name: 'Draft', exact: true }).click();
  await page.getByRole('button', { name: 'Discard …' }).click();
  await page.getByRole('dialog').getByLabel('Your reason').fill('No letter is needed.');
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByText('Discarded', { exact: true }).waitFor();
  await page.goto(`/console/patients/${clinic.patient}/episode`);
  await page.getByLabel('Function before').fill('Walked two miles a day.');
  await page.getByRole('button', { name: 'Keep the episode' }).click();
  await page.getByText('Revision 1.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a plan of care is drafted from the protocol, changed, approved by name and certified', async () => {
  await page.goto(`/console/patients/${clinic.patient}/episode`);
  await page.getByLabel('Diagnoses, one a line: code, then words').fill('Z96.651 Right knee replaced');
  await page.getByLabel('Start of care').fill(today);
  await page.getByRole('button', { name: 'Keep the episode' }).click();
  await page.getByText('Revision 2.').waitFor();
  await page.getByRole('link', { name: 'Progress' }).click();
  await page.getByRole('heading', { name: 'What stands out' }).waitFor();
  await page.getByRole('button', { name: 'Draft a plan of care' }).click();
  const goal = page.getByLabel('Goal 1', { exact: true });
  await goal.fill('Walks to the shop and back.');
  await goal.press('Tab');
  await page.getByRole('button', { name: 'Keep the changes' }).click();
  await page.getByRole('button', { name: 'Approve …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Approved', { exact: true }).waitFor();
  await page.getByLabel('Signed by the physician on').fill(today);
  await page.getByRole('button', { name: 'Keep the certification' }).click();
  await expect
    .poll(() => server.services.db.selectFrom('plan_certifications').select('certified_on').execute(), patience)
    .toEqual([{ certified_on: today }]);
  await page.getByRole('link', { name: 'Progress' }).click();
  await page.getByText('Walks to the shop and back.').waitFor();
  await page.getByRole('link', { name: 'Plan of care' }).waitFor();
  expect(faults).toEqual([]);
});

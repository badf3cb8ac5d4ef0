// Patients whom several systems keep, in a real Chromium: a new one, values that differ, books that disagree.
import { expect, test } from 'vitest';
import { onboardingItems } from '../../console/dev/onboarding.ts';
import { consoleVisits } from './console-visits.ts';

const at = consoleVisits();

test('a new patient is laid before the front desk with what is known, missing and was not done, and is taken in by a named person', async () => {
  const page = await at.visit();
  await at.signIn(page, 'desk@example.org', `/console/work-items/${onboardingItems['patient.review']}`);
  await page.getByRole('heading', { name: 'What is known' }).waitFor();
  await page.getByText('Missing', { exact: true }).waitFor();
  await page.getByText('03/14/1961').waitFor();
  await page.getByText('Billing: not told of the patient').waitFor();
  await at.picture(page, 'new-patient');
  await page.getByRole('button', { name: 'Intake is complete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Intake is complete' }).click();
  await page.locator('#outcome').getByText('Taken in.').waitFor();
  expect(at.server.changes.at(-1)?.body).toMatchObject({ decision: 'complete' });

  await page.goto(`/console/work-items/${onboardingItems['record.enter']}`);
  await page.getByRole('button', { name: 'Copy all' }).waitFor();
  await at.picture(page, 'enter-values');
});

test('both values of a conflict and the books of a patient are told in words, with no instant as a machine writes it', async () => {
  const page = await at.visit();
  await at.signIn(page, 'admin@example.org', `/console/work-items/${onboardingItems['patient.conflict']}`);
  await page.getByRole('heading', { name: 'Both values' }).waitFor();
  await page.getByText('04/13/1961').waitFor();
  expect(await page.locator('main').textContent()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  await at.picture(page, 'conflict');
  await page.goto(`/console/work-items/${onboardingItems['visits.disagree']}`);
  await page.getByText(/Days with a note: 14, as of/).waitFor();
  expect(await page.locator('main').textContent()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  await at.picture(page, 'books-disagree');
});

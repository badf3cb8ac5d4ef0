// Authorizations and the morning report in a real Chromium: as a picture, in words, and on paper.
import { expect, test } from 'vitest';
import { consoleVisits, tall } from './console-visits.ts';

const authorization = 'auth_demo0000000000000000';

const at = consoleVisits();

test('an authorization is shown as a picture and as the same facts in words', async () => {
  const page = await at.visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await at.signIn(page, 'desk@example.org', `/console/authorizations/${authorization}`);
  await page.getByRole('button', { name: 'Copy what the patient may be told' }).click();
  await page.getByRole('button', { name: 'Copied what the patient may be told' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
    'Your visits are approved; 2 of 12 are left.',
  );
  const drawing = page.getByRole('img', { name: /Timeline of the authorization/ });
  await drawing.getByText(/^Act by/).waitFor();
  await drawing.getByText(/^Runs out/).waitFor();
  await drawing.getByText('approved: 12 visits').waitFor();
  expect(await page.getByRole('cell', { name: 'PA-100', exact: true }).count()).toBe(1);
  await page.getByText('Confirmation: FAX-21000').waitFor();
  await at.picture(page, 'authorization', tall);
  await page.getByRole('link', { name: '← Authorizations' }).click();
  await page.locator('tr.row').first().waitFor();
  await at.picture(page, 'authorizations');
});

test('the history of an authorization prints with its numbers and leads to its work items', async () => {
  const page = await at.visit();
  await at.signIn(page, 'desk@example.org', `/console/authorizations/${authorization}`);
  await page.getByRole('button', { name: 'Print the history' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: /^Copy/ }).isVisible()).toBe(false);
  expect(await page.getByText('Confirmation: FAX-21000').isVisible()).toBe(true);
  expect(await page.getByText(/printed\s+today\s.*\sby\s+Dana Reyes/).isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Review the authorization request' }).click();
  await page.getByRole('heading', { name: 'Review the authorization request' }).waitFor();
});

test('a morning report of 25 lines prints on one sheet, without the navigation', async () => {
  const page = await at.visit();
  await at.signIn(page, 'desk@example.org', '/console/morning-report');
  await page.locator('tr.row').nth(24).waitFor();
  await page.getByText(/\d+ overdue · \d+ escalated · Front desk \d+ · Biller \d+/).waitFor();
  await page.getByRole('rowheader', { name: /^Act now/ }).waitFor();
  const denied = page.getByRole('row', { name: /Denied/ }).first();
  expect(await denied.textContent()).toMatch(/Biller[\s\S]*escalated/);
  await at.picture(page, 'morning-report');
  const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(sheets).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
  await page.setViewportSize({ width: 740, height: 980 });
  await at.picture(page, 'morning-report-print');
});

// The pages of claims in a real Chromium: what was found, where it stands written, and a finding that a named person lets stand.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { password } from '../../console/dev/people.ts';
import { startStandIn } from '../../console/dev/stand-in.ts';
import type { StandIn } from '../../console/dev/stand-in.ts';
import { openPage, overflow, phone, seriousFindings, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let browser: Browser;
let server: StandIn;
let watched: Watched | null = null;

beforeAll(async () => {
  execFileSync(process.execPath, [`${root}console/build.mjs`]);
  browser = await startBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  server = await startStandIn(`${root}console/dist`);
});
afterEach(async () => {
  const faults = watched?.faults ?? [];
  await watched?.context.close();
  await server.close();
  expect(faults).toEqual([]);
});

async function signedIn(path: string): Promise<Page> {
  watched = await openPage(browser, server.url);
  const { page } = watched;
  await page.goto(path);
  await page.getByLabel('E-mail').fill('admin@example.org');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Claims' }).waitFor();
  return page;
}

const rows = (page: Page) => page.getByRole('region', { name: 'Claims' }).locator('tbody tr');

test('the board is narrowed to what must be fixed, and says of each claim what stands against it', async () => {
  const page = await signedIn('/console/claims');
  const all = await rows(page).count();
  await page.getByRole('button', { name: 'To fix' }).click();
  await rows(page).first().waitFor();
  const toFix = await rows(page).count();
  expect(toFix).toBeGreaterThan(0);
  expect(toFix).toBeLessThan(all);
  for (const text of await rows(page).allInnerTexts()) expect(text).toMatch(/\d must be fixed/);
  await page.getByRole('button', { name: 'Clean' }).click();
  await expect.poll(async () => (await rows(page).allInnerTexts()).every((text) => text.includes('clean'))).toBe(true);
});

test('a finding says what, where it stands written and how to fix it; it stands when a person says why, and only then', async () => {
  const page = await signedIn('/console/claims');
  await page.getByRole('button', { name: 'To fix' }).click();
  await expect.poll(() => rows(page).first().innerText()).toMatch(/must be fixed/);
  await rows(page).first().getByRole('link').click();
  await page.getByRole('heading', { name: 'What was found' }).waitFor();
  const finding = page.locator('.finding').filter({ hasText: 'must be fixed' }).first();
  expect((await finding.innerText()).length).toBeGreaterThan(80);
  await page.getByRole('heading', { name: 'Lines beside the note' }).waitFor();
  expect(await page.getByText(/minutes, by PT/).count()).toBeGreaterThan(0);

  await finding.getByRole('button', { name: 'Let it stand …' }).click();
  await finding.getByLabel('Why may this stand?').fill('   ');
  await finding.getByRole('button', { name: 'Let it stand', exact: true }).click();
  await page.getByText('Say why the finding may stand.').waitFor();
  expect(server.changes).toEqual([]);
  await finding.getByLabel('Why may this stand?').fill('Agreed with the payer by telephone.');
  await finding.getByRole('button', { name: 'Let it stand', exact: true }).click();
  await page.getByText(/May stand, says you.*Agreed with the payer by telephone\./s).waitFor();
  expect(server.changes).toMatchObject([{ body: { reason: 'Agreed with the payer by telephone.' } }]);
});

test('no page of claims has a serious accessibility finding, names a patient in its title or scrolls sideways', async () => {
  const page = await signedIn('/console/claims');
  for (const path of ['/console/claims', await rows(page).first().getByRole('link').getAttribute('href')]) {
    await page.goto(path ?? '');
    await page.getByRole('table').first().waitFor();
    expect({ path, findings: await seriousFindings(page) }).toEqual({ path, findings: [] });
    expect(await page.title()).toMatch(/^(Claims|Claim) · Gait$/);
    for (const width of [phone.width, 760, 1140, 1600]) {
      await page.setViewportSize({ width, height: phone.height });
      expect({ path, width, overflow: await overflow(page) }).toEqual({ path, width, overflow: 0 });
    }
  }
  expect(server.changes).toEqual([]);
});

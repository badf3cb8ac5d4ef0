// The pages of billing in a real Chromium: where claims stand, what was found, denied and paid, and what a named person decides.
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

async function signedIn(path: string, email = 'admin@example.org'): Promise<Page> {
  watched = await openPage(browser, server.url);
  const { page } = watched;
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const rows = (page: Page, region = 'Claims') => page.getByRole('region', { name: region }).locator('tbody tr');

async function board(): Promise<Page> {
  const page = await signedIn('/console/claims');
  await rows(page).first().waitFor();
  return page;
}

test('the board is narrowed to what must be fixed, and says of each claim what stands against it', async () => {
  const page = await board();
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

test('the states tell how many claims stand there and what they may bring in; a charge nobody knows is unknown, never nothing', async () => {
  const page = await board();
  const states = page.getByRole('group', { name: 'Claims by state' });
  const denied = states.getByRole('button', { name: /^denied/ });
  expect(await denied.innerText()).toMatch(/denied\s*\d+\s*\$/);
  await denied.click();
  const texts = await rows(page).allInnerTexts();
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(text).toContain('denied');
  await denied.click();
  const unknown = rows(page).filter({ hasText: 'unknown' }).first();
  expect(await unknown.innerText()).not.toContain('$0');
  expect(await page.getByRole('status').first().innerText()).toMatch(/at risk \$[\d,.]+ and 1 unknown/);
  await page.getByRole('button', { name: 'Most money' }).click();
  await expect.poll(() => rows(page).first().innerText()).toContain('unknown');
  expect(await states.getByRole('button', { name: /^not followed/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'Closed' }).click();
  await expect.poll(async () => (await rows(page).allInnerTexts()).every((text) => text.includes('closed'))).toBe(true);
});

test('a finding says what, where it stands written and how to fix it; it stands when a person says why, and only then', async () => {
  const page = await board();
  await page.getByRole('button', { name: 'To fix' }).click();
  await expect.poll(() => rows(page).first().innerText()).toMatch(/must be fixed/);
  await rows(page).first().getByRole('link').click();
  await page.getByRole('heading', { name: 'What was found' }).waitFor();
  await page.getByText('Gait changes no claim').waitFor();
  const finding = page.locator('.finding').filter({ hasText: 'must be fixed' }).first();
  expect((await finding.innerText()).length).toBeGreaterThan(80);
  await page.getByRole('heading', { name: 'Lines beside the note' }).waitFor();
  expect(await page.getByText(/minutes, by PT/).count()).toBeGreaterThan(0);
  await page.getByRole('heading', { name: 'What the notes support' }).waitFor();
  await page.getByRole('heading', { name: 'Books' }).waitFor();
  await page.getByText('Written off', { exact: true }).waitFor();

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

test('a fix that is plain is shown as the line before and after, and nothing on the page applies it', async () => {
  const page = await board();
  const links = await page.getByRole('region', { name: 'Claims' }).locator('a.row-link').all();
  const paths: string[] = [];
  for (const link of links) paths.push((await link.getAttribute('href')) ?? '');
  let change: string | null = null;
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole('heading', { name: 'Lines beside the note' }).waitFor();
    const changes = page.locator('.finding .line-change');
    if ((await changes.count()) === 0) continue;
    change = await changes.first().innerText();
    expect(await changes.first().locator('del').count()).toBe(1);
    expect(await changes.first().locator('ins').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: /apply|change|correct/i }).count()).toBe(0);
    break;
  }
  expect(change).toMatch(/line \d/);
});

test('denials stand by what is to be done, with the reason in words, the money, and the last day to act or that nobody knows it', async () => {
  const page = await signedIn('/console/denials', 'biller@example.org');
  const region = page.getByRole('region', { name: 'Denials' });
  await region.waitFor();
  const text = await region.innerText();
  for (const words of ['Correct and send again', 'CO-4', 'not known', 'look into the contract'])
    expect(text).toContain(words);
  expect(text).toMatch(/Correct and send again\s*\d+/);
  expect(await region.getByRole('link', { name: /^Decide …/ }).count()).toBeGreaterThan(0);
});

test('a payment nobody knows the claim of shows the claims it may be for, and leads to the item in which a person says so', async () => {
  const page = await signedIn('/console/remittances', 'biller@example.org');
  await rows(page, 'Remittances').first().waitFor();
  expect(await rows(page, 'Remittances').count()).toBe(3);
  await page.getByRole('button', { name: 'To decide' }).click();
  await expect.poll(() => rows(page, 'Remittances').count()).toBe(2);
  await rows(page, 'Remittances').filter({ hasText: 'without a claim' }).getByRole('link').click();
  await page.getByRole('heading', { name: 'Payments that wait' }).waitFor();
  await page.getByText('more than one claim fits').waitFor();
  expect(await page.locator('.finding table tbody tr').count()).toBe(2);
  const decide = page.getByRole('link', { name: /^Match it or set it aside …/ });
  expect(await decide.getAttribute('href')).toBe('/console/work-items/wi_unmatched1');
  const figures = await page.getByRole('region', { name: 'To the cent' }).locator('dd').allInnerTexts();
  const cents = figures.map((text) => Math.round(Number(text.replace(/[$,]/g, '')) * 100));
  expect(cents[0]).toBe((cents[1] ?? 0) + (cents[2] ?? 0) + (cents[3] ?? 0));
});

test('a noisy rule is lowered by an admin who says why, and by nobody else', async () => {
  const biller = await signedIn('/console/rules', 'biller@example.org');
  await biller.getByRole('heading', { name: 'Proposed to be lowered' }).waitFor();
  expect(await biller.getByRole('button', { name: /^Decide …/ }).count()).toBe(0);
  await watched?.context.close();

  const page = await signedIn('/console/rules');
  const proposal = page.locator('.finding').first();
  await proposal.getByRole('button', { name: /^Decide …/ }).click();
  await proposal.getByLabel(/Why\?$/).fill('   ');
  await proposal.getByRole('button', { name: 'Lower it' }).click();
  await page.getByText('Say why.').waitFor();
  expect(server.changes).toEqual([]);
  await proposal.getByLabel(/Why\?$/).fill('Our payers do not ask for it.');
  await proposal.getByRole('button', { name: 'Lower it' }).click();
  await page.getByText(/Severity lowered by you on .*Our payers do not ask for it\./s).waitFor();
  await page.getByRole('button', { name: /^Restore …/ }).waitFor();
  expect(server.changes).toMatchObject([{ body: { decision: 'lower', reason: 'Our payers do not ask for it.' } }]);
});

test('the figures of claims say what nobody knows, what is owed by age, and which payment is smaller than usual', async () => {
  const page = await signedIn('/console/claims', 'biller@example.org');
  await page.getByRole('navigation', { name: 'Billing' }).getByRole('link', { name: 'Figures' }).click();
  const owed = page.getByRole('region', { name: 'Owed' });
  await owed.waitFor();
  expect(await owed.locator('tbody tr').first().innerText()).toMatch(/All payers.*41\.5/s);
  // A payer whose books begin within the window has no such days.
  expect(await owed.locator('tbody tr').filter({ hasText: 'keystone' }).innerText()).toMatch(/unknown/);
  expect(await page.getByRole('region', { name: 'Decided' }).locator('tbody tr').nth(1).innerText()).toMatch(
    /^keystone\s+0\s+unknown\s+unknown\s+unknown\s+unknown$/,
  );
  const unusual = page.getByRole('region', { name: 'Unusual payments' }).locator('tbody tr').first();
  expect(await unusual.innerText()).toMatch(/97110 GP.*\$60\.00.*\$80\.00.*−\$20\.00/s);
  expect(await unusual.getByRole('link').getAttribute('href')).toMatch(/^\/console\/claims\/clm_/);
  await page.getByRole('button', { name: '30 days' }).click();
  await page.getByText('No claim was taken in').waitFor();
});

test('a person without the billing role is not led to what payers paid', async () => {
  const page = await signedIn('/console/claims', 'desk@example.org');
  const tabs = page.getByRole('navigation', { name: 'Billing' });
  await tabs.waitFor();
  expect(await tabs.getByRole('link').allInnerTexts()).toEqual(['Claims', 'Rules']);
});

test('no page of billing has a serious accessibility finding, names a patient in its title or scrolls sideways', async () => {
  const page = await board();
  const claim = await rows(page).first().getByRole('link').getAttribute('href');
  const all = ['claims', 'denials', 'remittances', 'remittances/rec_remit2', 'figures', 'rules'].map(
    (path) => `/console/${path}`,
  );
  for (const path of [...all, claim ?? '']) {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(path);
    await page.getByRole('table').first().waitFor();
    if (process.env['GAIT_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['GAIT_SHOTS']}${path.replaceAll('/', '-')}.png`, fullPage: true });
    expect({ path, findings: await seriousFindings(page) }).toEqual({ path, findings: [] });
    expect(await page.title()).toMatch(/^(Claims|Claim|Denials|Remittances|Remittance|Figures|Rules) · Gait$/);
    for (const width of [phone.width, 760, 1140, 1600]) {
      await page.setViewportSize({ width, height: phone.height });
      if (process.env['GAIT_SHOTS'] !== undefined && width === phone.width)
        await page.screenshot({
          path: `${process.env['GAIT_SHOTS']}${path.replaceAll('/', '-')}-phone.png`,
          fullPage: true,
        });
      expect({ path, width, overflow: await overflow(page) }).toEqual({ path, width, overflow: 0 });
    }
  }
  expect(server.changes).toEqual([]);
}, 120_000);

// The pages of billing in a real Chromium: where claims stand, what was found, denied and paid, and what a named person decides.
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { zone } from '../../console/dev/people.ts';
import { picturePath } from '../harness/pictures.ts';
import { desktop, overflow, phone, seriousFindings } from './browser.ts';
import { consoleVisits } from './console-visits.ts';

const at = consoleVisits();
const signedIn = (path: string, email = 'admin@example.org'): Promise<Page> => at.signedIn(path, email);

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
  expect(at.server.changes).toEqual([]);
  await finding.getByLabel('Why may this stand?').fill('Agreed with the payer by telephone.');
  await finding.getByRole('button', { name: 'Let it stand', exact: true }).click();
  await page.getByText(/May stand, says you.*Agreed with the payer by telephone\./s).waitFor();
  expect(at.server.changes).toMatchObject([{ body: { reason: 'Agreed with the payer by telephone.' } }]);
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

/** Of the synthetic clinic: with the payer and posted to, not followed, sent and not acknowledged, to be corrected. */
const claims = { pending: 3, notFollowed: 6, sent: 9, toFix: 1 };

async function claimPage(which: keyof typeof claims, email = 'biller@example.org'): Promise<Page> {
  const page = await signedIn(`/console/claims/clm_demo${String(claims[which]).padStart(16, '0')}`, email);
  await page.getByRole('heading', { name: 'Lines beside the note' }).waitFor();
  return page;
}

const enterPayment = (page: Page) => page.getByRole('button', { name: 'Enter a payment …' });
const takeBack = (page: Page) => page.getByRole('button', { name: 'Take the claim back …' });
const focused = (page: Page, locator: Locator) => locator.and(page.locator(':focus'));
const books = (page: Page) => page.getByRole('region', { name: 'Books' });

async function bookedAs(page: Page, words: string): Promise<string> {
  const figure = books(page).locator('dl.figures > div').filter({ hasText: words }).first();
  return figure.locator('dd').innerText();
}

test('a payment of nothing, of half a cent or of tomorrow is refused with a sentence, and nothing is sent', async () => {
  const page = await claimPage('pending', 'desk@example.org');
  const before = await books(page).innerText();
  await enterPayment(page).click();
  const amount = page.getByLabel('Amount in dollars');
  for (const [typed, said] of [
    ['', 'Enter dollars, such as 1250 or 12.50.'],
    ['12.505', 'Enter dollars, such as 1250 or 12.50.'],
    ['0.00', 'A payment of nothing is none: enter what was paid.'],
  ] as const) {
    await amount.fill(typed);
    await page.keyboard.press('Enter');
    await page.getByText(said).waitFor();
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    await focused(page, amount).waitFor();
  }
  await amount.fill('20');
  expect(await amount.getAttribute('aria-invalid')).toBeNull();
  const day = page.getByLabel('Day on which it was paid');
  await day.fill('2099-01-01');
  await page.keyboard.press('Enter');
  await page.getByText('This day has not come yet.').waitFor();
  expect(at.server.changes).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await focused(page, enterPayment(page)).waitFor();
  expect(await books(page).innerText()).toBe(before);
});

test('a payment is entered with the keyboard alone and stands in the books; one paid back takes it away again', async () => {
  const page = await claimPage('pending', 'desk@example.org');
  expect(await bookedAs(page, 'Patient paid')).toBe('$5.00');
  const owed = await bookedAs(page, 'Patient still owes');
  await enterPayment(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('1,020.35');
  await page.keyboard.press('Enter');
  await expect.poll(() => bookedAs(page, 'Patient paid')).toBe('$1,025.35');
  await page.getByText('The patient’s payment of $1,020.35 is in the books.').waitFor({ state: 'attached' });
  const paid = books(page).getByRole('table').filter({ hasText: 'Paid by the patient' });
  expect(await paid.innerText()).toMatch(/unknown\s+\$1,020\.35/);
  await focused(page, enterPayment(page)).waitFor();

  await enterPayment(page).click();
  expect(await page.getByLabel('Amount in dollars').inputValue()).toBe('');
  await page.getByLabel('Amount in dollars').fill('$1020.35');
  await page.getByLabel('How it was paid').selectOption('Check');
  await page.getByLabel('Paid back to the patient').check();
  await page.getByRole('button', { name: 'Enter the payment' }).click();
  await expect.poll(() => bookedAs(page, 'Patient paid')).toBe('$5.00');
  expect(await bookedAs(page, 'Patient still owes')).toBe(owed);
  expect(await paid.innerText()).toMatch(/check\s+-\$1,020\.35/);
  const [first, second] = at.server.changes.map(({ body }) => body as { key: string; paidOn: string });
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
  expect([first, second]).toMatchObject([
    { cents: 102_035, paidOn: today },
    { cents: -102_035, paidOn: today, method: 'check' },
  ]);
  expect(first).not.toHaveProperty('method');
  expect(second?.key).not.toBe(first?.key);
});

test('a payment whose answer was lost is sent again under its key and entered once; another one is not mistaken for it', async () => {
  const page = await claimPage('pending');
  const keys: unknown[] = [];
  await page.route('**/payments', async (route) => {
    keys.push((route.request().postDataJSON() as { key: unknown }).key);
    if (keys.length % 2 === 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  const send = page.getByRole('button', { name: 'Enter the payment' });
  await enterPayment(page).click();
  await page.getByLabel('Amount in dollars').fill('12.50');
  await send.click();
  await page.getByRole('alert').filter({ hasText: 'It is not known whether the payment was entered.' }).waitFor();
  await send.click();
  await expect.poll(() => bookedAs(page, 'Patient paid')).toBe('$17.50');

  await enterPayment(page).click();
  await page.getByLabel('Amount in dollars').fill('30');
  await send.click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Amount in dollars').fill('40');
  await send.click();
  await page.getByRole('alert').filter({ hasText: 'Another payment was entered under this key.' }).waitFor();
  await expect.poll(() => bookedAs(page, 'Patient paid')).toBe('$47.50');
  await page.getByRole('button', { name: 'Start over' }).click();
  expect(await page.getByLabel('Amount in dollars').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Cancel' }).click();
  const [first, again, other, changed] = keys;
  expect([again, changed]).toEqual([first, other]);
  expect(other).not.toBe(first);
  expect(keys).toHaveLength(4);
});

test('a claim is taken back by who bills, after a question that says what it does, and asked for once', async () => {
  const page = await claimPage('pending');
  await takeBack(page).click();
  const dialog = page.getByRole('dialog', { name: 'Take the claim back?' });
  expect(await dialog.innerText()).toMatch(/A void \(frequency 8\).*laid before a biller.*takes back what it paid/s);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(at.server.changes).toEqual([]);

  await takeBack(page).click();
  await dialog.getByRole('button', { name: 'Take the claim back' }).dblclick();
  await page.locator('#told').getByText('A void of this claim is laid before a biller.').waitFor();
  await page.locator('.page-head').getByText('to approve').waitFor();
  expect(await takeBack(page).count()).toBe(0);
  expect(at.server.changes).toEqual([{ path: '/v1/console/claims/clm_demo0000000000000003/take-back', body: {} }]);
});

test('a claim whose number at the payer nobody knows cannot be taken back, and the question says why', async () => {
  const page = await claimPage('sent');
  await takeBack(page).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take the claim back' }).click();
  await page.getByRole('alert').filter({ hasText: 'own number of the claim is not known yet' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await takeBack(page).waitFor();
  expect(at.server.changes).toEqual([]);
});

test.each([
  ['pending', 'desk@example.org', 1, 0],
  ['pending', 'pt@example.org', 0, 0],
  ['pending', 'admin@example.org', 1, 1],
  ['toFix', 'biller@example.org', 1, 0],
  ['notFollowed', 'biller@example.org', 1, 0],
] as const)('on a claim that is %s, %s is offered what the role may do', async (which, email, payments, voids) => {
  const page = await claimPage(which, email);
  expect([await enterPayment(page).count(), await takeBack(page).count()]).toEqual([payments, voids]);
});

test('both forms fit a phone and have no serious accessibility finding', async () => {
  const page = await claimPage('pending');
  for (const viewport of [desktop, phone]) {
    await page.setViewportSize(viewport);
    const width = viewport.width;
    await enterPayment(page).click();
    await page.getByRole('button', { name: 'Enter the payment' }).click();
    await page.getByText('Enter dollars, such as').waitFor();
    expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    expect({ width, findings: await seriousFindings(page) }).toEqual({ width, findings: [] });
    await page.screenshot({ path: picturePath(`claim-payment-${width}`), fullPage: true });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await takeBack(page).click();
    expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    expect({ width, findings: await seriousFindings(page) }).toEqual({ width, findings: [] });
    await page.screenshot({ path: picturePath(`claim-take-back-${width}`) });
    await page.keyboard.press('Escape');
  }
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

test('proposed charges tell units, what is unknown and what the billing system has, and are taken over or declined for a reason by hand', async () => {
  const page = await signedIn('/console/charges', 'biller@example.org');
  const asks = page.getByRole('region', { name: /Omar Haddad/ });
  await asks.waitFor();
  expect(await asks.innerText()).toMatch(/97110\s+unknown\s+unknown/);
  expect(await asks.innerText()).toContain('97140: captured 0, charged 1');
  const decline = asks.getByRole('button', { name: /^Decline/ });
  expect(await decline.isDisabled()).toBe(true);
  await asks.getByRole('combobox').selectOption('Other codes hold');
  expect(await decline.isDisabled()).toBe(false);
  const agrees = page.getByRole('region', { name: /Rosa Delgado/ });
  expect(await agrees.innerText()).toContain('As charged in the billing system');
  const sent = page.waitForRequest(
    (request) => request.url().includes('/charge-proposals/') && request.method() === 'POST',
  );
  await agrees.getByRole('button', { name: /^Take over/ }).click();
  expect((await sent).postDataJSON()).toEqual({ revision: 1, decision: 'accepted' });
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
  await biller.context().close();

  const page = await signedIn('/console/rules');
  const proposal = page.locator('.finding').first();
  await proposal.getByRole('button', { name: /^Decide …/ }).click();
  await proposal.getByLabel(/Why\?$/).fill('   ');
  await proposal.getByRole('button', { name: 'Lower it' }).click();
  await page.getByText('Say why.').waitFor();
  expect(at.server.changes).toEqual([]);
  await proposal.getByLabel(/Why\?$/).fill('Our payers do not ask for it.');
  await proposal.getByRole('button', { name: 'Lower it' }).click();
  await page.getByText(/Severity lowered by you on .*Our payers do not ask for it\./s).waitFor();
  await page.getByRole('button', { name: /^Restore …/ }).waitFor();
  expect(at.server.changes).toMatchObject([{ body: { decision: 'lower', reason: 'Our payers do not ask for it.' } }]);
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
  const all = ['claims', 'charges', 'denials', 'remittances', 'remittances/rec_remit2', 'figures', 'rules'].map(
    (path) => `/console/${path}`,
  );
  for (const path of [...all, claim ?? '']) {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(path);
    await page.getByRole('table').first().waitFor();
    if (process.env['GAIT_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['GAIT_SHOTS']}${path.replaceAll('/', '-')}.png`, fullPage: true });
    expect({ path, findings: await seriousFindings(page) }).toEqual({ path, findings: [] });
    expect(await page.title()).toMatch(/^(Claims|Claim|Charges|Denials|Remittances|Remittance|Figures|Rules) · Gait$/);
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
  expect(at.server.changes).toEqual([]);
}, 120_000);

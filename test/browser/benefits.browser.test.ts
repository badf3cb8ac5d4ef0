// The pages of benefits in a real Chromium: unknown is said, every value tells where it comes from, and a call is written down as it was heard.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflow, phone, seriousFindings } from './browser.ts';
import { consoleVisits, settled, tall } from './console-visits.ts';

const check = (number: number): string => `/console/benefits/chk_demo${String(number).padStart(16, '0')}`;
const item = (number: number): string => `/console/work-items/wi_benefit${String(number).padStart(15, '0')}`;
const [complete, planOnly, twoCoverages, refused, called, waiting, byPhone, , contradicted] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
];

const at = consoleVisits();

test('the list says unknown where nobody said, and 0 only where a payer said so', async () => {
  const page = await at.signedIn('/console/benefits');
  await page.getByRole('heading', { name: 'Last night’s batch' }).waitFor();
  const rows = page.locator('tr.row');
  const cells = await rows.filter({ hasText: 'Fontaine' }).locator('td').allTextContents();
  expect(cells.slice(4).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    'unknown coinsurance unknown',
    'unknown',
    'unknown',
    'unknown',
  ]);
  const spent = await rows.filter({ hasText: 'Petrov' }).locator('[data-label="Visits left"]').textContent();
  expect(spent?.trim()).toBe('0');
  expect((await rows.locator('td').allTextContents()).filter((text) => text.trim() === '')).toEqual([]);
  await rows.filter({ hasText: 'Achterberg' }).getByText('delivered').waitFor();
  await page.mouse.move(0, 0);
  await at.picture(page, 'benefits', 1150);
});

test('the list is narrowed to what waits and to what needs a person, and stays so after a visit to one', async () => {
  const page = await at.signedIn('/console/benefits');
  await page.getByRole('button', { name: 'Waiting' }).click();
  await page.getByText('1 of 1 shown').waitFor();
  await page.getByRole('button', { name: 'Exceptions' }).click();
  await page.getByText('6 of 6 shown').waitFor();
  await page.getByRole('link', { name: 'Quillfeather' }).click();
  await page.getByRole('link', { name: 'Open the item' }).waitFor();
  await page.getByRole('link', { name: '← Benefits' }).click();
  await page.getByText('6 of 6 shown').waitFor();
  await page.getByLabel('Search').fill('nobody by this name');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
});

test('a therapist has no page of benefits in the navigation, the biller has', async () => {
  const therapist = await at.signedIn('/console/', 'pt@example.org');
  expect(await therapist.getByRole('link', { name: 'Benefits' }).count()).toBe(0);
  const biller = await at.signedIn('/console/', 'biller@example.org');
  expect(await biller.getByRole('link', { name: 'Benefits' }).count()).toBe(1);
});

test('each value tells its source, its time and how sure it is: to the pointer, to the keyboard and to a finger', async () => {
  const page = await at.signedIn(check(complete));
  await page.locator('.figures').getByRole('button', { name: '$25' }).hover();
  const grounds = page.locator('.told-more:popover-open');
  await grounds.getByText(/EB\*B segment \d+/).waitFor();
  expect(await grounds.textContent()).toMatch(
    /As of:\s+(?:today|yesterday)[\s\S]*Confidence:\s+high, payer answered service type PT/,
  );
  expect(await seriousFindings(page)).toEqual([]);
  await at.picture(page, 'benefit-summary', 1750);
  await page.getByRole('heading', { level: 2 }).first().hover();
  await grounds.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Print the summary' }).focus();
  await page.keyboard.press('Tab');
  await grounds.waitFor();
  await page.keyboard.press('Escape');
  await grounds.waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await grounds.waitFor();
  await page.keyboard.press('Tab');
  expect(await grounds.count()).toBe(1);

  const touched = await at.signedIn(check(planOnly), 'desk@example.org', { viewport: phone, hasTouch: true });
  const unknown = touched.getByRole('row', { name: /^Copay for a visit/ }).getByRole('button', { name: 'unknown' });
  await unknown.tap();
  const why = touched.locator('.told-more:popover-open');
  await why.getByText('the payer did not state it').waitFor();
  await at.picture(touched, 'phone-benefit');
  await touched.getByRole('heading', { level: 1 }).tap();
  await why.waitFor({ state: 'hidden' });
});

test('every coverage the payer returned has its own section', async () => {
  const page = await at.signedIn(check(twoCoverages));
  await page.getByRole('heading', { name: 'Coverage 1 of 2: PRAIRIE STANDARD' }).waitFor();
  await page.getByRole('heading', { name: 'Coverage 2 of 2: PRAIRIE PLUS' }).waitFor();
});

test('in and out of network stand side by side where they differ, and what changed is named', async () => {
  const page = await at.signedIn(check(complete));
  const visits = page.getByRole('row', { name: /^Visits total/ });
  const [inside, outside] = await visits.getByRole('cell').allTextContents();
  expect([inside, outside].map((text) => text?.match(/left\s+(\d+)/)?.[1])).toEqual(['18', '20']);
  await page.getByRole('columnheader', { name: 'In network this clinic' }).waitFor();
  await page.getByText('The payer’s own words, not read by Gait').waitFor();
  await page.getByText('Quoted benefits are no guarantee of payment.').waitFor();
  const copay = page.locator('.diff tr').filter({ hasText: 'Copay' });
  expect((await copay.textContent())?.replace(/\s+/g, ' ')).toContain('Copay for a visit, in network $20 $25');
});

test('a refusal says what it means and what to do, an unanswered check opens without an answer', async () => {
  const page = await at.signedIn(check(refused));
  await page
    .getByText(/^Refused: /)
    .first()
    .waitFor();
  await page
    .getByText(/^What to do: /)
    .first()
    .waitFor();
  await page.goto(check(waiting));
  await page.getByRole('heading', { name: 'No answer yet' }).waitFor();
});

test('on paper the summary has no chrome, and beside each value stands where it comes from', async () => {
  const page = await at.signedIn(check(complete));
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
  expect(
    await page
      .getByRole('button', { name: /^(Copy|Print)/ })
      .first()
      .isVisible(),
  ).toBe(false);
  await page.getByText(/printed\s+today\s.*\sby\s+Dana Reyes/).waitFor();
  const visits = page.getByRole('row', { name: /^Visits total/ });
  expect(
    await visits
      .getByText(/\(EB\*F \d+, high\)/)
      .first()
      .isVisible(),
  ).toBe(true);
  await page.setViewportSize({ width: 740, height: 980 });
  expect(await overflow(page)).toBe(0);
  await at.picture(page, 'benefit-print', tall);
  const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(sheets?.length).toBeLessThanOrEqual(2);
});

test('a call is written down as it was heard: dollars as cents, what nobody could tell as unknown', async () => {
  const page = await at.signedIn(item(planOnly));
  await page.getByText('Known already').waitFor();
  await page
    .getByRole('group', { name: /Does the plan cover/ })
    .getByLabel('Yes')
    .check();
  await page.getByLabel('What is the copay for a visit?').fill('32.50');
  await page.getByLabel('How many visits are left?').fill('12');
  await page.getByLabel('How many physical therapy visits').locator('xpath=../..').getByLabel('no limit').check();
  await page
    .getByRole('group', { name: /share the limit/ })
    .getByLabel('occupational therapy')
    .check();
  await page.getByLabel('Who answered').fill('Alex');
  await page.getByLabel('Reference number').fill('R-77');
  await at.picture(page, 'benefit-call', 1750);
  await page.getByLabel('What is the copay for a visit?').fill('thirty');
  await page.getByRole('button', { name: 'Record the call' }).click();
  await page.getByText('Enter dollars, such as 1250 or 12.50.').waitFor();
  expect(await page.locator(':focus').getAttribute('name')).toBe('0.copayCents');
  expect(at.server.changes).toEqual([]);
  await page.getByLabel('What is the copay for a visit?').fill('32.50');
  await page.getByLabel('When').fill('2199-01-01T10:00');
  await page.getByRole('button', { name: 'Record the call' }).click();
  await page.getByText('This time lies in the future.').waitFor();
  expect(await page.getByLabel('What is the copay for a visit?').inputValue()).toBe('32.50');
  await page.getByLabel('When').fill('2026-06-01T10:00');
  await page.getByRole('button', { name: 'Record the call' }).click();
  await page.getByText('Call recorded.').first().waitFor();
  expect(await page.locator('#outcome:focus').count()).toBe(1);
  expect(at.server.changes).toMatchObject([
    {
      body: {
        decision: 'called',
        outcome: {
          at: '2026-06-01T15:00:00.000Z',
          answeredBy: 'Alex',
          reference: 'R-77',
          coverages: [
            {
              coverage: 0,
              answers: {
                therapyCovered: true,
                copayCents: 3250,
                coinsurance: null,
                visitsAllowed: 'unlimited',
                visitsLeft: 12,
                pooledWith: ['AD'],
                authorizationRequired: null,
              },
            },
          ],
        },
      },
    },
  ]);
});

test('a call of which nothing is told is none; an item nobody needs is let go with a reason only', async () => {
  const page = await at.signedIn(item(byPhone));
  await page.getByRole('button', { name: 'Record the call' }).click();
  await page.getByText('Enter at least one answer, or the reference number of the call.').waitFor();
  await page.getByRole('button', { name: 'Not needed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why is nothing needed?' });
  await dialog.getByRole('button', { name: 'Not needed' }).click();
  await dialog.getByText('Reason is needed.').waitFor();
  expect(at.server.changes).toEqual([]);
  await dialog.getByLabel('Reason').fill('The visit was cancelled.');
  await dialog.getByRole('button', { name: 'Not needed' }).click();
  await page.getByText('Recorded as not needed.').first().waitFor();
  expect(at.server.changes).toMatchObject([{ body: { decision: 'notNeeded', reason: 'The visit was cancelled.' } }]);
});

test('an insurance that is wrong is corrected in the PT system first; checking again says so', async () => {
  const page = await at.signedIn(item(refused));
  await page.getByRole('button', { name: 'Check again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask the payer again?' });
  await dialog.getByText('Correct the insurance in the PT system first').waitFor();
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('Asked to check again.').first().waitFor();
  expect(at.server.changes).toMatchObject([{ body: { decision: 'checkAgain' } }]);
});

test('the keyboard alone is enough to write a call down', async () => {
  const page = await at.signedIn(item(contradicted));
  await page.getByText('Known already').waitFor();
  await tabTo(page, '0.clinicInNetwork');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, '0.copayCents');
  await page.keyboard.type('45');
  await tabTo(page, 'call.reference');
  await page.keyboard.type('R-1');
  await page.keyboard.press('Enter');
  await page.getByText('Call recorded.').first().waitFor();
  expect(at.server.changes).toMatchObject([
    { body: { outcome: { reference: 'R-1', coverages: [{ answers: { clinicInNetwork: true, copayCents: 4500 } }] } } },
  ]);
});

async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 90; step += 1) {
    if ((await page.evaluate<string | null>('document.activeElement?.getAttribute("name")')) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

const pages = [
  '/console/benefits',
  ...[complete, planOnly, twoCoverages, refused, called, waiting, byPhone, contradicted].map(check),
  ...[planOnly, twoCoverages, refused, contradicted].map(item),
];

for (const [colorScheme, only] of [
  ['light', 'all'],
  ['dark', 'colours'],
] as const) {
  test(`no page of benefits has a serious accessibility finding or names a patient in its title (${colorScheme})`, async () => {
    const page = await at.signedIn('/console/benefits', 'desk@example.org', { colorScheme });
    for (const path of pages) {
      await page.goto(path);
      await settled(page);
      expect({ path, findings: await seriousFindings(page, only) }).toEqual({ path, findings: [] });
      expect(await page.title()).toMatch(/^(Benefits|Benefit summary|Work item) · Gait$/);
    }
    expect(at.server.changes).toEqual([]);
  });
}

test('no page of benefits scrolls sideways on a phone or on a wide screen', async () => {
  const page = await at.signedIn('/console/benefits', 'admin@example.org');
  const widths = [phone.width, 760, 1000, 1140, 1600];
  for (const path of pages) {
    await page.goto(path);
    await settled(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: phone.height });
      expect({ path, width, overflow: await overflow(page) }).toEqual({ path, width, overflow: 0 });
    }
  }
});

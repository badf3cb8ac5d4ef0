// The console in a real Chromium, over its development server: what every page must do for everybody who uses it.
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pairItem } from '../../console/dev/data-audit.ts';
import { onboardingItems } from '../../console/dev/onboarding.ts';
import { password } from '../../console/dev/people.ts';
import { startStandIn } from '../../console/dev/stand-in.ts';
import type { StandIn } from '../../console/dev/stand-in.ts';
import { picturePath } from '../harness/pictures.ts';
import { openPage, overflow, phone, seriousFindings, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const request = 'wi_demo000000000000000001';
const send = 'wi_demo000000000000000004';
const answer = 'wi_demo000000000000000006';
const number = 'wi_demo000000000000000008';
const authorization = 'auth_demo0000000000000000';

let browser: Browser;
let server: StandIn;
let open: Watched[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  server = await startStandIn(`${root}console/dist`);
});
afterEach(async () => {
  const faults = open.flatMap((watched) => watched.faults);
  await Promise.all(open.map((watched) => watched.context.close()));
  open = [];
  await server.close();
  expect(faults).toEqual([]);
});

async function visit(options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
  const watched = await openPage(browser, server.url, options);
  open.push(watched);
  return watched.page;
}

async function signIn(page: Page, email = 'desk@example.org', path = '/console/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const path = picturePath(`console-${name}`);
  const window = page.viewportSize();
  // A tall window instead of a stitched picture: what sticks to the window's edge stays where it belongs.
  if (fullPage && window) {
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...window, height: Math.min(height, 1400) });
  }
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' });
  if (fullPage && window) await page.setViewportSize(window);
  expect((await stat(path)).size).toBeLessThan(250_000);
}

test('a wrong password is refused without telling which field was wrong, the right one opens the work list', async () => {
  const page = await visit();
  await page.goto('/console/');
  await page.getByLabel('E-mail').fill('desk@example.org');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
  await picture(page, 'sign-in');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Work list', level: 1 }).waitFor();
  await page.getByText('Dana Reyes').first().waitFor();
});

test('the work list puts first what is lost first, and says why', async () => {
  const page = await visit();
  await signIn(page);
  const first = page.locator('tr.row').first();
  await first.getByText('Achterberg, Rosalind').waitFor();
  expect(await first.textContent()).toMatch(/Runs out .* \(visit 13 of 12\); the payer takes 7 days/);
  expect(await first.textContent()).toContain('overdue since');
  await picture(page, 'work-list');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByText('escalated to biller').waitFor();
  await page.getByLabel('Search').fill('nobody by this name');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  expect(page.url()).toBe(`${server.url}/console/`);
});

test('a draft is filled in, saved as a revision and exactly that revision is approved', async () => {
  const page = await visit();
  await signIn(page);
  await page.getByRole('link', { name: 'Achterberg, Rosalind' }).click();
  await page.getByText('Missing: Referring provider NPI').waitFor();
  await picture(page, 'item-missing', true);
  await page.getByRole('button', { name: 'Go to the missing field' }).click();
  await page.keyboard.type('1992999825');
  await page.getByLabel('Visits', { exact: true }).fill('10');
  await page.getByText('Not saved yet').waitFor();
  expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Save as a new revision' }).click();
  await page.getByRole('button', { name: 'Approve revision 2' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve exactly this revision?' });
  await dialog.getByText('10 visits').waitFor();
  await dialog.getByText('Medicare Advantage of the Lakes').waitFor();
  await picture(page, 'approve');
  await dialog.getByRole('button', { name: 'Approve this revision' }).click();
  await page.getByText('Approved · revision 2.').waitFor();
  await page.getByText('Gait submits exactly this revision').waitFor();
  const hash = server.seed.items.get(request)?.page.revision?.hash;
  expect(server.changes.at(-1)).toEqual({
    path: `/v1/console/work-items/${request}/decisions`,
    body: { decision: 'approve', hash },
  });
  expect(server.changes).toHaveLength(2);
  await picture(page, 'approved', true);
  await page.goBack();
  await page.getByRole('heading', { name: 'Work list', level: 1 }).waitFor();
  expect(await page.getByText('Achterberg, Rosalind').count()).toBe(0);
});

test('a rejection without a reason goes nowhere', async () => {
  const page = await visit();
  await signIn(page, 'desk@example.org', `/console/work-items/${request}`);
  await page.getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await dialog.getByText('Reason is needed.').waitFor();
  expect(server.changes).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The patient changed plans.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.getByText('Nothing is sent; the reason is kept').waitFor();
  expect(server.changes).toMatchObject([{ body: { decision: 'reject', reason: 'The patient changed plans.' } }]);
});

test('two people who edit the same draft do not overwrite each other', async () => {
  const [first, second] = [await visit(), await visit()];
  await signIn(first, 'desk@example.org', `/console/work-items/${request}`);
  await signIn(second, 'admin@example.org', `/console/work-items/${request}`);
  for (const [page, visits] of [
    [first, '10'],
    [second, '11'],
  ] as const) {
    await page.getByLabel('Visits', { exact: true }).fill(visits);
    await page.getByRole('button', { name: 'Save as a new revision' }).click();
  }
  await second.getByText('Somebody else saved a newer revision').waitFor();
  expect(server.changes).toHaveLength(1);
});

test('a packet is copied value by value and recorded as sent with channel, time and confirmation', async () => {
  const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, 'desk@example.org', `/console/work-items/${send}`);
  await page.getByRole('button', { name: 'Copy Member id' }).click();
  await page.getByRole('button', { name: 'Copied Member id' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('TEST1111');
  await page.getByRole('button', { name: 'Copy all' }).click();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('Visits: 12');
  await picture(page, 'packet', true);
  await page.getByRole('button', { name: 'Record as sent' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Record as sent' }).click();
  await page.getByText('Channel is needed.').waitFor();
  await page.getByLabel('Fax').check();
  await page.getByLabel('Confirmation number').fill('FAX-20931');
  await picture(page, 'sent');
  await page.getByRole('dialog').getByRole('button', { name: 'Record as sent' }).click();
  await page.getByText('clock now runs').waitFor();
  expect(server.changes).toMatchObject([
    { body: { decision: 'sent', outcome: { channel: 'fax', confirmation: 'FAX-20931' } } },
  ]);
});

test('the payer’s answer is recorded, and what was not told stays unknown', async () => {
  const page = await visit();
  await signIn(page, 'desk@example.org', `/console/work-items/${answer}`);
  await page.getByRole('button', { name: 'Record the answer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Partly approved').check();
  await dialog.getByLabel('Visits approved').fill('8');
  await dialog.getByLabel('Units approved').fill('32');
  await dialog.getByLabel('Reason codes').fill('0V, 12');
  await dialog.getByLabel('Received on').fill('2026-05-01');
  await dialog.getByRole('button', { name: 'Record the answer' }).click();
  await page.getByText('The answer is stored').waitFor();
  expect(server.changes).toMatchObject([
    {
      body: {
        outcome: {
          status: 'partlyApproved',
          visitsApproved: 8,
          unitsApproved: 32,
          reasonCodes: ['0V', '12'],
          receivedAt: expect.stringMatching(/^2026-05-01T/) as unknown,
          number: null,
          from: null,
        },
      },
    },
  ]);
});

test('a placeholder number is refused in the server’s words and what was typed stays', async () => {
  const page = await visit();
  await signIn(page, 'biller@example.org', `/console/work-items/${number}`);
  await page.getByRole('button', { name: 'Save the number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Authorization number').fill('0000');
  await dialog.getByRole('button', { name: 'Save the number' }).click();
  await dialog.getByText('This is a placeholder, not an authorization number.').waitFor();
  expect(await dialog.getByLabel('Authorization number').inputValue()).toBe('0000');
  expect(server.changes).toEqual([]);
});

const pagesOfDesk = [
  '/console/',
  `/console/work-items/${request}`,
  `/console/work-items/${send}`,
  '/console/authorizations',
  `/console/authorizations/${authorization}`,
  '/console/morning-report',
];
const pagesOfAdmin = [
  '/console/connections',
  '/console/data-audit',
  `/console/work-items/${pairItem}`,
  ...Object.values(onboardingItems).map((id) => `/console/work-items/${id}`),
  '/console/keys',
  '/console/audit',
  '/console/nowhere',
];

test('opening every page changes nothing, and no address or title names a patient', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org');
  const methods: string[] = [];
  page.on('request', (sent) => methods.push(sent.method()));
  for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.title()).not.toMatch(/Achterberg|Rosalind|Lindqvist/);
  }
  expect(new Set(methods)).toEqual(new Set(['GET']));
  expect(server.changes).toEqual([]);
  expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);
});

for (const [colorScheme, only] of [
  ['light', 'all'],
  ['dark', 'colours'],
] as const) {
  test(`no page has a serious accessibility finding (${colorScheme})`, async () => {
    const page = await visit({ colorScheme });
    await page.goto('/console/');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await seriousFindings(page, only)).toEqual([]);
    await signIn(page, 'admin@example.org');
    for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.getByText('Loading …').waitFor({ state: 'hidden' });
      expect({ path, findings: await seriousFindings(page, only) }).toEqual({ path, findings: [] });
    }
    await page.goto(`/console/work-items/${request}`);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFindings(page, only)).toEqual([]);
  });
}

test('no page scrolls sideways on a phone or on a wide screen', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org');
  for (const viewport of [phone, { width: 760, height: 900 }, { width: 1600, height: 900 }]) {
    await page.setViewportSize(viewport);
    for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
      await page.goto(path);
      await page.getByText('Loading …').waitFor({ state: 'hidden' });
      expect({ path, ...viewport, overflow: await overflow(page) }).toEqual({ path, ...viewport, overflow: 0 });
      if (viewport === phone && path === '/console/') await picture(page, 'phone-work-list');
      if (viewport === phone && path.endsWith(request)) await picture(page, 'phone-item');
      if (viewport === phone && path.endsWith(authorization)) await picture(page, 'phone-authorization', true);
    }
  }
});

test('the keyboard alone is enough from signing in to the approval', async () => {
  const page = await visit();
  const keyboard = page.keyboard;
  await page.goto('/console/');
  await page.getByLabel('E-mail').waitFor();
  await keyboard.type('desk@example.org');
  await keyboard.press('Tab');
  await keyboard.type(password);
  await keyboard.press('Enter');
  await page.locator('tr.row').first().waitFor();
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await keyboard.press('Escape');
  await keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
  await keyboard.press('j');
  await keyboard.press('j');
  await keyboard.press('k');
  await keyboard.press('j');
  await keyboard.press('Enter');
  const approve = page.getByRole('button', { name: 'Approve revision 1' });
  await approve.waitFor();
  for (let step = 0; step < 60 && !(await focused()).startsWith('Approve revision 1'); step += 1)
    await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Approve exactly this revision?' }).waitFor();
  for (let step = 0; step < 6 && (await focused()) !== 'Approve this revision'; step += 1) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByText('Approved · revision 1.').waitFor();
  expect(await page.locator('#outcome:focus').count()).toBe(1);
  expect(server.changes).toMatchObject([{ body: { decision: 'approve' } }]);

  async function focused(): Promise<string> {
    return (await page.evaluate<string>('document.activeElement?.textContent ?? ""')).trim();
  }
});

test('an authorization is shown as a picture and as the same facts in words', async () => {
  const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, 'desk@example.org', `/console/authorizations/${authorization}`);
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
  await picture(page, 'authorization', true);
  await page.getByRole('link', { name: '← Authorizations' }).click();
  await page.locator('tr.row').first().waitFor();
  await picture(page, 'authorizations');
});

test('the history of an authorization prints with its numbers and leads to its work items', async () => {
  const page = await visit();
  await signIn(page, 'desk@example.org', `/console/authorizations/${authorization}`);
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
  const page = await visit();
  await signIn(page, 'desk@example.org', '/console/morning-report');
  await page.locator('tr.row').nth(24).waitFor();
  await page.getByText(/\d+ overdue · \d+ escalated · Front desk \d+ · Biller \d+/).waitFor();
  await page.getByRole('rowheader', { name: /^Act now/ }).waitFor();
  const denied = page.getByRole('row', { name: /Denied/ }).first();
  expect(await denied.textContent()).toMatch(/Biller[\s\S]*escalated/);
  await picture(page, 'morning-report');
  const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(sheets).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
  await page.setViewportSize({ width: 740, height: 980 });
  await picture(page, 'morning-report-print');
});

test('an unattended desk is warned, then signed out, and nothing of a patient stays on the screen', async () => {
  const page = await visit();
  await page.clock.install();
  await signIn(page);
  await page.locator('tr.row').first().waitFor();
  await page.clock.fastForward('14:10');
  await page.clock.runFor(1100);
  await page.getByRole('dialog', { name: 'Are you still there?' }).waitFor();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.clock.fastForward('15:05');
  await page.clock.runFor(1100);
  await page.getByText('You were signed out after a time without input.').waitFor();
  expect(await page.locator('body').textContent()).not.toContain('Achterberg');
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('an admin sees connections, keys and the audit; the front desk does not', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org', '/console/connections');
  await page.getByRole('button', { name: 'Test Availity' }).click();
  await page.getByText('The connection works.').first().waitFor();
  await picture(page, 'connections');
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText('The chain is whole: 1284 entries.').waitFor();
  const other = await visit();
  await signIn(other, 'desk@example.org');
  expect(await other.getByRole('link', { name: 'Audit' }).count()).toBe(0);
});

test('a new patient is laid before the front desk with what is known, missing and was not done, and is taken in by a named person', async () => {
  const page = await visit();
  await signIn(page, 'desk@example.org', `/console/work-items/${onboardingItems['patient.review']}`);
  await page.getByRole('heading', { name: 'What is known' }).waitFor();
  await page.getByText('Missing', { exact: true }).waitFor();
  await page.getByText('03/14/1961').waitFor();
  await page.getByText('Billing: not told of the patient').waitFor();
  await picture(page, 'new-patient');
  await page.getByRole('button', { name: 'Intake is complete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Intake is complete' }).click();
  await page.locator('#outcome').getByText('Taken in.').waitFor();
  expect(server.changes.at(-1)?.body).toMatchObject({ decision: 'complete' });

  await page.goto(`/console/work-items/${onboardingItems['record.enter']}`);
  await page.getByRole('button', { name: 'Copy all' }).waitFor();
  await picture(page, 'enter-values');
});

test('both values of a conflict and the books of a patient are told in words, with no instant as a machine writes it', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org', `/console/work-items/${onboardingItems['patient.conflict']}`);
  await page.getByRole('heading', { name: 'Both values' }).waitFor();
  await page.getByText('04/13/1961').waitFor();
  expect(await page.locator('main').textContent()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  await picture(page, 'conflict');
  await page.goto(`/console/work-items/${onboardingItems['visits.disagree']}`);
  await page.getByText(/Days with a note: 14, as of/).waitFor();
  expect(await page.locator('main').textContent()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  await picture(page, 'books-disagree');
});

test('an admin reads the data audit, opens a double from it, and takes two records apart', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org', '/console/connections');
  await page.getByRole('link', { name: 'Data audit' }).click();
  await page.getByText('2 new, 5 gone, 11 unchanged').waitFor();
  const phone = page.getByRole('row', { name: /Phone/ });
  expect(await phone.textContent()).toMatch(/90 %.*unknown/s);
  await picture(page, 'data-audit');
  await page.getByRole('button', { name: 'Take apart' }).click();
  await page.getByText('Records put together').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Start an audit' }).click();
  await page.getByRole('button', { name: 'Compare now' }).click();
  await page.getByText('61 patients, 58 agree').waitFor();
  await page.getByRole('button', { name: /Show the records: WebPT: Two records/ }).click();
  await page.getByRole('link', { name: 'Same person? Decide' }).click();
  await page.getByRole('cell', { name: 'Josie', exact: true }).waitFor();
  await picture(page, 'same-person');
  await page.getByRole('button', { name: 'Same person: put together' }).click();
  await page.getByLabel('The second record').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Same person: put together' }).click();
  await page.locator('#outcome').getByText('Put together.').waitFor();
  expect(server.changes.map(({ path }) => path.replace(/^.*\//, ''))).toEqual([
    'undo',
    'data-audit',
    'reconciliation',
    'decisions',
  ]);
  expect(server.changes.at(-1)?.body).toMatchObject({ decision: 'merge', outcome: { stays: 'second' } });
});

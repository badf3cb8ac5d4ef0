// The work list and the item page in a real Chromium: what a person reads, fills in and decides, and that only this is sent.
import { password } from '../../console/dev/people.ts';
import { expect, test } from 'vitest';
import { consoleVisits, tall } from './console-visits.ts';

const request = 'wi_demo000000000000000001';
const send = 'wi_demo000000000000000004';
const answer = 'wi_demo000000000000000006';
const number = 'wi_demo000000000000000008';

const at = consoleVisits();

test('the work list puts first what is lost first, and says why', async () => {
  const page = await at.visit();
  await at.signIn(page);
  const first = page.locator('tr.row').first();
  await first.getByText('Achterberg, Rosalind').waitFor();
  expect(await first.textContent()).toMatch(/Runs out .* \(visit 13 of 12\); the payer takes 7 days/);
  expect(await first.textContent()).toContain('overdue since');
  await at.picture(page, 'work-list');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByText('escalated to biller').waitFor();
  await page.getByLabel('Search').fill('nobody by this name');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  expect(page.url()).toBe(`${at.server.url}/console/`);
});

test('a draft is filled in, saved as a revision and exactly that revision is approved', async () => {
  const page = await at.visit();
  await at.signIn(page);
  await page.getByRole('link', { name: 'Achterberg, Rosalind' }).click();
  await page.getByText('Missing: Referring provider NPI').waitFor();
  await at.picture(page, 'item-missing', tall);
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
  await at.picture(page, 'approve');
  await dialog.getByRole('button', { name: 'Approve this revision' }).click();
  await page.getByText('Approved · revision 2.').waitFor();
  await page.getByText('Gait submits exactly this revision').waitFor();
  const hash = at.server.seed.items.get(request)?.page.revision?.hash;
  expect(at.server.changes.at(-1)).toEqual({
    path: `/v1/console/work-items/${request}/decisions`,
    body: { decision: 'approve', hash },
  });
  expect(at.server.changes).toHaveLength(2);
  await at.picture(page, 'approved', tall);
  await page.goBack();
  await page.getByRole('heading', { name: 'Work list', level: 1 }).waitFor();
  expect(await page.getByText('Achterberg, Rosalind').count()).toBe(0);
});

test('a rejection without a reason goes nowhere', async () => {
  const page = await at.visit();
  await at.signIn(page, 'desk@example.org', `/console/work-items/${request}`);
  await page.getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await dialog.getByText('Reason is needed.').waitFor();
  expect(at.server.changes).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The patient changed plans.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.getByText('Nothing is sent; the reason is kept').waitFor();
  expect(at.server.changes).toMatchObject([{ body: { decision: 'reject', reason: 'The patient changed plans.' } }]);
});

test('two people who edit the same draft do not overwrite each other', async () => {
  const [first, second] = [await at.visit(), await at.visit()];
  await at.signIn(first, 'desk@example.org', `/console/work-items/${request}`);
  await at.signIn(second, 'admin@example.org', `/console/work-items/${request}`);
  for (const [page, visits] of [
    [first, '10'],
    [second, '11'],
  ] as const) {
    await page.getByLabel('Visits', { exact: true }).fill(visits);
    await page.getByRole('button', { name: 'Save as a new revision' }).click();
  }
  await second.getByText('Somebody else saved a newer revision').waitFor();
  expect(at.server.changes).toHaveLength(1);
});

test('a packet is copied value by value and recorded as sent with channel, time and confirmation', async () => {
  const page = await at.visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await at.signIn(page, 'desk@example.org', `/console/work-items/${send}`);
  await page.getByRole('button', { name: 'Copy Member id' }).click();
  await page.getByRole('button', { name: 'Copied Member id' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('TEST1111');
  await page.getByRole('button', { name: 'Copy all' }).click();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('Visits: 12');
  await at.picture(page, 'packet', tall);
  await page.getByRole('button', { name: 'Record as sent' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Record as sent' }).click();
  await page.getByText('Channel is needed.').waitFor();
  await page.getByLabel('Fax').check();
  await page.getByLabel('Confirmation number').fill('FAX-20931');
  await at.picture(page, 'sent');
  await page.getByRole('dialog').getByRole('button', { name: 'Record as sent' }).click();
  await page.getByText('clock now runs').waitFor();
  expect(at.server.changes).toMatchObject([
    { body: { decision: 'sent', outcome: { channel: 'fax', confirmation: 'FAX-20931' } } },
  ]);
});

test('the payer’s answer is recorded, and what was not told stays unknown', async () => {
  const page = await at.visit();
  await at.signIn(page, 'desk@example.org', `/console/work-items/${answer}`);
  await page.getByRole('button', { name: 'Record the answer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Partly approved').check();
  await dialog.getByLabel('Visits approved').fill('8');
  await dialog.getByLabel('Units approved').fill('32');
  await dialog.getByLabel('Reason codes').fill('0V, 12');
  await dialog.getByLabel('Received on').fill('2026-05-01');
  await dialog.getByRole('button', { name: 'Record the answer' }).click();
  await page.getByText('The answer is stored').waitFor();
  expect(at.server.changes).toMatchObject([
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
  const page = await at.visit();
  await at.signIn(page, 'biller@example.org', `/console/work-items/${number}`);
  await page.getByRole('button', { name: 'Save the number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Authorization number').fill('0000');
  await dialog.getByRole('button', { name: 'Save the number' }).click();
  await dialog.getByText('This is a placeholder, not an authorization number.').waitFor();
  expect(await dialog.getByLabel('Authorization number').inputValue()).toBe('0000');
  expect(at.server.changes).toEqual([]);
});

test('the keyboard alone is enough from signing in to the approval', async () => {
  const page = await at.visit();
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
  expect(at.server.changes).toMatchObject([{ body: { decision: 'approve' } }]);

  async function focused(): Promise<string> {
    return (await page.evaluate<string>('document.activeElement?.textContent ?? ""')).trim();
  }
});

// Messages and attendance in a real Chromium: who confirmed, whom to call, what a patient wants, who is looked at first and why.
import { expect, test } from 'vitest';
import { patientRef } from '../../console/dev/outreach.ts';
import { phone } from './browser.ts';
import { consoleVisits, settled, tall } from './console-visits.ts';

const at = consoleVisits();

test('the front desk sees who confirmed and why others did not, opens a number, and writes down what came of the call', async () => {
  const page = await at.signedIn('/console/messages');
  const confirmations = page.getByRole('region', { name: /^Confirmations of/ });
  await confirmations.getByText('on the call list: wants no messages').waitFor();
  await confirmations.getByText('Find another time; the visit stays until you move it').waitFor();
  expect(await page.locator('main').textContent()).not.toContain('555-0142');
  const [first] = await page.getByRole('article').all();
  if (first === undefined) throw new Error('nobody is to be called');
  await first.getByRole('button', { name: 'Show the number and the words' }).click();
  await first.getByText('(303) 555-0142').waitFor();
  await page.mouse.move(2, 2);
  await at.picture(page, 'messages', tall);
  await first.getByRole('button', { name: 'They come' }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('Spoke with the patient.');
  await page.getByRole('dialog').getByRole('button', { name: 'They come' }).click();
  await page.getByText('1 open, 1 made today').waitFor();
  await page.getByRole('heading', { name: 'Made today' }).waitFor();
  expect(at.server.changes.at(-1)?.body).toMatchObject({ decision: 'confirmed', reason: 'Spoke with the patient.' });
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  await confirmations.getByText('confirmed', { exact: true }).first().waitFor();
});

test('a patient’s messages tell the rule in words, and a word of theirs is written down with how it is known', async () => {
  const page = await at.signedIn(`/console/patients/${patientRef}/messages`);
  await page.getByText('Text: not sent, wants no messages').waitFor();
  await page.getByText('E-mail: did not arrive (5.1.1)').waitFor();
  await page.getByRole('button', { name: 'Show what they wrote' }).first().click();
  await page.getByText('Stop', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'How is it known?' }).click();
  await page.getByText('Intake form of 3 May, signed at the desk.').waitFor();
  await at.picture(page, 'patient-messages', tall);
  await page.getByText('Write down what they say now').click();
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByText('Say how you know that they agreed.').waitFor();
  expect(at.server.changes).toEqual([]);
  await page.getByLabel('News and offers').uncheck();
  await page.getByLabel('Phone call').uncheck();
  await page.getByLabel('How you know').fill('Said so on the phone today.');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByText('visits and reminders, earlier visits, exercises, payments, by text and e-mail').waitFor();
  expect(at.server.changes.at(-1)?.body).toEqual({
    state: 'granted',
    categories: ['reminder', 'waitlist', 'exercise', 'payment'],
    channels: ['text', 'email'],
    source: 'staff',
    evidence: 'Said so on the phone today.',
  });
  await page.getByLabel('Likes best').selectOption({ label: 'E-mail' });
  await page.getByLabel('Lives in the zone of').selectOption({ label: 'Denver' });
  await page.getByLabel('To', { exact: true }).fill('08:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The hours end before they begin.').waitFor();
  await page.getByLabel('To', { exact: true }).fill('17:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => at.server.changes.at(-1)?.body)
    .toEqual({
      channels: ['email', 'text'],
      language: 'en',
      zone: 'America/Denver',
      hours: { from: '09:00', to: '17:30' },
    });
});

test('a therapist reads a patient’s messages and changes nothing; on a phone nothing is cut off', async () => {
  const page = await at.signedIn(`/console/patients/${patientRef}/messages`, 'pt@example.org', { viewport: phone });
  await page.getByRole('heading', { name: 'History' }).waitFor();
  expect(await page.getByRole('button', { name: /Save|Write/ }).count()).toBe(0);
  await at.picture(page, 'phone-patient-messages', tall);
  await page.goto('/console/messages');
  await settled(page);
  await at.picture(page, 'phone-messages', tall);
});

test('visits are looked at in the order of a model that shows what it rests on, and missed ones in the order of the plan', async () => {
  const page = await at.signedIn('/console/attendance');
  const shares = await page
    .getByRole('region', { name: 'Visits of the next 7 days' })
    .locator('td.number')
    .allTextContents();
  const numbers = shares.map((text) => (text.startsWith('under') ? 0 : Number.parseInt(text, 10)));
  expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
  expect(numbers.length).toBe(8);
  await page.getByText(/A model of \d+ visits of this clinic, [\d.]+ % better than base rates/).waitFor();
  await page.getByRole('img', { name: /foretold \d+ %, happened \d+ %/ }).waitFor();
  await page.getByText('2 visits behind the plan of this week').waitFor();
  await page.getByText('Unknown: no system tells of discharges').waitFor();
  await page.mouse.move(2, 2);
  await at.picture(page, 'attendance', 1200);
  await page.getByRole('button', { name: 'Look over now' }).click();
  await page.getByText('Looked over. New items for therapists: 1.').waitFor();
  await page.setViewportSize(phone);
  await at.picture(page, 'phone-attendance', tall);
});

test('a manager’s day begins with what to look at first, and the figures say what is not known', async () => {
  const page = await at.signedIn('/console/today', 'admin@example.org');
  const first = page.getByRole('region', { name: 'To look at first' });
  await first.getByText(/Missed with about 41 %, usual here 12 %/).waitFor();
  await first.getByRole('link', { name: 'Fontaine, Abe' }).click();
  await page.getByRole('heading', { name: 'Fontaine, Abe', level: 1 }).waitFor();
  await page.goto('/console/figures');
  const missed = page.getByRole('region', { name: 'Missed visits' });
  expect(await missed.getByRole('row', { name: /Before the first reminder/ }).textContent()).toContain('12.4%');
  const table = page.getByRole('region', { name: 'Reminders, freed slots and calls' });
  expect(await table.getByRole('row', { name: /Freed slots offered/ }).textContent()).toContain('not known');
  await table.scrollIntoViewIfNeeded();
  await at.picture(page, 'attendance-figures');
});

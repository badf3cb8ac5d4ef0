// The console in a real Chromium, over its development server: what every page must do for everybody who uses it.
import { expect, test } from 'vitest';
import { pairItem } from '../../console/dev/data-audit.ts';
import { onboardingItems } from '../../console/dev/onboarding.ts';
import { patientRef } from '../../console/dev/outreach.ts';
import { password } from '../../console/dev/people.ts';
import { overflow, phone, seriousFindings } from './browser.ts';
import { consoleVisits, settled, tall } from './console-visits.ts';

const request = 'wi_demo000000000000000001';
const send = 'wi_demo000000000000000004';
const authorization = 'auth_demo0000000000000000';

const at = consoleVisits();

test('a wrong password is refused without telling which field was wrong, the right one opens the work list', async () => {
  const page = await at.visit();
  await page.goto('/console/');
  await page.getByLabel('E-mail').fill('desk@example.org');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
  await at.picture(page, 'sign-in');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Work list', level: 1 }).waitFor();
  await page.getByText('Dana Reyes').first().waitFor();
});

const pagesOfDesk = [
  '/console/',
  `/console/work-items/${request}`,
  `/console/work-items/${send}`,
  '/console/authorizations',
  `/console/authorizations/${authorization}`,
  '/console/morning-report',
  '/console/today',
  '/console/schedule',
  '/console/therapists',
  '/console/messages',
  '/console/attendance',
  `/console/patients/${patientRef}/messages`,
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
  const page = await at.visit();
  await at.signIn(page, 'admin@example.org');
  const methods: string[] = [];
  page.on('request', (sent) => methods.push(sent.method()));
  for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.title()).not.toMatch(/Achterberg|Rosalind|Lindqvist/);
  }
  expect(new Set(methods)).toEqual(new Set(['GET']));
  expect(at.server.changes).toEqual([]);
  expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);
});

for (const [colorScheme, only] of [
  ['light', 'all'],
  ['dark', 'colours'],
] as const) {
  test(`no page has a serious accessibility finding (${colorScheme})`, async () => {
    const page = await at.visit({ colorScheme });
    await page.goto('/console/');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await seriousFindings(page, only)).toEqual([]);
    await at.signIn(page, 'admin@example.org');
    for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
      await page.goto(path);
      await settled(page);
      expect({ path, findings: await seriousFindings(page, only) }).toEqual({ path, findings: [] });
    }
    await page.goto(`/console/work-items/${request}`);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFindings(page, only)).toEqual([]);
  });
}

test('no page scrolls sideways on a phone or on a wide screen', async () => {
  const page = await at.visit();
  await at.signIn(page, 'admin@example.org');
  for (const viewport of [phone, { width: 760, height: 900 }, { width: 1600, height: 900 }]) {
    await page.setViewportSize(viewport);
    for (const path of [...pagesOfDesk, ...pagesOfAdmin]) {
      await page.goto(path);
      await settled(page);
      expect({ path, ...viewport, overflow: await overflow(page) }).toEqual({ path, ...viewport, overflow: 0 });
      if (viewport === phone && path === '/console/') await at.picture(page, 'phone-work-list');
      if (viewport === phone && path.endsWith(request)) await at.picture(page, 'phone-item');
      if (viewport === phone && path.endsWith(authorization)) await at.picture(page, 'phone-authorization', tall);
    }
  }
});

test('an unattended desk is warned, then signed out, and nothing of a patient stays on the screen', async () => {
  const page = await at.visit();
  await page.clock.install();
  await at.signIn(page);
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
  const page = await at.visit();
  await at.signIn(page, 'admin@example.org', '/console/connections');
  await page.getByRole('button', { name: 'Test Availity' }).click();
  await page.getByText('The connection works.').first().waitFor();
  // An import under way is a bar with its numbers; one more is asked for at its connection.
  const bar = page.getByRole('progressbar', { name: 'Import from WebPT drop folder' });
  expect(await bar.getAttribute('max')).toBe('184220');
  await page.getByText('61500 of 184220 rows stored, 18 refused so far.').waitFor();
  await page.getByText('2310 rows read, 2304 taken, 6 refused').waitFor();
  await page.getByRole('button', { name: 'Import now Jane' }).click();
  await page.getByText('An import is under way.').first().waitFor();
  expect(await page.getByRole('button', { name: 'Import now Availity' }).count()).toBe(0);
  await at.picture(page, 'connections');
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText('The chain is whole: 1284 entries.').waitFor();
  const other = await at.visit();
  await at.signIn(other, 'desk@example.org');
  expect(await other.getByRole('link', { name: 'Audit' }).count()).toBe(0);
});

test('an admin reads the data audit, opens a double from it, and takes two records apart', async () => {
  const page = await at.visit();
  await at.signIn(page, 'admin@example.org', '/console/connections');
  await page.getByRole('link', { name: 'Data audit' }).click();
  await page.getByText('2 new, 5 gone, 11 unchanged').waitFor();
  const phone = page.getByRole('row', { name: /Phone/ });
  expect(await phone.textContent()).toMatch(/90 %.*unknown/s);
  await at.picture(page, 'data-audit');
  await page.getByText('Whom nobody can reach').click();
  await page.getByText('The last 2 messages to what stands in the record did not arrive').waitFor();
  await page.getByRole('button', { name: 'Take apart' }).click();
  await page.getByText('Records put together').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Start an audit' }).click();
  await page.getByText('It runs by itself every night').waitFor();
  await page.getByText('61 patients, 58 agree, 3 do not').waitFor();
  await page.getByRole('button', { name: 'Compare now' }).click();
  await page.getByText('61 patients, 58 agree. Items').waitFor();
  await page.getByRole('button', { name: /Show the records: WebPT: Two records/ }).click();
  await page.getByRole('link', { name: 'Same person? Decide' }).click();
  await page.getByRole('cell', { name: 'Josie', exact: true }).waitFor();
  await at.picture(page, 'same-person');
  await page.getByRole('button', { name: 'Same person: put together' }).click();
  await page.getByLabel('The second record').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Same person: put together' }).click();
  await page.locator('#outcome').getByText('Put together.').waitFor();
  expect(at.server.changes.map(({ path }) => path.replace(/^.*\//, ''))).toEqual([
    'undo',
    'data-audit',
    'reconciliation',
    'decisions',
  ]);
  expect(at.server.changes.at(-1)?.body).toMatchObject({ decision: 'merge', outcome: { stays: 'second' } });
});

test('today shows every source with as of when, what is silent as unknown, and leads from a figure to its page', async () => {
  const page = await at.signedIn('/console/today', 'admin@example.org');
  const card = (title: string) => page.getByRole('region', { name: title, exact: true });
  for (const title of [
    'Work list',
    'Visits today',
    'Authorizations',
    'Coverage',
    'Claims',
    'Messages',
    'Documents',
    'Imports',
    'Data audit',
  ])
    expect(await card(title).textContent()).toContain('as of');
  const silent = card('Visits compared');
  expect(await silent.textContent()).toContain('has said nothing yet');
  expect((await silent.getByRole('listitem').allTextContents()).map((text) => text.trim())).toEqual([
    expect.stringMatching(/unknown$/),
    expect.stringMatching(/unknown$/),
    expect.stringMatching(/unknown$/),
  ]);
  expect(await card('Imports').textContent()).toContain('Therabill: 3 days ago, 2 rows refused');
  await page
    .getByRole('row', { name: /Petrov|Brightwater/ })
    .first()
    .waitFor();
  await page.mouse.move(2, 2);
  await at.picture(page, 'today', 1250);
  await card('Visits today')
    .getByRole('link', { name: /Confirmed/ })
    .click();
  expect(new URL(page.url()).pathname).toBe('/console/today');
  await page.getByText('asks for another time').waitFor();
  await card('Claims')
    .getByRole('link', { name: /Denied and not settled/ })
    .click();
  await page.getByRole('heading', { name: 'Denials', level: 1 }).waitFor();
  expect(at.server.changes).toEqual([]);
});

test('today on a phone, and as a therapist sees it: no money, no coverage, no page of an admin', async () => {
  const page = await at.signedIn('/console/today', 'pt@example.org', { viewport: phone });
  await page.getByRole('heading', { name: 'Messages' }).waitFor();
  await at.picture(page, 'phone-today', tall);
  expect(await page.getByRole('heading', { name: 'Coverage' }).count()).toBe(0);
  const text = await page.locator('main').textContent();
  expect(text).not.toContain('$');
  const figures = page.locator('a.today-figure');
  const forOthers = '[href*="connections"], [href*="data-audit"], [href*="denials"], [href*="figures"]';
  expect(await figures.count()).toBeGreaterThan(10);
  expect(await figures.and(page.locator(forOthers)).count()).toBe(0);
});

test('a proposed visit is dragged and moved by keys: what it would break is told before anybody accepts it', async () => {
  const page = await at.signedIn('/console/schedule', 'desk@example.org', { viewport: { width: 1440, height: 1000 } });
  const week = page.getByRole('region', { name: 'The week', exact: true });
  const proposed = week.getByRole('button', { name: /, proposed/ });
  expect(await proposed.count()).toBe(3);
  await page.getByText('Week of').first().waitFor();
  const conflicts = page.getByRole('region', { name: 'Conflicts ahead' });
  await conflicts.getByText(/The therapist is booked twice on Wed/).waitFor();
  expect(await week.getByRole('button', { name: /, conflict/ }).count()).toBe(2);
  // Monday's visit onto Tuesday at the hour of a booked one: the visit two days later is too near, the therapist taken.
  const box = await proposed.first().boundingBox();
  const taken = await week.getByRole('region', { name: /^Tue/ }).getByRole('button').nth(1).boundingBox();
  if (box === null || taken === null) throw new Error('The week is not drawn.');
  await page.mouse.move(box.x + 20, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y - 40, { steps: 4 });
  await page.mouse.move(taken.x + 20, taken.y + 10, { steps: 4 });
  await page.mouse.up();
  const panel = page.getByRole('region', { name: 'Okonkwo, June' });
  await panel.getByText(/The therapist is booked twice on Tue/).waitFor();
  expect(await panel.getByRole('button', { name: 'Move it here' }).isDisabled()).toBe(true);
  await at.picture(page, 'schedule', tall);
  await panel.getByRole('button', { name: 'Put it back' }).click();
  // By keys: a quarter of an hour earlier is free.
  await proposed.first().focus();
  await page.keyboard.press('ArrowUp');
  await panel.getByText(/2:15.PM is free and breaks no rule/).waitFor();
  await panel.getByRole('button', { name: 'Move it here' }).click();
  await week.getByRole('button', { name: /2:15.PM Okonkwo, June ?, proposed/ }).waitFor();
  await proposed.nth(1).click();
  await panel.getByRole('button', { name: 'Take it out' }).click();
  await page.getByText('2 visits').waitFor();
  await page.getByRole('button', { name: 'Accept all' }).click();
  await week
    .getByRole('button', { name: /accepted, not yet in the PT system/ })
    .first()
    .waitFor();
  expect(await proposed.count()).toBe(0);
  expect(at.server.changes.at(-1)?.body).toMatchObject({ decision: 'accept', hash: 'sha256:demo3' });
});

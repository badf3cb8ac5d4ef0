// Notes in a real Chromium, over the console's stand-in: sources of values, findings beside their sentence, gaps, signature, plan, progress.
import { expect, test } from 'vitest';
import { noteRefs } from '../../console/dev/notes.ts';
import { planRef, treatedPatient, visitRef } from '../../console/dev/treatment.ts';
import { overflow, phone, seriousFindings } from './browser.ts';
import { consoleVisits, settled, tall } from './console-visits.ts';

const at = consoleVisits();
const tablet = { width: 768, height: 1024 };
const patience = { timeout: 15_000 };
const wide = { width: 1280, height: 900 };

const pages = [
  '/console/notes',
  `/console/notes/${noteRefs.doubted}`,
  `/console/notes/${noteRefs.signed}`,
  `/console/plans-of-care/${planRef}`,
  `/console/patients/${treatedPatient}/progress`,
  `/console/patients/${treatedPatient}/episode`,
  '/console/capture',
  `/console/capture/${visitRef}`,
];

test('no page of documentation scrolls sideways, and none has a serious accessibility finding', async () => {
  const page = await at.signedIn('/console/notes', 'pt@example.org', { viewport: tablet });
  for (const viewport of [phone, tablet, wide]) {
    await page.setViewportSize(viewport);
    for (const path of pages) {
      await page.goto(path);
      await settled(page);
      expect({ path, ...viewport, overflow: await overflow(page) }).toEqual({ path, ...viewport, overflow: 0 });
      if (viewport === tablet) expect({ path, findings: await seriousFindings(page) }).toEqual({ path, findings: [] });
    }
  }
  const dark = await at.signedIn('/console/notes', 'pt@example.org', { colorScheme: 'dark' });
  for (const path of pages) {
    await dark.goto(path);
    await settled(dark);
    expect({ path, findings: await seriousFindings(dark, 'colours') }).toEqual({ path, findings: [] });
  }
});

test('the list shows what is to be signed, what is due by which rule, and leads to the note', async () => {
  const page = await at.signedIn('/console/notes', 'pt@example.org', { viewport: wide });
  const due = page.getByRole('region', { name: 'Due' });
  await due.getByText('9 of 10 days of treatment').waitFor();
  await due.getByText('day unknown').waitFor();
  expect(await page.getByRole('row', { name: /unsupported/ }).count()).toBe(1);
  await at.picture(page, 'notes');
  await page.getByRole('button', { name: 'To co-sign' }).click();
  await page.getByRole('row', { name: /Robin Vale/ }).waitFor();
  await due.getByRole('button', { name: /^Draft it/ }).click();
  await page.getByRole('heading', { level: 1, name: /Daily/ }).waitFor();
});

test('a value shows where it comes from to hand and keys; a lie is corrected, a gap left open with its reason, and the note signed', async () => {
  const page = await at.signedIn(`/console/notes/${noteRefs.doubted}`, 'pt@example.org', { viewport: tablet });
  const source = page.getByRole('region', { name: 'Where it comes from' });
  const sign = page.getByRole('button', { name: 'Sign …' });
  expect(await sign.isDisabled()).toBe(true);
  const finding = page.locator('.note-card.danger');
  await finding.filter({ hasText: 'Number not on record' }).getByText('stops the signature').waitFor();
  await page.locator('.note-value').first().click();
  await source.getByText(/Recorded in|Episode of care|Who signs/).waitFor();
  await at.picture(page, 'note', tall);

  // By keys alone: one stop of Tab for the text, arrows from value to value.
  const before = await source.textContent();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight');
  expect(await page.evaluate('document.activeElement.matches(".note-value, .note-pencil")')).toBe(true);
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  expect(
    await page.locator('.note-text .note-value[tabindex="0"], .note-text .note-pencil[tabindex="0"]').count(),
  ).toBe(1);
  expect(before).not.toBe('');

  await finding.getByRole('button', { name: 'Change the sentence' }).first().click();
  const words = page.getByLabel('The sentence');
  const lie = await words.inputValue();
  await words.fill(lie.replace(/(\d+)°/, (_, degrees: string) => `${Number(degrees) - 20}°`));
  await words.press('Control+Enter');
  await expect.poll(() => finding.count(), patience).toBe(0);

  for (;;) {
    const accept = page.getByRole('button', { name: 'Leave it open, with a reason' });
    const open = await accept.count();
    if (open === 0) break;
    await accept.first().click();
    const dialog = page.getByRole('dialog', { name: 'Why is it left open?' });
    await dialog.getByRole('button', { name: 'Leave it open' }).click();
    await dialog.getByText('Fill in: Your reason').waitFor();
    await dialog.getByLabel('Your reason').fill('The patient had to leave early.');
    await dialog.getByRole('button', { name: 'Leave it open' }).click();
    await expect.poll(() => accept.count(), patience).toBe(open - 1);
  }
  await sign.click();
  const dialog = page.getByRole('dialog', { name: 'Sign this daily note?' });
  await dialog.getByText('I have read this document').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await at.picture(page, 'note-sign');
  await dialog.getByRole('button', { name: 'Sign' }).click();
  await page.getByText(/Signed by Kim Adair/).waitFor();
  expect(await page.locator('.note-pencil').count()).toBe(0);
  const deeds = at.server.changes.map(({ path }) => path.replace(/^.*\//, ''));
  expect(deeds.slice(0, 1)).toEqual(['edit']);
  expect(at.server.changes.at(-1)?.body).toMatchObject({ attestation: 'attest-author' });
  expect(JSON.stringify(at.server.changes.at(-1)?.body)).toMatch(/"hash":"[0-9a-f]{64}"/);
});

test('a signed note shows versions and filing, takes an addendum, and prints without the tools', async () => {
  const page = await at.signedIn(`/console/notes/${noteRefs.signed}`, 'pt@example.org', { viewport: wide });
  await page.getByText('MSG00042').waitFor();
  await page.getByRole('button', { name: 'Add an addendum …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add to the signed document' });
  await dialog.getByLabel('What you add').fill('The physician called back on the same day.');
  await dialog.getByRole('button', { name: 'Sign the addendum' }).click();
  await page.getByText('The physician called back on the same day.').waitFor();
  await at.picture(page, 'note-signed', 1000);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button').count()).toBe(await page.locator('.note-value').count());
  await page.getByText('The physician called back on the same day.').waitFor();
  await page.goto(`/console/notes/${noteRefs.cosign}`);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: 'Co-sign …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Co-sign' }).click();
  await page.getByText(/Co-signed by Kim Adair/).waitFor();
});

test('a plan of care is edited and approved as shown; similar patients are counts', async () => {
  const page = await at.signedIn(`/console/plans-of-care/${planRef}`, 'pt@example.org', { viewport: wide });
  await page.getByRole('region', { name: 'Similar patients of this clinic' }).waitFor();
  await at.picture(page, 'plan-of-care', tall);
  await page.getByLabel('Goal 1', { exact: true }).fill('Bends the right knee far enough for the stairs.');
  await page.getByLabel('Goal 1', { exact: true }).press('Tab');
  expect(await page.getByRole('button', { name: 'Approve …' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Keep the changes' }).click();
  await page.getByRole('button', { name: 'Approve …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Approved', { exact: true }).waitFor();
  await page.getByText('Bends the right knee far enough for the stairs.').waitFor();
  await page.getByLabel('Signed order on file').selectOption('yes');
  await page.getByRole('button', { name: 'Keep the certification' }).click();
  await expect
    .poll(() => at.server.changes.map(({ path }) => path.replace(/^.*\//, '')), patience)
    .toEqual(['edit', 'approve', 'certification']);
  expect(at.server.changes.at(-1)?.body).toMatchObject({ certifiedOn: null, orderOnFile: true, transmittedOn: null });
});

test('progress says in words what it draws, unknown as unknown; the episode is entered and kept', async () => {
  const page = await at.signedIn(`/console/patients/${treatedPatient}/progress`, 'pt@example.org', {
    viewport: tablet,
  });
  const measures = page.getByRole('region', { name: 'Outcome measures' });
  expect(await measures.textContent()).toMatch(/28.*36.*unknown.*45/s);
  expect(await measures.locator('svg polyline').count()).toBe(3);
  await page.getByText('Goal met').waitFor();
  await at.picture(page, 'progress', tall);
  await page.getByRole('link', { name: 'Episode of care' }).click();
  await page.getByLabel('Precautions, one a line').fill('No kneeling\nNo running');
  await page.getByRole('button', { name: 'Add a goal' }).click();
  await page.getByRole('button', { name: 'Keep the episode' }).click();
  await page.getByText('A goal has no words.').waitFor();
  await page.getByLabel('Goal 3', { exact: true }).fill('Walks a mile.');
  await page.getByLabel('Goal 3', { exact: true }).press('Tab');
  await page.getByRole('button', { name: 'Keep the episode' }).click();
  await page.getByText('Revision 3.').waitFor();
  expect(at.server.changes.at(-1)?.body).toMatchObject({
    revision: 2,
    episode: { precautions: ['No kneeling', 'No running'], goals: [{}, {}, { words: 'Walks a mile.' }] },
  });
});

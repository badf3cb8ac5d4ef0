// Notes in a real Chromium, over the console's stand-in: sources of values, findings beside their sentence, gaps, signature, plan, progress.
import { expect, test } from 'vitest';
import { noteRefs } from '../../console/dev/notes.ts';
import { planRef, treatedPatient, visitRef } from '../../console/dev/treatment.ts';
import { overflow, phone, seriousFindings } from './browser.ts';
import { consoleVisits, settled, tall } from './console-visits.ts';

const at = consoleVisits();
const tablet = { width: 768, height: 1024 };
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

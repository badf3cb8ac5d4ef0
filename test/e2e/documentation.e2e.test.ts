// A session from the table to the chart on the real stack: captured through a lost connection, drafted by the flow, a gap resolved and
// signed in Chromium, filed once while n8n, server and worker are killed; and no word of it in n8n's, Temporal's or any log's keeping.
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import { asFlow, awaited, list, sandbox, text } from '../../runtime/demo/surfaces.ts';
import type { Json, SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { addVisit } from '../../server/patient-links/testing/patients.ts';
import { openPage, startBrowser } from '../browser/browser.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';

const canary = `Qn${Date.now().toString(36)}Dx`;
const today = todayIn(demo.timezone, new Date());
const minutes = 60_000;

let own: TestStack;
let settings: SurfaceSettings;
let db: pg.Client;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let appointment: string;
let note: string;

beforeAll(async () => {
  own = await startTestStack({ environment: { GAIT_STEP_DEADLINE_SECONDS: '20' } });
  await createDemoClinic(own.stack);
  settings = surfacesOf(own.stack);
  db = new pg.Client({ connectionString: own.stack.databaseUrl });
  await db.connect();
  await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary });
  await asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });
  await installTemplate(own.stack, 'documentation');
  appointment = await visitOfToday();
  browser = await startBrowser();
  ({ context, page } = await openPage(browser, own.stack.urls.server, { viewport: { width: 1024, height: 900 } }));
}, 5 * minutes);

afterAll(async () => {
  await browser?.close();
  await db?.end();
  await own?.remove();
}, minutes);

/** A visit of today of somebody whom the PT system numbers: on some days the synthetic clinic is closed. */
async function visitOfToday(): Promise<string> {
  const { rows } = await db.query<{ ref: string; clinic: string; connection: string }>(
    'select ref, clinic, connection from patients where connection is not null order by ref limit 1',
  );
  const { ref: patient = '', clinic = '', connection = '' } = rows[0] ?? {};
  const services = await own.stack.openServices();
  try {
    return await addVisit(services, { clinic, connection, patient, date: today });
  } finally {
    await services.database.close();
  }
}

async function signIn(): Promise<void> {
  await page.goto(`/console/capture/${appointment}`);
  await page.getByLabel('E-mail').fill('therapist@example.org');
  await page.getByLabel('Password').fill(settings.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

const sync = (kind: string): Promise<void> => page.locator(`[data-sync="${kind}"]`).waitFor();
const received = async (): Promise<readonly Json[]> => list((await sandbox(settings, '/hl7/received'))['messages']);

test(
  'captured beside the table, through a connection that is lost and comes back, and closed',
  async () => {
    await signIn();
    await page.getByRole('button', { name: 'Start empty' }).click();
    await sync('saved');
    await context.setOffline(true);
    await page.getByRole('group', { name: 'Demo Therapist' }).getByRole('button', { name: 'PT', exact: true }).click();
    await page.getByRole('button', { name: 'Total minutes: 30' }).click();
    await page.getByRole('button', { name: '+ bridge' }).click();
    await page.getByLabel('Minutes', { exact: true }).locator('visible=true').last().fill('23');
    await page.getByLabel('Minutes', { exact: true }).locator('visible=true').last().press('Enter');
    await page.getByLabel('Your assessment').fill(`${canary} walks the corridor without the cane.`);
    await sync('offline');
    await context.setOffline(false);
    await sync('saved');
    await page.getByRole('button', { name: 'Close the session' }).click();
    await page.getByText('Closed', { exact: true }).waitFor();
  },
  2 * minutes,
);

test(
  'drafted once by the flow, although n8n is killed before it looks',
  async () => {
    await own.stack.kill('n8n', 'SIGKILL');
    await own.stack.restart('n8n');
    const { rows } = await awaited('the draft', 150, async () => {
      const found = await db.query<{ ref: string; open_gaps: number; open_missing: number; state: string }>(
        'select n.ref, n.open_gaps, n.open_missing, n.state from notes n join session_records s on s.ref = n.session where s.appointment = $1',
        [appointment],
      );
      return found.rows.length > 0 ? found : null;
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.state).toBe('draft');
    expect((rows[0]?.open_gaps ?? 0) + (rows[0]?.open_missing ?? 0)).toBeGreaterThan(0);
    note = text(rows[0]?.ref, 'note');
  },
  4 * minutes,
);

test(
  'every gap is resolved with a reason, then it is signed; server and worker are killed, and it is in the chart once',
  async () => {
    await page.goto(`/console/notes/${note}`);
    const sign = page.getByRole('button', { name: 'Sign …' });
    await sign.waitFor();
    expect(await sign.isDisabled()).toBe(true);
    const accept = page.getByRole('button', { name: /^Leave it (open|out), with a reason$/ });
    // What is checked after each reason may be drawn anew meanwhile: only an open signature ends it.
    while (await sign.isDisabled()) {
      const why = await page.locator('.note-why').innerText();
      const left = await accept.count();
      expect(left, why).toBeGreaterThan(0);
      await accept.first().click();
      const dialog = page.getByRole('dialog', { name: 'Why is it left open?' });
      await dialog.getByLabel('Your reason').fill(`${canary} not part of this visit.`);
      await dialog.getByRole('button', { name: 'Leave it open' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => accept.count(), { timeout: 15_000 }).toBeLessThan(left);
    }
    await sign.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByRole('button', { name: 'Add an addendum …' }).waitFor();
    await Promise.all([own.stack.kill('server', 'SIGKILL'), own.stack.kill('worker', 'SIGKILL')]);
    await own.stack.restart('server');
    await own.stack.restart('worker');
    await awaited('the note in the chart', 150, async () => {
      const { rows } = await db.query<{ state: string }>('select state from note_filings where note = $1', [note]);
      return rows[0]?.state === 'filed' ? true : null;
    });
    const messages = await received();
    expect(messages.map(({ event }) => event)).toEqual(['MDM^T02^MDM_T02']);
    expect(text(messages[0]?.['text'], 'message')).toContain(`${canary} walks the corridor without the cane.`);
    await page.goto(`/console/notes/${note}`);
    await page.getByRole('region', { name: 'Filing' }).getByText('Filed').waitFor();
  },
  5 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name and no word of the note',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(300);
    expect((await placesHolding(own.stack, 'walks the corridor')).found).toEqual([]);
  },
  2 * minutes,
);

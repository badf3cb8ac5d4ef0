// A patient is entered once, in WebPT: billing, documentation, payer and front desk hear of it, on real n8n, Temporal, PostgreSQL and
// Chromium, once each, whoever exports again and whichever process is killed.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { createDemoClinic, demo, installTemplate, todayIn } from '../../runtime/demo-clinic.ts';
import { asFlow, awaited, json, list, sandbox, signIn, text } from '../../runtime/demo/surfaces.ts';
import type { Json, Person, SurfaceSettings } from '../../runtime/demo/surfaces.ts';
import { openPage, startBrowser } from '../browser/browser.ts';
import { placesHolding } from '../harness/canary.ts';
import { surfacesOf } from '../harness/demo-stack.ts';
import { picturePath } from '../harness/pictures.ts';
import { startTestStack } from '../harness/stack.ts';
import type { TestStack } from '../harness/stack.ts';
import { openCanvas } from './editor.ts';

const canary = `Qn${Date.now().toString(36)}Kx`;
const today = todayIn(demo.timezone, new Date());
const minutes = 60_000;
/** What the flow opens for each new patient, and nothing else of these kinds. */
const kinds = ['patient.review', 'patient.welcome', 'record.enter'] as const;

let own: TestStack;
let settings: SurfaceSettings;
let browser: Browser;
let desk: Person;
let db: pg.Client;

beforeAll(async () => {
  // A check whose flow was killed is noticed after twenty seconds instead of three minutes.
  own = await startTestStack({ environment: { GAIT_STEP_DEADLINE_SECONDS: '20' } });
  const { stack } = own;
  await createDemoClinic(stack);
  settings = surfacesOf(stack);
  // The practice as it is comes in first: nobody of it is new to the flow.
  await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary });
  await takeIn();
  await installTemplate(stack, 'eligibility');
  await installTemplate(stack, 'patient-onboarding');
  browser = await startBrowser();
  desk = await signIn(settings, 'frontdesk@example.org');
  db = new pg.Client({ connectionString: stack.databaseUrl });
  await db.connect();
}, 6 * minutes);

afterAll(async () => {
  await db?.end();
  await browser?.close();
  await own?.remove();
}, minutes);

const takeIn = (): Promise<Json> =>
  asFlow(settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' });

/** Lets WebPT export one patient nobody knows, with the mark in name and numbers. */
async function exported(mark: string): Promise<readonly string[]> {
  const only = { condition: 'visitsBeforeDate', payer: 'harbor-health', mark };
  const { files } = await sandbox(settings, '/webpt/export', { folder: settings.dropFolder, today, canary, only });
  return Array.isArray(files) ? files.map(String) : [];
}

interface Opened {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
}

/** Every item of the flow's kinds for whoever was not known before, in order. */
async function opened(before: ReadonlySet<string> = new Set()): Promise<readonly Opened[]> {
  const { rows } = await db.query<Opened>(
    'select id, kind, subject from work_items where kind = any($1) order by subject, kind',
    [kinds],
  );
  return rows.filter(({ subject }) => !before.has(subject));
}

const subjects = (items: readonly Opened[]): string[] => [...new Set(items.map(({ subject }) => subject))];

/** Waits until so many more patients have an item of each kind. */
function onboarded(patients: number, before: ReadonlySet<string>, seconds: number): Promise<readonly Opened[]> {
  return awaited(`onboarding of ${patients} patients`, seconds, async () => {
    const items = await opened(before);
    const done = subjects(items).filter((subject) =>
      kinds.every((kind) => items.some((one) => one.kind === kind && one.subject === subject)),
    );
    return done.length >= patients ? items : null;
  });
}

/** Waits until the flow has ended and was told of everything. */
function untilAllIsTold(seconds: number): Promise<true> {
  return awaited('a flow that was told of everything', seconds, async () => {
    const { rows } = await db.query('select 1 from record_listeners where removed_at is null and call_seq is not null');
    return rows.length === 0 ? true : null;
  });
}

async function pageOf(items: readonly Opened[], kind: string): Promise<Json> {
  return desk.get(`/v1/console/work-items/${items.find((one) => one.kind === kind)?.id ?? ''}`);
}

/** The files that lie ready for Therabill's client import, with what is in them. */
function clientFiles(): readonly string[] {
  const folder = join(own.stack.therabillDrop, 'upload');
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const filesOf = (mark: string): number => clientFiles().filter((text) => text.includes(mark)).length;

async function checksOf(patients: readonly string[]): Promise<readonly { patient: string; state: string }[]> {
  const { rows } = await db.query<{ patient: string; state: string }>(
    'select patient, state from eligibility_checks where patient = any($1)',
    [patients],
  );
  return rows;
}

/** Whether every patient was checked, once, and the payer has spoken: it refuses some numbers, and these hold the mark of the run. */
async function isChecked(patients: readonly string[]): Promise<true | null> {
  const checks = await checksOf(patients);
  expect(checks.filter(({ state }) => !['open', 'pending', 'answered', 'rejected'].includes(state))).toEqual([]);
  expect(new Set(checks.map(({ patient }) => patient)).size).toBe(checks.length);
  return checks.length === patients.length && checks.every(({ state }) => state === 'answered' || state === 'rejected')
    ? true
    : null;
}

/** Waits until the flow has asked for the first values to enter: most of its work lies ahead. */
async function inTheMiddle(before: ReadonlySet<string>): Promise<void> {
  const end = Date.now() + minutes;
  while ((await opened(before)).length === 0) {
    if (Date.now() > end) throw new Error('The flow did not begin.');
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function flowId(title: string): Promise<string> {
  const response = await fetch(`${own.stack.urls.n8n}/api/v1/workflows?limit=100`, {
    headers: { 'X-N8N-API-KEY': readFileSync(own.stack.n8n.apiKeyFile, 'utf8').trim() },
  });
  const flows = list(json(await response.json())['data']);
  return text(flows.find(({ name }) => String(name).includes(title))?.['id'], `flow ${title}`);
}

test(
  'a new patient in the export: a file for billing, values for documentation, a coverage check, a welcome, and one review decided by a named person',
  async () => {
    await exported('NA01');
    // Nobody asks for the import: a published flow that listens has the folder read.
    const items = await onboarded(1, new Set(), 120);
    expect(items.map(({ kind }) => kind)).toEqual(kinds);
    expect(filesOf('NA01')).toBe(1);
    const values = list((await pageOf(items, 'record.enter'))['copyReady']);
    expect(values.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Last name', 'Date of birth', 'Member id']),
    );
    expect(values.some(({ value }) => String(value).includes('NA01'))).toBe(true);
    const welcome = list((await pageOf(items, 'patient.welcome'))['copyReady']);
    expect(String(welcome.find(({ label }) => label === 'Message')?.['value'])).not.toContain('NA01');
    await awaited('the answer of the payer', 60, () => isChecked(subjects(items)));

    const review = await pageOf(items, 'patient.review');
    const said = JSON.stringify(review['evidence']);
    expect(said).toMatch(/answered|rejected|refused/);
    expect(said).toContain('BreezyNotes');
    const { page, faults, context } = await openPage(browser, settings.server, {
      viewport: { width: 1280, height: 900 },
    });
    await page.goto('/console/');
    await page.getByLabel('E-mail').fill('frontdesk@example.org');
    await page.getByLabel('Password').fill(settings.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await page.goto(`/console/work-items/${String(json(review['item'])['id'])}`);
    await page.getByRole('heading', { name: 'Review a new patient', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Intake is complete' }).click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.locator('#outcome').waitFor();
    const after = await pageOf(items, 'patient.review');
    expect(json(json(after['item'])['decision'])).toMatchObject({ by: { displayName: 'Demo Front Desk' } });
    expect(faults).toEqual([]);
    await context.close();
  },
  4 * minutes,
);

test(
  'in n8n’s editor the template is one canvas with three lanes and their notes',
  async () => {
    const page = await openCanvas(browser, own.stack, await flowId('Patient onboarding'));
    for (const lane of ['New patient', 'Evaluation done', 'Certain patients'])
      await page.getByRole('heading', { name: lane, exact: true }).waitFor();
    const canvas = page.locator('[data-test-id="canvas-wrapper"]').first();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('The canvas is not there.');
    const clip = { x: box.x, y: box.y + box.height / 2 - 330, width: box.width, height: 660 };
    await page.screenshot({ path: picturePath('canvas-patient-onboarding'), clip });
    await page.context().close();
  },
  2 * minutes,
);

test(
  'exported a second time, under other bytes and asked for by another flow, nothing is done twice',
  async () => {
    const before = await opened();
    const [patient = ''] = subjects(before);
    const files = await exported('NA01');
    for (const file of files) appendFileSync(join(settings.dropFolder, file), '\r\n');
    await takeIn();
    await asFlow(settings, '/v1/patients/welcomes', { patients: [patient] });
    const reviews = await asFlow(settings, '/v1/patients/reviews', { patients: [patient] });
    expect(list(reviews['items'])).toMatchObject([{ outcome: 'known' }]);
    await untilAllIsTold(30);
    expect(await opened()).toEqual(before);
    expect(filesOf('NA01')).toBe(1);
    expect(await checksOf([patient])).toHaveLength(1);
  },
  2 * minutes,
);

test.each(['n8n', 'server'] as const)(
  'SIGKILL of %s in the middle of a flow: every patient is onboarded, and nothing of it comes twice',
  async (victim) => {
    const marks = Array.from({ length: 8 }, (_, at) => `${victim === 'n8n' ? 'NK' : 'SK'}${10 + at}`);
    const before = new Set(subjects(await opened()));
    for (const mark of marks) await exported(mark);
    await takeIn();
    await inTheMiddle(before);
    await own.stack.kill(victim, 'SIGKILL');
    const reviewed = (await opened(before)).filter(({ kind }) => kind === 'patient.review');
    expect(reviewed.length).toBeLessThan(marks.length);
    await own.stack.restart(victim);
    const items = await onboarded(marks.length, before, 120);
    await untilAllIsTold(60);
    expect(await opened(before)).toEqual(items);
    expect(items).toHaveLength(kinds.length * marks.length);
    expect(marks.map(filesOf)).toEqual(marks.map(() => 1));
    await awaited('a check that is over for each', 120, () => isChecked(subjects(items)));
  },
  5 * minutes,
);

test(
  'n8n, Temporal and the logs hold no name, birth date, telephone or number of a patient',
  async () => {
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(found).toEqual([]);
    expect(searched).toBeGreaterThan(300);
    // A date cannot hold the token, and a telephone may be told without it.
    const [file = ''] = clientFiles().filter((content) => content.includes('NA01'));
    const [month, day, year] = /\b(\d{2})\/(\d{2})\/(\d{4})\b/.exec(file)?.slice(1) ?? [];
    const [phone = ''] = /\(\d{3}\) 555-01\d{2}/.exec(file) ?? [];
    for (const plain of [`${year ?? ''}-${month ?? ''}-${day ?? ''}`, phone]) {
      expect(plain.length).toBeGreaterThan(9);
      expect((await placesHolding(own.stack, plain)).found).toEqual([]);
    }
  },
  3 * minutes,
);

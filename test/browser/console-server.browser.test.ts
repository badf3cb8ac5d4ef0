// The console over the real server and PostgreSQL: its sign-in, its strict CSP, and the pages of an admin.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dateInZone } from '../../domain/calendar.ts';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { writeExport } from '../../sandbox/webpt/write-export.ts';
import { createClinic, createUser, operator } from '../../server/setup.ts';
import { actionsOf, startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { openPage, seriousFindings, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const password = 'correct horse battery staple';

let browser: Browser;
let server: TestServer;
let clinic: string;
let folder: string;
let open: Watched[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), 'gait-console-'));
  server = await startServer({ GAIT_CONSOLE_DIST: `${root}console/dist` });
  ({ id: clinic } = await createClinic(server.services, {
    name: 'lakeside',
    timezone: 'America/Chicago',
    displayName: 'Lakeside PT',
  }));
  for (const [email, displayName, roles] of [
    ['desk@example.org', 'Dana Reyes', ['frontDesk']],
    ['admin@example.org', 'Lee Novak', ['admin']],
  ] as const) {
    await createUser(server.services, { clinic, email, displayName, password, roles: [...roles] });
  }
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  const faults = open.flatMap((watched) => watched.faults);
  await Promise.all(open.map((watched) => watched.context.close()));
  open = [];
  expect(faults).toEqual([]);
});

async function visit(): Promise<Page> {
  const watched = await openPage(browser, server.url);
  open.push(watched);
  return watched.page;
}

async function signIn(page: Page, email: string, path = '/console/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

test('the console is served under a policy that runs no inline code, and none is needed', async () => {
  const page = await visit();
  const answer = await page.goto('/console/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a wrong password is refused, the right one opens the console of the clinic, signing out ends the session', async () => {
  const page = await visit();
  await page.goto('/console/');
  await page.getByLabel('E-mail').fill('desk@example.org');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('Front desk · Lakeside PT').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('an admin adds a connection, sets it live, makes a key that is shown once and revokes it, and each is an audit entry', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org', '/console/connections');
  await page.getByText('No connection yet').waitFor();
  await page.getByRole('button', { name: 'Add a connection' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a connection' });
  await dialog.getByLabel('Name').fill('Drop folder');
  await dialog.getByLabel('Drop folder').fill('/srv/exports');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Set to live Drop folder' }).click();
  await page.getByRole('button', { name: 'Set to shadow Drop folder' }).waitFor();
  await page.getByRole('button', { name: 'Pause Drop folder' }).click();
  await page.getByRole('button', { name: 'Resume Drop folder' }).click();
  await page.getByRole('button', { name: 'Pause Drop folder' }).waitFor();
  await page.getByText('no agreement: nothing is sent').waitFor();
  await page.getByRole('button', { name: 'Record an agreement Drop folder' }).click();
  const agreement = page.getByRole('dialog', { name: 'The agreement for Drop folder' });
  await agreement.getByLabel('Agreement (BAA) with').fill('WebPT');
  await agreement.getByLabel('Effective from').fill('2026-01-01');
  await agreement.getByLabel('Where the signed copy lies').fill('Binder 3');
  await agreement.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('agreement with WebPT').waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill('n8n');
  await page.getByRole('dialog').getByRole('button', { name: 'Make' }).click();
  await page.getByText(/^gait_key_/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Revoke n8n' }).click();
  expect(await page.getByText(/^gait_key_/).count()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('revoked', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText(/The chain is whole: \d+ entries\./).waitFor();
  expect(await actionsOf(server.services, clinic)).toEqual(
    expect.arrayContaining([
      'connection.added',
      'connection.mode',
      'connection.agreement',
      'key.created',
      'key.revoked',
      'audit.verified',
    ]),
  );
});

/** Imports a generated clinic from a drop folder and opens one request as a workflow would; the rest is done by people. */
async function importAndOpen(): Promise<{ workItem: string; authorization: string }> {
  const { keys, connections } = server.services;
  const today = dateInZone(new Date().toISOString(), 'America/Chicago');
  writeExport(generateClinic({ seed: 11, today, canary: null }), dialects.standard, folder);
  await connections.add(
    clinic,
    {
      name: 'Reports',
      system: 'webpt',
      mode: 'live',
      secrets: {},
      agreement: null,
      config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 },
    },
    operator,
  );
  const flows = await keys.create({ name: 'flows', clinic, capabilities: ['flows'], expiresAt: null }, operator);
  const worker = await keys.create(
    { name: 'worker', clinic: null, capabilities: ['worker'], expiresAt: null },
    operator,
  );
  const imported = await server.call('POST', '/v1/operations', {
    key: flows.secret,
    body: { operation: 'webpt.records.import', connection: 'Reports' },
  });
  expect(imported.json).toMatchObject({ outcome: 'imported' });
  const rows = await server.services.db
    .selectFrom('authorizations')
    .select('ref')
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  const due: string[] = [];
  for (const { ref } of rows) {
    const assessed = await server.call('POST', '/v1/worker/authorizations/assess', {
      key: worker.secret,
      body: { clinic, authorization: ref },
    });
    if (assessed.text.includes('"need":"renewal"')) due.push(ref);
  }
  const authorization = due[0] ?? 'none';
  const body = {
    clinic,
    key: `request/${authorization}/1`,
    kind: 'authorization.request',
    subject: authorization,
    workflow: { id: `authorization/${clinic}/${authorization}` },
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    context: { requestKind: 'renewal', period: 2, attempt: 1 },
  };
  const opened = await server.call('POST', '/v1/worker/work-items/open', { key: worker.secret, body });
  expect([opened.status, opened.text]).toEqual([200, expect.stringContaining('"open"')]);
  const { json } = opened;
  const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'workItem') : null;
  return { workItem: typeof id === 'string' ? id : '', authorization };
}

test('an imported authorization is found in the list, its draft completed, and the decision kept although Temporal is away', async () => {
  const { workItem, authorization } = await importAndOpen();
  const page = await visit();
  await signIn(page, 'desk@example.org');
  await page.locator('tr.row').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.locator(`a[data-item="${workItem}"]`).click();
  await page.getByRole('heading', { name: 'Why this is here' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByLabel('Visits', { exact: true }).fill('9');
  for (let filled = 0; filled < 12; filled += 1) {
    const missing = page.locator('.field.missing').locator('input, textarea').first();
    if ((await missing.count()) > 0)
      await missing.fill((await missing.getAttribute('type')) === 'date' ? '2026-05-12' : await wordsFor(missing));
    const save = page.getByRole('button', { name: 'Save as a new revision' });
    if ((await save.count()) === 0) break;
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/revisions'));
    await save.click();
    expect((await saved).status()).toBe(200);
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' });
  }
  await page.getByRole('heading', { name: 'Changed from the first draft' }).waitFor();
  await page.getByRole('button', { name: /^Approve revision/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve exactly this revision?' });
  await dialog.getByText('9 visits').waitFor();
  await dialog.getByRole('button', { name: 'Approve this revision' }).click();
  await page.getByText('Your decision is recorded; it is still being passed on').waitFor();

  await page.goto(`/console/authorizations/${authorization}`);
  await page.getByRole('img', { name: /Timeline of the authorization/ }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.goto('/console/authorizations');
  await page.locator('tr.row').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.goto('/console/morning-report');
  await page.getByRole('button', { name: 'Make it now' }).click();
  await page.getByText(/lines? · made today/).waitFor();
});

async function wordsFor(control: Locator): Promise<string> {
  const id = (await control.getAttribute('id')) ?? '';
  if (id.endsWith('npi')) return '1992999825';
  if (id.endsWith('procedures')) return '97110, 2';
  return id.endsWith('outcomeMeasures') ? 'LEFS, 52, 2026-05-12' : 'M25.561';
}

test('a byte changed in the audit table is found, and the page names the entry', async () => {
  const page = await visit();
  await signIn(page, 'admin@example.org', '/console/audit');
  // As the owner of the database: its triggers would refuse the change to anybody else.
  await server.services.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await trx
      .updateTable('audit_entries')
      .set({ action: 'key.forged' })
      .where('clinic', '=', clinic)
      .where('seq', '=', 2)
      .execute();
  });
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText('The chain is broken. Entry 2 was altered').waitFor();
});

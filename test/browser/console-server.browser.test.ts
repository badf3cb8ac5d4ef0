// The console over the real server and PostgreSQL: its sign-in, its strict CSP, and the pages of an admin.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createClinic, createUser } from '../../server/setup.ts';
import { actionsOf, startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { openPage, seriousFindings, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const password = 'correct horse battery staple';

let browser: Browser;
let server: TestServer;
let clinic: string;
let open: Watched[] = [];

beforeAll(async () => {
  execFileSync(process.execPath, [`${root}console/build.mjs`]);
  browser = await startBrowser();
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
    expect.arrayContaining(['connection.added', 'connection.mode', 'key.created', 'key.revoked', 'audit.verified']),
  );
});

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

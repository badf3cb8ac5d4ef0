// n8n's own editor, signed in as its owner: what a practice admin sees of a template, and a lane started by hand.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { json, list, text } from '../../runtime/demo/surfaces.ts';
import type { Json } from '../../runtime/demo/surfaces.ts';
import type { Stack } from '../../runtime/stack.ts';

/** Signs in to the editor and opens a flow with the whole canvas in view. */
export async function openCanvas(browser: Browser, stack: Pick<Stack, 'urls' | 'n8n'>, flow: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 1300 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${stack.urls.n8n}/signin`);
  await page.locator('input[type="email"]').fill(stack.n8n.owner);
  await page.locator('input[type="password"]').fill(readFileSync(stack.n8n.passwordFile, 'utf8').trim());
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname.startsWith('/home'), { timeout: 90_000 });
  await page.goto(`${stack.urls.n8n}/workflow/${flow}`);
  await page.locator('[data-test-id="canvas-node"]').first().waitFor({ state: 'attached', timeout: 90_000 });
  await page.locator('[data-test-id="zoom-to-fit"]').click();
  await page.locator('[data-test-id="canvas-trigger-node"]').first().waitFor();
  // The canvas glides into place.
  await page.waitForTimeout(1_500);
  return page;
}

/** Starts lanes of a published flow as the editor's button does, each from its trigger. */
export async function laneStarter(
  stack: Pick<Stack, 'urls' | 'n8n'>,
  title: string,
): Promise<(trigger: string) => Promise<void>> {
  const rest = `${stack.urls.n8n}/rest`;
  const browser = 'a-browser-of-the-tests';
  const headers = { 'content-type': 'application/json', 'browser-id': browser };
  const password = readFileSync(stack.n8n.passwordFile, 'utf8').trim();
  const signedIn = await fetch(`${rest}/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ emailOrLdapLoginId: stack.n8n.owner, password }),
  });
  await answerOf(signedIn);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const listed = await answerOf(await fetch(`${rest}/workflows`, { headers: { ...headers, cookie } }));
  const flow = list(listed['data']).find(({ name }) => String(name).includes(title));
  const id = text(flow?.['id'], `flow ${title}`);
  return async (trigger) => {
    const body = JSON.stringify({ triggerToStartFrom: { name: trigger } });
    const press = (): Promise<Response> =>
      fetch(`${rest}/workflows/${id}/run`, { method: 'POST', headers: { ...headers, cookie }, body });
    let answer = await press();
    // An n8n that comes back after a crash says so for some seconds; a person presses again.
    for (let more = 20; answer.status === 503 && more > 0; more -= 1) {
      await setTimeout(1_000);
      answer = await press();
    }
    text(json((await answerOf(answer))['data'])['executionId'], `execution of ${trigger}`);
  };
}

async function answerOf(response: Response): Promise<Json> {
  const body = json(await response.json().catch(() => null));
  if (!response.ok) throw new Error(`n8n answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

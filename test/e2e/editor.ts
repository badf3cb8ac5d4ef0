// n8n's own editor in Chromium, signed in as its owner: what a practice admin sees of the template.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
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

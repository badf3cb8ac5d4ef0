// Visits of the console for one test file: a Chromium for all of it, for each test a console of its own, and nothing a page did wrong goes unseen.
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { password } from '../../console/dev/people.ts';
import { startStandIn } from '../../console/dev/stand-in.ts';
import type { StandIn } from '../../console/dev/stand-in.ts';
import { picturePath } from '../harness/pictures.ts';
import { desktop, openPage, startBrowser } from './browser.ts';
import type { Watched } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export class ConsoleVisits {
  #browser: Browser | null = null;
  #server: StandIn | null = null;
  #open: Watched[] = [];

  /** The console of this test. */
  get server(): StandIn {
    if (this.#server === null) throw new Error('The console is not up yet.');
    return this.#server;
  }

  async start(): Promise<void> {
    this.#browser = await startBrowser();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }

  async begin(): Promise<void> {
    this.#server = await startStandIn(`${root}console/dist`);
  }

  async end(): Promise<void> {
    const faults = this.#open.flatMap((watched) => watched.faults);
    await Promise.all(this.#open.map((watched) => watched.context.close()));
    this.#open = [];
    await this.server.close();
    expect(faults).toEqual([]);
  }

  /** A page of somebody who has not signed in. */
  async visit(options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    if (this.#browser === null) throw new Error('Chromium is not up yet.');
    const watched = await openPage(this.#browser, this.server.url, options);
    this.#open.push(watched);
    return watched.page;
  }

  async signIn(page: Page, email = 'desk@example.org', path = '/console/'): Promise<void> {
    await page.goto(path);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  }

  /** `path` as somebody sees it who has signed in there, with all that it loads. */
  async signedIn(path: string, email?: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const page = await this.visit(options);
    await this.signIn(page, email, path);
    await settled(page);
    return page;
  }

  /** Takes `console-<name>.png`: the window as it stands, or the page from its top in a window of at most `tallest` pixels. */
  async picture(page: Page, name: string, tallest = 0): Promise<void> {
    const path = picturePath(`console-${name}`);
    const window = page.viewportSize() ?? desktop;
    // A tall window instead of a stitched picture: what sticks to the window's edge stays where it belongs.
    if (tallest > 0) {
      await page.evaluate('window.scrollTo(0, 0)');
      const height = await page.evaluate<number>('document.documentElement.scrollHeight');
      await page.setViewportSize({ ...window, height: Math.min(height, tallest) });
    }
    await page.screenshot({ path, caret: 'hide', animations: 'disabled' });
    if (tallest > 0) await page.setViewportSize(window);
    expect((await stat(path)).size).toBeLessThan(250_000);
  }
}

/** As tall as a picture for the pages of docs usually is. */
export const tall = 1400;

/** Waits until the page shows what it loads. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // Parts of a page load by themselves: more than one may be at it.
  const loading = page.getByText('Loading …');
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'hidden' });
}

export function consoleVisits(): ConsoleVisits {
  const at = new ConsoleVisits();
  beforeAll(() => at.start());
  afterAll(() => at.stop());
  beforeEach(() => at.begin());
  afterEach(() => at.end());
  return at;
}

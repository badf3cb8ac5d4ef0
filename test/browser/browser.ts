// A Chromium for a browser test file: pages that fail the test on a page error, an outside request or anything written to the console log.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium as chromiumOnThisMachine, chromiumFlags } from '../harness/chromium.ts';

export const desktop = { width: 1280, height: 860 };
export const phone = { width: 360, height: 740 };

/** Starts Chromium; close it in `afterAll`. `flags`: more of its own, such as a microphone that is none. */
export function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['GAIT_CHROMIUM'] ?? chromiumOnThisMachine(),
    args: [...chromiumFlags.filter((flag) => flag !== '--headless'), ...flags],
  });
}

export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page did wrong so far: script errors, CSP violations, console output, requests to another origin. */
  readonly faults: string[];
}

/** A fresh page of its own context (no cookie of another test) on `origin`. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: desktop, reducedMotion: 'reduce', baseURL: origin, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // Chromium itself reports every 4xx answer here; that is not the page's doing.
    if (!message.text().startsWith('Failed to load resource'))
      faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) faults.push(`request to ${request.url()}`);
  });
  return { context, page, faults };
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What depends on the colours alone: all there is to look at again in another scheme. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** The serious and critical findings of axe-core on the page as it is now, one line each. `colours`: only of those, for a second scheme. */
export async function seriousFindings(page: Page, only: 'all' | 'colours' = 'all'): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated by the debugger, so the page's own CSP stays as strict as it is.
  await page.evaluate(source);
  const options = { runOnly: only === 'all' ? standards : ofColours, resultTypes: ['violations'] };
  const violations = await page.evaluate<AxeViolation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((run) => JSON.parse(JSON.stringify(run.violations)))`,
  );
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

// Every node as an admin meets it in n8n's own editor: its example flow is imported, its panel opened, and the picture of it taken.
import { readFileSync, statSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, list, text } from '../../runtime/demo/surfaces.ts';
import type { Json } from '../../runtime/demo/surfaces.ts';
import { exampleFiles } from '../../nodes/testing/files.mts';
import { panelPicture } from '../../nodes/testing/nodes-page.mts';
import { startBrowser } from '../browser/browser.ts';
import { type DemoStack, startDemoStack } from '../harness/demo-stack.ts';
import { picturePath } from '../harness/pictures.ts';
import { openCanvas } from '../e2e/editor.ts';

const minutes = 60_000;
/** A panel is mostly white: more would be a picture of something else. */
const mostBytes = 60_000;

let own: DemoStack;
let browser: Browser;
let page: Page;
let credentials: Json;

beforeAll(async () => {
  own = await startDemoStack();
  browser = await startBrowser();
  const flow = list((await n8n('GET', '/workflows?limit=10'))['data'])[0] ?? {};
  credentials = json(list(flow['nodes']).find((node) => node['credentials'] !== undefined)?.['credentials']);
  page = await openCanvas(browser, own.stack, text(flow['id'], 'flow'));
}, 5 * minutes);

afterAll(async () => {
  await browser?.close();
  await own?.remove();
}, minutes);

async function n8n(method: string, path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${own.stack.urls.n8n}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'X-N8N-API-KEY': readFileSync(own.stack.n8n.apiKeyFile, 'utf8').trim(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = json(await response.json());
  if (!response.ok) throw new Error(`n8n answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** The panel down to its last field: below it is nothing but white. */
async function inUse(settings: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await settings.boundingBox();
  if (box === null) throw new Error('The panel is not there.');
  const bottom = await page.evaluate<number>(
    `Math.max(...[...document.querySelectorAll('[data-test-id="node-parameters"] .parameter-item, [data-test-id="node-parameters"] .notice, .node-credentials')].map((one) => one.getBoundingClientRect().bottom))`,
  );
  return { ...box, height: Math.min(box.height, bottom - box.y + 16) };
}

test.each(exampleFiles())(
  'the panel of $folder opens on its example, without a warning',
  async ({ folder, example }) => {
    const type = `n8n-nodes-gait.${folder.charAt(0).toLowerCase()}${folder.slice(1)}`;
    const node = example.nodes.find((one) => one.type === type);
    if (node === undefined) throw new Error(`The example of ${folder} does not use it.`);
    const nodes = example.nodes.map((one) => ({
      ...one,
      ...(one.type.startsWith('n8n-nodes-gait.') ? { credentials } : {}),
    }));
    const flow = await n8n('POST', '/workflows', {
      name: example.name,
      nodes,
      connections: example.connections,
      settings: { executionOrder: 'v1' },
    });
    await page.goto(`${own.stack.urls.n8n}/workflow/${text(flow['id'], 'flow')}/${node.id}`);
    const panel = page.locator(
      '[data-test-id="ndv"] [data-test-id="node-parameters"], [data-test-id="node-parameters"]',
    );
    await panel.first().waitFor({ timeout: 30_000 });
    const settings = page.locator('.node-settings, [class*="nodeSettings"]').first();
    await settings.waitFor();
    // The panel glides into place and asks for the connections.
    await page.waitForTimeout(800);
    expect(await settings.locator('[data-test-id="parameter-issues"], .parameter-issues').count()).toBe(0);
    const path = picturePath(
      panelPicture(folder)
        .replace(/^images\//, '')
        .replace(/\.png$/, ''),
    );
    await page.screenshot({ path, animations: 'disabled', caret: 'hide', clip: await inUse(settings) });
    expect(statSync(path).size).toBeLessThan(mostBytes);
  },
  minutes,
);

// Prior authorization from the export file to the recorded answer, on real n8n, Temporal, PostgreSQL and Chromium.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demo, todayIn } from '../../runtime/demo-clinic.ts';
import {
  type Json,
  type Person,
  asFlow,
  awaited,
  json,
  list,
  sandbox,
  signIn,
  text,
} from '../../runtime/demo/surfaces.ts';
import { openPage, startBrowser } from '../browser/browser.ts';
import { placesHolding } from '../harness/canary.ts';
import { type DemoStack, startDemoStack } from '../harness/demo-stack.ts';
import { picturePath } from '../harness/pictures.ts';
import { openCanvas } from './editor.ts';

const canary = `Qz${Date.now().toString(36)}Kx`;
const today = todayIn(demo.timezone, new Date());
const minutes = 60_000;
let own: DemoStack;
let browser: Browser;
let desk: Person;

beforeAll(async () => {
  own = await startDemoStack();
  browser = await startBrowser();
  desk = await signIn(own.settings, 'frontdesk@example.org');
}, 5 * minutes);

afterAll(async () => {
  await browser?.close();
  await own?.remove();
}, minutes);

/** Drops the reports of one new patient and waits for the authorization, found by the mark in the patient's name. */
async function exported(mark: string, takeIn: () => Promise<unknown> = async () => {}): Promise<string> {
  const only = { condition: 'visitsBeforeDate', payer: 'harbor-health', mark };
  await sandbox(own.settings, '/webpt/export', { folder: own.settings.dropFolder, today, canary, only });
  await takeIn();
  const found = await awaited(`authorization of ${mark}`, 150, async () => {
    const { items } = await desk.get('/v1/console/authorizations');
    return list(items).find((line) => String(line['patientName']).includes(mark)) ?? null;
  });
  return text(found['ref'], 'reference');
}

/** The same without waiting for the flow's schedule: what its lane *Sync* does, asked for at once. */
async function exportedAndTracked(mark: string): Promise<string> {
  const authorization = await exported(mark, () =>
    asFlow(own.settings, '/v1/operations', { operation: 'webpt.records.import', connection: 'WebPT' }),
  );
  await asFlow(own.settings, '/v1/authorizations/track', { authorizations: [authorization] });
  return authorization;
}

function item(person: Person, authorization: string, kind: string): Promise<Json> {
  return awaited(`item ${kind}`, 90, async () => {
    const { items } = await person.get('/v1/console/work-items?status=open&role=all');
    return list(items).find((one) => one['subject'] === authorization && one['kind'] === kind) ?? null;
  });
}

function authorizationWhere(ref: string, what: string, holds: (page: Json) => boolean): Promise<Json> {
  return awaited(what, 90, async () => {
    const page = await desk.get(`/v1/console/authorizations/${ref}`);
    return holds(page) ? page : null;
  });
}

async function journal(): Promise<readonly Json[]> {
  return list((await sandbox(own.settings, '/availity/journal'))['entries']);
}

test(
  'export file → workflow → item in the browser → edited and approved → one 278 → pended → fewer visits → recorded → morning report',
  async () => {
    const authorization = await exported('AA01');
    const opened = await item(desk, authorization, 'authorization.request');
    expect(String(opened['priorityReason'])).not.toBe('');

    const { page, faults, context } = await openPage(browser, own.settings.server, {
      viewport: { width: 1280, height: 900 },
    });
    await page.goto('/console/');
    await page.getByLabel('E-mail').fill('frontdesk@example.org');
    await page.getByLabel('Password').fill(own.settings.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /AA01/ }).click();
    await page.getByLabel('Progress').fill('Walks 200 metres with a cane; stairs still need the rail.');
    await page.getByRole('button', { name: 'Save as a new revision' }).click();
    await page.getByRole('button', { name: 'Approve revision 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve this revision' }).click();
    await page.getByText('Approved · revision 2.').waitFor();

    const posted = await awaited('request at the payer', 60, async () =>
      (await journal()).length > 0 ? await journal() : null,
    );
    expect(posted).toHaveLength(1);
    await authorizationWhere(authorization, 'pended', (one) => one['state'] === 'pending');
    await sandbox(own.settings, '/availity/decide', { id: posted[0]?.['id'], decision: 'partlyApproved', visits: 7 });
    await asFlow(own.settings, '/v1/authorizations/check-now', { authorizations: [authorization] });

    const record = await item(desk, authorization, 'authorization.record');
    await page.goto(`/console/work-items/${String(record['id'])}`);
    await page
      .getByRole('button', { name: /recorded|entered/i })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button').last().click();
    const partial = await item(desk, authorization, 'authorization.partial');
    expect(partial['subject']).toBe(authorization);
    const after = await authorizationWhere(authorization, 'recorded', (one) =>
      list(one['timeline']).some((event) => event['event'] === 'recorded'),
    );
    const period = list(after['periods']).at(-1) ?? {};
    expect(period['status']).toBe('partlyApproved');
    expect(json(period['approved'])['visits']).toBe(7);
    expect(Number(json(period['requested'])['visits'])).toBeGreaterThan(7);
    expect(typeof json(json(after['projection'])['visits'])['approved']).toBe('number');

    await page.goto('/console/morning-report');
    await page.getByRole('button', { name: 'Make it now' }).click();
    await page.getByRole('row', { name: /AA01/ }).waitFor();
    const report = await desk.post('/v1/console/morning-report', {});
    const lines = list(report['lines']).filter((line) => line['authorization'] === authorization);
    expect(lines.map((line) => line['kind'])).toContain('authorization.partial');
    expect(lines.every((line) => String(line['reason']) !== '')).toBe(true);
    expect(await journal()).toHaveLength(1);
    expect(faults).toEqual([]);
    await context.close();
  },
  8 * minutes,
);

test(
  'in n8n’s editor the template is one canvas with five lanes and their notes',
  async () => {
    const page = await openCanvas(browser, own.stack, await flowId());
    for (const lane of ['Sync', 'Submit', 'Check status', 'Record', 'Morning report']) {
      await page.getByRole('heading', { name: lane, exact: true }).waitFor();
    }
    const clip = { x: 340, y: 150, width: 560, height: 1040 };
    await page.screenshot({ path: picturePath('canvas-prior-authorization'), clip });
    await page.context().close();
  },
  4 * minutes,
);

test(
  'the same with the step answered by a flow the clinic has edited',
  async () => {
    const before = (await journal()).length;
    await editSubmitLane();
    const authorization = await exportedAndTracked('BB02');
    const opened = await item(desk, authorization, 'authorization.request');
    const page = await desk.get(`/v1/console/work-items/${String(opened['id'])}`);
    await desk.post(`/v1/console/work-items/${String(opened['id'])}/decisions`, {
      decision: 'approve',
      hash: json(page['revision'])['hash'],
    });
    await awaited('request at the payer', 60, async () => ((await journal()).length > before ? true : null));
    const pended = await authorizationWhere(authorization, 'pended', (one) => one['state'] === 'pending');
    expect(pended['state']).toBe('pending');
    expect((await journal()).length).toBe(before + 1);
  },
  8 * minutes,
);

test(
  'without a named approval nothing is submitted; a flow cannot pass content of its own',
  async () => {
    const before = (await journal()).length;
    const authorization = await exportedAndTracked('CC03');
    await item(desk, authorization, 'authorization.request');
    const { connections } = await flowGet('/v1/connections?system=availity');
    const effect = await asFlow(own.settings, '/v1/effects', {
      operation: 'availity.serviceReview.create',
      connection: list(connections)[0]?.['id'],
      subject: authorization,
      key: `authorization.submit/${authorization}/2/renewal/1`,
      approval: '0'.repeat(64),
    });
    expect(effect['state']).toBe('blocked');
    expect((await journal()).length).toBe(before);
  },
  5 * minutes,
);

test(
  'a GET on any link of an item changes nothing',
  async () => {
    const { items } = await desk.get('/v1/console/work-items?status=open&role=all');
    const id = String(list(items)[0]?.['id']);
    const before = await desk.get(`/v1/console/work-items/${id}`);
    for (const path of [
      `/v1/console/work-items/${id}/decisions`,
      `/v1/console/work-items/${id}/revisions`,
      '/v1/effects',
      '/v1/steps/claim',
    ]) {
      for (let again = 0; again < 5; again++)
        await fetch(`${own.settings.server}${path}`).then((response) => expect(response.ok).toBe(false));
    }
    const after = await desk.get(`/v1/console/work-items/${id}`);
    expect(after['item']).toEqual(before['item']);
    expect(after['revision']).toEqual(before['revision']);
  },
  minutes,
);

test(
  'the morning report of the flow holds structure only',
  async () => {
    const report = await asFlow(own.settings, '/v1/morning-report', {});
    expect(list(report['lines']).length).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain(canary);
  },
  minutes,
);

test(
  'of the identifiers planted in every field nothing stands in n8n, Temporal, Gait’s tables, the logs, an export or an error',
  async () => {
    const bad = await fetch(`${own.settings.server}/v1/effects`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${own.settings.flowsKey}` },
      body: JSON.stringify({ operation: canary, connection: canary, subject: canary }),
    });
    expect(await bad.text()).not.toContain(canary);
    const workflows = await n8n('/workflows?limit=100');
    expect(JSON.stringify(workflows)).not.toContain(canary);
    const { searched, found } = await placesHolding(own.stack, canary);
    expect(searched).toBeGreaterThan(300);
    expect(found).toEqual([]);
  },
  3 * minutes,
);

async function flowGet(path: string): Promise<Json> {
  const response = await fetch(`${own.settings.server}${path}`, {
    headers: { authorization: `Bearer ${own.settings.flowsKey}` },
  });
  return json(await response.json());
}

async function n8n(path: string, init: { method?: string; body?: Json } = {}): Promise<Json> {
  const response = await fetch(`${own.stack.urls.n8n}/api/v1${path}`, {
    method: init.method ?? 'GET',
    headers: {
      'content-type': 'application/json',
      'X-N8N-API-KEY': readFileSync(own.stack.n8n.apiKeyFile, 'utf8').trim(),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const body = json(await response.json());
  if (!response.ok) throw new Error(`n8n answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

async function flowId(): Promise<string> {
  const flow = list((await n8n('/workflows?limit=100'))['data']).find((one) =>
    String(one['name']).includes('Prior authorization'),
  );
  return text(flow?.['id'], 'id of the flow');
}

/** What a practice admin does on the canvas: puts a node of n8n's own between the step and the payer, and publishes. */
async function editSubmitLane(): Promise<void> {
  const id = await flowId();
  const whole = await n8n(`/workflows/${id}`);
  const connections = structuredClone(json(whole['connections']));
  const inserted = 'Only with an approval';
  const nodes = [
    ...list(whole['nodes']),
    {
      id: 'b5b0d7f6-6d5a-4b0e-9a53-0c8f6f1f6f01',
      name: inserted,
      type: 'n8n-nodes-base.filter',
      typeVersion: 2.2,
      position: [100, 100],
      parameters: {
        conditions: {
          options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
          combinator: 'and',
          conditions: [
            {
              id: 'b5b0d7f6-6d5a-4b0e-9a53-0c8f6f1f6f02',
              leftValue: '={{ $json.structure.approval }}',
              rightValue: '',
              operator: { type: 'string', operation: 'notEmpty', singleValue: true },
            },
          ],
        },
        options: {},
      },
    },
  ];
  const link = (node: string): Json => ({ main: [[{ node, type: 'main', index: 0 }]] });
  const edited = { ...connections, 'Asked to submit': link(inserted), [inserted]: link('Submit to payer') };
  await n8n(`/workflows/${id}`, {
    method: 'PUT',
    body: { name: whole['name'], nodes, connections: edited, settings: whole['settings'] },
  });
  await n8n(`/workflows/${id}/publish`, { method: 'POST', body: {} });
}

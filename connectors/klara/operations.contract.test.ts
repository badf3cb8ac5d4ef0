// Klara over files and its status page: a table of messages is left once, safe to open in a spreadsheet, and never twice.
import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { restContext, startSystem } from '../testing/rest-systems.ts';
import type { RunningSystem } from '../testing/rest-systems.ts';
import { readKlaraConfig } from './config.ts';
import { klaraOperations as operations } from './operations.ts';

/** A status page as the common service for them writes it. */
let summary: unknown;
let page: RunningSystem;
let outbox: string;

beforeAll(async () => {
  page = await startSystem(() => {
    const router = express.Router();
    router.get('/api/v2/summary.json', (_request, response) => {
      if (summary === null) response.status(503).end();
      else response.json(summary);
    });
    return { '/status': router };
  });
});
afterAll(() => page.stop());
beforeEach(() => {
  outbox = mkdtempSync(join(tmpdir(), 'gait-klara-'));
  summary = {
    status: { indicator: 'minor', description: 'Partial outage' },
    components: [
      { name: 'Messaging', status: 'operational' },
      { name: 'Voice', status: 'partial_outage' },
      { name: 'All', status: 'partial_outage', group: true },
    ],
    incidents: [{ name: 'Calls are delayed' }],
  };
});
afterEach(() => {
  rmSync(outbox, { recursive: true });
});

const context = (config: object = {}) =>
  restContext({ config: { outbox, statusUrl: `${page.url}/status`, ...config }, secrets: {}, now: page.now });
const send = operations['klara.message.send'];
const message = {
  reference: 'msg_1',
  family: "O'Thornley",
  given: 'Zoë',
  birthDate: '1970-01-31',
  phone: '+13035550142',
  email: null,
  text: 'Your visit is tomorrow at 9:00, bring "loose" clothes.\nReply C to confirm.',
  sendOn: '2026-11-17',
};
const tables = () => readdirSync(outbox).filter((name) => name.endsWith('.csv'));

test('messages are left as a table with a row each, ready to copy', async () => {
  const outcome = await send.run(context(), { messages: [message, { ...message, reference: 'msg_2', sendOn: null }] });
  expect(outcome).toEqual({ kind: 'done', result: { file: tables()[0], rows: 2 } });
  expect(tables()[0]).toMatch(/^messages-[0-9a-f]{16}\.csv$/);
  const text = readFileSync(join(outbox, tables()[0] ?? ''), 'utf8');
  expect(text.split('\r\n')[0]).toBe('\uFEFFReference,Last Name,First Name,Date of Birth,Mobile Phone,Email,Message,Send On');
  expect(text.split('\r\n')[1]).toBe(
    'msg_1,O\'Thornley,Zoë,01/31/1970,(303) 555-0142,,"Your visit is tomorrow at 9:00, bring ""loose"" clothes.\nReply C to confirm.",11/17/2026',
  );
}); // prettier-ignore

test.each(['=HYPERLINK("https://elsewhere.example","click")', '+1+cmd|calc', '-2+3', '@SUM(A1)', '\t=1+1'])(
  'a message or a name that begins like a formula is none to a spreadsheet: %s',
  async (text) => {
    await send.run(context(), { messages: [{ ...message, text, family: text }] });
    const table = readFileSync(join(outbox, tables()[0] ?? ''), 'utf8').slice(1);
    // No cell of the table begins with what a spreadsheet takes for a formula.
    expect(table).not.toMatch(/(^|,|\r\n)"?[=+@\t-]/);
    expect(table).toContain("'");
  },
);

test('the same messages are left once, also when somebody has taken the file already', async () => {
  const request = { messages: [message] };
  expect(await send.inquire(context(), request)).toEqual({ kind: 'notFound' });
  const first = await send.run(context(), request);
  expect(await send.run(context(), request)).toEqual(first);
  expect(await Promise.all([1, 2, 3].map(() => send.run(context(), request)))).toEqual([first, first, first]);
  expect(tables()).toHaveLength(1);
  renameSync(join(outbox, tables()[0] ?? ''), join(outbox, 'taken'));
  expect(await send.run(context(), request)).toEqual(first);
  expect(tables()).toEqual([]);
  expect(await send.inquire(context(), request)).toMatchObject({ kind: 'found', result: { rows: 1 } });
  expect(await send.inquire(context(), { messages: [{ ...message, reference: 'msg_9' }] })).toEqual({
    kind: 'notFound',
  });
});

test('the columns are called as the bridge calls them, and those it has no name for are left out', async () => {
  const labels = { reference: 'ext_id', text: 'body', birthDate: '', email: '', sendOn: '' };
  await send.run(context({ labels }), { messages: [message] });
  const [header = ''] = readFileSync(join(outbox, tables()[0] ?? ''), 'utf8')
    .slice(1)
    .split('\r\n');
  expect(header).toBe('ext_id,Last Name,First Name,Mobile Phone,body');
});

test.each([
  ['no messages', [], 'messages'],
  ['a message without words', [{ ...message, text: ' ' }], 'text'],
  ['a message to nobody', [message, { ...message, given: '' }], 'given'],
  ['a message that cannot reach anybody', [{ ...message, phone: null }], 'phone'],
])('%s: nothing is left', async (_name, messages, field) => {
  expect(await send.run(context(), { messages })).toEqual({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ code: 'missing', field }],
  });
  expect(tables()).toEqual([]);
});

test('a folder that is not there leaves nothing and says so', async () => {
  const lost = context({ outbox: join(outbox, 'nowhere') });
  expect(await send.run(lost, { messages: [message] })).toMatchObject({ kind: 'rejected', code: 'file.unreadable' });
  expect(existsSync(join(outbox, 'nowhere'))).toBe(false);
  expect(() => readKlaraConfig({ outbox: 'relative' })).toThrow(/absolute/);
});

test('the status page is read as what it says, and an unknown word is unknown', async () => {
  const get = operations['klara.status.get'];
  const told = { indicator: 'minor', components: 2, affected: 1, openIncidents: 1 };
  expect(await get.run(context(), {})).toEqual({ kind: 'done', result: told });
  summary = { status: { indicator: 'festive' }, components: [], incidents: [] };
  expect(await get.run(context(), {})).toMatchObject({ result: { indicator: null, affected: 0 } });
  summary = { hello: 'world' };
  expect(await get.run(context(), {})).toMatchObject({ kind: 'notSent', code: 'vendor.malformed' });
  summary = null;
  expect(await get.run(context(), {})).toMatchObject({ kind: 'notSent', code: 'vendor.unavailable' });
});

test('the test of the connection is about the folder; a status page out of reach is a fact', async () => {
  await send.run(context(), { messages: [message] });
  summary = null;
  const outcome = await operations['klara.connection.test'].run(context(), {});
  expect(outcome.kind === 'done' ? outcome.result.facts.map(({ value }) => value) : outcome).toEqual([
    'tables in a folder: Klara has no interface for programs',
    '1',
    'not reached',
  ]);
});

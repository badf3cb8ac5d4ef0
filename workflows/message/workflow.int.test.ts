// A message on Temporal's time-skipping server, with the real rules: the night, the next way, the vendor's word, a day of outage.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { messageChanged } from './messages.ts';
import { withMessage } from './testing/bench.ts';
import { fakeMessage } from './testing/fake-server.ts';
import type { FakeMessage } from './testing/fake-server.ts';
import { runToEnd } from '../testing/run.ts';
import type { EveryStep } from '../testing/run.ts';
import { localTime } from '../../domain/zoned-time.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});
beforeEach(async () => {
  environment = await startTimeSkipping();
});
afterEach(async () => {
  await environment.teardown();
});

const now = (): Promise<number> => environment.currentTimeMs();
const inHours = async (hours: number): Promise<string> => new Date((await now()) + hours * 3_600_000).toISOString();
const zone = 'America/New_York';

/** Follows the message to its end, doing every hour what the test wants. */
const run = (server: FakeMessage, every?: EveryStep) =>
  withMessage(environment, bundle, server, (handle) => runToEnd(environment, handle, messageChanged, 3_600_000, every));

test('whenever it is queued, it goes by day, once, and ends when the vendor says so', async () => {
  const server = fakeMessage({ now, until: await inHours(48) });
  await run(server, async (_hour, signal) => {
    if (!server.ways.some(({ state }) => state === 'sent')) return;
    server.say('text', 'delivered');
    await signal();
  });
  expect(server.asked).toHaveLength(1);
  const clock = localTime(new Date(`${server.asked[0]?.slice(5)}:00Z`), zone).slice(11);
  expect(clock >= '08:00' && clock < '21:00').toBe(true);
  expect(server.ending).toBe('delivered');
});

test('an undelivered text is followed by the next way, and after the last by a call', async () => {
  const server = fakeMessage({
    now,
    until: await inHours(72),
    channels: ['text', 'email'],
    facts: { category: 'answer' },
  });
  await run(server, async (_hour, signal) => {
    for (const { channel, state } of server.ways) if (state === 'sent') server.say(channel, 'failed');
    await signal();
  });
  expect(server.asked.map((one) => one.split(' ')[0])).toEqual(['text', 'email']);
  expect(server.ending).toBe('callList');
});

test('a vendor that is away for a day is asked again, and the message goes when it is back', async () => {
  let back = false;
  const server = fakeMessage({
    now,
    until: await inHours(72),
    script: () => (back ? 'sent' : 'wait'),
    facts: { category: 'answer' },
  });
  await run(server, (hour) => {
    back = hour >= 24;
    return Promise.resolve();
  });
  expect(server.asked.length).toBeGreaterThan(24);
  expect(server.ways[0]?.state).toBe('sent');
  expect(server.ending).toBe('sent');
});

test('a visit that is cancelled while the message waits for morning is not reminded of', async () => {
  const server = fakeMessage({ now, until: await inHours(48), facts: { sent: [] } });
  server.ways = server.ways.map((way) => ({ ...way, notBefore: new Date(Date.now() + 30 * 3_600_000).toISOString() }));
  await run(server, async (hour, signal) => {
    if (hour !== 2) return;
    server.facts = { ...server.facts, withdrawn: true };
    await signal();
  });
  expect(server.asked).toEqual([]);
  expect(server.ending).toBe('withdrawn');
});

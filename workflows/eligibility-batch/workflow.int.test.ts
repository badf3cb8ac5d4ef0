// A batch of coverage checks on Temporal's time-skipping server: windows, later rounds, the end of time, delivery.

import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { withBatch } from './testing/bench.ts';
import { fakeEligibility } from './testing/fake-server.ts';
import type { FakeChunk, FakeEligibility } from './testing/fake-server.ts';

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

const inHours = async (hours: number): Promise<string> =>
  new Date((await environment.currentTimeMs()) + hours * 3_600_000).toISOString();

const run = (server: FakeEligibility, batch: string): Promise<void> =>
  withBatch(environment, bundle, server, batch, async (handle) => {
    let over = false;
    const end = handle.result().finally(() => {
      over = true;
    });
    // The server's clock runs on only while somebody sleeps on it.
    while (!over) await environment.sleep(60_000);
    await end;
  });

const chunks: readonly FakeChunk[] = [
  { payer: 'harbor', checks: ['a', 'b'] },
  { payer: 'harbor', checks: ['c'] },
  { payer: 'harbor', checks: ['d'] },
  { payer: 'sunrise', checks: ['e'] },
];

test('every check is asked once and every summary is delivered; of one payer no more than two chunks at once', async () => {
  const server = fakeEligibility(chunks, await inHours(10));
  await run(server, 'bat_1');
  expect(server.asked.filter((one) => one.startsWith('check')).sort()).toEqual([
    'check 0: a b',
    'check 1: c',
    'check 2: d',
    'check 3: e',
  ]);
  expect(server.delivered.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(server.mostAtOnce).toBe(2);
  expect(server.closed).toBe(1);
});

test('only what is still open is asked again', async () => {
  const server = fakeEligibility(chunks.slice(0, 1), await inHours(10), (check, round) =>
    check === 'b' && round < 3 ? 'pending' : 'answered',
  );
  await run(server, 'bat_2');
  expect(server.asked).toEqual(['check 0: a b', 'check 0: b', 'check 0: b', 'deliver 0: a b']);
});

test('what nobody answered in time becomes an exception, and the others are delivered', async () => {
  const server = fakeEligibility(chunks.slice(0, 1), await inHours(1), (check) =>
    check === 'b' ? 'pending' : 'answered',
  );
  await run(server, 'bat_3');
  expect(server.ended.get('b')).toBe('failed vendor.unavailable');
  expect(server.delivered).toEqual(['a']);
  expect(server.closed).toBe(1);
});

test('a refusal for good ends the checks of its chunk with its code', async () => {
  const server = fakeEligibility(chunks.slice(0, 1), await inHours(1));
  server.failure = ApplicationFailure.nonRetryable('access.forbidden', 'access.forbidden');
  await run(server, 'bat_4');
  expect([...server.ended.values()]).toEqual(['failed access.forbidden', 'failed access.forbidden']);
  expect(server.closed).toBe(1);
});

test('two hundred and fifty chunks are carried over several runs and none is asked twice', async () => {
  const many = Array.from({ length: 250 }, (_, at) => ({ payer: `p${at % 5}`, checks: [`k${at}`] }));
  const server = fakeEligibility(many, await inHours(10));
  await run(server, 'bat_5');
  expect(server.delivered).toHaveLength(250);
  expect(new Set(server.asked).size).toBe(server.asked.length);
  expect(server.closed).toBe(1);
}, 120_000);

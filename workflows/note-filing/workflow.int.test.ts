// A signed note on Temporal's time-skipping server, with the real course: at once, through an outage, in doubt, and by a person's hand.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { runToEnd } from '../testing/run.ts';
import type { EveryStep } from '../testing/run.ts';
import { filingChanged } from './messages.ts';
import { withFiling } from './testing/bench.ts';
import { fakeFiling } from './testing/fake-server.ts';
import type { FakeFiling } from './testing/fake-server.ts';

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

/** Follows the note to its end, doing every hour what the test wants. */
const run = (server: FakeFiling, every?: EveryStep) =>
  withFiling(environment, bundle, server, (handle) => runToEnd(environment, handle, filingChanged, 3_600_000, every));

test('a signed note is filed at once, as the version that was signed', async () => {
  const server = fakeFiling({ now });
  await run(server);
  expect(server.asked).toEqual(['hash-1']);
  expect(server.filing.state).toBe('filed');
});

test('a system that is away for a day gets it no more by itself: a person enters it, and then it is over', async () => {
  const server = fakeFiling({ now, script: () => 'wait' });
  await run(server, async (hour, signal) => {
    if (server.filing.state !== 'byHand') return;
    expect(hour).toBeGreaterThanOrEqual(23);
    server.entered();
    await signal();
  });
  expect(server.asked.length).toBeGreaterThan(48);
  expect(server.filing.state).toBe('filed');
});

test('in doubt it is inquired after until somebody can tell, and never handed to a second way', async () => {
  const server = fakeFiling({ now, script: (asked) => (asked < 4 ? 'uncertain' : 'filed') });
  await run(server);
  expect(server.asked).toHaveLength(4);
  expect(server.filing.state).toBe('filed');
});

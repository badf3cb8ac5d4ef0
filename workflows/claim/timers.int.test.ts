// The claim's deadlines over weeks on Temporal's time-skipping server: the payer's pace, then a person, then the remittance.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { acknowledge, decideOnClaim, post, untilClaim, withClaim } from './testing/bench.ts';
import type { ClaimHandle } from './testing/bench.ts';
import type { FakeServer } from './testing/fake-server.ts';
import { accepting, bringToPayer } from './testing/paths.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});

// One server for each test: after a run ended with an activity on its way, this server's clock was seen not to skip any more. For the
// same reason no history here grows so long that the workflow continues as new; that is tested on the dev server.
beforeEach(async () => {
  environment = await startTimeSkipping();
});

afterEach(async () => {
  await environment.teardown();
});

/** Lets the server's clock run on. */
async function pass(days: number): Promise<void> {
  await environment.sleep(days * 86_400_000);
}

const driven = (server: FakeServer, work: (handle: ClaimHandle) => Promise<void>): Promise<void> =>
  withClaim(environment, bundle, server, work);

const statusAsks = (server: FakeServer): number => server.asked.filter((id) => id.startsWith('status')).length;

describe('deadlines of a claim', () => {
  test('three weeks without a word: the payer is asked at its pace, then a person, and its answer ends the wait', async () => {
    const server = accepting();
    server.steps['claim.status'] = () => null;
    await driven(server, async (handle) => {
      await bringToPayer(handle);
      await pass(13);
      expect(statusAsks(server)).toBe(0);
      await pass(5);
      expect(statusAsks(server)).toBeGreaterThan(3);
      await pass(14);
      const overdue = await untilClaim(handle, (state) => state.status === 'overdue');
      expect(overdue.items.map(({ kind }) => kind)).toEqual(['claim.followUp']);
      await decideOnClaim(handle, 'claim.followUp', 'paid');
      await untilClaim(handle, (state) => state.status === 'awaitingRemittance' && state.asking.length === 0);
      await post(handle);
      await untilClaim(handle, (state) => state.status === 'closed');
    });
  });

  test('what no acknowledgment confirms is asked about after three days, and what is told twice is heard once', async () => {
    const server = accepting();
    await driven(server, async (handle) => {
      await decideOnClaim(handle, 'claim.submit', 'approve', { hash: 'sha256:synthetic' });
      await untilClaim(handle, (state) => state.status === 'sent');
      await pass(3.1);
      await untilClaim(handle, (state) => state.items.some((item) => item.kind === 'claim.followUp'));
      await acknowledge(handle);
      await acknowledge(handle);
      await untilClaim(handle, (state) => state.status === 'pending' && state.items.length === 0);
      expect(server.events.filter((event) => event.type === 'acknowledged')).toHaveLength(1);
    });
  });
});

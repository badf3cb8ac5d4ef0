// The claim's workflow on Temporal's time-skipping server: what it is asked, its deadlines over weeks, and how short its history stays.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { historiesOf, testClient } from '../testing/bench.ts';
import { acknowledge, decideOnClaim, untilClaim, withClaim } from './testing/bench.ts';
import type { ClaimHandle } from './testing/bench.ts';
import type { FakeServer } from './testing/fake-server.ts';
import { accepting, claimPaths } from './testing/paths.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});

// One server for each test: after a workflow ended with something on its way, this server's clock was seen not to skip any more.
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

describe('claim workflow', () => {
  test('a paid claim is checked once, sent once under its key, and every step of it is written in order', async () => {
    const [usual] = claimPaths;
    if (usual === undefined) throw new Error('there is no usual path');
    const server = usual.server();
    await driven(server, async (handle) => {
      await usual.drive(handle, server);
      expect(server.calls.filter((call) => call === 'assess')).toHaveLength(1);
      expect(server.asked).toEqual(['submit-1-1']);
      expect(server.opened.map(({ key }) => key)).toEqual([`claim.submit/${server.opened[0]?.record ?? ''}/1/1`]);
      expect(server.events.map((event) => event.type)).toEqual([
        'submissionOpened',
        'submissionApproved',
        'submitted',
        'acknowledged',
        'closed',
      ]);
      const runs = await historiesOf(testClient(environment), handle);
      for (const run of runs) expect(run.events?.length ?? 0).toBeLessThan(100);
    });
  });

  // On this server its clock stands still while the question about the status is asked again and again.
  test.todo('three weeks without a word: the payer is asked at its pace, then a person, and its answer ends the wait');

  test('what is told twice is heard once, and what no acknowledgment confirms is asked about after three days', async () => {
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

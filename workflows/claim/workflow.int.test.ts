// The claim's workflow on Temporal's time-skipping server: what it asks, in which order, and how short its history stays.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { historiesOf, testClient } from '../testing/bench.ts';
import { withClaim } from './testing/bench.ts';
import { claimPaths } from './testing/paths.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
  environment = await startTimeSkipping();
});

afterAll(async () => {
  await environment.teardown();
});

describe('claim workflow', () => {
  test('a paid claim is checked once, sent once under its key, and every step of it is written in order', async () => {
    const [usual] = claimPaths;
    if (usual === undefined) throw new Error('there is no usual path');
    const server = usual.server();
    await withClaim(environment, bundle, server, async (handle) => {
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
});

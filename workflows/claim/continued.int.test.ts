// A claim's workflow right after it continued as new, on a real Temporal server: what waited for the new run happens once.

import { WithStartWorkflowOperation } from '@temporalio/client';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advance } from '../../domain/claim/machine.ts';
import { newClaimState } from '../../domain/claim/machine-state.ts';
import type { ClaimState, Command } from '../../domain/claim/machine-state.ts';
import { planOf } from '../../domain/claim/testing/plans.ts';
import { startDevServer } from '../../test/harness/temporal.ts';
import type { DevServer } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { testClient, testWorker, untilState } from '../testing/bench.ts';
import { claimWorkflowId, claimWorkflowType, decide, flowState } from './messages.ts';
import { accepting } from './testing/paths.ts';
import type { claim } from './workflow.ts';

let dev: DevServer;
let bundle: WorkflowBundle;

beforeAll(async () => {
  [dev, bundle] = await Promise.all([startDevServer(), bundleWorkflows()]);
});

afterAll(async () => {
  await dev.stop();
});

/** What an earlier run hands over while the claim waits for a person. */
function handedOver(reference: string): ClaimState {
  const at = new Date().toISOString();
  const looked = advance(newClaimState('cl_1', reference, 'run-1'), { type: 'changed', at }).state;
  const { state, commands } = advance(looked, { type: 'assessed', at, plan: planOf({ claim: reference }) });
  const isOpening = (command: Command): boolean => command.type === 'openItem';
  const key = state.items[0]?.key;
  if (key === undefined || !commands.some(isOpening)) throw new Error('nothing waits for a person');
  return advance(state, { type: 'itemOpened', at, key, workItem: 'wi_1' }).state;
}

describe('the first task after continuing as new', () => {
  test('an approval that waited for the new run sends the claim once', async () => {
    const [server, reference] = [accepting(), 'clm_continued'];
    const client = testClient(dev.environment);
    const start = new WithStartWorkflowOperation<typeof claim>(claimWorkflowType, {
      workflowId: claimWorkflowId('cl_1', reference),
      taskQueue: reference,
      args: [{ clinic: 'cl_1', claim: reference, state: handedOver(reference) }],
      workflowIdConflictPolicy: 'FAIL',
    });
    const taken = {
      id: 'd1',
      workItem: 'wi_1',
      kind: 'claim.submit',
      decision: 'approve',
      by: 'usr_1',
      at: new Date().toISOString(),
      hash: 'sha256:synthetic',
    } as const;
    // Nobody works yet: the decision is there before the new run's first task begins.
    const accepted = client.workflow.startUpdateWithStart(decide, {
      args: [taken],
      waitForStage: 'ACCEPTED',
      startWorkflowOperation: start,
    });
    const worker = await testWorker(dev.environment, bundle, server, reference);
    await worker.runUntil(async () => {
      await accepted;
      const handle = await start.workflowHandle();
      await untilState(handle, flowState, ({ status }) => status === 'sent');
      expect(server.asked).toEqual(['submit-1-1']);
      await handle.terminate('the test is over');
    });
  });
});

// The two workflows of the step round trip: one asks a clinic's flow as the authorization's workflow does, one does nothing.
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { callStep } from '../../workflows/authorization/calls.ts';

/** What the bare rival's activity is to Temporal. */
export interface BareActivities {
  nothing(): Promise<void>;
}

/** Asks `authorization.status` about one item through the product's own call. @returns the flow's outcome */
export async function askOnce(input: { readonly clinic: string; readonly authorization: string }): Promise<string> {
  const { clinic, authorization } = input;
  const { workflowId, firstExecutionRunId } = workflowInfo();
  const answer = await callStep(
    { clinic, workflowId, firstRunId: firstExecutionRunId, urgent: true },
    {
      id: 'ask',
      purpose: 'poll',
      step: 'authorization.status',
      item: authorization,
      structure: { authorization, payer: 'bench', period: 1, kind: 'initial', attempt: 1, pollEveryMinutes: 60 },
    },
  );
  return 'outcome' in answer ? answer.outcome : answer.error.code;
}

/** One activity that does nothing. */
export async function doNothing(): Promise<void> {
  await proxyActivities<BareActivities>({ startToCloseTimeout: '30s' }).nothing();
}

// Takes a call: the flow starts only with what the server gives back.
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { listOf } from '../../shared/values';
import { answerRefused, claimAt } from '../../shared/webhook';

/** The items the flow starts with: one per claimed reference. */
export function startItems(call: IDataObject): INodeExecutionData[] {
  return listOf(call, 'items').map((entry) => ({
    json: {
      call: call.call ?? null,
      attempt: call.attempt ?? null,
      step: call.step ?? null,
      clinic: call.clinic ?? null,
      deadline: call.deadline ?? null,
      item: entry.item ?? null,
      structure: entry.structure ?? {},
    },
  }));
}

/** @returns the start items with a 200 answered at once, or the server's refusing status with nothing started */
export async function claimCall(this: IWebhookFunctions): Promise<IWebhookResponseData> {
  const reply = await claimAt.call(this, '/v1/steps/claim');
  if (!reply.ok) return answerRefused.call(this, reply.refusal);
  return { webhookResponse: { claimed: true }, workflowData: [startItems(reply.body)] };
}

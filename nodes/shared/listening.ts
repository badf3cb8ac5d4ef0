// A flow that listens: who it is, where it can be reached, and what the server says to its trigger.
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { gaitRequest } from '../transport/request';
import { refusalError } from '../transport/refusal';

export interface ListeningFlow {
  readonly flow: { id: string; name: string };
  /** Where Gait calls the flow. */
  readonly url: string;
}

/** The trigger's flow and its address. Throws where the flow was never saved. */
export function listeningFlow(this: IHookFunctions): ListeningFlow {
  const { id, name } = this.getWorkflow();
  const url = this.getNodeWebhookUrl('default');
  if (url === undefined || id === undefined) {
    throw new NodeOperationError(this.getNode(), 'The flow has no address yet', {
      description: 'Save the flow, then try again.',
    });
  }
  return { flow: { id, name: name ?? id }, url };
}

/** Posts to the server for the trigger; a refusal is thrown with its code and its fix. */
export async function postOrThrow(this: IHookFunctions, path: string, body: IDataObject): Promise<IDataObject> {
  const reply = await gaitRequest.call(this, 'POST', path, { body });
  if (reply.ok) return reply.body;
  throw refusalError(this.getNode(), reply.refusal);
}

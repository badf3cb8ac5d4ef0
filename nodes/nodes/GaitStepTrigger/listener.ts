// Registers the flow as the listener of its step: live when it is published, for test calls only while it is tried in the editor.
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { gaitRequest } from '../../transport/request';
import type { Reply } from '../../transport/request';
import { refusalError } from '../../transport/refusal';

function listenerOf(this: IHookFunctions): { step: string; flow: IDataObject; url: string; test: boolean } {
  const workflow = this.getWorkflow();
  const url = this.getNodeWebhookUrl('default');
  if (url === undefined || workflow.id === undefined) {
    throw new NodeOperationError(this.getNode(), 'The flow has no address yet', {
      description: 'Save the flow, then try again.',
    });
  }
  return {
    step: String(this.getNodeParameter('step')),
    flow: { id: workflow.id, name: workflow.name ?? workflow.id },
    url,
    test: this.getMode() === 'manual',
  };
}

async function ask(this: IHookFunctions, path: string, body: IDataObject): Promise<IDataObject> {
  const reply: Reply = await gaitRequest.call(this, 'POST', path, { body });
  if (reply.ok) return reply.body;
  throw refusalError(this.getNode(), reply.refusal);
}

/** Whether the server knows this flow, at this address, as the listener of the step. */
export async function isRegistered(this: IHookFunctions): Promise<boolean> {
  const { step, flow, url, test } = listenerOf.call(this);
  const body = await ask.call(this, '/v1/steps/flows/find', { step, flow, url, test });
  return body.found === true;
}

/** Registers the flow. Another live flow of the clinic for the same step is refused by the server, which names it. */
export async function register(this: IHookFunctions): Promise<boolean> {
  const { step, flow, url, test } = listenerOf.call(this);
  await ask.call(this, '/v1/steps/flows', { step, flow, url, test });
  return true;
}

/** Takes the flow off its step; work that asks the step meanwhile waits and opens a work item. */
export async function unregister(this: IHookFunctions): Promise<boolean> {
  const { step, flow, test } = listenerOf.call(this);
  await ask.call(this, '/v1/steps/flows/remove', { step, flow, test });
  return true;
}

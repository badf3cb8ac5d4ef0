// Registers the flow as a listener for records while it is published.
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { gaitRequest } from '../../transport/request';
import type { Reply } from '../../transport/request';
import { refusalError } from '../../transport/refusal';

function listenerOf(this: IHookFunctions): IDataObject {
  const workflow = this.getWorkflow();
  const url = this.getNodeWebhookUrl('default');
  if (url === undefined || workflow.id === undefined) {
    throw new NodeOperationError(this.getNode(), 'The flow has no address yet', {
      description: 'Save the flow, then try again.',
    });
  }
  const connection = String(this.getNodeParameter('connection', '')).trim();
  const kinds: unknown = this.getNodeParameter('kinds', []);
  return {
    flow: { id: workflow.id, name: workflow.name ?? workflow.id },
    url,
    kinds: Array.isArray(kinds) ? kinds.map(String) : [],
    ...(connection === '' ? {} : { connection }),
  };
}

async function ask(this: IHookFunctions, path: string, body: IDataObject): Promise<IDataObject> {
  const reply: Reply = await gaitRequest.call(this, 'POST', path, { body });
  if (reply.ok) return reply.body;
  throw refusalError(this.getNode(), reply.refusal);
}

/** Whether the server knows this flow, at this address, for these records. */
export async function isRegistered(this: IHookFunctions): Promise<boolean> {
  // A listener in the editor hears of nothing: a test must not take what the published flow waits for.
  if (this.getMode() === 'manual') return true;
  return (await ask.call(this, '/v1/records/listeners/find', listenerOf.call(this))).found === true;
}

export async function register(this: IHookFunctions): Promise<boolean> {
  if (this.getMode() !== 'manual') await ask.call(this, '/v1/records/listeners', listenerOf.call(this));
  return true;
}

/** What changes meanwhile is not told to this flow when it is published again. */
export async function unregister(this: IHookFunctions): Promise<boolean> {
  const { flow } = listenerOf.call(this);
  if (this.getMode() !== 'manual') await ask.call(this, '/v1/records/listeners/remove', { flow: flow ?? null });
  return true;
}

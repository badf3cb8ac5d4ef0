// Registers the flow as the listener of its step: live when it is published, for test calls only while it is tried in the editor.
import type { IHookFunctions } from 'n8n-workflow';
import { listeningFlow, postOrThrow } from '../../shared/listening';

function listenerOf(this: IHookFunctions) {
  const { flow, url } = listeningFlow.call(this);
  return { step: String(this.getNodeParameter('step')), flow, url, test: this.getMode() === 'manual' };
}

/** Whether the server knows this flow, at this address, as the listener of the step. */
export async function isRegistered(this: IHookFunctions): Promise<boolean> {
  return (await postOrThrow.call(this, '/v1/steps/flows/find', listenerOf.call(this))).found === true;
}

/** Registers the flow. Another live flow of the clinic for the same step is refused by the server, which names it. */
export async function register(this: IHookFunctions): Promise<boolean> {
  await postOrThrow.call(this, '/v1/steps/flows', listenerOf.call(this));
  return true;
}

/** Takes the flow off its step; work that asks the step meanwhile waits and opens a work item. */
export async function unregister(this: IHookFunctions): Promise<boolean> {
  const { step, flow, test } = listenerOf.call(this);
  await postOrThrow.call(this, '/v1/steps/flows/remove', { step, flow, test });
  return true;
}

// Registers the flow as a listener for records while it is published.
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { listeningFlow, postOrThrow } from '../../shared/listening';

function listenerOf(this: IHookFunctions): IDataObject {
  const connection = String(this.getNodeParameter('connection', '')).trim();
  const kinds: unknown = this.getNodeParameter('kinds', []);
  return {
    ...listeningFlow.call(this),
    kinds: Array.isArray(kinds) ? kinds.map(String) : [],
    ...(connection === '' ? {} : { connection }),
  };
}

/** Whether the server knows this flow, at this address, for these records. */
export async function isRegistered(this: IHookFunctions): Promise<boolean> {
  // A listener in the editor hears of nothing: a test must not take what the published flow waits for.
  if (this.getMode() === 'manual') return true;
  return (await postOrThrow.call(this, '/v1/records/listeners/find', listenerOf.call(this))).found === true;
}

export async function register(this: IHookFunctions): Promise<boolean> {
  if (this.getMode() !== 'manual') await postOrThrow.call(this, '/v1/records/listeners', listenerOf.call(this));
  return true;
}

/** What changes meanwhile is not told to this flow when it is published again. */
export async function unregister(this: IHookFunctions): Promise<boolean> {
  const { flow, url } = listeningFlow.call(this);
  // Another trigger of the same flow goes on listening.
  if (this.getMode() !== 'manual') await postOrThrow.call(this, '/v1/records/listeners/remove', { flow, url });
  return true;
}

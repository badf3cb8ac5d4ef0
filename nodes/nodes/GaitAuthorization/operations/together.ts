// Sends the authorizations of all items in one request and gives each item its own result back.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { refusalOf } from '../../../transport/refusal';
import { isRefusalCode } from '../../../transport/words';
import { refuse, requiredText } from '../../../shared/operation';
import { isDataObject, listOf } from '../../../shared/values';

// A request stays small enough for the server's limit whatever the size of the clinic.
const perRequest = 200;

export const authorizationField: INodeProperties = {
  displayName: 'Authorization',
  name: 'authorization',
  type: 'string',
  required: true,
  default: '={{ $json.authorization }}',
  placeholder: 'e.g. auth_…',
  description: 'The reference of the authorization',
};

function refusalIn(result: IDataObject | undefined): ReturnType<typeof refusalOf> | null {
  if (result === undefined)
    return refusalOf('reference.unknown', { message: 'Gait gave no result for this authorization' });
  const error = result.error;
  if (!isDataObject(error)) return null;
  return refusalOf(isRefusalCode(error.code) ? error.code : 'internal.bug');
}

/**
 * Posts `{authorizations:[ref…]}` to `path`, each reference once.
 * @returns per input item `{authorization, outcome}`, or the item's coded error
 */
export async function askTogether(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  const wanted = this.getInputData().map((_, itemIndex) =>
    requiredText.call(this, 'authorization', 'Authorization', itemIndex),
  );
  const references = [...new Set(wanted)];
  const results = new Map<string, IDataObject>();
  for (let from = 0; from < references.length; from += perRequest) {
    const reply = await gaitRequest.call(this, 'POST', path, {
      body: { authorizations: references.slice(from, from + perRequest) },
    });
    if (!reply.ok)
      return wanted.map((authorization, itemIndex) => refuse.call(this, reply.refusal, itemIndex, authorization));
    for (const result of listOf(reply.body, 'items')) results.set(String(result.authorization), result);
  }
  return wanted.map((authorization, itemIndex) => {
    const result = results.get(authorization);
    const refusal = refusalIn(result);
    if (refusal !== null) return refuse.call(this, refusal, itemIndex, authorization);
    return { json: { ...result }, pairedItem: { item: itemIndex } };
  });
}

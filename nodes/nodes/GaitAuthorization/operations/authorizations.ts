// Sends the authorizations of all items in few requests; each item gets its own result.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { askTogether, entryOf } from '../../../shared/together';

export const authorizationField: INodeProperties = {
  displayName: 'Authorization',
  name: 'authorization',
  type: 'string',
  required: true,
  default: '={{ $json.authorization }}',
  placeholder: 'e.g. auth_…',
  description: 'The reference of the authorization',
};

/**
 * Posts `{authorizations:[ref…]}` to `path`, each reference once.
 * @returns per input item `{authorization, outcome}`, or the item's coded error
 */
export async function postAuthorizations(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  return await askTogether.call(this, {
    field: { name: 'authorization', label: 'Authorization' },
    // A request stays small enough for the server's limit whatever the size of the clinic.
    perRequest: 200,
    ask: async (authorizations) => await gaitRequest.call(this, 'POST', path, { body: { authorizations } }),
    resultOf: entryOf('items', 'authorization'),
  });
}

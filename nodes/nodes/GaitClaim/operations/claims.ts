// What the operations on claims share: which claim, and asking the server about many at once.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { askTogether, entryOf } from '../../../shared/together';

export const claimField: INodeProperties = {
  displayName: 'Claim',
  name: 'claim',
  type: 'string',
  required: true,
  default: '={{ $json.claim }}',
  placeholder: 'e.g. clm_…',
  description: 'The reference of the claim, as the import gives it',
};

/** @returns per input item `{item, claim, outcome, structure, refs}`, or the item's coded error */
export async function askAboutClaims(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  const answerIn = entryOf('items', 'claim');
  return await askTogether.call(this, {
    field: { name: 'claim', label: 'Claim' },
    // The server's most.
    perRequest: 100,
    ask: async (claims) => await gaitRequest.call(this, 'POST', path, { body: { claims } }),
    resultOf: (body, claim): IDataObject | undefined => {
      const found = answerIn(body, claim);
      if (found === undefined || found.error !== undefined) return found;
      const { outcome = null, structure = {}, refs = [] } = found;
      return { item: claim, claim, outcome, structure, refs };
    },
  });
}

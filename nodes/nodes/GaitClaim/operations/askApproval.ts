// Asks a biller to approve claims, and tells of each how that stands; an approved one carries what the node that sends it needs.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf } from '../../../shared/operation';
import { askTogether, entryOf } from '../../../shared/together';

export const description = fieldsOf({ resource: 'claim', operation: 'askApproval' }, [
  {
    displayName: 'Claim',
    name: 'claim',
    type: 'string',
    required: true,
    default: '={{ $json.claim }}',
    placeholder: 'e.g. clm_…',
    description: 'The reference of the claim, as the import gives it',
  },
]);

/** @returns per input item `{item, claim, outcome, structure, refs}`, or the item's coded error */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const answerIn = entryOf('items', 'claim');
  return await askTogether.call(this, {
    field: { name: 'claim', label: 'Claim' },
    // The server's most.
    perRequest: 100,
    ask: async (claims) => await gaitRequest.call(this, 'POST', '/v1/claims/submissions', { body: { claims } }),
    resultOf: (body, claim) => {
      const found = answerIn(body, claim);
      if (found === undefined || found.error !== undefined) return found;
      const { outcome = null, structure = {}, refs = [] } = found;
      return { item: claim, claim, outcome, structure, refs };
    },
  });
}

// Hands the benefits summaries of these checks to those who bill; one that was handed over before stays as it is.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf } from '../../../shared/operation';
import { askTogether, entryOf } from '../../../shared/together';

export const description = fieldsOf({ resource: 'summary', operation: 'deliver' }, [
  {
    displayName: 'Check',
    name: 'check',
    type: 'string',
    required: true,
    default: '={{ $json.item }}',
    placeholder: 'e.g. chk_…',
    description: 'The reference of the check whose summaries are delivered, as the step gives it',
  },
]);

/** @returns per input item `{check, outcome}`, `outcome` delivered or alreadyDelivered, or the item's coded error */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const resultIn = entryOf('results', 'item');
  return await askTogether.call(this, {
    field: { name: 'check', label: 'Check' },
    // The server's most.
    perRequest: 100,
    ask: async (checks) => await gaitRequest.call(this, 'POST', '/v1/eligibility/deliveries', { body: { checks } }),
    resultOf: (body, check) => {
      const result = resultIn(body, check);
      return result === undefined || result.error !== undefined ? result : { check, outcome: result.outcome ?? null };
    },
  });
}

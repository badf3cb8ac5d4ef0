// Tells how far a plan of care has come: state and counts, never its words.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectField } from '../../../shared/adapter';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'plan', operation: 'get' }, [
  subjectField('Plan', 'plan', '={{ $json.plan }}', 'The reference of the plan, as the operation "Draft" gives it'),
]);

/** @returns per input item what "Draft" gives */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const plan = requiredText.call(this, 'plan', 'Plan', itemIndex);
    return {
      subject: plan,
      ask: async () => await gaitRequest.call(this, 'GET', `/v1/plans-of-care/${encodeURIComponent(plan)}`),
      outputs: (facts) => [facts],
    };
  });
}

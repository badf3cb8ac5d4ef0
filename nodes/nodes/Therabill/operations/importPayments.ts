// Posts what patients paid, as Therabill exported it, to the claims it was for: each payment once.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'payment', operation: 'import' }, [
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 1000 },
    default: 50,
    description: 'Max number of results to return',
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'therabill', 'therabill.payments.import', (itemIndex) => ({
    options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
  }));
}

// Takes in the claims that Therabill exported as 837P files: each claim once, by reference.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'claim', operation: 'import' }, [
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
  return await runReading.call(this, 'therabill', 'therabill.claims.import', (itemIndex) => ({
    options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
  }));
}

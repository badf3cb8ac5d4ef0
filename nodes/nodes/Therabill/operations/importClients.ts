// Takes in the clients that Therabill exported: those nobody knows become patients, the rows that cannot be read are told by place.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'client', operation: 'import' }, [
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
  return await runReading.call(this, 'therabill', 'therabill.clients.import', (itemIndex) => ({
    options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
  }));
}

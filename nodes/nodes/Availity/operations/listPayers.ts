// Lists the payers that Availity reaches, each with the transactions it takes.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';
import { collection } from '../../../shared/values';

export const description = fieldsOf({ resource: 'payer', operation: 'list' }, [
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 1000 },
    default: 50,
    description: 'Max number of results to return',
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      {
        displayName: 'Payer',
        name: 'payer',
        type: 'string',
        default: '',
        description: 'Only this payer, by the ID it has in Gait',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'availity', 'availity.payers.list', (itemIndex) => ({
    options: {
      limit: this.getNodeParameter('limit', itemIndex, 50),
      ...collection.call(this, 'filters', itemIndex),
    },
  }));
}

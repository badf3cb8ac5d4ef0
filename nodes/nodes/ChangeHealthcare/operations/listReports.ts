// Lists what waits in the mailbox of the clearinghouse and was not read yet.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'report', operation: 'list' }, [
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
  return await runReading.call(this, 'changeHealthcare', 'changeHealthcare.reports.list', (itemIndex) => ({
    options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
  }));
}

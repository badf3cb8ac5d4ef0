// Reads the charts dropped since the last time: claims are checked against them. One reference per patient comes out.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'chart', operation: 'import' }, [
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
  return await runReading.call(this, 'webpt', 'webpt.charts.import', (itemIndex) => ({
    options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
  }));
}

// Takes a report away from the clearinghouse once it is kept, under a permit.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'report', operation: 'delete' }, [
  subjectField('Report', 'report', '={{ $json.structure.report }}', 'The report, as the list names it'),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'changeHealthcare', 'changeHealthcare.reports.delete', 'report', 'Report');
}

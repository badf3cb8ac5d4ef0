// Reads a report into the vault: acknowledgments and remittances as X12, others in words.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'report', operation: 'get' }, [
  subjectField('Report', 'report', '={{ $json.structure.report }}', 'The report, as the list names it'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'changeHealthcare', 'changeHealthcare.reports.get', (itemIndex) => ({
    subject: requiredText.call(this, 'report', 'Report', itemIndex),
  }));
}

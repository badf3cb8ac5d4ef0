// Reads a remittance (835) into the vault.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'report', operation: 'getRemittance' }, [
  subjectField('Transaction', 'transaction', '={{ $json.structure.transaction }}', 'The transaction, as the webhook of Stedi names it'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'stedi', 'stedi.reports.remittance', (itemIndex) => ({
    subject: requiredText.call(this, 'transaction', 'Transaction', itemIndex),
  }));
}

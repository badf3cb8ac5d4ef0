// Asks the payer how a request stands, or whether it is there at all.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'authorization', operation: 'inquire' }, [
  subjectField('Authorization', 'authorization', '={{ $json.item }}', 'The authorization whose request is asked for'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'changeHealthcare', 'changeHealthcare.authorization.inquire', (itemIndex) => ({
    subject: requiredText.call(this, 'authorization', 'Authorization', itemIndex),
  }));
}

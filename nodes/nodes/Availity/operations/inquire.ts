// Searches the payer for a request whose fate is unknown, so that doubt is settled without submitting again.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'serviceReview', operation: 'inquire' }, [
  subjectField(
    'Authorization',
    'authorization',
    '={{ $json.item }}',
    'The authorization whose request is searched for',
  ),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'availity', 'availity.serviceReview.inquire', (itemIndex) => ({
    subject: requiredText.call(this, 'authorization', 'Authorization', itemIndex),
  }));
}

// Checks a claim at the clearinghouse; nothing reaches a payer.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'claim', operation: 'validate' }, [
  subjectField('Claim', 'claim', '={{ $json.item }}', 'The claim that is checked'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'changeHealthcare', 'changeHealthcare.claim.validate', (itemIndex) => ({
    subject: requiredText.call(this, 'claim', 'Claim', itemIndex),
  }));
}

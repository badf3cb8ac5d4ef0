// Asks the payer how a submitted claim stands. Reading changes nothing there.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'claimStatus', operation: 'check' }, [
  subjectField('Claim', 'claim', '={{ $json.item }}', 'The claim whose status is asked for'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'x12Files', 'x12Files.claimStatus.check', (itemIndex) => ({
    subject: requiredText.call(this, 'claim', 'Claim', itemIndex),
  }));
}

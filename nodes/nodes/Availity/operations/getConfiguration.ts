// Reads what a payer demands of a transaction: which fields, in which form, and which of them together.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'configuration', operation: 'get' }, [
  {
    displayName: 'Payer',
    name: 'payer',
    type: 'string',
    required: true,
    default: '={{ $json.payer }}',
    description: 'The payer, by the ID it has in Gait',
  },
  {
    displayName: 'Transaction',
    name: 'transaction',
    type: 'options',
    options: [
      { name: 'Claim Status', value: 'claimStatus' },
      { name: 'Eligibility', value: 'eligibility' },
      { name: 'Service Review', value: 'serviceReview' },
    ],
    default: 'eligibility',
    description: 'What is to be asked of the payer',
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'availity', 'availity.configurations.get', (itemIndex) => ({
    options: {
      payer: requiredText.call(this, 'payer', 'Payer', itemIndex),
      transaction: this.getNodeParameter('transaction', itemIndex, 'eligibility'),
    },
  }));
}

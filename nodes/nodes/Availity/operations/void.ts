// Withdraws a submitted request from the payer, once, under a permit.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'serviceReview', operation: 'void' }, [
  subjectField(
    'Authorization',
    'authorization',
    '={{ $json.authorization }}',
    'The authorization whose request is withdrawn',
  ),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'availity', 'availity.serviceReview.void', 'authorization', 'Authorization');
}

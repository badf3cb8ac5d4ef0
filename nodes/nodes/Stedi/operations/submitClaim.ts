// Sends the claim that a person approved, once: the permit decides whether anything is sent, and Stedi takes it once per key.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'claim', operation: 'submit' }, [
  subjectField('Claim', 'claim', '={{ $json.item }}', 'The approved claim'),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'stedi', 'stedi.claim.submit', 'claim', 'Claim');
}

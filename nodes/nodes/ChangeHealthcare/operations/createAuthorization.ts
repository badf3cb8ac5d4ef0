// Submits the revision of a request that a person approved, once: the permit of the server decides whether anything is sent.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'authorization', operation: 'create' }, [
  subjectField('Request', 'request', '={{ $json.item }}', 'The approved request, as the step "Submit authorization" hands it out'),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'changeHealthcare', 'changeHealthcare.authorization.submit', 'request', 'Request');
}

// WebPT cannot be written to: recording the payer's decision becomes a work item with copy-ready values.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'authorization', operation: 'record' }, [
  subjectField(
    'Authorization',
    'authorization',
    '={{ $json.item }}',
    'The decided authorization, as the step "Record authorization" hands it out',
  ),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'webpt', 'webpt.authorization.record', 'authorization', 'Authorization');
}

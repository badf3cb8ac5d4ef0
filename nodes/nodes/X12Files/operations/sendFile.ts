// Leaves the file that a person approved for the clearinghouse, once: the permit of the server decides whether anything is sent.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'file', operation: 'send' }, [
  subjectField('Subject', 'subject', '={{ $json.item }}', 'The approved request or claim that the file is made of'),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'x12Files', 'x12Files.send', 'subject', 'Subject');
}

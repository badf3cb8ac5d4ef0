// Leaves a remittance that came another way for Therabill, once: a file in the folder for upload and a work item for the biller.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const says = 'Leave a remittance for upload, once, and ask a person to upload it';

export const description = fieldsOf({ resource: 'remittance', operation: 'send' }, [
  {
    displayName: 'Therabill takes a remittance from a person only: Gait leaves the file in the folder for upload and opens a work item.',
    name: 'sendNotice',
    type: 'notice',
    default: '',
  },
  subjectField('Remittance', 'remittance', '={{ $json.refs[0] }}', 'The received remittance, as the node that took it in names it'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'therabill', 'therabill.remittance.send', 'remittance', 'Remittance');
}

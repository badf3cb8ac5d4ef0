// Leaves a patient for Therabill's client import, once for what is known of them: a file in the folder for upload and a work item.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'client', operation: 'export' }, [
  {
    displayName: 'Therabill imports clients by hand only: Gait leaves the file in the folder for upload and opens a work item.',
    name: 'exportNotice',
    type: 'notice',
    default: '',
  },
  subjectField('Patient', 'patient', '={{ $json.item }}', 'The patient to be imported into Therabill'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'therabill', 'therabill.client.export', 'patient', 'Patient');
}

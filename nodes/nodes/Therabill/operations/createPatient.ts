// Makes a patient known to Therabill, once for what is known of them: a file for its client import in the folder for upload and a work item.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { effectFields, runEffect, subjectField } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const says = "Leave a file for Therabill's client import, once, and ask a person to import it";

export const description = fieldsOf({ resource: 'patient', operation: 'create' }, [
  {
    displayName:
      'Therabill takes patients, its clients, from a person only: Gait leaves the file in the folder for upload and opens a work item.',
    name: 'createNotice',
    type: 'notice',
    default: '',
  },
  subjectField('Patient', 'patient', '={{ $json.patient }}', 'The patient, as an earlier Gait node hands it out'),
  ...effectFields,
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runEffect.call(this, 'therabill', 'therabill.patient.create', 'patient', 'Patient');
}

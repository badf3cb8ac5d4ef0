// Proposes a plan of care for a patient; nobody but a therapist approves it.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { gaitRequest } from '../../../transport/request';
import { patientField } from '../../GaitPatient/operations/patients';

export const description = fieldsOf({ resource: 'plan', operation: 'draft' }, [patientField]);

/** @returns per input item the plan by reference with its state and counts, no words */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const patient = requiredText.call(this, 'patient', 'Patient', itemIndex);
    return {
      subject: patient,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/plans-of-care/drafts', { body: { patient } }),
      outputs: (facts) => [facts],
    };
  });
}

// Asks the front desk to review new patients: those of all items together, each once.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf } from '../../../shared/operation';
import { askTogether, entryOf } from '../../../shared/together';

export const description = fieldsOf({ resource: 'patient', operation: 'review' }, [
  {
    displayName: 'Patient',
    name: 'patient',
    type: 'string',
    required: true,
    default: '={{ $json.patient }}',
    placeholder: 'e.g. pat_…',
    description: 'The reference of the patient who is to be reviewed',
  },
]);

/** @returns per input item `{patient, outcome, structure, refs}`, or the item's coded error */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const answerIn = entryOf('items', 'patient');
  return await askTogether.call(this, {
    field: { name: 'patient', label: 'Patient' },
    // The server's most.
    perRequest: 100,
    ask: async (patients) => await gaitRequest.call(this, 'POST', '/v1/patients/reviews', { body: { patients } }),
    resultOf: (body, patient): IDataObject | undefined => {
      const found = answerIn(body, patient);
      if (found === undefined || found.error !== undefined) return found;
      const { outcome = null, structure = {}, refs = [] } = found;
      return { patient, outcome, structure, refs };
    },
  });
}

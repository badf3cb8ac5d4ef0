// What the operations on patients share: which patient, and asking the server about many at once.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { askTogether, entryOf } from '../../../shared/together';

export const patientField: INodeProperties = {
  displayName: 'Patient',
  name: 'patient',
  type: 'string',
  required: true,
  default: '={{ $json.patient }}',
  placeholder: 'e.g. pat_…',
  description: 'The reference of the patient, as an earlier Gait node gives it',
};

/** @returns per input item `{patient, outcome, structure, refs}`, or the item's coded error */
export async function askAboutPatients(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  const answerIn = entryOf('items', 'patient');
  return await askTogether.call(this, {
    field: { name: 'patient', label: 'Patient' },
    // The server's most.
    perRequest: 100,
    ask: async (patients) => await gaitRequest.call(this, 'POST', path, { body: { patients } }),
    resultOf: (body, patient): IDataObject | undefined => {
      const found = answerIn(body, patient);
      if (found === undefined || found.error !== undefined) return found;
      const { outcome = null, structure = {}, refs = [] } = found;
      return { patient, outcome, structure, refs };
    },
  });
}

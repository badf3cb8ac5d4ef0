// Checks certain patients now: those of all items in one batch.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf } from '../../../shared/operation';
import { askTogether, entryOf } from '../../../shared/together';

export const description = fieldsOf({ resource: 'check', operation: 'checkNow' }, [
  {
    displayName: 'Patient',
    name: 'patient',
    type: 'string',
    required: true,
    default: '={{ $json.patient }}',
    placeholder: 'e.g. pat_…',
    description: 'The reference of the patient whose coverage is checked',
  },
]);

/** @returns per input item `{patient, check, batch, outcome}`, or the item's coded error */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const checkIn = entryOf('checks', 'patient');
  return await askTogether.call(this, {
    field: { name: 'patient', label: 'Patient' },
    // The server's most.
    perRequest: 500,
    ask: async (patients) =>
      await gaitRequest.call(this, 'POST', '/v1/eligibility/batches', { body: { kind: 'asked', patients } }),
    resultOf: (body, patient) => {
      const found = checkIn(body, patient);
      if (found === undefined || found.error !== undefined) return found;
      return { patient, check: found.check ?? null, batch: body.batch ?? null, outcome: body.outcome ?? null };
    },
  });
}

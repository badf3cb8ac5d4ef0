// Reads how coverage checks stand and what came of them: structure only, no record.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'check', operation: 'getAll' }, [
  ...limitFields,
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      {
        displayName: 'Batch',
        name: 'batch',
        type: 'string',
        default: '',
        placeholder: 'e.g. bat_…',
        description: 'Only checks of this batch',
      },
      {
        displayName: 'Patient',
        name: 'patient',
        type: 'string',
        default: '',
        placeholder: 'e.g. pat_…',
        description: 'Only checks of this patient',
      },
      {
        displayName: 'State',
        name: 'state',
        type: 'options',
        options: [
          { name: 'Answered', value: 'answered', description: 'The payer has answered' },
          { name: 'By Phone', value: 'byPhone', description: 'The payer answers on the telephone only' },
          { name: 'Exception', value: 'exception', description: 'A person is needed, and the item is still open' },
          { name: 'Failed', value: 'failed', description: 'No answer could be had' },
          { name: 'Open', value: 'open', description: 'Not asked yet' },
          { name: 'Pending', value: 'pending', description: 'Asked; the answer has not come yet' },
          { name: 'Rejected', value: 'rejected', description: 'The payer refuses the question until it is corrected' },
        ],
        default: 'exception',
        description: 'Only checks in this state',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/eligibility/checks');
}

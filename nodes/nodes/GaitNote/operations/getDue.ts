// Lists documents that are due, by reference, kind and day.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'note', operation: 'getDue' }, [
  ...limitFields,
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      {
        displayName: 'Kind',
        name: 'kind',
        type: 'options',
        options: [
          { name: 'Certification', value: 'certification' },
          { name: 'Discharge Summary', value: 'dischargeSummary' },
          { name: 'Note', value: 'note' },
          { name: 'Progress Report', value: 'progressReport' },
          { name: 'Recertification', value: 'recertification' },
          { name: 'Signature', value: 'signature' },
        ],
        default: 'note',
      },
      {
        displayName: 'State',
        name: 'state',
        type: 'options',
        options: [
          { name: 'Later', value: 'later' },
          { name: 'Overdue', value: 'overdue' },
          { name: 'Soon', value: 'soon' },
          { name: 'Unknown', value: 'unknown' },
        ],
        default: 'overdue',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/documentation/due');
}

// Lists those who wait: references, wishes and since when, no name.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';
import { priorityOptions } from './priorities';

export const description = fieldsOf({ resource: 'entry', operation: 'getAll' }, [
  ...limitFields,
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      { displayName: 'Priority', name: 'priority', type: 'options', options: priorityOptions, default: 'urgent' },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/waitlist/entries');
}

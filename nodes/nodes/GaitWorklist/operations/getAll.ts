// Reads work items: kind, role, priority, reason and due time, no record.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';
import { kindOptions, roleOptions } from './choices';

export const description = fieldsOf({ resource: 'workItem', operation: 'getAll' }, [
  ...limitFields,
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      { displayName: 'Kind', name: 'kind', type: 'options', options: kindOptions, default: 'authorization.request' },
      { displayName: 'Role', name: 'role', type: 'options', options: roleOptions, default: 'frontDesk' },
      {
        displayName: 'Status',
        name: 'status',
        type: 'options',
        options: [
          { name: 'Closed', value: 'closed' },
          { name: 'Decided', value: 'decided' },
          { name: 'Open', value: 'open' },
        ],
        default: 'open',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/work-items');
}

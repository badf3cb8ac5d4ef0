// Reads where the authorizations of the clinic stand, page by page: structure only.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'authorization', operation: 'getAll' }, [
  ...limitFields,
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add filter',
    default: {},
    options: [
      {
        displayName: 'Payer',
        name: 'payer',
        type: 'string',
        default: '',
        description: 'Only authorizations of this payer, by its ID',
      },
      {
        displayName: 'State',
        name: 'state',
        type: 'string',
        default: '',
        placeholder: 'e.g. pending',
        description: 'Only authorizations whose request is in this state',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/authorizations');
}

// Lists closed sessions of which no note was drafted yet, by reference and day.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getMany, limitFields } from '../../../shared/pages';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'note', operation: 'getUndrafted' }, limitFields);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await getMany.call(this, '/v1/notes/undrafted');
}

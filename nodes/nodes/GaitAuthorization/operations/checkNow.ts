// Lets the workflows of these authorizations look now instead of at their next planned time.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { authorizationField, postAuthorizations } from './authorizations';

export const description = fieldsOf({ resource: 'authorization', operation: 'checkNow' }, [authorizationField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await postAuthorizations.call(this, '/v1/authorizations/check-now');
}

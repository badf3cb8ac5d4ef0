// Puts authorizations under watch: one durable workflow each. Tracking one again tells its workflow that something changed.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { authorizationField, postAuthorizations } from './authorizations';

export const description = fieldsOf({ resource: 'authorization', operation: 'track' }, [authorizationField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await postAuthorizations.call(this, '/v1/authorizations/track');
}

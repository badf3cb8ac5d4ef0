// Has claims followed, one durable workflow each, until they are paid, appealed or written off. Again: their workflow looks anew.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { askAboutClaims, claimField } from './claims';

export const description = fieldsOf({ resource: 'claim', operation: 'track' }, [claimField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askAboutClaims.call(this, '/v1/claims/track');
}

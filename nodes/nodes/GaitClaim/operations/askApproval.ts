// Asks a biller to approve claims, and tells of each how that stands; an approved one carries what the node that sends it needs.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { askAboutClaims, claimField } from './claims';

export const description = fieldsOf({ resource: 'claim', operation: 'askApproval' }, [claimField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askAboutClaims.call(this, '/v1/claims/submissions');
}

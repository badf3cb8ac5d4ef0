// Has claims checked against the rules and the chart: how many findings stand, never what a claim says.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { askAboutClaims, claimField } from './claims';

export const description = fieldsOf({ resource: 'claim', operation: 'check' }, [claimField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askAboutClaims.call(this, '/v1/claims/scrubs');
}

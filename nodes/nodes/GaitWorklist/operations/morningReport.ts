// Makes the morning report of today: one list, sorted by what is lost first, each line with its reason. Structure only.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem } from '../../../shared/operation';

export const description: INodeProperties[] = [];

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async () => ({
    ask: async () => await gaitRequest.call(this, 'POST', '/v1/morning-report', { body: {} }),
    outputs: (answer) => [answer],
  }));
}

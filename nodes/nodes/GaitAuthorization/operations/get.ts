// Reads where one authorization stands: structure only, no record.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { authorizationField } from './authorizations';

export const description = fieldsOf({ resource: 'authorization', operation: 'get' }, [authorizationField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const subject = requiredText.call(this, 'authorization', 'Authorization', itemIndex);
    return {
      subject,
      ask: async () => await gaitRequest.call(this, 'GET', `/v1/authorizations/${encodeURIComponent(subject)}`),
      outputs: (body) => [body],
    };
  });
}

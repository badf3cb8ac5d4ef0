// Tells how far a message has come: structure only, never its words.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { messageField } from './message';

export const description = fieldsOf({ resource: 'message', operation: 'get' }, [messageField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const message = requiredText.call(this, 'message', 'Message', itemIndex);
    return {
      subject: message,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/messages/get', { body: { message } }),
      outputs: (body) => [body],
    };
  });
}

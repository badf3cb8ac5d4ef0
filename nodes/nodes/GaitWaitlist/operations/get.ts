// Tells how far a freed slot has come: structure only.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectField } from '../../../shared/adapter';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'slot', operation: 'get' }, [
  subjectField('Slot', 'slot', '={{ $json.slot }}', 'The reference of the freed slot, as the operation "Open" gives it'),
]);

/** @returns per input item the slot with its phase, counts and ledger */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const slot = requiredText.call(this, 'slot', 'Slot', itemIndex);
    return {
      subject: slot,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/waitlist/slots/get', { body: { slot } }),
      outputs: (body) => [body],
    };
  });
}

// Queues the reminders that are due, once per run however many items come in: whom to remind is Gait's to find.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf, refuse } from '../../../shared/operation';
import { listOf } from '../../../shared/values';

export const description = fieldsOf({ resource: 'message', operation: 'remind' }, [
  {
    displayName: 'Each booked visit is reminded of once, from so many hours before it as the clinic has set (48 if it has not).',
    name: 'remindNotice',
    type: 'notice',
    default: '',
  },
]);

/** @returns one item per visit `{visit, patient, message, outcome}`; none when nothing is due */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const reply = await gaitRequest.call(this, 'POST', '/v1/messages/reminders', { body: {} });
  if (!reply.ok) return [refuse.call(this, reply.refusal, 0)];
  return listOf(reply.body, 'items').map((json) => ({ json, pairedItem: { item: 0 } }));
}

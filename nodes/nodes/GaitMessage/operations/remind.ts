// Queues the reminders of visits that are due.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { askOnce, noticeFor } from './lane';

export const description = noticeFor(
  'remind',
  'Each booked visit is reminded of once, from so many hours before it as the clinic has set (48 if it has not).',
);

/** @returns one item per visit `{visit, patient, message, outcome}`; none when nothing is due */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askOnce.call(this, '/v1/messages/reminders');
}

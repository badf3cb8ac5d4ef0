// Queues the reminders of home programs that are agreed for today.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { askOnce, noticeFor } from './lane';

export const description = noticeFor(
  'remindExercise',
  'Each home program is reminded of once on each of its days. A program of which nothing was heard for too long becomes a work item of the therapist.',
);

/** @returns one item per program `{patient, program, message, outcome}`; none when nothing is due */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askOnce.call(this, '/v1/care/exercise-reminders');
}

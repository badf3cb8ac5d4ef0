// Tells of plans of care that end: the therapist first, the patient once the therapist has decided.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { askOnce, noticeFor } from './lane';

export const description = noticeFor(
  'tellPlans',
  'The therapist gets a work item in time; the patient hears of it once the therapist has decided. Each is told once per plan.',
);

/** @returns one item per notice `{patient, outcome, structure, refs}`; none when nothing is due */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askOnce.call(this, '/v1/care/plans');
}

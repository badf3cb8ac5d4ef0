// Sends the form and how to prepare to whoever has booked a first visit.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { askOnce, noticeFor } from './lane';

export const description = noticeFor(
  'askForms',
  'Who has booked a first visit hears when it is and where the form is, once, and once more if it stays empty. Whom onboarding welcomes is not asked twice.',
);

/** @returns one item per first visit `{patient, visit, outcome, structure, refs}`; none when nothing is due */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askOnce.call(this, '/v1/care/forms');
}

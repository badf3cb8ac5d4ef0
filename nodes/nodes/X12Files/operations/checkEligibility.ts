// Asks payers what a patient's plan covers; all items of a connection go together, each is answered by itself.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { checkFields, runChecks } from '../../../shared/checks';

export const description = checkFields('eligibility');

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runChecks.call(this, 'x12Files', 'x12Files.eligibility.check');
}

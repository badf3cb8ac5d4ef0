// Asks the payer how a submitted request stands. Reading changes nothing there.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading, subjectField } from '../../../shared/adapter';
import { fieldsOf, requiredText } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'serviceReview', operation: 'get' }, [
  subjectField('Authorization', 'authorization', '={{ $json.item }}', 'The authorization whose request is looked up'),
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'availity', 'availity.serviceReview.get', (itemIndex) => ({
    subject: requiredText.call(this, 'authorization', 'Authorization', itemIndex),
  }));
}

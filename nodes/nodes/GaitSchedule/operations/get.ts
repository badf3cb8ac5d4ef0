// Tells how far a series has come: references, hours and reasons, no name.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectField } from '../../../shared/adapter';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'series', operation: 'get' }, [
  subjectField('Series', 'series', '={{ $json.series }}', 'The reference of the series, as the operation "Propose" gives it'),
]);

/** @returns per input item the series with its visits, what found no place, and how near to the best it is */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const series = requiredText.call(this, 'series', 'Series', itemIndex);
    return {
      subject: series,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/schedule/series/get', { body: { series } }),
      outputs: (body) => [body],
    };
  });
}

// Makes the morning report: one list, sorted by what is lost first, each line with its reason. Structure only.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'morningReport', operation: 'make' }, [
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Date',
        name: 'date',
        type: 'string',
        default: '',
        placeholder: 'e.g. 2026-05-12',
        description: 'The day of the report (YYYY-MM-DD) in the time zone of the clinic. Today when left out.',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const date: unknown = this.getNodeParameter('options.date', itemIndex, '');
    const body = typeof date === 'string' && date !== '' ? { date } : {};
    return {
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/morning-report', { body }),
      outputs: (answer) => [answer],
    };
  });
}

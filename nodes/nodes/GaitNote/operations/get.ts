// Tells how far a note has come: state and counts, never its words.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectField } from '../../../shared/adapter';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'note', operation: 'get' }, [
  subjectField('Note', 'note', '={{ $json.note }}', 'The reference of the note, as an earlier Gait node gives it'),
]);

/** @returns per input item what "Draft" gives */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const note = requiredText.call(this, 'note', 'Note', itemIndex);
    return {
      subject: note,
      ask: async () => await gaitRequest.call(this, 'GET', `/v1/notes/${encodeURIComponent(note)}`),
      outputs: (facts) => [facts],
    };
  });
}

// Writes a document from a closed session: asked again it is the same document; nobody but a clinician signs it.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { subjectField } from '../../../shared/adapter';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { collection } from '../../../shared/values';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'note', operation: 'draft' }, [
  subjectField('Session', 'session', '={{ $json.session }}', 'The closed session, as "List Undrafted" gives it'),
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Kind',
        name: 'kind',
        type: 'options',
        options: [
          { name: 'Daily Note', value: 'daily' },
          { name: 'Discharge Summary', value: 'discharge' },
          { name: 'Evaluation', value: 'evaluation' },
          { name: 'Letter to the Physician', value: 'letter' },
          { name: 'Plan of Care', value: 'plan-of-care' },
          { name: 'Progress Report', value: 'progress' },
          { name: 'Recertification', value: 'recertification' },
        ],
        default: 'daily',
        description: 'What kind of document. Left out: the one that the session asks for.',
      },
    ],
  },
]);

/** @returns per input item `{note, kind, state, revision, findings, gaps, missing, maySign, writtenBy}`, counts and no words */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const session = requiredText.call(this, 'session', 'Session', itemIndex);
    const body: IDataObject = { session, ...collection.call(this, 'options', itemIndex) };
    return {
      subject: session,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/notes/drafts', { body }),
      outputs: (facts) => [facts],
    };
  });
}

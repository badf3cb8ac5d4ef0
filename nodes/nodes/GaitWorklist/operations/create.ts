// Puts a thing to do on the list of a role. The same subject, reason and key never make a second item.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { eachItem, fieldsOf, requiredText } from '../../../shared/operation';
import { collection } from '../../../shared/values';
import { roleOptions } from './choices';

export const description = fieldsOf({ resource: 'workItem', operation: 'create' }, [
  {
    displayName:
      'The item is a thing to do: a person answers done or not done, and nothing of the authorization changes by it.',
    name: 'taskNotice',
    type: 'notice',
    default: '',
  },
  {
    displayName: 'Subject',
    name: 'subject',
    type: 'string',
    required: true,
    default: '={{ $json.authorization }}',
    description: 'The authorization or the patient the item is about, as its reference',
  },
  {
    displayName: 'Reason',
    name: 'reason',
    type: 'string',
    required: true,
    default: '',
    placeholder: 'e.g. payer.asksEvaluation',
    description: 'Why a person is needed, as a code of letters, digits, dots and dashes. A sentence could name a person, so Gait takes none.',
  },
  {
    displayName: 'Key',
    name: 'key',
    type: 'string',
    required: true,
    default: '={{ $json.authorization }}',
    description: 'What makes this item one and the same when the flow runs again, together with its subject and its reason',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      { displayName: 'Due', name: 'dueAt', type: 'string', default: '', placeholder: 'e.g. 2026-05-12T16:00:00Z', description: 'When it should be done, as an instant with its zone' },
      {
        displayName: 'Role',
        name: 'role',
        type: 'options',
        options: roleOptions,
        default: 'frontDesk',
        description: 'Who gets it',
      },
    ],
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const subject = requiredText.call(this, 'subject', 'Subject', itemIndex);
    const { role, dueAt } = collection.call(this, 'options', itemIndex);
    const body: IDataObject = {
      subject,
      reason: requiredText.call(this, 'reason', 'Reason', itemIndex),
      key: requiredText.call(this, 'key', 'Key', itemIndex),
      ...(role === undefined ? {} : { role }),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
    return {
      subject,
      ask: async () => await gaitRequest.call(this, 'POST', '/v1/work-items', { body }),
      outputs: (answer) => [answer],
    };
  });
}

// Gait Record Trigger: the start of a flow that hears of new and changed records. Publishing the flow registers it.
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
  IHookFunctions,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow';
import { claimRecords } from './claim';
import { isRegistered, register, unregister } from './listener';

export class GaitRecordTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Record Trigger',
    name: 'gaitRecordTrigger',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["kinds"].join(", ") }}',
    description: 'Starts the flow when a system brings new or changed records; one item per record, as a reference',
    eventTriggerDescription: 'Gait tells published flows only: publish this flow, or pin an item here to try it',
    activationMessage: 'This flow now hears of new records of your clinic.',
    defaults: { name: 'Gait Record' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure'],
    // Gait waits for the end: a flow that broke off is told of the same records again.
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'lastNode', responseData: 'noData', path: 'records' }],
    properties: [
      {
        displayName:
          'While this flow is published, Gait reads the connection by itself: dropped files and pushed messages at once, systems that must be asked every minute.',
        name: 'watchNotice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Records',
        name: 'kinds',
        type: 'multiOptions',
        required: true,
        options: [
          { name: 'Appointment', value: 'appointments' },
          { name: 'Authorization', value: 'authorizations' },
          { name: 'Charge', value: 'charges' },
          { name: 'Note', value: 'notes' },
          { name: 'Outcome Score', value: 'outcomes' },
          { name: 'Patient', value: 'patients' },
          { name: 'Reply of a Patient', value: 'replies' },
        ],
        default: ['patients'],
        description: 'Which records the flow hears of',
      },
      {
        displayName: 'Only New',
        name: 'onlyNew',
        type: 'boolean',
        default: false,
        description: 'Whether the flow starts for records that were added and not for those that changed',
      },
      {
        displayName: 'Connection Name',
        name: 'connection',
        type: 'string',
        default: '',
        placeholder: 'e.g. WebPT',
        description: 'The connection whose records count. Empty: those of every connection of the clinic.',
      },
    ],
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return await isRegistered.call(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return await register.call(this);
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return await unregister.call(this);
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return await claimRecords.call(this);
  }
}

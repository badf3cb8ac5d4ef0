// Gait Step: the start of a flow that answers a step. Publishing the flow registers it; each call is claimed once.
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
  IHookFunctions,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow';
import { stepOptions } from '../../shared/steps';
import { claimCall } from './claim';
import { isRegistered, register, unregister } from './listener';

export class GaitStepTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Step Trigger',
    name: 'gaitStepTrigger',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["step"] }}',
    description: 'Starts the flow when Gait asks this step; one item per reference it asks about',
    eventTriggerDescription: 'Gait asks published flows only: publish this flow, or pin an item here to try it',
    activationMessage: 'This flow now answers the step for your clinic.',
    defaults: { name: 'Gait Step' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure'],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'step' }],
    properties: [
      {
        displayName:
          'One published flow answers a step for a clinic. End it with the Gait Step Answer node, and let every item reach it.',
        name: 'stepNotice',
        type: 'notice',
        default: '',
      },
      {
        displayName:
          'Gait asks the published flow only. "Listen for test event" waits without end: to try the flow, pin an item of an earlier run on this node, or publish it and look at its executions.',
        name: 'testNotice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Step',
        name: 'step',
        type: 'options',
        noDataExpression: true,
        required: true,
        options: stepOptions,
        default: 'authorization.submit',
        description: 'The question this flow answers',
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
    return await claimCall.call(this);
  }
}

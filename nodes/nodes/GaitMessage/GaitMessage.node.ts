// Gait Message: queues messages to patients by reference and hands them to the clinic's vendor under a permit.
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  INodeListSearchResult,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { runOperation } from '../../shared/operation';
import * as askForms from './operations/askForms';
import * as deliver from './operations/deliver';
import * as get from './operations/get';
import * as queue from './operations/queue';
import * as remind from './operations/remind';
import * as remindExercise from './operations/remindExercise';
import * as tellPlans from './operations/tellPlans';

const operations = { message: { askForms, deliver, get, queue, remind, remindExercise, tellPlans } };

export class GaitMessage implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Message',
    name: 'gaitMessage',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Queue messages to patients by reference and hand them to a vendor, each once and by the rules',
    defaults: { name: 'Gait Message' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Message', value: 'message' }],
        default: 'message',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['message'] } },
        options: [
          {
            name: 'Ask for Forms',
            value: 'askForms',
            action: 'Ask for the forms of first visits',
            description: 'Send the form and how to prepare to whoever has booked a first visit, each once',
          },
          {
            name: 'Deliver',
            value: 'deliver',
            action: 'Deliver a message',
            description: 'Hand a message to a vendor over the channel that the step names, once and under a permit',
          },
          { name: 'Get', value: 'get', action: 'Get a message', description: 'Tell how far a message has come' },
          {
            name: 'Queue',
            value: 'queue',
            action: 'Queue a message',
            description: 'Write a message for an occasion, once; the rules decide when it goes and how',
          },
          {
            name: 'Queue Exercise Reminders',
            value: 'remindExercise',
            action: 'Queue the reminders of home programs',
            description: 'Write the reminders of the home programs that are agreed for today, each once',
          },
          {
            name: 'Queue Reminders',
            value: 'remind',
            action: 'Queue the reminders of visits',
            description: 'Write the reminders of all visits for which it is time, each once',
          },
          {
            name: 'Tell of Plans That End',
            value: 'tellPlans',
            action: 'Tell of plans that end',
            description: 'Tell the therapist in time, and the patient once the therapist has decided, each once',
          },
        ],
        default: 'queue',
      },
      ...askForms.description,
      ...deliver.description,
      ...get.description,
      ...queue.description,
      ...remind.description,
      ...remindExercise.description,
      ...tellPlans.description,
    ],
  };

  methods = {
    listSearch: {
      async getConnections(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
        const { system } = deliver.carrierOf(this.getCurrentNodeParameter('carrier'));
        return await connectionSearch(system).call(this, filter);
      },
    },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

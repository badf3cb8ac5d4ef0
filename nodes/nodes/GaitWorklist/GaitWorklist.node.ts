// Gait Worklist: what a person must decide or do, and the list that stands ready before the first patient.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as create from './operations/create';
import * as getAll from './operations/getAll';
import * as morningReport from './operations/morningReport';

const operations = { workItem: { create, getAll }, morningReport: { make: morningReport } };

export class GaitWorklist implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Worklist',
    name: 'gaitWorklist',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Read and add work items for people, and make the morning report',
    defaults: { name: 'Gait Worklist' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Morning Report', value: 'morningReport' },
          { name: 'Work Item', value: 'workItem' },
        ],
        default: 'workItem',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['workItem'] } },
        options: [
          {
            name: 'Create',
            value: 'create',
            action: 'Create work item',
            description: 'Put something on the list of a role',
          },
          {
            name: 'Get Many',
            value: 'getAll',
            action: 'Get many work items',
            description: 'Read the open items of the clinic',
          },
        ],
        default: 'getAll',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['morningReport'] } },
        options: [
          {
            name: 'Make',
            value: 'make',
            action: 'Make morning report',
            description: 'Sort what needs people today by what is lost first',
          },
        ],
        default: 'make',
      },
      ...create.description,
      ...getAll.description,
      ...morningReport.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

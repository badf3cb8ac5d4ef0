// Gait Waitlist: offers freed visits to those who wait, one after the other by rank, and keeps the list; references only.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as create from './operations/create';
import * as get from './operations/get';
import * as getAll from './operations/getAll';
import * as open from './operations/open';

const operations = { entry: { create, getAll }, slot: { get, open } };

export class GaitWaitlist implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Waitlist',
    name: 'gaitWaitlist',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Offer freed visits to patients who wait, one after the other by rank, and keep the waitlist by reference',
    defaults: { name: 'Gait Waitlist' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'ledger', 'wishes'],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Entry', value: 'entry' },
          { name: 'Slot', value: 'slot' },
        ],
        default: 'slot',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['slot'] } },
        options: [
          {
            name: 'Get',
            value: 'get',
            action: 'Get a slot',
            description: 'Tell how far a freed slot has come, with one line for each who waited',
          },
          {
            name: 'Open',
            value: 'open',
            action: 'Open a slot',
            description: 'Rank those who wait for a freed visit and ask the first, once per visit',
          },
        ],
        default: 'open',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['entry'] } },
        options: [
          {
            name: 'Create',
            value: 'create',
            action: 'Create an entry',
            description: 'Put a patient on the waitlist; who waits for the same already stays as they are',
          },
          {
            name: 'Get Many',
            value: 'getAll',
            action: 'Get many entries',
            description: 'List those who wait, the longest wait first',
          },
        ],
        default: 'getAll',
      },
      ...create.description,
      ...get.description,
      ...getAll.description,
      ...open.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

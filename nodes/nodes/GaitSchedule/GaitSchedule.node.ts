// Gait Schedule: finds conflicts days ahead and proposes series of visits for staff to look through; references only.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as get from './operations/get';
import * as getAll from './operations/getAll';
import * as propose from './operations/propose';

const operations = { conflict: { getAll }, series: { get, propose } };

export class GaitSchedule implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Schedule',
    name: 'gaitSchedule',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Find conflicts days ahead and propose series of visits; staff accept or change them',
    defaults: { name: 'Gait Schedule' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['visits', 'unplaced', 'appointments', 'suggestion'],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Conflict', value: 'conflict' },
          { name: 'Series', value: 'series' },
        ],
        default: 'series',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['series'] } },
        options: [
          {
            name: 'Get',
            value: 'get',
            action: 'Get a series',
            description: 'Tell how far a series has come, visit by visit, and why what is missing found no place',
          },
          {
            name: 'Propose',
            value: 'propose',
            action: 'Propose a series',
            description: 'Seek places for the visits that a plan of care wants and lay them before the front desk; nothing is booked',
          },
        ],
        default: 'propose',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['conflict'] } },
        options: [
          {
            name: 'Get Many',
            value: 'getAll',
            action: 'Get many conflicts',
            description: 'Look through the schedule of the next two weeks; each conflict comes with a change that would mend it',
          },
        ],
        default: 'getAll',
      },
      ...get.description,
      ...getAll.description,
      ...propose.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

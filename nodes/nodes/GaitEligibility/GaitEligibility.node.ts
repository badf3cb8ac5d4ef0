// Gait Eligibility: starts coverage checks, shows how each one stands, and hands the benefits summaries to those who bill.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as checkNow from './operations/checkNow';
import * as deliver from './operations/deliver';
import * as getAll from './operations/getAll';
import * as start from './operations/start';

const operations = { batch: { start }, check: { checkNow, getAll }, summary: { deliver } };

export class GaitEligibility implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Eligibility',
    name: 'gaitEligibility',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Check what patients are covered for, and hand the benefits summaries to those who bill',
    defaults: { name: 'Gait Eligibility' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['summaries'],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Batch', value: 'batch' },
          { name: 'Check', value: 'check' },
          { name: 'Summary', value: 'summary' },
        ],
        default: 'batch',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['batch'] } },
        options: [
          {
            name: 'Start',
            value: 'start',
            action: 'Start batch',
            description: 'Check everybody whose coverage is due to be checked',
          },
        ],
        default: 'start',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['check'] } },
        options: [
          {
            name: 'Check Now',
            value: 'checkNow',
            action: 'Check patients now',
            description: 'Check the coverage of certain patients now, whatever is known of it',
          },
          {
            name: 'Get Many',
            value: 'getAll',
            action: 'Get many checks',
            description: 'See how coverage checks stand and what came of them',
          },
        ],
        default: 'checkNow',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['summary'] } },
        options: [
          {
            name: 'Deliver',
            value: 'deliver',
            action: 'Deliver summary',
            description: 'Put the benefits summaries of a check on the list of those who bill',
          },
        ],
        default: 'deliver',
      },
      ...checkNow.description,
      ...deliver.description,
      ...getAll.description,
      ...start.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

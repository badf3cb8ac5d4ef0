// Availity: service reviews (X12 278) through Gait, which holds the credentials, the permit and the records.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as create from './operations/create';
import * as get from './operations/get';
import * as inquire from './operations/inquire';
import * as voidReview from './operations/void';

const operations = { serviceReview: { create, get, inquire, void: voidReview } };

export class Availity implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Availity',
    name: 'availity',
    icon: { light: 'file:../../icons/availity.svg', dark: 'file:../../icons/availity.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Submit and follow authorization requests at payers through Availity, by reference only',
    defaults: { name: 'Availity' },
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
        options: [{ name: 'Service Review', value: 'serviceReview' }],
        default: 'serviceReview',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['serviceReview'] } },
        options: [
          {
            name: 'Create',
            value: 'create',
            action: 'Create service review',
            description: 'Submit the approved request to the payer',
          },
          {
            name: 'Get',
            value: 'get',
            action: 'Get service review',
            description: 'Ask how the payer has decided so far',
          },
          {
            name: 'Inquire',
            value: 'inquire',
            action: 'Inquire service review',
            description: 'Search the payer for a request whose fate is unknown',
          },
          {
            name: 'Void',
            value: 'void',
            action: 'Void service review',
            description: 'Withdraw a request from the payer',
          },
        ],
        default: 'create',
      },
      connectionField('availity'),
      ...create.description,
      ...get.description,
      ...inquire.description,
      ...voidReview.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('availity') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

// Availity: eligibility, claim status and service reviews (X12 270, 276, 278) through Gait, which holds credentials, permit and records.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as checkClaimStatus from './operations/checkClaimStatus';
import * as checkEligibility from './operations/checkEligibility';
import * as create from './operations/create';
import * as get from './operations/get';
import * as getConfiguration from './operations/getConfiguration';
import * as inquire from './operations/inquire';
import * as listPayers from './operations/listPayers';
import * as voidReview from './operations/void';

const operations = {
  claimStatus: { check: checkClaimStatus },
  configuration: { get: getConfiguration },
  eligibility: { check: checkEligibility },
  payer: { list: listPayers },
  serviceReview: { create, get, inquire, void: voidReview },
};

export class Availity implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Availity',
    name: 'availity',
    icon: { light: 'file:../../icons/availity.svg', dark: 'file:../../icons/availity.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Ask payers about coverage, claims and authorizations through Availity, by reference only',
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
        options: [
          { name: 'Claim Status', value: 'claimStatus' },
          { name: 'Configuration', value: 'configuration' },
          { name: 'Eligibility', value: 'eligibility' },
          { name: 'Payer', value: 'payer' },
          { name: 'Service Review', value: 'serviceReview' },
        ],
        default: 'serviceReview',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claimStatus'] } },
        options: [
          {
            name: 'Check',
            value: 'check',
            action: 'Check claim status',
            description: 'Ask the payer how a submitted claim stands',
          },
        ],
        default: 'check',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['configuration'] } },
        options: [
          {
            name: 'Get',
            value: 'get',
            action: 'Get configuration',
            description: 'Read what a payer demands of a transaction',
          },
        ],
        default: 'get',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['eligibility'] } },
        options: [
          {
            name: 'Check',
            value: 'check',
            action: 'Check eligibility',
            description: 'Ask the payers what the plans of patients cover',
          },
        ],
        default: 'check',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['payer'] } },
        options: [
          {
            name: 'List',
            value: 'list',
            action: 'List payers',
            description: 'List the payers that Availity reaches',
          },
        ],
        default: 'list',
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
      ...checkClaimStatus.description,
      ...checkEligibility.description,
      ...create.description,
      ...get.description,
      ...getConfiguration.description,
      ...inquire.description,
      ...listPayers.description,
      ...voidReview.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('availity') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

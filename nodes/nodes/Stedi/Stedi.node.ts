// Stedi: eligibility, claims, claim status and reports through Gait, which holds credentials, permit and records.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as checkClaimStatus from './operations/checkClaimStatus';
import * as checkEligibility from './operations/checkEligibility';
import * as getAcknowledgment from './operations/getAcknowledgment';
import * as getRemittance from './operations/getRemittance';
import * as submitClaim from './operations/submitClaim';

const operations = {
  claim: { submit: submitClaim },
  claimStatus: { check: checkClaimStatus },
  eligibility: { check: checkEligibility },
  report: { getAcknowledgment, getRemittance },
};

export class Stedi implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stedi',
    name: 'stedi',
    icon: { light: 'file:../../icons/stedi.svg', dark: 'file:../../icons/stedi.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Ask payers about coverage and claims through Stedi, by reference only',
    defaults: { name: 'Stedi' },
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
          { name: 'Claim', value: 'claim' },
          { name: 'Claim Status', value: 'claimStatus' },
          { name: 'Eligibility', value: 'eligibility' },
          { name: 'Report', value: 'report' },
        ],
        default: 'eligibility',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claim'] } },
        options: [
          { name: 'Submit', value: 'submit', action: 'Submit claim', description: 'Send the approved claim to the payer' },
        ],
        default: 'submit',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claimStatus'] } },
        options: [
          { name: 'Check', value: 'check', action: 'Check claim status', description: 'Ask the payer how a submitted claim stands' },
        ],
        default: 'check',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['eligibility'] } },
        options: [
          { name: 'Check', value: 'check', action: 'Check eligibility', description: 'Ask the payers what the plans of patients cover' },
        ],
        default: 'check',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['report'] } },
        options: [
          { name: 'Get Acknowledgment', value: 'getAcknowledgment', action: 'Get acknowledgment', description: 'Read how the payer received claims (277CA)' },
          { name: 'Get Remittance', value: 'getRemittance', action: 'Get remittance', description: 'Read what the payer paid (835)' },
        ],
        default: 'getAcknowledgment',
      },
      connectionField('stedi'),
      ...checkClaimStatus.description,
      ...checkEligibility.description,
      ...getAcknowledgment.description,
      ...getRemittance.description,
      ...submitClaim.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('stedi') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

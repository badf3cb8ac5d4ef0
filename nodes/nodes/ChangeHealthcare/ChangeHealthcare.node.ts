// Change Healthcare (Optum): eligibility, claims, claim status, reports and authorizations through Gait, which holds credentials, permit and records.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as checkClaimStatus from './operations/checkClaimStatus';
import * as checkEligibility from './operations/checkEligibility';
import * as createAuthorization from './operations/createAuthorization';
import * as deleteReport from './operations/deleteReport';
import * as getReport from './operations/getReport';
import * as inquireAuthorization from './operations/inquireAuthorization';
import * as listPayers from './operations/listPayers';
import * as listReports from './operations/listReports';
import * as submitClaim from './operations/submitClaim';
import * as validateClaim from './operations/validateClaim';

const operations = {
  authorization: { create: createAuthorization, inquire: inquireAuthorization },
  claim: { submit: submitClaim, validate: validateClaim },
  claimStatus: { check: checkClaimStatus },
  eligibility: { check: checkEligibility },
  payer: { list: listPayers },
  report: { delete: deleteReport, get: getReport, list: listReports },
};

export class ChangeHealthcare implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Change Healthcare',
    name: 'changeHealthcare',
    icon: { light: 'file:../../icons/changehealthcare.svg', dark: 'file:../../icons/changehealthcare.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Ask payers about coverage, claims and authorizations through Change Healthcare (Optum), by reference only',
    defaults: { name: 'Change Healthcare' },
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
          { name: 'Authorization', value: 'authorization' },
          { name: 'Claim', value: 'claim' },
          { name: 'Claim Status', value: 'claimStatus' },
          { name: 'Eligibility', value: 'eligibility' },
          { name: 'Payer', value: 'payer' },
          { name: 'Report', value: 'report' },
        ],
        default: 'eligibility',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['authorization'] } },
        options: [
          { name: 'Create', value: 'create', action: 'Create authorization', description: 'Submit the approved request to the payer' },
          { name: 'Inquire', value: 'inquire', action: 'Inquire authorization', description: 'Ask the payer how a request stands' },
        ],
        default: 'create',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claim'] } },
        options: [
          { name: 'Submit', value: 'submit', action: 'Submit claim', description: 'Send the approved claim to the payer' },
          { name: 'Validate', value: 'validate', action: 'Validate claim', description: 'Check a claim at the clearinghouse without sending it on' },
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
        displayOptions: { show: { resource: ['payer'] } },
        options: [
          { name: 'List', value: 'list', action: 'List payers', description: 'List the payers that Change Healthcare reaches' },
        ],
        default: 'list',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['report'] } },
        options: [
          { name: 'Delete', value: 'delete', action: 'Delete report', description: 'Take a report away once it is kept' },
          { name: 'Get', value: 'get', action: 'Get report', description: 'Read a report into the vault' },
          { name: 'List', value: 'list', action: 'List reports', description: 'List what waits in the mailbox and was not read yet' },
        ],
        default: 'list',
      },
      connectionField('changeHealthcare'),
      ...checkClaimStatus.description,
      ...checkEligibility.description,
      ...createAuthorization.description,
      ...deleteReport.description,
      ...getReport.description,
      ...inquireAuthorization.description,
      ...listPayers.description,
      ...listReports.description,
      ...submitClaim.description,
      ...validateClaim.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('changeHealthcare') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

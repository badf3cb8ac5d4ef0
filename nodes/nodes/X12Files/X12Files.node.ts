// X12 Files: what a clearinghouse takes and leaves as files, through Gait, which holds credentials, permit and records.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as checkClaimStatus from './operations/checkClaimStatus';
import * as checkEligibility from './operations/checkEligibility';
import * as fetchFiles from './operations/fetchFiles';
import * as importClaims from './operations/importClaims';
import * as listAcknowledgments from './operations/listAcknowledgments';
import * as sendFile from './operations/sendFile';

const operations = {
  acknowledgment: { list: listAcknowledgments },
  claim: { import: importClaims },
  claimStatus: { check: checkClaimStatus },
  eligibility: { check: checkEligibility },
  file: { fetch: fetchFiles, send: sendFile },
};

export class X12Files implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'X12 Files',
    name: 'x12Files',
    icon: { light: 'file:../../icons/x12files.svg', dark: 'file:../../icons/x12files.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Exchange X12 files with a clearinghouse over a drop folder or SFTP, by reference only',
    defaults: { name: 'X12 Files' },
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
          { name: 'Acknowledgment', value: 'acknowledgment' },
          { name: 'Claim', value: 'claim' },
          { name: 'Claim Status', value: 'claimStatus' },
          { name: 'Eligibility', value: 'eligibility' },
          { name: 'File', value: 'file' },
        ],
        default: 'eligibility',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['acknowledgment'] } },
        options: [
          {
            name: 'List',
            value: 'list',
            action: 'List acknowledgments',
            description: 'Tell which of the files sent were accepted (TA1 and 999)',
          },
        ],
        default: 'list',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claim'] } },
        options: [
          {
            name: 'Import',
            value: 'import',
            action: 'Import claims',
            description: 'Take in the claims that your billing software left as files (837P)',
          },
        ],
        default: 'import',
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
            description: 'Ask the payer how a submitted claim stands (276 and 277)',
          },
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
          {
            name: 'Check',
            value: 'check',
            action: 'Check eligibility',
            description: 'Ask the payers what the plans of patients cover (270 and 271)',
          },
        ],
        default: 'check',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['file'] } },
        options: [
          {
            name: 'Fetch',
            value: 'fetch',
            action: 'Fetch files',
            description: 'Take in what the clearinghouse has left',
          },
          {
            name: 'Send',
            value: 'send',
            action: 'Send file',
            description: 'Leave an approved file for the clearinghouse',
          },
        ],
        default: 'fetch',
      },
      connectionField('x12Files'),
      ...checkClaimStatus.description,
      ...checkEligibility.description,
      ...fetchFiles.description,
      ...importClaims.description,
      ...listAcknowledgments.description,
      ...sendFile.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('x12Files') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

// Therabill: its exported files come in through the drop folder that Gait watches; what it must be told becomes a file and a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as exportClient from './operations/exportClient';
import * as importClaims from './operations/importClaims';
import * as importClients from './operations/importClients';
import * as importPayments from './operations/importPayments';
import * as importRemittances from './operations/importRemittances';
import * as sendRemittance from './operations/sendRemittance';

const operations = {
  claim: { import: importClaims },
  client: { export: exportClient, import: importClients },
  payment: { import: importPayments },
  remittance: { import: importRemittances, send: sendRemittance },
};

export class Therabill implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Therabill',
    name: 'therabill',
    icon: { light: 'file:../../icons/therabill.svg', dark: 'file:../../icons/therabill.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import exported claims, remittances, payments and clients as references and leave files for upload',
    defaults: { name: 'Therabill' },
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
          { name: 'Client', value: 'client' },
          { name: 'Payment', value: 'payment' },
          { name: 'Remittance', value: 'remittance' },
        ],
        default: 'claim',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['claim'] } },
        options: [
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new claims',
            description: 'Take in the claims that were exported since the last time (837P)',
          },
        ],
        default: 'import',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['client'] } },
        options: [
          {
            name: 'Export',
            value: 'export',
            action: 'Export client',
            description: 'Leave a patient for the client import, and ask a person to import it',
          },
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new clients',
            description: 'Take in the client lists that were exported since the last time',
          },
        ],
        default: 'import',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['payment'] } },
        options: [
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new payments',
            description: 'Post what patients paid, from the lists that were exported since the last time',
          },
        ],
        default: 'import',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['remittance'] } },
        options: [
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new remittances',
            description: 'Take in the remittances that were exported since the last time (835)',
          },
          {
            name: 'Send',
            value: 'send',
            action: 'Send remittance',
            description: 'Leave a remittance for upload, and ask a person to upload it',
          },
        ],
        default: 'import',
      },
      connectionField('therabill'),
      ...exportClient.description,
      ...importClaims.description,
      ...importClients.description,
      ...importPayments.description,
      ...importRemittances.description,
      ...sendRemittance.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('therabill') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

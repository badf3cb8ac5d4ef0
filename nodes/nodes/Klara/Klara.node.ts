// Klara: it has no interface for programs; a flow can ask whether it works, so that messages wait or go another way.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as getStatus from './operations/getStatus';

const operations = { status: { get: getStatus } };

export class Klara implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Klara',
    name: 'klara',
    icon: { light: 'file:../../icons/klara.svg', dark: 'file:../../icons/klara.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: "Ask Klara's public status page whether messages go through",
    defaults: { name: 'Klara' },
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
        options: [{ name: 'Status', value: 'status' }],
        default: 'status',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['status'] } },
        options: [
          {
            name: 'Get',
            value: 'get',
            action: 'Get the status',
            description: 'Read from its public page whether Klara works; nothing of the clinic goes there',
          },
        ],
        default: 'get',
      },
      connectionField('klara'),
      ...getStatus.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('klara') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

// Klara: it has no interface for programs; messages are left as tables for staff or the bridge, and a flow can ask whether it works.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { recordOperations } from '../../shared/records';
import * as getStatus from './operations/getStatus';

const { sendMessage } = recordOperations('klara');
const operations = { message: { send: sendMessage }, status: { get: getStatus } };

export class Klara implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Klara',
    name: 'klara',
    icon: { light: 'file:../../icons/klara.svg', dark: 'file:../../icons/klara.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Leave messages for Klara as tables for staff or your bridge, and ask whether Klara works',
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
        options: [
          { name: 'Message', value: 'message' },
          { name: 'Status', value: 'status' },
        ],
        default: 'message',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['message'] } },
        options: [
          {
            name: 'Send',
            value: 'send',
            action: 'Send a message',
            description: 'Leave the message as a table for staff or the bridge, once, if the rules let it go now',
          },
        ],
        default: 'send',
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
      ...sendMessage.description,
      ...getStatus.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('klara') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

// Gait Authorization: puts authorizations under watch, reads where they stand, and asks for a look before the next timer.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as checkNow from './operations/checkNow';
import * as get from './operations/get';
import * as getAll from './operations/getAll';
import * as track from './operations/track';

const operations = { authorization: { checkNow, get, getAll, track } };

export class GaitAuthorization implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Authorization',
    name: 'gaitAuthorization',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Watch authorizations until they run out, and see where each one stands',
    defaults: { name: 'Gait Authorization' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Authorization', value: 'authorization' }],
        default: 'authorization',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['authorization'] } },
        options: [
          {
            name: 'Check Now',
            value: 'checkNow',
            action: 'Check authorization now',
            description: 'Ask the payer now instead of at the next planned time',
          },
          { name: 'Get', value: 'get', action: 'Get authorization', description: 'See where one authorization stands' },
          {
            name: 'Get Many',
            value: 'getAll',
            action: 'Get many authorizations',
            description: 'See where the authorizations of the clinic stand',
          },
          {
            name: 'Track',
            value: 'track',
            action: 'Track authorization',
            description: 'Watch until it runs out, and tell people in time',
          },
        ],
        default: 'track',
      },
      ...checkNow.description,
      ...get.description,
      ...getAll.description,
      ...track.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

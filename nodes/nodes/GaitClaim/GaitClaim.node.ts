// Gait Claim: has claims checked against the rules and followed, lays them before a biller and tells how their approval stands.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as askApproval from './operations/askApproval';
import * as check from './operations/check';
import * as track from './operations/track';

const operations = { claim: { askApproval, check, track } };

export class GaitClaim implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Claim',
    name: 'gaitClaim',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Check claims, follow them, and have them approved by a biller before they are sent, by reference only',
    defaults: { name: 'Gait Claim' },
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
        options: [{ name: 'Claim', value: 'claim' }],
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
            name: 'Ask for Approval',
            value: 'askApproval',
            action: 'Ask for approval of a claim',
            description: 'Put a claim on the list of those who bill, once, and see what they decided',
          },
          {
            name: 'Check',
            value: 'check',
            action: 'Check a claim',
            description: 'Hold a claim against the rules and the chart, and count what stands against it',
          },
          {
            name: 'Track',
            value: 'track',
            action: 'Track a claim',
            description: 'Follow a claim by a workflow of its own until it is paid, appealed or written off',
          },
        ],
        default: 'askApproval',
      },
      ...askApproval.description,
      ...check.description,
      ...track.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

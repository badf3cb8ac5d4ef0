// Gait Plan of Care: drafts plans from diagnosis, findings and the clinic's protocols, and says how far each has come; references only.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as draft from './operations/draft';
import * as get from './operations/get';

const operations = { plan: { draft, get } };

export class GaitPlanOfCare implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Plan of Care',
    name: 'gaitPlanOfCare',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Draft plans of care within authorization and benefits for a therapist to approve',
    defaults: { name: 'Gait Plan of Care' },
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
        options: [{ name: 'Plan', value: 'plan' }],
        default: 'plan',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['plan'] } },
        options: [
          {
            name: 'Draft',
            value: 'draft',
            action: 'Draft a plan',
            description: 'Propose a plan of care for a patient; a therapist edits and approves it',
          },
          { name: 'Get', value: 'get', action: 'Get a plan', description: 'Tell how far a plan of care has come' },
        ],
        default: 'draft',
      },
      ...draft.description,
      ...get.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

// Gait Step Answer: the end of a flow that answers a step. All items of the call go back in one answer.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { answerDescription, answerStep } from './answer';

export class GaitStepAnswer implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Step Answer',
    name: 'gaitStepAnswer',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{ $parameter["outcome"] }}',
    description: 'Gives Gait the answer to the step that started this flow',
    defaults: { name: 'Gait Step Answer' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    properties: answerDescription,
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await answerStep.call(this)];
  }
}

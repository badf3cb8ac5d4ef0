// Gait Patient: lays new patients before the front desk, with everything that is known and what is missing.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { runOperation } from '../../shared/operation';
import * as review from './operations/review';
import * as welcome from './operations/welcome';

const operations = { patient: { review, welcome } };

export class GaitPatient implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Patient',
    name: 'gaitPatient',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Lay new patients before the front desk in one work item each, by reference only',
    defaults: { name: 'Gait Patient' },
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
        options: [{ name: 'Patient', value: 'patient' }],
        default: 'patient',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['patient'] } },
        options: [
          {
            name: 'Ask for Review',
            value: 'review',
            action: 'Ask for review of a patient',
            description: 'Put a new patient on the list of the front desk, once, with what is known and what is missing',
          },
          {
            name: 'Ask for Welcome',
            value: 'welcome',
            action: 'Ask for welcome of a patient',
            description: 'Put a welcome message with the intake forms on the list of the front desk, once, ready to be sent',
          },
        ],
        default: 'review',
      },
      ...review.description,
      ...welcome.description,
    ],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

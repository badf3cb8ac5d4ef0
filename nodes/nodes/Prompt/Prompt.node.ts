// Prompt: its exported reports, or its API under a partner contract, come in as references; what it must be told becomes a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('prompt');
const operations = {
  report: { import: at.importAll },
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
  authorization: { import: at.importAuthorizations, record: at.recordAuthorization },
  note: { import: at.importNotes },
  charge: { import: at.importCharges },
};

export class Prompt implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Prompt',
    name: 'prompt',
    icon: { light: 'file:../../icons/prompt.svg', dark: 'file:../../icons/prompt.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import records of Prompt as references and hand staff the values to enter there',
    defaults: { name: 'Prompt' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('prompt')),
  };

  methods = { listSearch: { getConnections: connectionSearch('prompt') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

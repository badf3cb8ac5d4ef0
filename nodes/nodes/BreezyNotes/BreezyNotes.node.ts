// BreezyNotes: its exported tables come in as references; setting up a patient there becomes a work item with values to copy.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('breezyNotes');
const operations = {
  report: { import: at.importAll },
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
  note: { import: at.importNotes },
  charge: { import: at.importCharges },
};

export class BreezyNotes implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'BreezyNotes',
    name: 'breezyNotes',
    icon: { light: 'file:../../icons/breezynotes.svg', dark: 'file:../../icons/breezynotes.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import records of BreezyNotes as references and hand staff the values to enter there',
    defaults: { name: 'BreezyNotes' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('breezyNotes')),
  };

  methods = { listSearch: { getConnections: connectionSearch('breezyNotes') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

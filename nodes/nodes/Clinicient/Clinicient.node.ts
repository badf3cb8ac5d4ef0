// Clinicient: its exported reports and HL7 messages come in as references; what it must be told becomes a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('clinicient');
const operations = {
  report: { import: at.importAll },
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
  authorization: { import: at.importAuthorizations, record: at.recordAuthorization },
  note: { import: at.importNotes },
  charge: { import: at.importCharges },
};

export class Clinicient implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Clinicient (Net Health)',
    name: 'clinicient',
    icon: { light: 'file:../../icons/clinicient.svg', dark: 'file:../../icons/clinicient.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import records of Clinicient as references and hand staff the values to enter there',
    defaults: { name: 'Clinicient' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('clinicient')),
  };

  methods = { listSearch: { getConnections: connectionSearch('clinicient') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

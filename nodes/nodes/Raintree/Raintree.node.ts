// Raintree: its reports, HL7 messages or FHIR resources come in as references; what it must be told is written or becomes a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('raintree');
const operations = {
  report: { import: at.importAll },
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
  authorization: { import: at.importAuthorizations, record: at.recordAuthorization },
  note: { import: at.importNotes },
  charge: { import: at.importCharges },
};

export class Raintree implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Raintree',
    name: 'raintree',
    icon: { light: 'file:../../icons/raintree.svg', dark: 'file:../../icons/raintree.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import records of Raintree as references and tell it what changed',
    defaults: { name: 'Raintree' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('raintree')),
  };

  methods = { listSearch: { getConnections: connectionSearch('raintree') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

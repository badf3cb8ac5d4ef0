// Jane App: patients and appointments come in as references over its API, which lets nobody write appointments.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('janeApp');
const operations = {
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
};

export class JaneApp implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Jane App',
    name: 'janeApp',
    icon: { light: 'file:../../icons/janeapp.svg', dark: 'file:../../icons/janeapp.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import patients and appointments of Jane App as references and hand staff the values to enter there',
    defaults: { name: 'Jane App' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('janeApp')),
  };

  methods = { listSearch: { getConnections: connectionSearch('janeApp') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

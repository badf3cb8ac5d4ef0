// Therabill: its exported files come in through the drop folder that Gait watches; what it must be told becomes a file and a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';
import * as createPatient from './operations/createPatient';
import * as sendRemittance from './operations/sendRemittance';

const at = recordOperations('therabill');
const importPatients = {
  ...at.importPatients,
  says: 'Take in the client lists that were exported since the last time; those nobody knows become patients',
};
const operations = {
  claim: { import: at.importClaims },
  patient: { import: importPatients, create: createPatient },
  payment: { import: at.importPayments },
  remittance: { import: at.importRemittances, send: sendRemittance },
};

export class Therabill implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Therabill',
    name: 'therabill',
    icon: { light: 'file:../../icons/therabill.svg', dark: 'file:../../icons/therabill.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import exported claims, remittances, payments and patients as references and leave files for upload',
    defaults: { name: 'Therabill' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('therabill')),
  };

  methods = { listSearch: { getConnections: connectionSearch('therabill') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

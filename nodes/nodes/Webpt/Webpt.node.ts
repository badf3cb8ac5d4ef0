// WebPT: exported reports come in through the drop folder that Gait watches; what WebPT must be told becomes a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';
import * as importCharts from './operations/importCharts';
import * as listReports from './operations/listReports';

const at = recordOperations('webpt');
const operations = {
  report: { import: at.importAll, list: listReports },
  patient: { import: at.importPatients, create: at.createPatient, update: at.updatePatient },
  appointment: { import: at.importAppointments },
  authorization: { import: at.importAuthorizations, record: at.recordAuthorization },
  note: { import: at.importNotes },
  charge: { import: at.importCharges },
  chart: { import: importCharts },
};

export class Webpt implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WebPT',
    name: 'webpt',
    icon: { light: 'file:../../icons/webpt.svg', dark: 'file:../../icons/webpt.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import exported WebPT reports as references and hand staff the values to enter in WebPT',
    defaults: { name: 'WebPT' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('webpt')),
  };

  methods = { listSearch: { getConnections: connectionSearch('webpt') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

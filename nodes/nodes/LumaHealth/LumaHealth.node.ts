// Luma Health: patients and appointments come in as references, messages go out under a permit.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import { fieldsFor, recordOperations } from '../../shared/records';

const at = recordOperations('lumaHealth');
const operations = {
  patient: { import: at.importPatients },
  appointment: { import: at.importAppointments },
  message: { send: at.sendMessage },
};

export class LumaHealth implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Luma Health',
    name: 'lumaHealth',
    icon: { light: 'file:../../icons/lumahealth.svg', dark: 'file:../../icons/lumahealth.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import patients and appointments of Luma Health as references and send messages through it',
    defaults: { name: 'Luma Health' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: fieldsFor(operations, connectionField('lumaHealth')),
  };

  methods = { listSearch: { getConnections: connectionSearch('lumaHealth') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}

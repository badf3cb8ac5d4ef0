// Asks the front desk to welcome new patients and to send them the forms: those of all items together, each once.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf } from '../../../shared/operation';
import { askAboutPatients, patientField } from './patients';

export const description = fieldsOf({ resource: 'patient', operation: 'welcome' }, [patientField]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await askAboutPatients.call(this, '/v1/patients/welcomes');
}

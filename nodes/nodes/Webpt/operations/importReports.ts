// Reads the reports dropped since the last time. The records go to the vault; one reference per changed authorization comes out.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'report', operation: 'import' }, [
  {
    displayName:
      'Gait reads the drop folder of the connection and maps its columns by the profile of the clinic. Nothing comes out when there is no new report.',
    name: 'importNotice',
    type: 'notice',
    default: '',
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'webpt', 'webpt.reports.import', () => ({}));
}

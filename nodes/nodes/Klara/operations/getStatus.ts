// Asks Klara's public status page how it stands.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runReading } from '../../../shared/adapter';
import { fieldsOf } from '../../../shared/operation';

export const description = fieldsOf({ resource: 'status', operation: 'get' }, [
  {
    displayName:
      'Klara offers no interface to programs: messages are left as tables in the folder of the connection, for staff or your bridge.',
    name: 'klaraNotice',
    type: 'notice',
    default: '',
  },
]);

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  return await runReading.call(this, 'klara', 'klara.status.get', () => ({}));
}

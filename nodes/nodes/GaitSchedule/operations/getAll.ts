// Lists the conflicts of the days ahead, once per run however many items come in.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldsOf, refuse } from '../../../shared/operation';
import { listOf } from '../../../shared/values';
import { gaitRequest } from '../../../transport/request';

export const description = fieldsOf({ resource: 'conflict', operation: 'getAll' }, [
  {
    displayName: 'Lay Before Staff',
    name: 'lay',
    type: 'boolean',
    default: false,
    description:
      'Whether each conflict becomes an item for the front desk, once, and the items of mended ones are closed. Weeks with too few visits become none: propose a series for them.',
  },
]);

/** @returns one item per conflict `{id, rule, date, patient, appointments, words, suggestion, workItem}`; none when all is well */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const body = { lay: this.getNodeParameter('lay', 0, false) === true };
  const reply = await gaitRequest.call(this, 'POST', '/v1/schedule/conflicts', { body });
  if (!reply.ok) return [refuse.call(this, reply.refusal, 0)];
  return listOf(reply.body, 'conflicts').map((json) => ({ json, pairedItem: { item: 0 } }));
}

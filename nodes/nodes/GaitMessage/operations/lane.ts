// What every operation does that takes no record: it asks once per run however many items come in, for whom is Gait's to find.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../../../transport/request';
import { fieldsOf, refuse } from '../../../shared/operation';
import { listOf } from '../../../shared/values';

/** A notice in place of fields. */
export function noticeFor(operation: string, displayName: string): INodeProperties[] {
  return fieldsOf({ resource: 'message', operation }, [
    { displayName, name: `${operation}Notice`, type: 'notice', default: '' },
  ]);
}

/** @returns one item per record that was told of; none when nothing is due */
export async function askOnce(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  const reply = await gaitRequest.call(this, 'POST', path, { body: {} });
  if (!reply.ok) return [refuse.call(this, reply.refusal, 0)];
  return listOf(reply.body, 'items').map((json) => ({ json, pairedItem: { item: 0 } }));
}

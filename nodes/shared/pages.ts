// Lists of Gait: all of them or up to a limit, following the server's cursor.
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../transport/request';
import { eachItem } from './operation';
import { collection, listOf } from './values';

// The server's most; a list without a cursor comes as one page.
const perPage = 500;

/** "Return All" and "Limit", as every list of n8n has them. */
export const limitFields: INodeProperties[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    displayOptions: { show: { returnAll: [false] } },
    default: 50,
    description: 'Max number of results to return',
  },
];

/** Reads `{items, next}` pages of `path` with the node's filters; one output per entry. */
export async function getMany(this: IExecuteFunctions, path: string): Promise<INodeExecutionData[]> {
  return await eachItem.call(this, async (itemIndex) => {
    const filters = collection.call(this, 'filters', itemIndex);
    const wanted = this.getNodeParameter('returnAll', itemIndex, false)
      ? Infinity
      : Number(this.getNodeParameter('limit', itemIndex, 50));
    return {
      ask: async () => {
        const entries: IDataObject[] = [];
        let cursor: string | undefined;
        do {
          const limit = Math.min(perPage, wanted - entries.length);
          const reply = await gaitRequest.call(this, 'GET', path, {
            qs: { ...filters, limit, ...(cursor === undefined ? {} : { cursor }) },
          });
          if (!reply.ok) return reply;
          entries.push(...listOf(reply.body, 'items'));
          cursor = typeof reply.body.next === 'string' ? reply.body.next : undefined;
        } while (cursor !== undefined && entries.length < wanted);
        return { ok: true, body: { items: entries.slice(0, wanted) } };
      },
      outputs: (body) => listOf(body, 'items'),
    };
  });
}

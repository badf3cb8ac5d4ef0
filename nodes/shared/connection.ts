// The field that names a connection of the clinic: chosen from the list, or given by name or id.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { gaitRequest } from '../transport/request';
import type { Caller } from '../transport/request';
import { refusalOf } from '../transport/refusal';
import type { Refusal } from '../transport/refusal';
import { isDataObject, listOf } from './values';

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
}

/** The connection field of a node that talks to one system. */
export function connectionField(system: string): INodeProperties {
  return {
    displayName: 'Connection',
    name: 'connection',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    description: 'The connection of this clinic. Its credentials stay in Gait.',
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        placeholder: 'Choose a connection…',
        typeOptions: { searchListMethod: 'getConnections', searchable: true },
      },
      { displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${system}` },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. conn_…',
        validation: [
          {
            type: 'regex',
            properties: {
              regex: '^conn_[0-9A-Za-z]{22}$',
              errorMessage: 'An id starts with "conn_" and has 22 letters or digits after it',
            },
          },
        ],
      },
    ],
  };
}

function isConnection(value: IDataObject): value is IDataObject & { id: string; name: string } {
  return typeof value.id === 'string' && typeof value.name === 'string';
}

/** The clinic's connections to one system, as the server lists them. */
export async function connectionsOf(
  caller: Caller,
  system: string,
): Promise<{ ok: true; connections: Connection[] } | { ok: false; refusal: Refusal }> {
  const reply = await gaitRequest.call(caller, 'GET', '/v1/connections', { qs: { system } });
  if (!reply.ok) return reply;
  const connections = listOf(reply.body, 'connections')
    .filter(isConnection)
    .map(({ id, name, mode }) => ({ id, name, mode: typeof mode === 'string' ? mode : 'unknown' }));
  return { ok: true, connections };
}

/**
 * Gives a function that resolves the connection of an item to its id. Names are looked up once per execution, so that a template
 * can name a connection before the clinic's ids exist.
 */
export function connectionResolver(
  context: IExecuteFunctions,
  system: string,
): (itemIndex: number) => Promise<string | Refusal> {
  let listed: ReturnType<typeof connectionsOf> | undefined;
  return async (itemIndex) => {
    const chosen: unknown = context.getNodeParameter('connection', itemIndex);
    const { mode, value } = isDataObject(chosen) ? chosen : { mode: 'name', value: chosen };
    const wanted = typeof value === 'string' ? value.trim() : '';
    if (wanted === '') {
      return refusalOf('connection.unknown', {
        message: 'No connection is chosen',
        where: 'Connection',
        fix: 'Open the node and choose a connection from the list.',
      });
    }
    if (mode !== 'name') return wanted;
    listed ??= connectionsOf(context, system);
    const found = await listed;
    if (!found.ok) return found.refusal;
    const one = found.connections.find(({ name }) => name === wanted);
    if (one !== undefined) return one.id;
    const names = found.connections.map(({ name }) => `"${name}"`).join(', ');
    return refusalOf('connection.unknown', {
      message: `This clinic has no ${system} connection named "${wanted}"`,
      where: 'Connection',
      fix:
        names === ''
          ? `Ask an administrator to add a ${system} connection in the console.`
          : `Choose one of: ${names}.`,
    });
  };
}

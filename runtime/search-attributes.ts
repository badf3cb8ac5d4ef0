// Registers Gait's search attributes on a Temporal server that was not started with them.
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from './temporal-server.ts';

const types = proto.temporal.api.enums.v1.IndexedValueType;
const valueTypes = {
  Keyword: types.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: types.INDEXED_VALUE_TYPE_DATETIME,
  Bool: types.INDEXED_VALUE_TYPE_BOOL,
} as const;

/** Adds the attributes the namespace has not yet, over a connection of the caller. */
export async function addSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, valueTypes[type]]),
    ),
  });
}

/** The same for a server at an address; what is there already stays. */
export async function registerSearchAttributes(address: string): Promise<void> {
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  const connection = await Connection.connect({ address });
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.keys(searchAttributes).some((name) => !(name in known.customAttributes));
    if (missing) await addSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

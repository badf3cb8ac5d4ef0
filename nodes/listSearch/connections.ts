// Fills the connection list of a node from Gait's connection store: names and modes, never credentials.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectionsOf } from '../shared/connection';
import { refusalError } from '../transport/refusal';

/** The list search of a node for one system; `filter` is what the admin typed. */
export function connectionSearch(system: string) {
  return async function getConnections(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
    const found = await connectionsOf(this, system);
    if (!found.ok) throw refusalError(this.getNode(), found.refusal);
    const wanted = (filter ?? '').toLowerCase();
    const results = found.connections
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ id, name, mode }) => ({
        name: mode === 'shadow' ? `${name} (shadow: nothing is sent)` : name,
        value: id,
      }));
    return { results };
  };
}

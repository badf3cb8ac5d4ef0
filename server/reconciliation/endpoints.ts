// Reconciliation over HTTP: it runs every night by itself, a flow or an admin starts it at once; all see what the last one found.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { reconcileAndKeep, reconciliationShown } from './nightly.ts';
import type { ReconciliationNeeds } from './reconcile.ts';

/** `/v1/reconciliation`. */
export function reconciliationEndpoints(needs: ReconciliationNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/reconciliation',
      access: { kind: 'keyOrSession', capability: 'flows', roles: ['admin'] },
      query: { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } },
      handle: ({ clinic }) => reconciliationShown(needs.db, clinic, needs.now()),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/reconciliation',
      access: { kind: 'keyOrSession', capability: 'flows', roles: ['admin'] },
      body: { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } },
      handle: ({ clinic, principal }) => reconcileAndKeep(needs, clinic, principal),
    }),
  ];
}

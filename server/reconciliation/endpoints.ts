// Reconciliation over HTTP: a flow runs it on a schedule, an admin at once; both get counts and references.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { reconcileClinic } from './reconcile.ts';
import type { ReconciliationNeeds } from './reconcile.ts';

/** `/v1/reconciliation`. */
export function reconciliationEndpoints(needs: ReconciliationNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/reconciliation',
      access: { kind: 'keyOrSession', capability: 'flows', roles: ['admin'] },
      body: { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } },
      handle: ({ clinic, principal }) => reconcileClinic(needs, clinic, principal),
    }),
  ];
}

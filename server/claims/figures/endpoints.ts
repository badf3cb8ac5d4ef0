// Figures of claims over HTTP: for a flow by reference, for whoever bills with the therapists' names.
import { endpoint } from '../../http/endpoint.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { claimStatistics } from './statistics.ts';
import type { StatisticsNeeds } from './statistics.ts';

const query = {
  type: 'object',
  additionalProperties: false,
  properties: { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } },
} as const;

export function claimFigureEndpoints(needs: StatisticsNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/claims/statistics',
      access: { kind: 'key', capability: 'flows' },
      query,
      handle: async ({ clinic, query: { from = null, to = null }, principal }) => {
        const { therapists, ...statistics } = await claimStatistics(needs, clinic, { from, to }, principal);
        return { ...statistics, therapists: therapists.map(({ name: _name, ...figures }) => figures) };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/claims/statistics',
      access: { kind: 'session', roles: ['biller', 'admin'] },
      query,
      handle: ({ clinic, query: { from = null, to = null }, principal }) =>
        claimStatistics(needs, clinic, { from, to }, principal),
    }),
  ];
}

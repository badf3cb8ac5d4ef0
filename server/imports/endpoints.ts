// What the last imports brought, for an admin: counts by kind of report, and the rows that were refused, without a value of theirs.
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';

/** `/v1/admin/imports`. */
export function importEndpoints({ db }: Pick<Services, 'db'>): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/admin/imports',
      access: { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] },
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { clinic: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 100 } },
      },
      async handle({ query, clinic }) {
        const rows = await db
          .selectFrom('imports')
          .select(['id', 'connection', 'kind', 'counts', 'rejected', 'at'])
          .where('clinic', '=', clinic)
          .orderBy('at', 'desc')
          .orderBy('id')
          .limit(query.limit ?? 20)
          .execute();
        return {
          imports: rows.map(({ rejected, at, ...row }) => ({
            ...row,
            at: at.toISOString(),
            refused: rejected.length,
            rejected: rejected.slice(0, refusedRowsTold),
          })),
        };
      },
    }),
  ];
}

/** Enough to see what is wrong with a report; a report of another shape refuses every row alike. */
const refusedRowsTold = 50;

// Imports for an admin: what the last ones brought, how far the present ones are, and a new one started; refused rows without a value of theirs.
import type { Db } from '../database/tables.ts';
import { systemNames } from '../data-audit/records.ts';
import type { Audit } from '../audit/append.ts';
import { GaitError } from '../../domain/errors.ts';
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import { importsCsv } from './export.ts';
import { askForRun, runsOf } from './runs.ts';

interface Needs {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}

const admins = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;
const clinicOnly = { type: 'object', additionalProperties: false, properties: { clinic: { type: 'string' } } } as const;

/** `/v1/admin/imports`. */
export function importEndpoints(needs: Needs): Endpoint[] {
  const { db } = needs;
  return [
    endpoint({
      method: 'GET',
      path: '/v1/admin/imports',
      access: admins,
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
        const nameOf = await systemNames(db, clinic);
        const runs = await runsOf(db, clinic, query.limit ?? runsTold);
        return {
          runs: runs.map((run) => ({ ...run, connectionName: nameOf(run.connection) })),
          imports: rows.map(({ rejected, at, ...row }) => ({
            ...row,
            at: at.toISOString(),
            refused: rejected.length,
            rejected: rejected.slice(0, refusedRowsTold),
          })),
        };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/imports',
      access: admins,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['connection'],
        properties: { clinic: { type: 'string' }, connection: { type: 'string', minLength: 1, maxLength: 120 } },
      },
      async handle({ body, clinic, principal }) {
        const connection = await ptConnection(db, clinic, body.connection);
        return askForRun(needs, { clinic, connection }, principal);
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/admin/imports/export',
      access: admins,
      query: clinicOnly,
      handle: async ({ clinic }) => ({ csv: await importsCsv(db, clinic, await systemNames(db, clinic)) }),
    }),
  ];
}

/** A connection by its id or name. Throws `connection.unknown`, or `input.invalid` where its system hands over no records. */
export async function ptConnection(db: Db, clinic: string, named: string): Promise<string> {
  const row = await db
    .selectFrom('connections')
    .select(['id', 'system'])
    .where('clinic', '=', clinic)
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('id', '=', named), where('name', '=', named)]))
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('connection.unknown', 'This clinic has no such connection.', { where: 'connection' });
  if (ptSystemOf(row.system) === undefined)
    throw new GaitError('input.invalid', 'This connection is to a system that hands over no records.', {
      where: 'connection',
    });
  return row.id;
}

const runsTold = 10;
/** Enough to see what is wrong with a report; a report of another shape refuses every row alike. */
const refusedRowsTold = 50;

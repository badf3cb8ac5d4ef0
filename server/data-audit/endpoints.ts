// Data audits over HTTP, for admins: start one, see how far it is and what it found, take merged records apart.
import { findingsCsv } from '../../domain/data-audit/export.ts';
import { auditFields } from '../../domain/data-audit/book-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { linksCsv } from '../patient-links/export.ts';
import type { DataAudits } from './audits.ts';
import { openFindings } from './findings.ts';
import { systemNames } from './records.ts';
import { auditPage, findingPage } from './views.ts';
import type { DataAuditViewNeeds } from './views.ts';

const admins = { kind: 'session', roles: ['admin'] } as const;

interface Needs extends DataAuditViewNeeds {
  readonly audits: DataAudits;
}

/** `/v1/console/data-audit` and `/v1/console/patient-links`. */
export function dataAuditEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/data-audit',
      access: admins,
      handle: ({ clinic }) => auditPage(needs, clinic),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/data-audit',
      access: admins,
      body: { type: 'object', additionalProperties: false, properties: {} },
      handle: ({ clinic, principal }) => needs.audits.ask(clinic, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/data-audit/findings',
      access: admins,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          code: { type: 'string', maxLength: 40 },
          system: { type: 'string', maxLength: 60 },
          field: { enum: auditFields },
          limit: { type: 'integer', minimum: 1, maximum: 500 },
        },
      },
      handle: ({ clinic, query, principal }) => findingPage(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/data-audit/export',
      access: admins,
      async handle({ clinic }) {
        const nameOf = await systemNames(needs.db, clinic);
        return { csv: findingsCsv(await openFindings(needs.db, clinic), nameOf) };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/patient-links/export',
      access: admins,
      handle: async ({ clinic }) => ({ csv: await linksCsv(needs.db, clinic, await systemNames(needs.db, clinic)) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patient-links/:id/undo',
      access: admins,
      body: { type: 'object', additionalProperties: false, properties: {} },
      async handle({ clinic, params, principal }) {
        await needs.links.undo(clinic, params.id, principal);
        return { undone: true };
      },
    }),
  ];
}

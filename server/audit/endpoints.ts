// The audit chain for an admin: reading it page by page, and verifying it.
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import { actorOf } from '../http/principal.ts';
import type { Services } from '../services.ts';
import { verifyAudit } from './verify.ts';

const access = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;

/** `/v1/admin/audit`. */
export function auditEndpoints({ db, audit, keyring }: Services): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/admin/audit',
      access,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          clinic: { type: 'string' },
          subject: { type: 'string', maxLength: 400 },
          action: { type: 'string', maxLength: 80 },
          before: { type: 'integer', minimum: 1 },
          limit: { type: 'integer', minimum: 1, maximum: 500 },
        },
      },
      async handle({ query, clinic, principal }) {
        const limit = query.limit ?? 100;
        const { subject, action, before } = query;
        const rows = await db
          .selectFrom('audit_entries')
          .selectAll()
          .where('clinic', '=', clinic)
          .$if(subject !== undefined, (q) => q.where('subject', '=', subject ?? ''))
          .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
          .$if(before !== undefined, (q) => q.where('seq', '<', before ?? 0))
          .orderBy('seq', 'desc')
          .limit(limit)
          .execute();
        await audit.record({
          clinic,
          actor: actorOf(principal),
          action: 'audit.viewed',
          purpose: 'administration',
          details: { count: rows.length },
        });
        const entries = rows.map(({ details, at, ...row }) => {
          const parsed: unknown = JSON.parse(details);
          return { ...row, at: at.toISOString(), details: parsed };
        });
        return { entries, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/audit/verify',
      access,
      async handle({ clinic, principal }) {
        const report = await verifyAudit(db, keyring, clinic);
        await audit.record({
          clinic,
          actor: actorOf(principal),
          action: 'audit.verified',
          details: { entries: report.entries, broken: report.broken?.seq ?? null },
        });
        return report;
      },
    }),
  ];
}

// What a key may ask of itself, and what an admin may do with keys.
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';

/** `GET /v1/key`: the test of a credential. */
export function keyEndpoints({ db }: Services): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/key',
      access: { kind: 'key', capability: 'flows' },
      async handle({ principal, clinic }) {
        const row = await db
          .selectFrom('clinics')
          .select(['id', 'name'])
          .where('id', '=', clinic)
          .executeTakeFirstOrThrow();
        return {
          clinic: row,
          capabilities: principal.capabilities,
          key: { name: principal.name, expiresAt: principal.expiresAt?.toISOString() ?? null },
        };
      },
    }),
  ];
}

/** `/v1/admin/keys`. */
export function adminKeyEndpoints({ keys }: Services): Endpoint[] {
  const access = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;
  return [
    endpoint({
      method: 'GET',
      path: '/v1/admin/keys',
      access,
      handle: async ({ clinic }) => ({ keys: await keys.list(clinic) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/keys',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'capabilities'],
        properties: {
          clinic: { type: 'string' },
          name: { type: 'string', minLength: 1, maxLength: 80 },
          capabilities: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: ['flows', 'admin'] } },
          expiresAt: { type: ['string', 'null'], format: 'date-time' },
        },
      },
      async handle({ body, clinic, principal }) {
        const expiresAt = typeof body.expiresAt === 'string' ? new Date(body.expiresAt) : null;
        const made = await keys.create(
          { name: body.name, clinic, capabilities: body.capabilities, expiresAt },
          principal,
        );
        return { id: made.id, key: made.secret };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/keys/:id/revoke',
      access,
      async handle({ params, clinic, principal }) {
        await keys.revoke(clinic, params.id, principal);
        return { revoked: true };
      },
    }),
  ];
}

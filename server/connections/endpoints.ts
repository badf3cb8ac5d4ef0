// Connections: which there are (for a flow), and their care (for an admin). No endpoint tells a setting or a secret.
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';
import { agreementSchema } from './agreement.ts';

const access = { kind: 'keyOrSession', capability: 'admin', roles: ['admin'] } as const;
const secretsSchema = { type: 'object', additionalProperties: { type: 'string', maxLength: 8000 } } as const;

/** `/v1/connections` and `/v1/admin/connections`. */
export function connectionEndpoints({ connections }: Services): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/connections',
      access: { kind: 'key', capability: 'flows' },
      query: { type: 'object', additionalProperties: false, properties: { system: { type: 'string', maxLength: 40 } } },
      async handle({ clinic, query }) {
        const list = await connections.list(clinic, query.system === undefined ? {} : { system: query.system });
        return { connections: list.map(({ id, name, system, mode }) => ({ id, name, system, mode })) };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/admin/connections',
      access,
      handle: async ({ clinic }) => ({ connections: await connections.list(clinic) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'system', 'config', 'secrets', 'mode'],
        properties: {
          clinic: { type: 'string' },
          name: { type: 'string', minLength: 1, maxLength: 80 },
          system: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{1,39}$' },
          config: { type: 'object' },
          secrets: secretsSchema,
          agreement: agreementSchema,
          mode: { enum: ['live', 'shadow'] },
        },
      },
      async handle({ body, clinic, principal }) {
        const { name, system, mode, config, secrets, agreement } = body;
        return connections.add(
          clinic,
          { name, system, mode, config, secrets, agreement: agreement ?? null },
          principal,
        );
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/test',
      access,
      handle: ({ params, clinic, principal }) => connections.test(clinic, params.id, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/rotate',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['secrets'],
        properties: { clinic: { type: 'string' }, secrets: secretsSchema },
      },
      async handle({ params, body, clinic, principal }) {
        await connections.rotate(clinic, params.id, body.secrets, principal);
        return { rotated: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/mode',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['mode'],
        properties: { clinic: { type: 'string' }, mode: { enum: ['live', 'shadow'] } },
      },
      async handle({ params, body, clinic, principal }) {
        await connections.setMode(clinic, params.id, body.mode, principal);
        return { mode: body.mode };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/admin/connections/:id/agreement',
      access,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['agreement'],
        properties: { clinic: { type: 'string' }, agreement: agreementSchema },
      },
      async handle({ params, body, clinic, principal }) {
        await connections.setAgreement(clinic, params.id, body.agreement, principal);
        return { agreement: body.agreement };
      },
    }),
  ];
}

// Flows that hear of records: they register when they are published, and take what they are told.
import type { FromSchema } from 'json-schema-to-ts';
import { connectionNamed } from '../connections/named.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { flowSchema, forwardedCallSchema, namedFlow } from '../http/listening-flow.ts';
import { heardKinds } from './listeners.ts';
import type { Listeners } from './listeners.ts';
import { claimRecords } from './tell.ts';
import type { TellingNeeds } from './tell.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;

const listener = {
  type: 'object',
  additionalProperties: false,
  required: ['flow', 'url', 'kinds'],
  properties: {
    flow: flowSchema,
    url: { type: 'string', maxLength: 2000 },
    kinds: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: heardKinds } },
    connection: { type: 'string', minLength: 1, maxLength: 120 },
  },
} as const;

export function listenerEndpoints(needs: TellingNeeds & { readonly listeners: Listeners }): Endpoint[] {
  const { db, listeners } = needs;
  const listenerOf = async (clinic: string, { flow, url, kinds, connection }: FromSchema<typeof listener>) => ({
    flow: namedFlow(flow),
    url,
    kinds,
    connection: connection === undefined ? null : await connectionNamed(db, clinic, connection),
  });
  return [
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners',
      access: flowsKey,
      body: listener,
      async handle({ clinic, body, principal }) {
        return { listener: await listeners.register(clinic, await listenerOf(clinic, body), principal) };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners/find',
      access: flowsKey,
      body: listener,
      handle: async ({ clinic, body }) => ({ found: await listeners.find(clinic, await listenerOf(clinic, body)) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners/remove',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['flow'],
        properties: { flow: flowSchema, url: { type: 'string', maxLength: 2000 } },
      },
      async handle({ clinic, body, principal }) {
        await listeners.remove(clinic, { flow: body.flow.id, url: body.url ?? null }, principal);
        return { removed: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/claim',
      access: flowsKey,
      body: forwardedCallSchema(10_000),
      handle: ({ clinic, body, principal }) => claimRecords(needs, clinic, body, principal),
    }),
  ];
}

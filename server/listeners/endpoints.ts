// Flows that hear of records: they register when they are published, and take what they are told.
import { connectionNamed } from '../connections/named.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { heardKinds } from './listeners.ts';
import type { Listeners } from './listeners.ts';
import { claimRecords } from './tell.ts';
import type { TellingNeeds } from './tell.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;

const flow = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,36}$' }, name: { type: 'string', maxLength: 200 } },
} as const;

const listener = {
  type: 'object',
  additionalProperties: false,
  required: ['flow', 'url', 'kinds'],
  properties: {
    flow,
    url: { type: 'string', maxLength: 2000 },
    kinds: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: heardKinds } },
    connection: { type: 'string', minLength: 1, maxLength: 120 },
  },
} as const;

export function listenerEndpoints(needs: TellingNeeds & { readonly listeners: Listeners }): Endpoint[] {
  const { db, listeners } = needs;
  const connectionOf = async (clinic: string, name: string | undefined): Promise<string | null> =>
    name === undefined ? null : connectionNamed(db, clinic, name);
  return [
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners',
      access: flowsKey,
      body: listener,
      async handle({ clinic, body, principal }) {
        const { flow: of, url, kinds } = body;
        const connection = await connectionOf(clinic, body.connection);
        const named = { flow: { id: of.id, name: of.name ?? of.id }, url, kinds, connection };
        return { listener: await listeners.register(clinic, named, principal) };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners/find',
      access: flowsKey,
      body: listener,
      async handle({ clinic, body }) {
        const { flow: of, url, kinds } = body;
        const connection = await connectionOf(clinic, body.connection);
        return {
          found: await listeners.find(clinic, { flow: { id: of.id, name: of.name ?? of.id }, url, kinds, connection }),
        };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/listeners/remove',
      access: flowsKey,
      body: { type: 'object', additionalProperties: false, required: ['flow'], properties: { flow } },
      async handle({ clinic, body, principal }) {
        await listeners.remove(clinic, body.flow.id, principal);
        return { removed: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/records/claim',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['timestamp', 'signature', 'body'],
        properties: {
          timestamp: { type: 'string', maxLength: 20 },
          signature: { type: 'string', maxLength: 200 },
          body: { type: 'string', maxLength: 10_000 },
        },
      },
      handle: ({ clinic, body, principal }) => claimRecords(needs, clinic, body, principal),
    }),
  ];
}

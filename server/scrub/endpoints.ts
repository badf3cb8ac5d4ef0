// Claim checks over HTTP: flows have claims checked, people read what was found and may let a finding stand.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { overrideFinding } from './override.ts';
import { scrubClaims } from './scrub.ts';
import type { ScrubNeeds } from './scrub.ts';
import { claimBoard, claimPage, ruleEffectiveness } from './views.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const staff = { kind: 'session', roles: 'any' } as const;

export function scrubEndpoints(needs: ScrubNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/claims/scrubs',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['claims'],
        properties: {
          claims: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            uniqueItems: true,
            items: { type: 'string', minLength: 1, maxLength: 60 },
          },
        },
      },
      handle: async ({ clinic, body, principal }) => ({
        items: await scrubClaims(needs, clinic, body.claims, principal),
      }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/claims',
      access: staff,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          stands: { enum: ['all', 'blocked', 'findings', 'clean'] },
          limit: { type: 'integer', minimum: 1, maximum: 500 },
        },
      },
      handle: async ({ clinic, query, principal }) => ({ items: await claimBoard(needs, clinic, query, principal) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/claims/:claim',
      access: staff,
      handle: ({ clinic, params, principal }) => claimPage(needs, clinic, params.claim, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/claims/:claim/findings/:finding/override',
      access: { kind: 'session', roles: ['biller', 'therapist'] },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        properties: { reason: { type: 'string', minLength: 1, maxLength: 2000 } },
      },
      handle: ({ clinic, params, body, principal }) =>
        overrideFinding(needs, clinic, { claim: params.claim, key: params.finding, reason: body.reason }, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/scrub/rules',
      access: staff,
      handle: async ({ clinic }) => ({ items: await ruleEffectiveness(needs, clinic) }),
    }),
  ];
}

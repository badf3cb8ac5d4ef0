// Claims over HTTP for people: what was found and may stand, how claims and rules do, what was denied; flows have claims checked.
import { readCodeWords } from '../codes/code-words.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { claimBoard } from './board.ts';
import { decideSeverity, severityDecisions } from './decide-severity.ts';
import { denialList } from './denials.ts';
import { rulesPage } from './effectiveness.ts';
import { overrideFinding } from './override.ts';
import { claimPage } from './page.ts';
import { scrubClaims } from './scrub.ts';
import type { ScrubNeeds } from './scrub.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const staff = { kind: 'session', roles: 'any' } as const;
const billing = { kind: 'session', roles: ['biller', 'admin'] } as const;

export function scrubEndpoints(needs: ScrubNeeds): Endpoint[] {
  const words = readCodeWords();
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
          state: { enum: ['open', 'closed'] },
          limit: { type: 'integer', minimum: 1, maximum: 1000 },
        },
      },
      handle: ({ clinic, query, principal }) => claimBoard(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/claims/:claim',
      access: staff,
      handle: ({ clinic, params, principal }) => claimPage(needs, words, clinic, params.claim, principal),
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
      handle: ({ clinic, principal }) => rulesPage(needs, clinic, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/scrub/rules/decisions',
      access: { kind: 'session', roles: ['admin'] },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'variant', 'decision', 'reason'],
        properties: {
          rule: { type: 'string', minLength: 1, maxLength: 80 },
          variant: { type: ['string', 'null'], maxLength: 80 },
          decision: { enum: severityDecisions },
          reason: { type: 'string', minLength: 1, maxLength: 2000 },
        },
      },
      handle: async ({ clinic, body, principal }) => {
        const { severity, lowered } = await decideSeverity(needs, clinic, body, principal);
        return { severity, lowered };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/denials',
      access: billing,
      handle: async ({ clinic, principal }) => ({ items: await denialList(needs, words, clinic, principal) }),
    }),
  ];
}

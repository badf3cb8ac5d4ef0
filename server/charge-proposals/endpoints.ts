// Proposed charges over HTTP: a biller reads and decides.
import type { CaptureNeeds } from '../documentation/needs.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { declineReasons } from './tables.ts';
import { decideProposal, proposalsOf } from './views.ts';

export function chargeProposalEndpoints(needs: CaptureNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/charge-proposals',
      access: { kind: 'session', roles: ['biller', 'admin'] },
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          state: { enum: ['proposed', 'accepted', 'declined'] },
          patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
        },
      },
      handle: ({ clinic, query, principal }) => proposalsOf(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/charge-proposals/:session/decide',
      access: { kind: 'session', roles: ['biller', 'admin'] },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'decision'],
        properties: {
          revision: { type: 'integer', minimum: 1 },
          decision: { enum: ['accepted', 'declined'] },
          reason: { enum: declineReasons },
        },
      },
      handle: ({ clinic, params, body: { revision, decision, reason }, principal }) =>
        decideProposal(needs, clinic, params.session, { revision, decision, reason: reason ?? null }, principal),
    }),
  ];
}

// Claims over HTTP: a flow asks for their approval, and is told how each stands.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { askApprovals } from './submissions.ts';
import type { SubmissionNeeds } from './submissions.ts';

export function claimEndpoints(needs: SubmissionNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/claims/submissions',
      access: { kind: 'key', capability: 'flows' },
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
        items: await askApprovals(needs, clinic, body.claims, principal),
      }),
    }),
  ];
}

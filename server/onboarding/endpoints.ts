// New patients over HTTP: a flow asks that the front desk reviews and welcomes them.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { openReviews } from './review.ts';
import type { ReviewNeeds } from './review.ts';
import { openWelcomes } from './welcome.ts';

const named = {
  type: 'object',
  additionalProperties: false,
  required: ['patients'],
  properties: {
    patients: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      items: { type: 'string', minLength: 1, maxLength: 60 },
    },
  },
} as const;

export function onboardingEndpoints(needs: ReviewNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/patients/welcomes',
      access: { kind: 'key', capability: 'flows' },
      body: named,
      handle: async ({ clinic, body, principal }) => ({
        items: await openWelcomes(needs, clinic, body.patients, principal),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/patients/reviews',
      access: { kind: 'key', capability: 'flows' },
      body: named,
      handle: async ({ clinic, body, principal }) => ({
        items: await openReviews(needs, clinic, body.patients, principal),
      }),
    }),
  ];
}

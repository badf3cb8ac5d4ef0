// The one door to reading operations, for flows.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Checks } from '../eligibility/check.ts';
import type { Operations } from './operations.ts';

export function operationEndpoints({
  operations,
  checks,
}: {
  readonly operations: Operations;
  readonly checks: Checks;
}): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/operations',
      access: { kind: 'key', capability: 'flows' },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['operation', 'connection'],
        properties: {
          operation: { type: 'string', minLength: 1, maxLength: 80 },
          connection: { type: 'string', minLength: 1, maxLength: 120 },
          subject: { type: 'string', minLength: 1, maxLength: 60 },
          /** For operations on lists: each is answered by itself. */
          subjects: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            uniqueItems: true,
            items: { type: 'string', minLength: 1, maxLength: 60 },
          },
          options: {
            type: 'object',
            additionalProperties: false,
            properties: { limit: { type: 'integer', minimum: 1, maximum: 1000 } },
          },
        },
      },
      async handle({ clinic, body, principal }) {
        const { operation, connection, subject, subjects, options } = body;
        if (subjects !== undefined)
          return { results: await checks.run(clinic, { operation, connection, subjects }, principal) };
        return operations.run(
          clinic,
          {
            operation,
            connection,
            ...(subject === undefined ? {} : { subject }),
            ...(options?.limit === undefined ? {} : { options: { limit: options.limit } }),
          },
          principal,
        );
      },
    }),
  ];
}

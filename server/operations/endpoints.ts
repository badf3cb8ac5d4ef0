// The one door to reading operations, for flows.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Checks } from '../eligibility/check.ts';
import type { Operations } from './operations.ts';
import type { PayerOptions } from './reading.ts';

type Given = { readonly [Name in keyof PayerOptions]: PayerOptions[Name] | undefined };

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
            properties: {
              limit: { type: 'integer', minimum: 1, maximum: 1000 },
              payer: { type: 'string', minLength: 1, maxLength: 120 },
              transaction: { type: 'string', minLength: 1, maxLength: 40 },
            },
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
            ...(options === undefined ? {} : { options: given(options) }),
          },
          principal,
        );
      },
    }),
  ];
}

/** The options that were given: those left out are left out again. */
function given({ limit, payer, transaction }: Given): PayerOptions {
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(payer === undefined ? {} : { payer }),
    ...(transaction === undefined ? {} : { transaction }),
  };
}

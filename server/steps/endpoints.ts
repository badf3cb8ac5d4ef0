// Steps over HTTP: flows register, claim and answer; the worker asks.
import { stepNames } from '../../domain/step/call.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { flowSchema, forwardedCallSchema, namedFlow } from '../http/listening-flow.ts';
import { answerOf, stepAnswerSchema } from './answer.ts';
import type { Flows } from './flows.ts';
import type { Steps } from './steps.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;

const step = { enum: stepNames } as const;

const listener = {
  type: 'object',
  additionalProperties: false,
  required: ['step', 'flow', 'url', 'test'],
  properties: { step, flow: flowSchema, url: { type: 'string', maxLength: 2000 }, test: { type: 'boolean' } },
} as const;

export function stepEndpoints(needs: { readonly steps: Steps; readonly flows: Flows }): Endpoint[] {
  const { steps, flows } = needs;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/steps/flows',
      access: flowsKey,
      body: listener,
      handle: async ({ clinic, body, principal }) => ({
        listener: await flows.register(
          clinic,
          { step: body.step, flow: namedFlow(body.flow), url: body.url, test: body.test },
          principal,
        ),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/steps/flows/find',
      access: flowsKey,
      body: listener,
      handle: async ({ clinic, body }) => ({
        found: await flows.find(clinic, {
          step: body.step,
          flow: namedFlow(body.flow),
          url: body.url,
          test: body.test,
        }),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/steps/flows/remove',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['step', 'flow', 'test'],
        properties: { step, flow: flowSchema, url: { type: 'string' }, test: { type: 'boolean' } },
      },
      async handle({ clinic, body, principal }) {
        await flows.remove(clinic, { step: body.step, flow: { id: body.flow.id }, test: body.test }, principal);
        return { removed: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/steps/claim',
      access: flowsKey,
      body: forwardedCallSchema(500_000),
      handle: ({ clinic, body, principal }) => steps.claim(clinic, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/steps/answer',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['call', 'attempt', 'answers'],
        properties: {
          call: { type: 'string', minLength: 1, maxLength: 100 },
          attempt: { type: 'integer', minimum: 1 },
          answers: { type: 'array', maxItems: 1000, items: stepAnswerSchema },
        },
      },
      handle: async ({ clinic, body, principal }) => ({
        state: await steps.answer(clinic, body.call, body.attempt, body.answers.map(answerOf), principal),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/steps/ask',
      access: { kind: 'key', capability: 'worker' },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'call', 'attempt', 'step', 'items', 'deadline', 'activity'],
        properties: {
          clinic: { type: 'string' },
          call: { type: 'string', minLength: 1, maxLength: 100 },
          attempt: { type: 'integer', minimum: 1 },
          step,
          items: {
            type: 'array',
            minItems: 1,
            maxItems: 1000,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['item', 'structure'],
              properties: { item: { type: 'string', minLength: 1, maxLength: 100 }, structure: { type: 'object' } },
            },
          },
          deadline: { type: 'string', format: 'date-time' },
          activity: {
            type: 'object',
            additionalProperties: false,
            required: ['workflowId', 'runId', 'activityId'],
            properties: { workflowId: { type: 'string' }, runId: { type: 'string' }, activityId: { type: 'string' } },
          },
        },
      },
      handle: ({ clinic, body, principal }) => steps.ask({ ...body, clinic }, principal),
    }),
  ];
}

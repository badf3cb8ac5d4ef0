// Steps over HTTP: flows register, claim and answer; the worker asks.
import { errorTable, isErrorCode } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import { stepNames } from '../../domain/step/call.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Flows } from './flows.ts';
import type { Steps } from './steps.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;

const step = { enum: stepNames } as const;
const flow = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,36}$' }, name: { type: 'string', maxLength: 200 } },
} as const;

const listener = {
  type: 'object',
  additionalProperties: false,
  required: ['step', 'flow', 'url', 'test'],
  properties: { step, flow, url: { type: 'string', maxLength: 2000 }, test: { type: 'boolean' } },
} as const;

const errorCodes = Object.keys(errorTable).filter(isErrorCode);

const answerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['item'],
  properties: {
    item: { type: 'string', minLength: 1, maxLength: 100 },
    outcome: { type: 'string', pattern: '^[a-z][A-Za-z]{0,39}$' },
    structure: { type: 'object' },
    refs: { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 60 } },
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['code'],
      properties: { code: { enum: errorCodes } },
    },
  },
  oneOf: [{ required: ['outcome'] }, { required: ['error'] }],
} as const;

export function stepEndpoints(needs: { readonly steps: Steps; readonly flows: Flows }): Endpoint[] {
  const { steps, flows } = needs;
  const named = (body: { readonly flow: { readonly id: string; readonly name?: string } }) => ({
    id: body.flow.id,
    name: body.flow.name ?? body.flow.id,
  });
  return [
    endpoint({
      method: 'POST',
      path: '/v1/steps/flows',
      access: flowsKey,
      body: listener,
      handle: async ({ clinic, body, principal }) => ({
        listener: await flows.register(
          clinic,
          { step: body.step, flow: named(body), url: body.url, test: body.test },
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
        found: await flows.find(clinic, { step: body.step, flow: named(body), url: body.url, test: body.test }),
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
        properties: { step, flow, url: { type: 'string' }, test: { type: 'boolean' } },
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
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['timestamp', 'signature', 'body'],
        properties: {
          timestamp: { type: 'string', maxLength: 20 },
          signature: { type: 'string', maxLength: 200 },
          body: { type: 'string', maxLength: 500_000 },
        },
      },
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
          answers: { type: 'array', maxItems: 1000, items: answerSchema },
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

function answerOf(given: {
  readonly item: string;
  readonly outcome?: string;
  readonly structure?: object;
  readonly refs?: readonly string[];
  readonly error?: { readonly code: ErrorCode };
}): StepAnswer {
  if (given.error !== undefined) return { item: given.item, error: given.error };
  return {
    item: given.item,
    outcome: given.outcome ?? 'unknown',
    ...(given.structure === undefined ? {} : { structure: { ...given.structure } }),
    ...(given.refs === undefined ? {} : { refs: given.refs }),
  };
}

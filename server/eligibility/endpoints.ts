// Coverage checks over HTTP: batches and summaries for flows, chunks for the worker, pages for people.
import { GaitError } from '../../domain/errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { answerOf, stepAnswerSchema } from '../steps/answer.ts';
import type { Batches } from './batches.ts';
import type { Deliveries } from './deliver.ts';
import type { EligibilityRules } from './rules.ts';
import type { EligibilityViewNeeds } from './views.ts';
import { batchList, checkList, checkPage, checkStructures } from './views.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const worker = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: 'any' } as const;

const reference = { type: 'string', minLength: 1, maxLength: 60 } as const;
const chunkStep = { enum: ['eligibility.check', 'eligibility.deliver'] } as const;
const chunk = {
  clinic: { type: 'string' },
  batch: reference,
  chunk: { type: 'integer', minimum: 0 },
  step: chunkStep,
} as const;
const batchOf = {
  type: 'object',
  additionalProperties: false,
  required: ['clinic', 'batch'],
  properties: { clinic: { type: 'string' }, batch: reference },
} as const;

interface Needs extends EligibilityViewNeeds {
  /** A batch waits for Temporal to take it over. */
  readonly started: () => void;
  readonly rules: EligibilityRules;
  readonly batches: Batches;
  readonly deliveries: Deliveries;
}

export function eligibilityEndpoints(needs: Needs): Endpoint[] {
  return [...flowEndpoints(needs), ...workerEndpoints(needs), ...consoleEndpoints(needs)];
}

function flowEndpoints(needs: Needs): Endpoint[] {
  const { batches, deliveries } = needs;
  const begun = <T>(started: T): T => {
    needs.started();
    return started;
  };
  return [
    endpoint({
      method: 'POST',
      path: '/v1/eligibility/batches',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: {
          clinic: { type: 'string' },
          kind: { enum: ['overnight', 'new', 'asked'] },
          patients: { type: 'array', minItems: 1, maxItems: 500, uniqueItems: true, items: reference },
        },
      },
      async handle({ clinic, body: { kind, patients }, principal }) {
        if (kind === 'overnight') return begun(await batches.startOvernight(clinic, principal));
        if (kind === 'new') return begun(await batches.startNew(clinic, principal));
        if (patients === undefined)
          throw new GaitError('input.invalid', 'Nobody is named to be checked.', {
            where: 'patients',
            fix: 'Name the patients by their references.',
          });
        return begun(await batches.startAsked(clinic, patients, principal));
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/eligibility/checks',
      access: flows,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          clinic: { type: 'string' },
          state: { enum: ['open', 'pending', 'answered', 'rejected', 'failed', 'byPhone', 'exception'] },
          batch: reference,
          patient: reference,
          limit: { type: 'integer', minimum: 1, maximum: 500 },
          cursor: { type: 'string', pattern: '^[0-9]{1,9}$' },
        },
      },
      handle: ({ clinic, query }) => checkStructures(needs, clinic, query),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/eligibility/deliveries',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['checks'],
        properties: {
          clinic: { type: 'string' },
          checks: { type: 'array', minItems: 1, maxItems: 100, uniqueItems: true, items: reference },
        },
      },
      handle: async ({ clinic, body, principal }) => ({
        results: await deliveries.deliver(clinic, body.checks, principal),
      }),
    }),
  ];
}

function workerEndpoints({ batches }: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/worker/eligibility/plan',
      access: worker,
      body: batchOf,
      handle: ({ clinic, body }) => batches.plan(clinic, body.batch),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/eligibility/items',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'batch', 'chunk', 'step'],
        properties: chunk,
      },
      handle: async ({ clinic, body }) => ({ items: await batches.items(clinic, body.batch, body.chunk, body.step) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/eligibility/settle',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'batch', 'chunk', 'step', 'answers', 'giveUp'],
        properties: {
          ...chunk,
          answers: { type: 'array', maxItems: 100, items: stepAnswerSchema },
          giveUp: { type: ['string', 'null'], maxLength: 60 },
        },
      },
      handle: ({ clinic, body: { batch, chunk: number, step, answers, giveUp } }) =>
        batches.settle(clinic, { batch, chunk: number, step, answers: answers.map(answerOf), giveUp }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/eligibility/close',
      access: worker,
      body: batchOf,
      async handle({ clinic, body }) {
        await batches.close(clinic, body.batch);
        return {};
      },
    }),
  ];
}

function consoleEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/eligibility/words',
      access: staff,
      handle: () => Promise.resolve(needs.rules.words),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/eligibility/batches',
      access: staff,
      handle: async ({ clinic }) => ({ items: await batchList(needs, clinic) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/eligibility/checks',
      access: staff,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          state: { enum: ['answered', 'exception', 'waiting', 'all'] },
          batch: reference,
          from: { type: 'string', format: 'date' },
          limit: { type: 'integer', minimum: 1, maximum: 500 },
        },
      },
      handle: async ({ clinic, query, principal }) => ({ items: await checkList(needs, clinic, query, principal) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/eligibility/checks/:check',
      access: staff,
      handle: ({ clinic, params, principal }) => checkPage(needs, clinic, params.check, principal),
    }),
  ];
}

// The levers of the simulated payers: how fast they work, what becomes of a claim, what goes wrong with the next remittance.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever } from '../lever.ts';
import { outcomes } from './decide.ts';
import type { PayersDesk } from './desk.ts';
import { queueFaults } from './faults.ts';

const seconds = { type: 'number', minimum: 0 } as const;
const text = { type: 'string', minLength: 1 } as const;

const paceSchema = {
  anyOf: [
    { type: 'null' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['processSeconds', 'decideSeconds', 'paySeconds'],
      properties: { processSeconds: seconds, decideSeconds: seconds, paySeconds: seconds },
    },
  ],
} as const;

const paceBodySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['pace'],
  properties: { pace: paceSchema },
} as const;

const wantedSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    claims: { type: 'array', items: text },
    changes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'reference', 'cents'],
        properties: { reason: text, reference: { type: 'string' }, cents: { type: 'integer' } },
      },
    },
  },
} as const;

const outcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claim', 'outcome'],
  properties: { claim: text, outcome: { enum: outcomes } },
} as const;

const reconsiderSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claims'],
  properties: { claims: { type: 'array', minItems: 1, items: text } },
} as const;

/** Mounted at `/sandbox/adjudication`. */
export function adjudicationControl(desk: PayersDesk, now: () => Date): Router {
  const { store } = desk;
  const router = express.Router();
  router.use(express.json());

  router.get('/journal', (_request, response) => {
    desk.work(now());
    const claims = store.state.held.map(({ claim, ...one }) => ({
      claim: claim.number,
      payer: claim.payer.id,
      wire: one.wire,
      payerNumber: one.payerNumber,
      refusal: one.refusal,
      status: one.remitted?.status ?? one.decision?.status ?? null,
      chargeCents: claim.chargeCents,
      paidCents: one.remitted?.paidCents ?? null,
      frequency: claim.frequency,
      isReplaced: one.isReplaced,
      trace: one.trace,
    }));
    response.json({ claims, waiting: store.state.owed.length, pace: store.state.pace });
  });

  router.post(
    '/pace',
    lever(paceBodySchema, 'a pace has processSeconds, decideSeconds and paySeconds, or is null', (body, response) => {
      store.change({ pace: body.pace });
      response.json({ pace: body.pace });
    }),
  );

  router.post(
    '/outcome',
    lever(outcomeSchema, `an outcome names a claim and one of ${outcomes.join(', ')}`, (body, response) => {
      desk.choose(body.claim, body.outcome);
      response.json(body);
    }),
  );

  router.post(
    '/adjudicate',
    lever(
      wantedSchema,
      'name claims by their numbers, and changes by reason, reference and cents',
      (body, response) => {
        response.json({ traces: desk.adjudicate(body, now()) });
      },
    ),
  );

  router.post(
    '/reconsider',
    lever(reconsiderSchema, 'name the claims by their numbers', (body, response) => {
      response.json({ traces: desk.reconsider(body.claims, now()) });
    }),
  );

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"twice"}'));

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

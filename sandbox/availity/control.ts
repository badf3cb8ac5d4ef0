// The sandbox's own levers for Availity, outside the vendor's paths: journal, faults, scenarios and decisions.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever } from '../lever.ts';
import { queueFaults } from './faults.ts';
import { usualInquirySettings } from './inquiries.ts';
import type { Inquiries } from './inquiries.ts';
import { decisions, standing, toWire, usualScenario } from './reviews.ts';
import type { AvailityStore } from './store.ts';

const count = { type: ['integer', 'null'], minimum: 0 } as const;
const text = { type: ['string', 'null'] } as const;

const scenarioSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** A payer id, or `*` for all. */
    payer: { type: 'string', minLength: 1 },
    notReady: { type: 'integer', minimum: 0 },
    pended: count,
    decision: { type: 'string', minLength: 1 },
    visits: count,
    reasonCode: text,
    reasonText: text,
  },
} as const;

const decisionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'decision'],
  properties: {
    id: { type: 'string', minLength: 1 },
    decision: { enum: [...decisions, 'approved', 'partlyApproved', 'denied', 'pended', 'cancelled'] },
    visits: count,
    reasonCode: text,
    reasonText: text,
  },
} as const;

const inquirySettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    notReady: { type: 'integer', minimum: 0 },
    atOnce: { type: 'boolean' },
    latencyMilliseconds: { type: 'integer', minimum: 0, maximum: 60_000 },
    quota: count,
  },
} as const;

const codes: Readonly<Record<string, string>> = {
  approved: 'A1',
  partlyApproved: 'A2',
  denied: 'A3',
  pended: 'A4',
  cancelled: 'C',
};

/** Mounted at `/sandbox/availity`. */
export function availityControl(store: AvailityStore, inquiries: Inquiries): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/journal', (_request, response) => {
    const entries = store.journal().map((entry) => {
      const review = store.review(entry.id);
      const wire = review ? toWire(review) : {};
      const decided = review !== null && standing(review) === 'decided';
      const approved = decided && wire['certificationNumber'] !== undefined ? Number(wire['quantity']) : null;
      return {
        ...entry,
        certification: wire['certificationNumber'] ?? null,
        status: wire['statusCode'] ?? null,
        visitsApproved: approved,
      };
    });
    response.json({ posts: store.posts, entries });
  });

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"create"}'));

  router.post(
    '/scenario',
    lever(scenarioSchema, 'this is no scenario', (body, response) => {
      const { payer = '*', ...settings } = body;
      store.setScenario(payer, { ...usualScenario, ...settings });
      response.json({ payer, scenario: store.scenario(payer) });
    }),
  );

  router.post(
    '/decide',
    lever(decisionSchema, 'a decision names id and decision', (body, response) => {
      const review = store.review(body.id);
      if (!review) {
        response.status(404).json({ error: { code: 'reference.unknown', message: 'no such service review' } });
        return;
      }
      const decision = codes[body.decision] ?? body.decision;
      const scenario = {
        ...review.scenario,
        decision,
        visits: body.visits ?? null,
        reasonCode: body.reasonCode ?? null,
        reasonText: body.reasonText ?? null,
      };
      store.put({ ...review, decided: true, scenario });
      response.json({ id: review.id, decision });
    }),
  );

  router.get('/inquiries', (_request, response) => {
    response.json({ settings: inquiries.settings, counts: inquiries.counts, entries: inquiries.entries });
  });

  router.post(
    '/inquiries',
    lever(inquirySettingsSchema, 'these are no settings of inquiries', (body, response) => {
      inquiries.settings = { ...usualInquirySettings, ...body };
      response.json({ settings: inquiries.settings });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    inquiries.reset();
    response.json({ ok: true });
  });

  return router;
}

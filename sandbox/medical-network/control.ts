// A simulated clearinghouse's own levers, outside the vendor's paths: journal, faults, settings, reports.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever } from '../lever.ts';
import { queueFaults } from './faults.ts';
import type { NetworkStore } from './store.ts';

const count = { type: ['integer', 'null'], minimum: 0 } as const;
const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    latencyMilliseconds: { type: 'integer', minimum: 0, maximum: 60_000 },
    quota: count,
    concurrency: count,
    refusalStatus: { enum: [200, 400] },
    claimStatus: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['category', 'code'],
      properties: { category: { type: 'string' }, code: { type: 'string' } },
    },
    webhook: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['url', 'header', 'secret'],
      properties: {
        url: { type: 'string', pattern: '^https?://' },
        header: { type: 'string', minLength: 1 },
        secret: { type: 'string', minLength: 1 },
      },
    },
    certification: { type: 'string', minLength: 1 },
  },
} as const;

const reportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'content'],
  properties: { name: { type: 'string', minLength: 1 }, content: { type: 'string' } },
} as const;

/** Mounted at `/sandbox/<vendor>`. */
export function networkControl(store: NetworkStore): Router {
  const router = express.Router();
  router.use(express.json({ limit: '5mb' }));

  router.get('/journal', (_request, response) => {
    const { claims, authorizations, keys } = store.state;
    response.json({
      calls: store.calls,
      asked: store.asked,
      claims,
      authorizations,
      keys: keys.length,
      mostUnderWay: store.most,
    });
  });

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"eligibility"}'));

  router.post(
    '/settings',
    lever(settingsSchema, 'these are no settings', (body, response) => {
      store.settings = { ...store.settings, ...body };
      response.json(store.settings);
    }),
  );

  router.post(
    '/reports',
    lever(reportSchema, 'a report has name and content', (body, response) => {
      const others = store.state.reports.filter(({ name }) => name !== body.name);
      store.change({ reports: [...others, body] });
      response.json({ name: body.name });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

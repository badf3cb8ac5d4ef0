// The sandbox's own levers for the partner API, outside its paths: faults, its clock, records that change, calls that came.
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { faultLevers } from '../faults/queue.ts';
import { queueFaults } from './faults.ts';
import type { PartnerDependencies } from './router.ts';

const changeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'changes'],
  properties: {
    /** The API's own number of the record. */
    id: { type: 'string', minLength: 1 },
    changes: { type: 'object' },
  },
} as const;

const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { clockAheadSeconds: { type: 'integer' } },
} as const;

const ajv = new Ajv2020();
const isChange = ajv.compile<FromSchema<typeof changeSchema>>(changeSchema);
const isSettings = ajv.compile<FromSchema<typeof settingsSchema>>(settingsSchema);
const wrongBody = { error: { code: 'input.invalid', message: 'this is no such lever' } };

/** Mounted at `/sandbox/partner-api`. */
export function partnerApiControl({ store, now }: PartnerDependencies): Router {
  const router = express.Router();
  router.use(express.json());

  router.use(
    '/faults',
    faultLevers({
      waiting: () => store.faults,
      keep: (faults) => {
        store.setFaults(faults);
      },
      queue: queueFaults,
      example: '{"fault":"…","on":"patients"}',
    }),
  );

  router.get('/journal', (_request, response) => {
    response.json({ calls: store.calls });
  });

  router.post('/settings', (request, response) => {
    const body: unknown = request.body;
    if (!isSettings(body)) {
      response.status(400).json(wrongBody);
      return;
    }
    store.change(body);
    response.json({ ok: true });
  });

  router.post('/change', (request, response) => {
    const body: unknown = request.body;
    if (!isChange(body)) {
      response.status(400).json(wrongBody);
      return;
    }
    const at = new Date(now().getTime() + store.state.clockAheadSeconds * 1000).toISOString();
    store.change({ changes: [...store.state.changes, { id: body.id, at, wire: body.changes }] });
    response.json({ at });
  });

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

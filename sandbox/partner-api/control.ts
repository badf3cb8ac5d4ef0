// The sandbox's own levers for the partner API, outside its paths: faults, its clock, records that change, calls that came.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever } from '../lever.ts';
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

/** Mounted at `/sandbox/partner-api`. */
export function partnerApiControl({ store, now }: PartnerDependencies): Router {
  const router = express.Router();
  router.use(express.json());

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"patients"}'));

  router.get('/journal', (_request, response) => {
    response.json({ calls: store.calls });
  });

  router.post(
    '/settings',
    lever(settingsSchema, 'the only setting is clockAheadSeconds', (body, response) => {
      store.change(body);
      response.json({ ok: true });
    }),
  );

  router.post(
    '/change',
    lever(changeSchema, 'a change names the id of a record, and changes', (body, response) => {
      const at = new Date(now().getTime() + store.state.clockAheadSeconds * 1000).toISOString();
      store.change({ changes: [...store.state.changes, { id: body.id, at, wire: body.changes }] });
      response.json({ at });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

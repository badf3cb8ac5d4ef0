// The sandbox's own levers for the FHIR endpoint: clients and their keys, changes to records, merges, faults, settings, journal.
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { faultLevers } from '../faults/queue.ts';
import { lever, refuseLever } from '../lever.ts';
import { queueFaults } from './faults.ts';
import type { FhirStore } from './store.ts';

const text = { type: 'string', minLength: 1 } as const;
const whole = { type: 'integer', minimum: 0 } as const;

const clientSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['clientId', 'key'],
  properties: {
    clientId: text,
    /** A public JWK: `d` would be the private part. */
    key: { type: 'object', required: ['kty'], properties: { kty: text }, not: { required: ['d'] } },
  },
} as const;

/** `set` replaces elements (null takes one away); `secondsAgo` is a clock that is late, or ahead where it is negative. */
const changeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'id'],
  properties: {
    type: text,
    id: text,
    set: { type: 'object' },
    secondsAgo: { type: 'number' },
    remove: { type: 'boolean' },
  },
} as const;

const mergeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'into'],
  properties: { from: text, into: text },
} as const;

const resetSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { today: text, seed: whole, canary: text, patients: { type: 'integer', minimum: 1 } },
} as const;

const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    notReady: whole,
    tokenSeconds: whole,
    largestPage: { type: 'integer', minimum: 1 },
    openFiles: { type: 'boolean' },
    ignores: { type: 'array', items: text },
  },
} as const;

export type Reset = FromSchema<typeof resetSchema>;

/** Mounted at `/sandbox/fhir`. */
export function fhirControl(store: FhirStore, now: () => Date, reset: (wanted: Reset) => void): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/journal', (_request, response) => {
    response.json({ entries: store.journal, calls: Object.fromEntries(store.calls) });
  });

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"search"}'));

  router.post(
    '/clients',
    lever(clientSchema, 'a client has an id and a public key (JWK)', ({ clientId, key }, response) => {
      store.clients.set(clientId, key);
      response.json({ clientId });
    }),
  );

  router.post(
    '/change',
    lever(changeSchema, 'a change names type and id of a resource', (body, response) => {
      const before = store.find(body.type, body.id);
      if (before === null) {
        refuseLever(response, 'the resource to be changed is not there');
        return;
      }
      if (body.remove === true) {
        response.json({ removed: store.remove(body.type, body.id) });
        return;
      }
      const changed = Object.entries({ ...before, ...body.set }).filter(([, value]) => value !== null);
      const at = new Date(now().getTime() - (body.secondsAgo ?? 0) * 1000).toISOString();
      const { resourceType, id } = before;
      response.json(store.put({ ...Object.fromEntries(changed), resourceType, id }, at).meta);
    }),
  );

  router.post(
    '/merge',
    lever(mergeSchema, 'a merge names two patients', ({ from, into }, response) => {
      const before = store.find('Patient', from);
      if (before === null || store.find('Patient', into) === null) {
        refuseLever(response, 'a patient of the merge is not there');
        return;
      }
      const link = [{ other: { reference: `Patient/${into}` }, type: 'replaced-by' }];
      response.json(store.put({ ...before, active: false, link }).meta);
    }),
  );

  router.post(
    '/settings',
    lever(settingsSchema, 'these are no settings of the endpoint', (body, response) => {
      store.settings = { ...store.settings, ...body };
      response.json(store.settings);
    }),
  );

  router.post(
    '/reset',
    lever(resetSchema, 'a reset may name today, seed, canary and patients', (body, response) => {
      reset(body);
      response.json({ ok: true });
    }),
  );
  return router;
}

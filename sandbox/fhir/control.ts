// The sandbox's own levers for the FHIR endpoint: clients and their keys, changes to records, merges, faults, settings, journal.
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import type { Router } from 'express';
import type { JWK } from 'jose';
import type { FromSchema } from 'json-schema-to-ts';
import { faultLevers } from '../faults/queue.ts';
import { queueFaults } from './faults.ts';
import type { FhirStore, Settings } from './store.ts';

const text = { type: 'string', minLength: 1 } as const;
const whole = { type: 'integer', minimum: 0 } as const;

const clientSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['clientId', 'key'],
  properties: { clientId: text, key: { type: 'object' } },
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

const ajv = new Ajv2020();
const isClient = ajv.compile<{ clientId: string; key: JWK }>(clientSchema);
const isChange = ajv.compile<FromSchema<typeof changeSchema>>(changeSchema);
const isMerge = ajv.compile<FromSchema<typeof mergeSchema>>(mergeSchema);
const isReset = ajv.compile<Reset>(resetSchema);
const isSettings = ajv.compile<Partial<Settings>>(settingsSchema);

const wrong = (message: string) => ({ error: { code: 'input.invalid', message } });

/** Mounted at `/sandbox/fhir`. */
export function fhirControl(store: FhirStore, now: () => Date, reset: (wanted: Reset) => void): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/journal', (_request, response) => {
    response.json({ entries: store.journal, calls: Object.fromEntries(store.calls) });
  });

  router.use(
    '/faults',
    faultLevers({
      waiting: () => store.faults,
      keep: (faults) => {
        store.faults = faults;
      },
      queue: queueFaults,
      example: '{"fault":"…","on":"search"}',
    }),
  );

  router.post('/clients', (request, response) => {
    const body: unknown = request.body;
    if (!isClient(body) || 'd' in body.key) {
      response.status(400).json(wrong('a client has an id and a public key (JWK)'));
      return;
    }
    store.clients.set(body.clientId, body.key);
    response.json({ clientId: body.clientId });
  });

  router.post('/change', (request, response) => {
    const body: unknown = request.body;
    const before = isChange(body) ? store.find(body.type, body.id) : null;
    if (!isChange(body) || before === null) {
      response.status(400).json(wrong('a change names type and id of a resource that is there'));
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
  });

  router.post('/merge', (request, response) => {
    const body: unknown = request.body;
    const before = isMerge(body) ? store.find('Patient', body.from) : null;
    if (!isMerge(body) || before === null || store.find('Patient', body.into) === null) {
      response.status(400).json(wrong('a merge names two patients that are there'));
      return;
    }
    const link = [{ other: { reference: `Patient/${body.into}` }, type: 'replaced-by' }];
    response.json(store.put({ ...before, active: false, link }).meta);
  });

  router.post('/settings', (request, response) => {
    const body: unknown = request.body;
    if (!isSettings(body)) {
      response.status(400).json(wrong('these are no settings of the endpoint'));
      return;
    }
    store.settings = { ...store.settings, ...body };
    response.json(store.settings);
  });

  router.post('/reset', (request, response) => {
    const body: unknown = request.body;
    if (!isReset(body)) {
      response.status(400).json(wrong('a reset may name today, seed, canary and patients'));
      return;
    }
    reset(body);
    response.json({ ok: true });
  });
  return router;
}

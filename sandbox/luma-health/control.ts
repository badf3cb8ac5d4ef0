// The sandbox's own levers for Luma Health, outside the vendor's paths: faults, clock, opt-outs, records that change, and the journal.
import express from 'express';
import type { Router } from 'express';
import { faultLevers } from '../faults/queue.ts';
import { lever, refuseLever } from '../lever.ts';
import { knownAs } from '../rest/known-as.ts';
import { queueFaults } from './faults.ts';
import { appointmentId, lumaRecords, patientId } from './records.ts';
import type { LumaDependencies } from './router.ts';

const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    clockAheadSeconds: { type: 'integer' },
    envelope: { enum: ['response', 'resource'] },
    /** The clinic's own numbers of patients who want no messages. */
    optedOut: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
} as const;

const changeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['resource', 'number', 'changes'],
  properties: {
    resource: { enum: ['patients', 'appointments', 'messages'] },
    /** The clinic's own number of the patient or the visit; of a message Luma's. */
    number: { type: 'string', minLength: 1 },
    changes: { type: 'object' },
  },
} as const;

/** Mounted at `/sandbox/luma-health`. */
export function lumaHealthControl({ store, clinic, now }: LumaDependencies): Router {
  const router = express.Router();
  router.use(express.json());

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"messageCreate"}'));

  /** What was written, by resource, without anything that identifies a person; and how often each operation was called. */
  router.get('/journal', (_request, response) => {
    const written = store.state.written.map(({ resource, record }) => ({
      resource,
      id: record._id,
      secure: record['secure'] ?? null,
      status: record['status'] ?? null,
    }));
    response.json({ calls: store.calls, written });
  });

  router.get('/records', knownAs(clinic, { patientId, appointmentId }));

  router.post(
    '/settings',
    lever(settingsSchema, 'settings are clockAheadSeconds, envelope and optedOut', (body, response) => {
      const { optedOut, ...others } = body;
      store.change({ ...others, ...(optedOut === undefined ? {} : { optedOut: optedOut.map(patientId) }) });
      response.json({ ok: true });
    }),
  );

  router.post(
    '/change',
    lever(changeSchema, 'a change names resource, number and changes', (body, response) => {
      const { resource, number, changes } = body;
      const ids = { patients: patientId, appointments: appointmentId, messages: (own: string) => own };
      const id = ids[resource](number);
      const written = store.state.written.findLast(({ record }) => record._id === id)?.record;
      const record = written ?? lumaRecords(clinic())[resource].find(({ _id }) => _id === id);
      if (record === undefined) {
        refuseLever(response, 'there is no such record');
        return;
      }
      const updatedAt = new Date(now().getTime() + store.state.clockAheadSeconds * 1000).toISOString();
      store.change({ written: [...store.state.written, { resource, record: { ...record, ...changes, updatedAt } }] });
      response.json({ id });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

// The sandbox's own levers for Jane, outside the vendor's paths: faults, clocks, limits, changes of appointments, webhooks that go out.
import { createHmac, randomUUID } from 'node:crypto';
import express from 'express';
import type { Router } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import { faultLevers } from '../faults/queue.ts';
import { lever } from '../lever.ts';
import { knownAs } from '../rest/known-as.ts';
import { queueFaults } from './faults.ts';
import { appointmentId, patientId } from './records.ts';
import type { JaneDependencies } from './router.ts';

const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    clockAheadSeconds: { type: 'integer' },
    callsAMinute: { type: ['integer', 'null'], minimum: 0 },
    subscriptions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['topic', 'url', 'secret'],
        properties: {
          topic: { type: 'string', minLength: 1 },
          url: { type: 'string', pattern: '^https?://' },
          secret: { type: 'string', minLength: 1 },
        },
      },
    },
  },
} as const;

const changeSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** The clinic's own number of the visit or the patient. */
    appointment: { type: 'string', minLength: 1 },
    patient: { type: 'string', minLength: 1 },
    changes: { type: 'object' },
  },
} as const;

const eventSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['topic', 'appointment'],
  properties: {
    topic: { type: 'string', minLength: 1 },
    /** The clinic's own number of the visit. */
    appointment: { type: 'string', minLength: 1 },
    eventId: { type: 'string', minLength: 8 },
    /** What is wrong with it: signed with another secret, changed after signing, signed an hour ago. */
    wrong: { enum: ['secret', 'body', 'late', 'unsigned'] },
    times: { type: 'integer', minimum: 1, maximum: 5 },
  },
} as const;

type Event = FromSchema<typeof eventSchema>;

/** Mounted at `/sandbox/jane-app`. */
export function janeAppControl({ store, clinic, now }: JaneDependencies): Router {
  const router = express.Router();
  router.use(express.json());

  router.use('/faults', faultLevers(store, queueFaults, '{"fault":"…","on":"patients"}'));

  router.get('/journal', (_request, response) => {
    const { sessions, subscriptions, sent } = store.state;
    response.json({ calls: store.calls, sessions: sessions.length, subscriptions: subscriptions.length, sent });
  });

  router.get('/records', knownAs(clinic, { patientId, appointmentId }));

  router.post(
    '/settings',
    lever(settingsSchema, 'settings are clockAheadSeconds, callsAMinute and subscriptions', (body, response) => {
      const { subscriptions, ...others } = body;
      const at = now().toISOString();
      store.change({
        ...others,
        ...(subscriptions === undefined
          ? {}
          : { subscriptions: subscriptions.map((one) => ({ ...one, id: randomUUID(), at })) }),
      });
      response.json({ ok: true });
    }),
  );

  router.post(
    '/change',
    lever(changeSchema, 'a change names an appointment or a patient, and changes', (body, response) => {
      const id = body.patient === undefined ? appointmentId(body.appointment ?? '') : patientId(body.patient);
      const ahead = store.state.clockAheadSeconds * 1000;
      const at = new Date(now().getTime() + ahead).toISOString();
      store.change({ changes: [...store.state.changes, { id, at, wire: body.changes ?? {} }] });
      response.json({ id, at });
    }),
  );

  async function send(event: Event, eventId: string, url: string, secret: string): Promise<number | null> {
    const at = now();
    const signedAt = Math.floor(at.getTime() / 1000) - (event.wrong === 'late' ? 3600 : 0);
    const text = JSON.stringify({
      event_id: eventId,
      event_topic: event.topic,
      event_timestamp: at.toISOString(),
      appointment_id: appointmentId(event.appointment),
      clinic_guid: 1,
      version: 1,
    });
    const key = event.wrong === 'secret' ? `${secret}-another` : secret;
    const signature = createHmac('sha256', key).update(`${signedAt}.${text}`).digest('hex');
    const headers = { 'x-jane-signature': `sha256=${signature}`, 'x-jane-timestamp': String(signedAt) };
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(event.wrong === 'unsigned' ? {} : headers) },
        body: event.wrong === 'body' ? text.replace('"version":1', '"version":2') : text,
        signal: AbortSignal.timeout(10_000),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  /** Sends an event to whoever subscribed to its topic, and says what they answered. */
  router.post(
    '/events',
    lever(eventSchema, 'an event names its topic and an appointment', async (body, response) => {
      const eventId = body.eventId ?? randomUUID();
      const statuses: (number | null)[] = [];
      for (const { url, secret } of store.state.subscriptions.filter(({ topic }) => topic === body.topic)) {
        for (let time = 0; time < (body.times ?? 1); time += 1) {
          const status = await send(body, eventId, url, secret);
          statuses.push(status);
          store.change({ sent: [...store.state.sent, { eventId, topic: body.topic, status }] });
        }
      }
      response.json({ eventId, statuses });
    }),
  );

  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ ok: true });
  });

  return router;
}

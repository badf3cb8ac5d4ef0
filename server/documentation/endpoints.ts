// Capture over HTTP: the day's visits, session records with their saves, the key a tablet keeps unsent work under.
import { GaitError } from '../../domain/errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { reply } from '../http/reply.ts';
import type { ModelNeeds } from '../notes/model-leave.ts';
import type { CaptureNeeds } from './needs.ts';
import { assertSession } from './needs.ts';
import { closeSession, reopenSession, saveSession } from './records.ts';
import { tabletKey } from './tablet-key.ts';
import { writtenDown } from './speech.ts';
import { dayOf, recordOf } from './views.ts';

const therapist = { kind: 'session', roles: ['therapist'] } as const;
/** Whoever answers for the clinic's documentation may read it; only who treats writes it. */
const reader = { kind: 'session', roles: ['therapist', 'admin'] } as const;
const revision = { type: 'integer', minimum: 0 } as const;
/** Three minutes of compressed speech, written in base64. */
const largestSpeech = 8 * 1_048_576;
const sessionRef = /^ses_[0-9A-Za-z]{22}$/;

export function captureEndpoints(needs: CaptureNeeds & ModelNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/capture',
      access: reader,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { day: { type: 'string', format: 'date' } },
      },
      handle: ({ clinic, query, principal }) => dayOf(needs, clinic, query, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/capture/key',
      access: therapist,
      handle: async ({ principal }) => ({ key: await tabletKey(needs, principal) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/session-records/:session',
      access: reader,
      handle: ({ clinic, params, principal }) => recordOf(needs, clinic, params.session, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/session-records/:session/saves',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['save', 'appointment', 'base', 'record'],
        properties: {
          save: { type: 'string', format: 'uuid' },
          appointment: { type: 'string', minLength: 1, maxLength: 60 },
          base: revision,
          record: { type: 'object' },
        },
      },
      async handle({ clinic, params, body, principal }) {
        assertReference(params.session);
        const record: unknown = body.record;
        assertSession(needs.validator, record);
        const { save: id, appointment, base } = body;
        const saved = await saveSession(needs, clinic, params.session, { id, appointment, base, record }, principal);
        return saved.outcome === 'saved' ? saved : reply(409, { ...conflict().toBody(), ...saved });
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/session-records/:session/speech',
      access: therapist,
      bodyBytes: largestSpeech,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['mediaType', 'audio'],
        properties: {
          mediaType: { enum: ['audio/webm', 'audio/mp4', 'audio/ogg', 'audio/wav'] },
          audio: { type: 'string', minLength: 4, pattern: '^[A-Za-z0-9+/]+={0,2}$' },
        },
      },
      handle({ clinic, params, body, principal }) {
        assertReference(params.session);
        return writtenDown(needs, clinic, { session: params.session, ...body }, principal);
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/session-records/:session/close',
      access: therapist,
      body: { type: 'object', additionalProperties: false, required: ['revision'], properties: { revision } },
      handle: ({ clinic, params, body, principal }) =>
        closeSession(needs, clinic, params.session, body.revision, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/session-records/:session/reopen',
      access: therapist,
      handle: ({ clinic, params, principal }) => reopenSession(needs, clinic, params.session, principal),
    }),
  ];
}

function assertReference(session: string): void {
  if (sessionRef.test(session)) return;
  throw new GaitError('input.invalid', 'This is no reference of a session record.', { where: 'session' });
}

function conflict(): GaitError {
  return new GaitError('state.conflict', 'The session was changed on another device meanwhile, or closed.', {
    fix: 'Choose what holds of both, then save again.',
  });
}

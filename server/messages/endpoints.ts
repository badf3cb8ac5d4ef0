// Messages over HTTP: flows queue them, the worker moves them; what people see and write down is beside it.
import { channels, purposes } from '../../domain/outreach/words.ts';
import { GaitError } from '../../domain/errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Principal } from '../http/principal.ts';
import type { AnswerNeeds } from './answers.ts';
import { linkEndpoints, linkStyle } from './links.ts';
import { decideNext, settleDelivery } from './moves.ts';
import { messageRow } from './needs.ts';
import { queueFor } from './queue-for.ts';
import { queueReminders } from './reminders.ts';
import { staffEndpoints } from './staff-endpoints.ts';
import { shownMessage } from './views.ts';
import { stepAnswerSchema } from '../steps/answer.ts';
import { answerOf } from '../steps/answer.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const workerKey = { kind: 'key', capability: 'worker' } as const;
const ref = { type: 'string', minLength: 1, maxLength: 60 } as const;
const clinic = { type: 'string', minLength: 1 } as const;

/** Purposes a flow may ask for; the others answer what a patient wrote, or are the waitlist's own. */
const askable = purposes.filter((purpose) => !/^(optout|reply|waitlist)\./.test(purpose));

const asked = {
  type: 'object',
  additionalProperties: false,
  required: ['patient', 'purpose'],
  properties: {
    patient: ref,
    purpose: { enum: askable },
    about: ref,
    occasion: { type: 'string', pattern: '^[A-Za-z0-9._:/-]{1,80}$' },
    date: { type: 'string', format: 'date' },
    link: { type: 'string', pattern: '^https://', maxLength: 200 },
    count: { type: 'integer', minimum: 1 },
    untilHours: { type: 'number', exclusiveMinimum: 0, maximum: 720 },
  },
} as const;

export function messageEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    ...flowEndpoints(needs),
    ...workerEndpoints(needs),
    ...staffEndpoints(needs),
    ...linkEndpoints(needs),
    linkStyle(),
  ];
}

function flowEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/messages',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['messages'],
        properties: { messages: { type: 'array', minItems: 1, maxItems: 100, items: asked } },
      },
      async handle({ clinic: of, body, principal }) {
        const items = [];
        for (const ask of body.messages) items.push(await queueOne(needs, of, ask, principal));
        return { items };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/messages/reminders',
      access: flowsKey,
      handle: async ({ clinic: of, principal }) => ({ items: await queueReminders(needs, of, principal) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/messages/get',
      access: flowsKey,
      body: { type: 'object', additionalProperties: false, required: ['message'], properties: { message: ref } },
      handle: async ({ clinic: of, body }) => shownMessage(await messageRow(needs.db, of, body.message)),
    }),
  ];
}

async function queueOne(needs: AnswerNeeds, clinic: string, ask: Parameters<typeof queueFor>[3], by: Principal) {
  const { patient, purpose } = ask;
  try {
    const { message, outcome } = await needs.db.transaction().execute((trx) => queueFor(needs, trx, clinic, ask, by));
    return { patient, outcome, structure: { purpose }, refs: [message] };
  } catch (error) {
    if (error instanceof GaitError) return { patient, ...error.toBody() };
    throw error;
  }
}

function workerEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/worker/messages/next',
      access: workerKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'message'],
        properties: { clinic, message: ref },
      },
      handle: ({ clinic: of, body }) => decideNext(needs, of, body.message),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/messages/settle',
      access: workerKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'message', 'channel', 'answer', 'code'],
        properties: {
          clinic,
          message: ref,
          channel: { enum: channels },
          answer: { anyOf: [{ type: 'null' }, stepAnswerSchema] },
          code: { type: ['string', 'null'], maxLength: 60 },
        },
      },
      async handle({ clinic: of, body }) {
        const { message, channel, code } = body;
        const answer = body.answer === null ? null : answerOf(body.answer);
        await settleDelivery(needs, of, message, { channel, answer, code });
        return { settled: true };
      },
    }),
  ];
}

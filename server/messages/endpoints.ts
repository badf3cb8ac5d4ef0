// Messages over HTTP: flows queue them, the worker moves them, people see them and write down what a patient wants.
import { consentSources } from '../../domain/outreach/consent.ts';
import { categories, channels, purposes } from '../../domain/outreach/words.ts';
import { GaitError } from '../../domain/errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Principal } from '../http/principal.ts';
import type { AnswerNeeds } from './answers.ts';
import { writeConsent } from './consents.ts';
import { linkEndpoints, linkStyle } from './links.ts';
import { decideNext, settleDelivery } from './moves.ts';
import { messageRow } from './needs.ts';
import { queueFor } from './queue-for.ts';
import { queueReminders } from './reminders.ts';
import { confirmationsOf, historyOf, shownMessage } from './views.ts';
import { stepAnswerSchema } from '../steps/answer.ts';
import { answerOf } from '../steps/answer.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const workerKey = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: ['frontDesk', 'therapist', 'biller', 'admin'] } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
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

function staffEndpoints(needs: AnswerNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/confirmations',
      access: staff,
      query: { type: 'object', properties: { day: { type: 'string', format: 'date' } } },
      handle: ({ clinic: of, query, principal }) => confirmationsOf(needs, of, query, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/messages',
      access: staff,
      handle: ({ clinic: of, params }) => historyOf(needs, of, params.patient),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patients/:patient/consents',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['state'],
        properties: {
          state: { enum: ['granted', 'revoked'] },
          categories: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: categories } },
          channels: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: channels } },
          source: { enum: consentSources.filter((source) => source === 'staff' || source === 'intake') },
        },
      },
      async handle({ clinic: of, params, body, principal }) {
        await needs.db.transaction().execute(async (trx) => {
          await assertPatient(trx, of, params.patient);
          await writeConsent(needs, trx, {
            clinic: of,
            patient: params.patient,
            state: body.state,
            categories: body.categories ?? null,
            channels: body.channels ?? null,
            source: body.source ?? 'staff',
            by: principal,
          });
        });
        return { written: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patients/:patient/contact-preference',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['channels', 'zone', 'language'],
        properties: {
          channels: { type: 'array', uniqueItems: true, items: { enum: channels } },
          zone: { type: ['string', 'null'], pattern: '^[A-Za-z_]+(/[A-Za-z_]+)+$' },
          language: { type: ['string', 'null'], pattern: '^[a-z]{2}$' },
        },
      },
      async handle({ clinic: of, params, body, principal }) {
        assertZone(body.zone);
        await needs.db.transaction().execute(async (trx) => {
          await assertPatient(trx, of, params.patient);
          const said = { channels: [...body.channels], zone: body.zone, language: body.language };
          const row = { ...said, clinic: of, by_actor: principal.user, at: needs.now() };
          await trx
            .insertInto('contact_preferences')
            .values({ patient: params.patient, ...row })
            .onConflict((conflict) => conflict.column('patient').doUpdateSet(row))
            .execute();
          await needs.audit.append(trx, {
            clinic: of,
            actor: principal.user,
            action: 'patient.preferenceSet',
            subject: params.patient,
            purpose: 'outreach.staff',
          });
        });
        return { written: true };
      },
    }),
  ];
}

async function assertPatient(db: AnswerNeeds['db'], clinic: string, patient: string): Promise<void> {
  const row = await db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
}

function assertZone(zone: string | null): void {
  if (zone === null) return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    throw new GaitError('input.invalid', 'There is no such time zone.', {
      where: 'zone',
      fix: 'Write it as America/Chicago.',
    });
  }
}

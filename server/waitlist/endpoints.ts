// The waitlist over HTTP: staff keep the list and see every slot's story, the worker moves slots on.
import { GaitError } from '../../domain/errors.ts';
import { isSettled } from '../../domain/waitlist/offer.ts';
import { priorities } from '../../domain/waitlist/book-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { answerOffer, askEntry, takeBack, tickSlot } from './answers.ts';
import { addEntry, changeEntry } from './entries.ts';
import { fairness } from './fairness.ts';
import { flowEndpoints } from './flow-endpoints.ts';
import { slotRow } from './needs.ts';
import type { WaitlistNeeds } from './needs.ts';
import { ledgerPage, movableVisits, slotsPage, waitingPage, waitlistChoices } from './views.ts';
import { wishesSchema } from './wishes.ts';

const workerKey = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: ['frontDesk', 'therapist', 'admin'] } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
const ref = { type: 'string', minLength: 1, maxLength: 60 } as const;

const entryBody = {
  type: 'object',
  additionalProperties: false,
  required: ['patient', 'wishes', 'priority'],
  properties: {
    patient: ref,
    wishes: wishesSchema,
    priority: { enum: priorities },
    replaces: { type: ['string', 'null'] },
  },
} as const;

export function waitlistEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [...flowEndpoints(needs), ...listEndpoints(needs), ...slotEndpoints(needs), ...workerEndpoints(needs)];
}

function listEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/choices',
      access: desk,
      handle: ({ clinic, principal }) => waitlistChoices(needs, clinic, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/patients/:patient/visits',
      access: desk,
      handle: async ({ clinic, params }) => ({ visits: await movableVisits(needs, clinic, params.patient) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/fairness',
      access: staff,
      query: { type: 'object', additionalProperties: false, properties: { from: { type: 'string', format: 'date' } } },
      handle: ({ clinic, query }) => fairness(needs, clinic, query),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist',
      access: staff,
      handle: ({ clinic, principal }) => waitingPage(needs, clinic, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist',
      access: desk,
      body: entryBody,
      handle: ({ clinic, body, principal }) =>
        needs.db
          .transaction()
          .execute((trx) => addEntry(needs, trx, clinic, { ...body, replaces: body.replaces ?? null }, principal)),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist/:entry/state',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['state'],
        properties: { state: { enum: ['waiting', 'paused', 'removed'] } },
      },
      async handle({ clinic, params, body, principal }) {
        await needs.db
          .transaction()
          .execute((trx) => changeEntry(needs, trx, clinic, params.entry, body.state, principal));
        return { state: body.state };
      },
    }),
  ];
}

function slotEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/slots',
      access: staff,
      handle: async ({ clinic, principal }) => ({ slots: await slotsPage(needs, clinic, principal) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/slots/:slot',
      access: staff,
      handle: ({ clinic, params, principal }) => ledgerPage(needs, clinic, params.slot, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist/slots/:slot/ask',
      access: desk,
      body: { type: 'object', additionalProperties: false, required: ['entry'], properties: { entry: ref } },
      async handle({ clinic, params, body }) {
        await needs.db
          .transaction()
          .execute((trx) => askEntry(needs, trx, clinic, { slot: params.slot, entry: body.entry }));
        return { asked: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist/slots/:slot/take-back',
      access: desk,
      async handle({ clinic, params }) {
        await needs.db.transaction().execute((trx) => takeBack(needs, trx, clinic, params.slot));
        return { phase: (await slotRow(needs.db, clinic, params.slot)).phase };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist/offers/:offer/answer',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['answer'],
        properties: { answer: { enum: ['yes', 'no'] } },
      },
      async handle({ clinic, params, body }) {
        const known = await needs.db
          .transaction()
          .execute((trx) => answerOffer(needs, trx, clinic, params.offer, { answer: body.answer, by: 'staff' }));
        if (!known) throw new GaitError('reference.unknown', 'This clinic made no such offer.', { where: 'offer' });
        return { taken: true };
      },
    }),
  ];
}

function workerEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/worker/waitlist/next',
      access: workerKey,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'slot'],
        properties: { clinic: ref, slot: ref },
      },
      handle: ({ clinic, body }) => nextMove(needs, clinic, body.slot),
    }),
  ];
}

/** Moves the slot on by the clock. @returns when to look again, or that nothing more happens by itself */
async function nextMove(needs: WaitlistNeeds, clinic: string, slot: string) {
  await needs.db.transaction().execute(async (trx) => tickSlot(needs, trx, await slotRow(trx, clinic, slot, true)));
  const row = await slotRow(needs.db, clinic, slot);
  // Also what is held or settled is looked at once more when the visit begins: late answers are over then.
  const begins = new Date(row.facts.start);
  if (begins <= needs.now() || (isSettled(row) && row.phase !== 'exhausted')) return { kind: 'over' } as const;
  return { kind: 'wait', until: (row.wakes_at ?? begins).toISOString() } as const;
}

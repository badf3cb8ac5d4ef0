// The waitlist over HTTP: staff keep the list and see every slot's story, flows open slots, the worker moves them on.
import { GaitError } from '../../domain/errors.ts';
import { isSettled } from '../../domain/waitlist/offer.ts';
import { priorities } from '../../domain/waitlist/book-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { answerOffer, askEntry, takeBack, tickSlot } from './answers.ts';
import { addEntry, changeEntry, entriesOf, ledgerOf, slotsOf } from './entries.ts';
import { slotRow } from './needs.ts';
import type { WaitlistNeeds } from './needs.ts';
import { openFreedSlot } from './opening.ts';
import { wishesSchema } from './wishes.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const workerKey = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: ['frontDesk', 'therapist', 'admin'] } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
const flowOrDesk = { kind: 'keyOrSession', capability: 'flows', roles: ['frontDesk', 'admin'] } as const;
const ref = { type: 'string', minLength: 1, maxLength: 60 } as const;
const refs = { type: 'array', maxItems: 200, items: ref } as const;

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

const slotBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    appointment: { type: ['string', 'null'] },
    startsAt: { type: 'string', format: 'date-time' },
    minutes: { type: 'integer', minimum: 5, maximum: 480 },
    therapist: ref,
    discipline: ref,
    location: { anyOf: [ref, { type: 'null' }] },
    equipment: { anyOf: [refs, { type: 'null' }] },
    /** Entries of which staff have found out what was unknown. */
    confirmed: refs,
  },
} as const;

export function waitlistEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [...listEndpoints(needs), ...slotEndpoints(needs), ...workerEndpoints(needs)];
}

function listEndpoints(needs: WaitlistNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist',
      access: staff,
      handle: async ({ clinic }) => ({ entries: await entriesOf(needs.db, clinic) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/waitlist',
      access: desk,
      body: entryBody,
      handle: async ({ clinic, body, principal }) => ({
        entry: await needs.db
          .transaction()
          .execute((trx) => addEntry(needs, trx, clinic, { ...body, replaces: body.replaces ?? null }, principal)),
      }),
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
      method: 'POST',
      path: '/v1/waitlist/slots',
      access: flowOrDesk,
      body: slotBody,
      async handle({ clinic, body, principal }) {
        const { startsAt, ...told } = body;
        const ask = {
          ...told,
          appointment: body.appointment ?? null,
          confirmed: body.confirmed ?? [],
          ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
        };
        const opened = await needs.db.transaction().execute((trx) => openFreedSlot(needs, trx, clinic, ask, principal));
        const { slot, outcome, missing, workItem } = opened;
        // What it asked for is there.
        if (outcome === 'opened' && workItem !== null)
          await needs.workItems.close(clinic, workItem, 'answered', principal);
        return { slot, outcome, missing, workItem };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/waitlist/slots/get',
      access: flowsKey,
      body: { type: 'object', additionalProperties: false, required: ['slot'], properties: { slot: ref } },
      handle: ({ clinic, body }) => ledgerOf(needs.db, clinic, body.slot),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/slots',
      access: staff,
      handle: async ({ clinic }) => ({ slots: await slotsOf(needs.db, clinic, needs.now()) }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/waitlist/slots/:slot',
      access: staff,
      handle: ({ clinic, params }) => ledgerOf(needs.db, clinic, params.slot),
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
          .execute((trx) => answerOffer(needs, trx, clinic, params.offer, body.answer));
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

// What flows ask of the waitlist: open a freed slot, how far it has come, put a patient on the list, who waits. References only.
import { priorities } from '../../domain/waitlist/book-schema.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { addEntry, entriesOf } from './entries.ts';
import type { WaitlistNeeds } from './needs.ts';
import { openFreedSlot } from './opening.ts';
import { slotSummary } from './summary.ts';
import { wishesSchema } from './wishes.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const flowOrDesk = { kind: 'keyOrSession', capability: 'flows', roles: ['frontDesk', 'admin'] } as const;
const ref = { type: 'string', minLength: 1, maxLength: 60 } as const;
const refs = { type: 'array', maxItems: 200, items: ref } as const;

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

/** As a flow puts somebody on the list: what it leaves out, nobody asked for. */
const entryBody = {
  type: 'object',
  additionalProperties: false,
  required: ['patient', 'discipline', 'minutes'],
  properties: {
    ...wishesSchema.properties,
    patient: ref,
    priority: { enum: priorities },
    replaces: { type: ['string', 'null'] },
  },
} as const;

const nothingSaid = {
  therapists: null,
  wantedTherapist: null,
  locations: null,
  equipment: [],
  times: null,
  noticeMinutes: 0,
  visitsPerWeek: null,
  daysApart: 1,
  planFrom: null,
  planTo: null,
};

export function flowEndpoints(needs: WaitlistNeeds): Endpoint[] {
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
      handle: ({ clinic, body }) => slotSummary(needs.db, clinic, body.slot),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/waitlist/entries',
      access: flowsKey,
      body: entryBody,
      async handle({ clinic, body, principal }) {
        const { patient, priority = 'routine', replaces = null, ...wishes } = body;
        const ask = { patient, priority, replaces, wishes: { ...nothingSaid, ...wishes } };
        const added = await needs.db.transaction().execute((trx) => addEntry(needs, trx, clinic, ask, principal));
        return { ...added, patient };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/waitlist/entries',
      access: flowsKey,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { limit: { type: 'integer', minimum: 1, maximum: 500 }, priority: { enum: priorities } },
      },
      async handle({ clinic, query }) {
        const all = await entriesOf(needs.db, clinic);
        const items = all.filter(({ priority }) => query.priority === undefined || priority === query.priority);
        return { items: items.slice(0, query.limit ?? 500), next: null };
      },
    }),
  ];
}

// The schedule over HTTP: flows look for conflicts and propose series, staff see the week, change, and keep what the clinic knows.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { windowsSchema } from '../waitlist/wishes.ts';
import { conflictsAhead } from './conflicts.ts';
import { layConflicts } from './lay-conflicts.ts';
import type { ScheduleNeeds } from './needs.ts';
import { rememberTimes, timesOf } from './patient-times.ts';
import { assertPatient } from './patients.ts';
import { checkMove, moveVisit, removeVisit } from './proposals.ts';
import type { VisitMove } from './proposals.ts';
import { proposeSeries } from './series.ts';
import type { SeriesNeeds } from './series.ts';
import { shownSeries } from './shown.ts';
import { keepRoom, keepTherapist, roomSchema, staffOf, therapistSchema } from './staff.ts';
import { namedConflicts, weekOf } from './week.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const staff = { kind: 'session', roles: ['frontDesk', 'therapist', 'admin'] } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
const flowOrDesk = { kind: 'keyOrSession', capability: 'flows', roles: ['frontDesk', 'admin'] } as const;
const ref = { type: 'string', minLength: 1, maxLength: 60 } as const;
const refOrNull = { type: ['string', 'null'], maxLength: 60 } as const;
const clock = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' } as const;
const revision = { type: 'integer', minimum: 1 } as const;

const seriesBody = {
  type: 'object',
  additionalProperties: false,
  required: ['patient'],
  properties: {
    patient: ref,
    /** Week by week, the first that of tomorrow: 3, 3, 2, 1 tapers. */
    visitsPerWeek: { type: 'array', minItems: 1, maxItems: 26, items: { type: 'integer', minimum: 0, maximum: 7 } },
    minutes: { type: 'integer', minimum: 5, maximum: 480 },
    daysApart: { type: 'integer', minimum: 1, maximum: 14 },
    therapist: refOrNull,
    equipment: { type: 'array', maxItems: 20, items: ref },
  },
} as const;

const move = {
  date: { type: 'string', format: 'date' },
  time: clock,
  therapist: refOrNull,
  room: refOrNull,
} as const;

export function scheduleEndpoints(needs: SeriesNeeds): Endpoint[] {
  return [...flowEndpoints(needs), ...weekEndpoints(needs), ...changeEndpoints(needs), ...staffEndpoints(needs)];
}

function flowEndpoints(needs: SeriesNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/schedule/conflicts',
      access: flowsKey,
      body: {
        type: 'object',
        additionalProperties: false,
        /** Each conflict becomes an item for the front desk, once. */
        properties: { lay: { type: 'boolean' } },
      },
      async handle({ clinic, body, principal }) {
        const found = await conflictsAhead(needs, needs.db, clinic);
        return body.lay === true ? { ...found, conflicts: await layConflicts(needs, clinic, found, principal) } : found;
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/schedule/series',
      access: flowOrDesk,
      body: seriesBody,
      handle: ({ clinic, body, principal }) =>
        proposeSeries(
          needs,
          clinic,
          {
            patient: body.patient,
            visitsPerWeek: body.visitsPerWeek ?? null,
            minutes: body.minutes ?? null,
            daysApart: body.daysApart ?? null,
            therapist: body.therapist ?? null,
            equipment: body.equipment ?? [],
          },
          principal,
        ),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/schedule/series/get',
      access: flowsKey,
      body: { type: 'object', additionalProperties: false, required: ['series'], properties: { series: ref } },
      handle: ({ clinic, body }) => shownSeries(needs.db, clinic, body.series),
    }),
  ];
}

function weekEndpoints(needs: ScheduleNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/schedule/week',
      access: staff,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { of: { type: 'string', format: 'date' } },
      },
      handle: ({ clinic, query, principal }) => weekOf(needs, clinic, query.of ?? null, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/schedule/conflicts',
      access: staff,
      handle: ({ clinic, principal }) => namedConflicts(needs, clinic, principal),
    }),
  ];
}

type MoveBody = {
  readonly date: string;
  readonly time: string;
  readonly therapist?: string | null;
  readonly room?: string | null;
};

const moveOf = ({ date, time, therapist, room }: MoveBody): VisitMove => ({
  date,
  time,
  therapist: therapist ?? null,
  room: room ?? null,
});

function changeEndpoints(needs: ScheduleNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/series/:series/visits/:visit/check',
      access: desk,
      body: { type: 'object', additionalProperties: false, required: ['date', 'time'], properties: move },
      handle: async ({ clinic, params, body }) => ({
        breaks: await checkMove(needs, needs.db, clinic, params, moveOf(body)),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/series/:series/visits/:visit/move',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['date', 'time', 'revision'],
        /** `knowing`: whoever moves it was told which rules it breaks there. */
        properties: { ...move, revision, knowing: { type: 'boolean' } },
      },
      handle: async ({ clinic, params, body, principal }) => ({
        revision: await moveVisit(
          needs,
          clinic,
          { ...params, revision: body.revision, knowing: body.knowing ?? false },
          moveOf(body),
          principal,
        ),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/series/:series/visits/:visit/remove',
      access: desk,
      body: { type: 'object', additionalProperties: false, required: ['revision'], properties: { revision } },
      handle: async ({ clinic, params, body, principal }) => ({
        revision: await removeVisit(needs, clinic, { ...params, revision: body.revision }, principal),
      }),
    }),
  ];
}

function staffEndpoints(needs: ScheduleNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/schedule/staff',
      access: staff,
      handle: ({ clinic }) => staffOf(needs.db, clinic),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/therapists',
      access: desk,
      body: therapistSchema,
      handle: ({ clinic, body, principal }) => keepTherapist(needs, clinic, null, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/therapists/:therapist',
      access: desk,
      body: therapistSchema,
      handle: ({ clinic, params, body, principal }) => keepTherapist(needs, clinic, params.therapist, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/rooms',
      access: desk,
      body: roomSchema,
      handle: ({ clinic, body, principal }) => keepRoom(needs, clinic, null, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/rooms/:room',
      access: desk,
      body: roomSchema,
      handle: ({ clinic, params, body, principal }) => keepRoom(needs, clinic, params.room, body, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/schedule/patients/:patient/times',
      access: staff,
      async handle({ clinic, params }) {
        await assertPatient(needs.db, clinic, params.patient);
        return { times: await timesOf(needs.db, params.patient) };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/schedule/patients/:patient/times',
      access: desk,
      body: { type: 'object', additionalProperties: false, required: ['times'], properties: { times: windowsSchema } },
      async handle({ clinic, params, body, principal }) {
        await needs.db.transaction().execute(async (trx) => {
          await assertPatient(trx, clinic, params.patient);
          await rememberTimes(trx, { clinic, patient: params.patient }, body.times, principal, needs.now());
        });
        return { times: body.times };
      },
    }),
  ];
}

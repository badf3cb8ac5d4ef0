// Attendance over HTTP: risks with reasons and the model they come from, missed visits in order, a manager's day, figures.
import { addDays } from '../../domain/calendar.ts';
import { namesOf } from '../authorizations/views.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { remindersOf } from '../messages/confirmations.ts';
import { attendanceFigures } from './figures.ts';
import { rebookingsOf } from './missed.ts';
import { modelsOf } from './models.ts';
import type { Trained } from './models.ts';
import { dayOf } from './needs.ts';
import type { AttendanceNeeds } from './needs.ts';
import { lookOver } from './nightly.ts';
import { recommendations } from './recommendations.ts';
import { patientRisks, visitRisks } from './risks.ts';

const clinical = ['frontDesk', 'therapist', 'admin'] as const;
const staff = { kind: 'session', roles: clinical } as const;
const manager = { kind: 'session', roles: ['frontDesk', 'admin'] } as const;
const flowsKey = { kind: 'key', capability: 'flows' } as const;
const flowOrStaff = { kind: 'keyOrSession', capability: 'flows', roles: clinical } as const;

const usualDays = 7;
const mostPatients = 20;
const days = { type: 'integer', minimum: 0, maximum: 14 } as const;

export function attendanceEndpoints(needs: AttendanceNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/attendance',
      access: staff,
      query: { type: 'object', additionalProperties: false, properties: { days } },
      handle: ({ clinic, query, principal }) => attendancePage(needs, clinic, query.days ?? usualDays, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/recommendations',
      access: manager,
      handle: ({ clinic, principal }) => recommendations(needs, clinic, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/attendance/figures',
      access: { kind: 'session', roles: ['frontDesk', 'biller', 'admin'] },
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { from: { type: 'string', format: 'date' } },
      },
      handle: ({ clinic, query: { from = null } }) => attendanceFigures(needs, clinic, from),
    }),
    // By reference only; for a flow that orders what people look at. Nobody is refused or double-booked by it.
    endpoint({
      method: 'POST',
      path: '/v1/attendance/risks',
      access: flowsKey,
      body: { type: 'object', additionalProperties: false, properties: { days } },
      async handle({ clinic, body }) {
        const day = await dayOf(needs, clinic);
        const models = await modelsOf(needs, clinic, day);
        const items = await visitRisks(needs, clinic, day, models, body.days ?? usualDays);
        return { day: day.today, model: cardOf(models.noShow), items };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/attendance/look-over',
      access: flowOrStaff,
      handle: ({ clinic, principal }) => lookOver(needs, clinic, principal),
    }),
  ];
}

/** A model as people read it: how much it saw, how well it foretold what it had not seen, and against what. */
function cardOf<Feature extends string>({ trainedOn, historyFrom, historyTo, model }: Trained<Feature>) {
  const { type, words, visits, events, baseRate, trial } = model;
  return { trainedOn, historyFrom, historyTo, type, words, visits, events, baseRate, trial };
}

async function attendancePage(needs: AttendanceNeeds, clinic: string, ahead: number, by: SessionPrincipal) {
  const day = await dayOf(needs, clinic);
  const models = await modelsOf(needs, clinic, day);
  const visits = await visitRisks(needs, clinic, day, models, ahead);
  const patients = (await patientRisks(needs, clinic, day, models)).slice(0, mostPatients);
  const rebookings = await rebookingsOf(needs, clinic, day);
  const reminders = await remindersOf(needs, clinic, { from: day.today, to: addDays(day.today, ahead) });
  const confirmations = new Map(reminders.map(({ visit, confirmation }) => [visit, confirmation]));
  const people = [...visits, ...patients, ...rebookings].map(({ patient }) => patient);
  const names = await namesOf(needs.vault, clinic, people, by, {
    purpose: 'attendance.review',
    action: 'attendance.viewed',
  });
  const named = <One extends { readonly patient: string }>(one: One) => ({
    ...one,
    name: names.get(one.patient) ?? null,
  });
  return {
    day: day.today,
    zone: day.zone,
    days: ahead,
    noShow: cardOf(models.noShow),
    dropOut: models.dropOut === null ? null : cardOf(models.dropOut),
    visits: visits.map((one) => ({ ...named(one), confirmation: confirmations.get(one.visit) ?? null })),
    patients: patients.map(named),
    rebookings: rebookings.map(named),
  };
}

// Plans of care and the protocol library over HTTP: drafts for flows by reference, everything else for named people.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { approvePlan, certifyPlan, discardPlan, editPlan } from './decide.ts';
import { draftPlanOfCare } from './draft.ts';
import { changeProtocol, libraryOf, protocolView } from './library.ts';
import type { PlanNeeds } from './needs.ts';
import { planForFlow, planForPeople } from './views.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const therapist = { kind: 'session', roles: ['therapist'] } as const;
const reader = { kind: 'session', roles: ['therapist', 'clinicalSpecialist', 'admin'] } as const;
/** Who may say what the clinic treats by. */
const editor = { kind: 'session', roles: ['therapist', 'admin'] } as const;
const desk = { kind: 'session', roles: ['therapist', 'frontDesk', 'admin'] } as const;
const revision = { type: 'integer', minimum: 1 } as const;
const nullableDay = { type: ['string', 'null'], format: 'date' } as const;
const asked = {
  type: 'object',
  additionalProperties: false,
  properties: {
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    session: { type: 'string', pattern: '^ses_[0-9A-Za-z]+$' },
  },
} as const;

export function planOfCareEndpoints(needs: PlanNeeds): Endpoint[] {
  return [...draftEndpoints(needs), ...decisionEndpoints(needs), ...libraryEndpoints(needs)];
}

function draftEndpoints(needs: PlanNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/plans-of-care/drafts',
      access: flows,
      body: { ...asked, properties: { ...asked.properties, clinic: { type: 'string' } } },
      async handle({ clinic, body: { patient, session }, principal }) {
        const { plan, created } = await draftPlanOfCare(needs, clinic, { patient, session }, principal);
        return { ...(await planForFlow(needs, clinic, plan)), created };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/plans-of-care/:plan',
      access: flows,
      handle: ({ clinic, params }) => planForFlow(needs, clinic, params.plan),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/plans-of-care/drafts',
      access: therapist,
      body: asked,
      handle: ({ clinic, body, principal }) => draftPlanOfCare(needs, clinic, body, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/plans-of-care/:plan',
      access: reader,
      handle: ({ clinic, params, principal }) => planForPeople(needs, clinic, params.plan, principal),
    }),
  ];
}

function decisionEndpoints(needs: PlanNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/console/plans-of-care/:plan/edit',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'draft'],
        properties: { revision, draft: { type: 'object' } },
      },
      handle: ({ clinic, params, body, principal }) => editPlan(needs, clinic, params.plan, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/plans-of-care/:plan/approve',
      access: therapist,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'hash'],
        properties: { revision, hash: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
      },
      handle: ({ clinic, params, body, principal }) => approvePlan(needs, clinic, params.plan, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/plans-of-care/:plan/discard',
      access: therapist,
      body: { type: 'object', additionalProperties: false, required: ['revision'], properties: { revision } },
      handle: ({ clinic, params, body, principal }) => discardPlan(needs, clinic, params.plan, body, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patients/:patient/certification',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['startsOn', 'certifiedOn', 'orderOnFile', 'transmittedOn'],
        properties: {
          startsOn: { type: 'string', format: 'date' },
          certifiedOn: nullableDay,
          orderOnFile: { type: ['boolean', 'null'] },
          transmittedOn: nullableDay,
        },
      },
      handle: ({ clinic, params, body, principal }) => certifyPlan(needs, clinic, params.patient, body, principal),
    }),
  ];
}

function libraryEndpoints(needs: PlanNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/protocols',
      access: reader,
      async handle({ clinic }) {
        const { date } = await needs.policies.today(needs.db, clinic, needs.now());
        const rows = await libraryOf(needs, clinic, date);
        return {
          protocols: rows.map(({ protocol: { condition, name, version, diagnoses, source }, ...row }) => ({
            condition,
            name,
            version,
            diagnoses,
            source,
            ...row,
          })),
        };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/protocols/:condition',
      access: reader,
      handle: ({ clinic, params }) => protocolView(needs, clinic, params.condition),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/protocols/:condition',
      access: editor,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['version', 'protocol'],
        properties: { version: { type: 'integer', minimum: 1 }, protocol: { type: 'object' } },
      },
      handle: ({ clinic, params, body, principal }) => changeProtocol(needs, clinic, params.condition, body, principal),
    }),
  ];
}

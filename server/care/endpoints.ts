// Care between visits over HTTP: flows run it, staff enter programs and links, patients open their pages.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { exerciseAnswerEndpoint } from './exercise-page.ts';
import { remindOfExercise } from './exercise.ts';
import { askForForms } from './forms-lane.ts';
import { intakePages } from './intake-page.ts';
import { dayOf } from './needs.ts';
import type { CareNeeds } from './needs.ts';
import { tellPlans } from './plans.ts';
import { addProgram, endProgram, newProgramSchema } from './programs.ts';
import { setVideoLink } from './video.ts';
import { careView, formView, programView } from './views.ts';

const flowsKey = { kind: 'key', capability: 'flows' } as const;
const desk = { kind: 'session', roles: ['frontDesk', 'therapist', 'admin'] } as const;
/** A program and its answers are clinical. */
const clinicians = { kind: 'session', roles: ['therapist', 'admin'] } as const;

export function careEndpoints(needs: CareNeeds): Endpoint[] {
  return [...flowEndpoints(needs), ...staffEndpoints(needs), exerciseAnswerEndpoint(needs), ...intakePages(needs)];
}

function flowEndpoints(needs: CareNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/care/plans',
      access: flowsKey,
      handle: async ({ clinic, principal }) => ({ items: await tellPlans(needs, clinic, principal) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/care/exercise-reminders',
      access: flowsKey,
      handle: async ({ clinic, principal }) => ({ items: await remindOfExercise(needs, clinic, principal) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/care/forms',
      access: flowsKey,
      handle: async ({ clinic, principal }) => ({ items: await askForForms(needs, clinic, principal) }),
    }),
  ];
}

function staffEndpoints(needs: CareNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/care',
      access: desk,
      async handle({ clinic, principal }) {
        const view = await careView(needs, clinic, principal);
        const treats = principal.roles.some((role) => role === 'therapist' || role === 'admin');
        return { ...view, programs: treats ? view.programs : [], plans: treats ? view.plans : [], treats };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patients/:patient/exercise-programs',
      access: clinicians,
      body: newProgramSchema,
      async handle({ clinic, params, body, principal }) {
        return { program: await addProgram(needs, { clinic, patient: params.patient, said: body, by: principal }) };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/exercise-programs/:program',
      access: clinicians,
      handle: ({ clinic, params, principal }) => programView(needs, clinic, params.program, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/exercise-programs/:program/end',
      access: clinicians,
      async handle({ clinic, params, principal }) {
        const { today } = await dayOf(needs, clinic);
        await endProgram(needs, { clinic, program: params.program, today, by: principal });
        return { ended: true };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/intake',
      access: clinicians,
      handle: ({ clinic, params, principal }) => formView(needs, clinic, params.patient, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/visits/:visit/video-link',
      access: desk,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['link'],
        properties: { link: { type: 'string', pattern: '^https://', maxLength: 200 } },
      },
      async handle({ clinic, params, body, principal }) {
        await setVideoLink(needs, { clinic, visit: params.visit, link: body.link, by: principal });
        return { written: true };
      },
    }),
  ];
}

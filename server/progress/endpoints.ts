// The course of a patient's episode over HTTP, for who treats and who looks after the records.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { PlanNeeds } from '../plans-of-care/needs.ts';
import { progressOf } from './progress.ts';

export function progressEndpoints(needs: PlanNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/progress',
      access: { kind: 'session', roles: ['therapist', 'clinicalSpecialist', 'admin'] },
      handle: ({ clinic, params, principal }) => progressOf(needs, clinic, params.patient, principal),
    }),
  ];
}

// The due list over HTTP: for flows by reference, for people with names and reasons.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { dueForFlow, dueForPeople } from './list.ts';
import type { DueNeeds } from './list.ts';

const query = {
  type: 'object',
  additionalProperties: false,
  properties: {
    state: { enum: ['overdue', 'soon', 'unknown', 'later'] },
    kind: {
      enum: ['note', 'signature', 'progressReport', 'certification', 'recertification', 'dischargeSummary'],
    },
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    limit: { type: 'integer', minimum: 1, maximum: 500 },
  },
} as const;

export function documentationDueEndpoints(needs: DueNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/documentation/due',
      access: { kind: 'key', capability: 'flows' },
      query,
      handle: ({ clinic, query: ask }) => dueForFlow(needs, clinic, ask),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/documentation/due',
      access: { kind: 'session', roles: ['therapist', 'clinicalSpecialist', 'frontDesk', 'admin'] },
      query,
      handle: ({ clinic, query: ask, principal }) => dueForPeople(needs, clinic, ask, principal),
    }),
  ];
}

// The episode of a patient over HTTP: who treats reads and enters it.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { assertPatient } from '../messages/views.ts';
import type { Policies } from '../authorizations/policies.ts';
import { unknownEpisode } from './from-chart.ts';
import { assertEpisode, currentEpisode, saveEpisode } from './episodes.ts';
import type { EpisodeNeeds } from './episodes.ts';

export function episodeEndpoints(needs: EpisodeNeeds & { readonly policies: Policies }): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/episode',
      access: { kind: 'session', roles: ['therapist', 'admin'] },
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { day: { type: 'string', format: 'date' } },
      },
      async handle({ clinic, params: { patient }, query, principal }) {
        await assertPatient(needs.db, clinic, patient);
        const day = query.day ?? (await needs.policies.today(needs.db, clinic, needs.now())).date;
        const stored = await currentEpisode(needs, clinic, patient, day, { by: principal });
        return { patient, day, ...(stored ?? nothingKnown) };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/patients/:patient/episode',
      access: { kind: 'session', roles: ['therapist'] },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'episode'],
        properties: {
          revision: { type: 'integer', minimum: 0 },
          episode: { type: 'object' },
          endedOn: { type: ['string', 'null'], format: 'date' },
        },
      },
      handle({ clinic, params, body, principal }) {
        const episode: unknown = body.episode;
        assertEpisode(needs.validator, episode);
        const entry = { revision: body.revision, episode, endedOn: body.endedOn ?? null };
        return saveEpisode(needs, clinic, params.patient, entry, principal);
      },
    }),
  ];
}

const nothingKnown = { ref: null, revision: 0, beganOn: null, endedOn: null, episode: unknownEpisode };

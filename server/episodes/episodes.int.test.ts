// An episode over HTTP: told by the chart first, entered by a therapist, its treatment days counted from what is known.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { testDay } from '../testing/days.ts';
import { signIn } from '../testing/people.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { unknownEpisode } from './from-chart.ts';
import type { StoredEpisode } from './episodes.ts';

let server: TestServer;
let clinic: Followed;
let therapist: string;
let path: string;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  therapist = await signIn(server, clinic.clinic, ['therapist']);
  path = `/v1/console/patients/${clinic.patient}/episode`;
});
afterAll(() => server.stop());

const read = async (): Promise<StoredEpisode> =>
  (await server.call('GET', path, { cookie: therapist })).json as StoredEpisode;
const post = (body: unknown, cookie = therapist) =>
  server.call('POST', path, { body, cookie, headers: { 'x-gait-console': '1' } });

describe('an episode', () => {
  test('is what the chart tells while nobody entered one, under no reference of its own', async () => {
    const told = await read();
    expect(told).toMatchObject({ ref: null, revision: 0, episode: { onset: null, rehabPotential: null } });
    expect(told.episode.goals.map(({ words }) => words)).toEqual(['Stairs step over step.']);
    expect(told.episode.diagnoses.length).toBeGreaterThan(0);
  });

  test('entered by a therapist has revisions; its goals are those of the capture page, and a stale save is refused', async () => {
    const startOfCare = addDays(today, -20);
    const goal = { term: 'long', of: null, baseline: null, target: null, unit: null, due: null } as const;
    const episode = {
      ...unknownEpisode,
      startOfCare,
      treatmentDays: 99,
      goals: [{ id: 'goal_1', words: 'Walks a mile.', ...goal }],
    };
    const saved = await post({ revision: 0, episode });
    expect([saved.status, saved.json]).toMatchObject([200, { revision: 1 }]);
    expect((await post({ revision: 0, episode })).json).toMatchObject({ error: { code: 'state.conflict' } });
    const stored = await read();
    expect(stored).toMatchObject({ revision: 1, beganOn: startOfCare, endedOn: null });
    await addVisit(server.services, {
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient: clinic.patient,
      date: today,
    });
    const { json } = await server.call('GET', '/v1/console/capture', { cookie: therapist });
    const { visits } = json as { visits: { patient: string; goals: { id: string }[] }[] };
    expect(visits.find(({ patient }) => patient === clinic.patient)?.goals).toEqual([
      { id: 'goal_1', words: 'Walks a mile.' },
    ]);
  });

  test('counts days of treatment and not visits, whatever was sent', async () => {
    const before = (await read()).episode.treatmentDays ?? 0;
    const on = addDays(today, -2);
    for (let visit = 0; visit < 2; visit += 1) {
      const ref = await addVisit(server.services, {
        clinic: clinic.clinic,
        connection: clinic.webpt,
        patient: clinic.patient,
        date: on,
      });
      await server.services.db.updateTable('appointments').set({ status: 'arrived' }).where('ref', '=', ref).execute();
    }
    expect((await read()).episode.treatmentDays).toBe(before + 1);
  });

  test('is entered by who treats only, and a wrong value is named by its path', async () => {
    const desk = await signIn(server, clinic.clinic, ['frontDesk']);
    expect((await server.call('GET', path, { cookie: desk })).status).toBe(403);
    expect((await post({ revision: 1, episode: unknownEpisode }, desk)).status).toBe(403);
    const wrong = await post({ revision: 1, episode: { ...unknownEpisode, rehabPotential: 'Zanzibar' } });
    expect([wrong.status, wrong.json]).toMatchObject([400, { error: { where: 'episode.rehabPotential' } }]);
    expect(wrong.text).not.toContain('Zanzibar');
  });

  test('that has ended is followed by a new one', async () => {
    const { revision, episode } = await read();
    const ended = await post({ revision, episode, endedOn: addDays(today, -1) });
    expect(ended.json).toMatchObject({ revision: revision + 1 });
    expect(await read()).toMatchObject({ ref: null, revision: 0 });
    expect((await post({ revision: 0, episode: { ...unknownEpisode, startOfCare: today } })).json).toMatchObject({
      revision: 1,
    });
  });
});

// A plan of care over HTTP: drafted for a flow by reference, edited and approved by a named therapist, in force for every reader from then on.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import { blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { currentEpisode } from '../episodes/episodes.ts';
import { unknownEpisode } from '../episodes/from-chart.ts';
import { addPatient, addVisit } from '../patient-links/testing/patients.ts';
import { testDay } from '../testing/days.ts';
import { signIn } from '../testing/people.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';

let server: TestServer;
let clinic: Followed;
let patient: string;
let therapist: string;
const today = testDay();
const start = addDays(today, -30);

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  patient = await addPatient(server.services, { clinic: clinic.clinic, connection: clinic.webpt });
  therapist = await signIn(server, clinic.clinic, ['therapist']);
  const diagnoses = [{ code: 'M16.12', words: 'Zanzibar marker words' }];
  await post(`/v1/console/patients/${patient}/episode`, {
    revision: 0,
    episode: { ...unknownEpisode, startOfCare: start, diagnoses },
  });
  const lefs = (score: number): Session['measures'] => [{ measure: 'lefs', score }];
  const hip = { part: 'hip', motion: 'flexion', side: 'left', mode: 'active', degrees: 85 } as const;
  await session(start, { kind: 'evaluation', measures: lefs(40), rangeOfMotion: [hip] });
  await session(addDays(start, 14), { measures: lefs(44) });
  await session(addDays(start, 28), { measures: lefs(55) });
});
afterAll(() => server.stop());

const post = (path: string, body: unknown, cookie = therapist) =>
  server.call('POST', path, { body, cookie, headers: { 'x-gait-console': '1' } });
const get = async (path: string, cookie = therapist) => server.call('GET', path, { cookie });

async function session(date: string, found: Partial<Session>): Promise<void> {
  const place = { clinic: clinic.clinic, connection: clinic.webpt, patient, date };
  const appointment = await addVisit(server.services, place);
  const ref = newReference('ses');
  const record = { ...blankSession({ ref, patient, date, kind: 'treatment' }), ...found };
  const path = `/v1/console/session-records/${ref}`;
  const saved = await post(`${path}/saves`, { save: randomUUID(), appointment, base: 0, record });
  expect([saved.status, saved.text]).toEqual([200, saved.text]);
  expect((await post(`${path}/close`, { revision: 1 })).status).toBe(200);
}

interface Page {
  readonly plan: string;
  readonly state: string;
  readonly revision: number;
  readonly hash: string;
  readonly draft: PlanDraft;
  readonly similar: { readonly total: number | null; readonly words: string };
}

const page = async (plan: string): Promise<Page> => (await get(`/v1/console/plans-of-care/${plan}`)).json as Page;

async function setCredential(credential: 'PT' | 'PTA'): Promise<void> {
  const { db, now } = server.services;
  const { json } = await server.call('GET', '/v1/session', { cookie: therapist });
  const { user } = json as { user: { id: string } };
  const licensed = { credential, license: '070-1', license_state: 'IL', license_expires: null, set_at: now() };
  await db
    .insertInto('clinician_credentials')
    .values({ user_id: user.id, clinic: clinic.clinic, ...licensed })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(licensed))
    .execute();
}

describe('a plan of care', () => {
  let plan: string;

  test('is drafted for a flow: references, days and counts, and no word of the record; asked again it is the same', async () => {
    const body = { clinic: clinic.clinic, patient };
    const first = await server.call('POST', '/v1/plans-of-care/drafts', { body, key: clinic.key });
    expect([first.status, first.json]).toMatchObject([
      200,
      { patient, state: 'draft', revision: 1, protocol: 'protocol.hip-osteoarthritis/2026', created: true, goals: 2 },
    ]);
    expect(first.text).not.toContain('Zanzibar');
    plan = (first.json as { plan: string }).plan;
    const again = await server.call('POST', '/v1/plans-of-care/drafts', { body, key: clinic.key });
    expect(again.json).toMatchObject({ plan, created: false });
    const read = await server.call('GET', `/v1/plans-of-care/${plan}`, { key: clinic.key });
    expect(read.json).toMatchObject({ plan, startsOn: start, visitsPerWeek: 2 });
  });

  test('takes baselines from the evaluation, hides small counts of earlier patients and says what is not known', async () => {
    const { draft, similar } = await page(plan);
    expect(draft.goals.map(({ of, baseline }) => [of, baseline])).toEqual([
      [{ motion: 'flexion' }, 85],
      [{ measure: 'lefs' }, 40],
    ]);
    expect(draft.frequency.bounds.map(({ of, state }) => [of, state])).toContainEqual(['benefitVisits', 'unknown']);
    expect(similar).toMatchObject({ total: null });
    expect(similar.words).toContain('too few to show');
  });

  test('is edited by a therapist; a wrong value is named by its path, a stale edit is refused', async () => {
    const { draft } = await page(plan);
    const goals = draft.goals.map((goal, at) => (at === 0 ? { ...goal, words: 'Puts on shoes alone' } : goal));
    const frequency = { ...draft.frequency, visitsPerWeek: [3, 3, 2, 2] };
    const edited = await post(`/v1/console/plans-of-care/${plan}/edit`, {
      revision: 1,
      draft: { ...draft, goals, frequency },
    });
    expect([edited.status, edited.json]).toMatchObject([200, { revision: 2 }]);
    expect((await page(plan)).draft).toMatchObject({
      protocol: draft.protocol,
      goals: [{ words: 'Puts on shoes alone' }, {}],
      frequency: { visits: 10, visitsPerWeek: [3, 3, 2, 2] },
    });
    const stale = await post(`/v1/console/plans-of-care/${plan}/edit`, { revision: 1, draft });
    expect(stale.json).toMatchObject({ error: { code: 'state.conflict', where: 'revision' } });
    const wrong = { ...draft, frequency: { ...draft.frequency, visitsPerWeek: [9] } };
    const refused = await post(`/v1/console/plans-of-care/${plan}/edit`, { revision: 2, draft: wrong });
    expect(refused.json).toMatchObject({ error: { where: 'draft.frequency.visitsPerWeek.0' } });
  });

  test('is approved by a physical therapist under the hash of what was shown, by nobody else', async () => {
    const { hash, revision } = await page(plan);
    const approve = (body: unknown, cookie = therapist) =>
      post(`/v1/console/plans-of-care/${plan}/approve`, body, cookie);
    expect((await approve({ revision, hash })).json).toMatchObject({ error: { code: 'access.forbidden' } });
    await setCredential('PTA');
    expect((await approve({ revision, hash })).json).toMatchObject({ error: { code: 'access.forbidden' } });
    await setCredential('PT');
    expect((await approve({ revision, hash: '0'.repeat(64) })).json).toMatchObject({ error: { where: 'hash' } });
    const desk = await signIn(server, clinic.clinic, ['frontDesk']);
    expect((await approve({ revision, hash }, desk)).status).toBe(403);
    const done = await approve({ revision, hash });
    expect([done.status, done.json]).toMatchObject([200, { state: 'approved' }]);
    expect((await approve({ revision, hash })).json).toMatchObject({ error: { code: 'state.conflict' } });
    expect(await page(plan)).toMatchObject({ state: 'approved', approved: { by: { displayName: 'Kim Adair' } } });
  });

  test('is the episode’s from then on, and the one reader of plans tells of it', async () => {
    const { services } = server;
    const stored = await currentEpisode(services, clinic.clinic, patient, today);
    expect(stored?.episode).toMatchObject({
      plan: { from: start, visitsPerWeek: 3, weeks: 4 },
      goals: [
        { words: 'Puts on shoes alone', of: { part: 'hip', motion: 'flexion', side: 'left' }, target: 100 },
        { of: { measure: 'lefs' }, baseline: 40 },
      ],
    });
    const care = await services.db.selectFrom('care_plans').selectAll().where('patient', '=', patient).execute();
    expect(care).toMatchObject([{ starts_on: start, visits_per_week: 3, plan }]);
    const actions = await actionsOf(services, clinic.clinic);
    expect(actions).toEqual(
      expect.arrayContaining(['planOfCare.drafted', 'planOfCare.edited', 'planOfCare.approved', 'episode.saved']),
    );
  });

  test('the next one is a recertification from today, and its goals keep their ids', async () => {
    const before = (await page(plan)).draft.goals.map(({ id }) => id);
    const answer = await post('/v1/console/plans-of-care/drafts', { patient });
    const next = (answer.json as { plan: string }).plan;
    const { draft } = await page(next);
    expect(draft.frequency.from).toBe(today);
    expect(draft.goals.map(({ id }) => id)).toEqual(before);
    expect((await post(`/v1/console/plans-of-care/${next}/discard`, { revision: 1 })).json).toMatchObject({
      state: 'discarded',
    });
  });

  test('its certification is recorded under a person’s name, on either track, and not for a day on which no plan began', async () => {
    const desk = await signIn(server, clinic.clinic, ['frontDesk']);
    const path = `/v1/console/patients/${patient}/certification`;
    const entry = { startsOn: start, certifiedOn: null, orderOnFile: true, transmittedOn: addDays(start, 3) };
    expect((await post(path, entry, desk)).status).toBe(200);
    expect((await post(path, { ...entry, startsOn: today }, desk)).json).toMatchObject({
      error: { where: 'startsOn' },
    });
    expect((await post(path, { ...entry, certifiedOn: addDays(today, 2) }, desk)).json).toMatchObject({
      error: { where: 'certifiedOn' },
    });
    expect(await page(plan)).toMatchObject({ certification: { certifiedOn: null, orderOnFile: true } });
  });
});

describe('progress', () => {
  test('tells goals, scores with their measure, and flags with their reason', async () => {
    const { status, json } = await get(`/v1/console/patients/${patient}/progress`);
    expect([status, json]).toMatchObject([200, { patient, treatmentDays: 3, name: { family: 'Delgado' } }]);
    const { measures, flags } = json as {
      measures: { measure: { measure: string }; scores: { score: number; from: string }[]; population: string }[];
      flags: { kind: string; about: string; why: string }[];
    };
    expect(measures).toMatchObject([
      { measure: { measure: 'lefs' }, scores: [{ score: 40 }, { score: 44 }, { score: 55, from: 'session' }] },
    ]);
    expect(flags.map(({ kind }) => kind)).toContain('goalMet');
  });
});

describe('the library', () => {
  const path = '/v1/console/protocols/hip-osteoarthritis';
  interface Row {
    readonly protocol: { readonly version: number; readonly name: string; readonly precautions: string[] };
    readonly isOwn: boolean;
    readonly hasNewShipped: boolean;
  }

  test('a clinic’s change is a version of its own; drafts are made of it, and it is kept when another one ships', async () => {
    const before = (await get(path)).json as Row;
    expect(before).toMatchObject({ isOwn: false, protocol: { version: 1 } });
    const changed = { ...before.protocol, precautions: ['No kicking'] };
    expect((await post(path, { version: 1, protocol: changed })).json).toMatchObject({ version: 2 });
    expect((await post(path, { version: 1, protocol: changed })).json).toMatchObject({ error: { where: 'version' } });
    const { json } = await post('/v1/console/plans-of-care/drafts', { patient });
    const { draft } = await page((json as { plan: string }).plan);
    expect(draft).toMatchObject({ version: 2, precautions: ['No kicking'] });
    await server.services.db
      .updateTable('clinic_protocols')
      .set({ made_of: 'protocol.hip-osteoarthritis/2025@1' })
      .execute();
    expect((await get(path)).json).toMatchObject({ isOwn: true, hasNewShipped: true, protocol: { version: 2 } });
    const desk = await signIn(server, clinic.clinic, ['frontDesk']);
    expect((await get('/v1/console/protocols', desk)).status).toBe(403);
  });
});

// The way over a language model through the server: asked only with leave, told in the audit without words, and never in a signature's way.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import { startLanguageModel } from '../../sandbox/language-model/server.ts';
import type { LanguageModelSandbox, Manner } from '../../sandbox/language-model/server.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { createUser, setClinicSettings } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import type { NoteFacts } from './facts.ts';
import type { NoteView } from './view.ts';

let server: TestServer;
let clinic: Followed;
let model: LanguageModelSandbox;
let cookie: string;
let therapist: string;
const today = testDay();
const by = systemPrincipal('test');

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  model = await startLanguageModel();
  const email = `${randomUUID()}@example.org`;
  const held = { license: 'L-100', licenseState: 'IL', licenseExpires: null };
  const { id } = await createUser(server.services, {
    clinic: clinic.clinic,
    email,
    displayName: 'Oberon Whitlock',
    roles: ['therapist'],
    password,
    credential: { credential: 'PT', ...held },
  });
  therapist = id;
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await connect('house', { place: 'selfHosted', baseUrl: model.baseUrl });
  await connect('vendor', { place: 'agreement', baseUrl: 'https://models.example.org/v1' });
});
afterAll(async () => {
  await model.stop();
  await server.stop();
});
beforeEach(() => model.behave('honest'));

function connect(name: string, config: Readonly<Record<string, unknown>>) {
  return server.services.connections.add(
    clinic.clinic,
    {
      name,
      system: 'languageModel',
      mode: 'live',
      config: { model: 'words', requestTimeoutSeconds: 0.4, ...config },
      secrets: {},
      agreement: null,
    },
    by,
  );
}

const set = (documentation: object) => setClinicSettings(server.services, clinic.clinic, { documentation });

const post = (path: string, body: unknown): Promise<Answer> =>
  server.call('POST', path, { body, cookie, headers: { 'x-gait-console': '1' } });

/** Captures, closes and drafts a visit whose words name people. */
async function drafted(): Promise<{ readonly facts: NoteFacts; readonly view: NoteView }> {
  const record = {
    ...blankSession({ ref: newReference('ses'), patient: clinic.patient, date: today, kind: 'treatment' as const }),
    clinicians: [{ ref: therapist, credential: 'PT' as const }],
    totalMinutes: 30,
    timedMinutes: 23,
    pain: [{ when: 'before' as const, score: 4, part: 'knee' as const, side: 'left' as const }],
    interventions: [
      {
        ...blankIntervention('terminal knee extension'),
        code: '97110',
        minutes: 23,
        sets: 3,
        repetitions: 10,
        side: 'left' as const,
        skills: ['verbal cues' as const],
        response: 'well' as const,
      },
    ],
    assessment: 'Quillon Abernathy controls the knee and told Oberon Whitlock so',
  };
  const { clinic: id, webpt: connection, patient } = clinic;
  const appointment = await addVisit(server.services, { clinic: id, connection, patient, date: today });
  const path = `/v1/console/session-records/${record.ref}`;
  const saved = await post(`${path}/saves`, { save: randomUUID(), appointment, base: 0, record });
  expect([saved.status, saved.text]).toEqual([200, saved.text]);
  expect((await post(`${path}/close`, { revision: 1 })).status).toBe(200);
  const answer = await post(`${path}/draft`, {});
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const facts = answer.json as NoteFacts;
  const shown = await server.call('GET', `/v1/console/notes/${facts.note}`, { cookie });
  return { facts, view: shown.json as NoteView };
}

const entriesOf = (subject: string) =>
  server.services.db
    .selectFrom('audit_entries')
    .select(['action', 'details'])
    .where('subject', '=', subject)
    .where('action', 'like', 'model.%')
    .orderBy('seq')
    .execute();

test('without a word in the clinic’s settings nothing is asked', async () => {
  const { facts } = await drafted();
  expect(facts.writtenBy).toBe('composer');
  expect(model.log).toEqual([]);
  expect(await entriesOf(facts.note)).toEqual([]);
});

test('a model in the house words sentences; the note says which, the audit how many, and neither it nor the model whose', async () => {
  await set({ modelConnection: 'house' });
  const { facts, view } = await drafted();
  expect(facts).toMatchObject({ writtenBy: 'model', findings: { block: 0 } });
  expect(view.document.sections.flatMap(({ sentences }) => sentences).length).toBeGreaterThan(3);
  const entries = await entriesOf(facts.note);
  expect(entries.map(({ action }) => action)).toEqual(['model.asked', 'model.answered']);
  expect(JSON.stringify(entries)).not.toMatch(/knee|Quillon|Abernathy|Whitlock/);
  expect(model.log.join('\n')).toContain('terminal knee extension');
  expect(model.log.join('\n')).not.toMatch(/quillon|abernathy|oberon|whitlock/i);
  expect(model.log.join('\n')).not.toContain(clinic.patient);
  expect(server.logs.join('\n')).not.toMatch(/terminal knee/i);
});

test.each(['number', 'finding', 'junk', 'prose', 'unknownIds', 'fail', 'refuse', 'hang'] as const satisfies Manner[])(
  'a model that answers with %s leaves the composer’s note, which is complete',
  async (manner) => {
    await set({ modelConnection: 'house' });
    model.behave(manner);
    const { facts } = await drafted();
    expect(facts).toMatchObject({ writtenBy: 'composer', findings: { block: 0 } });
  },
);

test('a vendor without an agreement, and a connection that is not there, are asked nothing', async () => {
  await set({ modelConnection: 'vendor' });
  const { facts } = await drafted();
  expect(facts.writtenBy).toBe('composer');
  expect(await entriesOf(facts.note)).toMatchObject([
    { action: 'model.blocked', details: expect.stringContaining('"rule":"agreement.missing"') as string },
  ]);
  await set({ modelConnection: 'nowhere' });
  expect((await drafted()).facts.writtenBy).toBe('composer');
});

// More calls at the same moment than the pool has connections: each needs one connection only, so all of them pass.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMorningReports } from '../morning-report/reports.ts';
import { Payer, effectsOf } from '../effects/testing/payer.ts';
import { systemPrincipal } from '../http/principal.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { followedClinic } from './testing/followed.ts';
import type { Followed } from './testing/followed.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();
const by = systemPrincipal('test');
const many = Array.from({ length: 40 }, (_, number) => number);

const payer = new Payer();
let server: TestServer;
let clinic: Followed;

beforeAll(async () => {
  await payer.start();
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
});
afterAll(async () => {
  payer.stop();
  await server.stop();
});

const post = (path: string, body: object) =>
  server.call('POST', path, {
    key: clinic.workerKey,
    body: { clinic: clinic.clinic, authorization: clinic.authorization, ...body },
  });

test('forty assessments at the same moment are all answered', async () => {
  const answers = await Promise.all(many.map(() => post('/v1/worker/authorizations/assess', {})));
  expect(answers.map(({ status }) => status)).toEqual(many.map(() => 200));
}, 9_000);

test('forty events at the same moment are all written', async () => {
  const event = {
    type: 'partialAccepted',
    at: new Date().toISOString(),
    by: 'workflow',
    period: 1,
    workItem: null,
    detail: null,
  };
  const answers = await Promise.all(
    many.map((number) => post('/v1/worker/authorizations/apply', { event: { ...event, id: `origin/${number}` } })),
  );
  expect(answers.map(({ status }) => status)).toEqual(many.map(() => 200));
}, 9_000);

test('forty asks for an effect and forty morning reports at the same moment are all answered', async () => {
  const { workItem, approval, effectKey } = await clinic.approved();
  const effects = effectsOf(payer, server.services, clinic);
  const reports = createMorningReports({ ...server.services, policies: clinic.policies });
  const ask = {
    operation: 'availity.serviceReview.create',
    connection: 'Availity',
    subject: workItem,
    key: effectKey,
    approval,
  };
  const answers = await Promise.all(many.map(() => effects.ask(clinic.clinic, ask, by)));
  expect(answers.filter(({ state }) => state === 'done')).toHaveLength(1);
  const made = await Promise.all(many.map(() => reports.make(clinic.clinic, by)));
  expect(made).toHaveLength(many.length);
}, 9_000);

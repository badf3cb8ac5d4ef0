// Charges of a closed session: worked out once, laid beside what was charged, decided by a named biller, anew when the session changes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { CaptureNeeds } from '../documentation/needs.ts';
import { readCaptureRules } from '../documentation/rules.ts';
import { addPatient, addVisit } from '../patient-links/testing/patients.ts';
import { testDay } from '../testing/days.ts';
import { signIn } from '../testing/people.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { proposeRound } from './propose.ts';

let server: TestServer;
let clinic: Followed;
let needs: CaptureNeeds;
let patient: string;
let therapist: string;
let biller: string;
const today = testDay();
const session = newReference('ses');

beforeAll(async () => {
  server = await startServer();
  const { services } = server;
  clinic = await followedClinic(services, { today });
  const payer = 'medicare-part-b';
  await services.db
    .updateTable('clinics')
    .set({ settings: JSON.stringify({ payers: [{ payer, lineOfBusiness: 'medicare' }] }) })
    .where('id', '=', clinic.clinic)
    .execute();
  needs = { ...services, policies: clinic.policies, captureRules: await readCaptureRules(services.validator) };
  patient = await addPatient(services, { clinic: clinic.clinic, connection: clinic.webpt, payer });
  therapist = await signIn(server, clinic.clinic, ['therapist']);
  biller = await signIn(server, clinic.clinic, ['biller']);
});
afterAll(() => server.stop());

const post = (path: string, body: unknown, cookie = therapist) =>
  server.call('POST', path, { body, cookie, headers: { 'x-gait-console': '1' } });

async function kept(minutes: number, revision: number, appointment: string): Promise<void> {
  const interventions = [
    { ...blankIntervention('Zanzibar squat'), code: '97110', minutes },
    { ...blankIntervention('mobilization'), code: '97140', minutes: 7 },
  ];
  const record = { ...blankSession({ ref: session, patient, date: today, kind: 'treatment' }), interventions };
  const path = `/v1/console/session-records/${session}`;
  const saved = await post(`${path}/saves`, { save: randomUUID(), appointment, base: revision - 1, record });
  expect([saved.status, saved.text]).toEqual([200, saved.text]);
  expect((await post(`${path}/close`, { revision })).status).toBe(200);
}

interface Listed {
  readonly proposals: readonly Record<string, unknown>[];
}

async function rounds(): Promise<void> {
  // The server's own sweep may have been first.
  while ((await proposeRound(needs)) > 0);
}

const list = async (query = ''): Promise<Listed> =>
  (await server.call('GET', `/v1/console/charge-proposals${query}`, { cookie: biller })).json as Listed;

describe('proposed charges', () => {
  let appointment: string;

  test('are worked out of a closed session by the payer’s rule, once; no word of the session is in them', async () => {
    appointment = await addVisit(server.services, {
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient,
      date: today,
    });
    await kept(33, 1, appointment);
    await rounds();
    const { proposals } = await list();
    expect(proposals).toMatchObject([
      {
        session,
        name: { family: 'Delgado' },
        state: 'proposed',
        timedUnits: 3,
        lines: [
          { code: '97110', minutes: 33, units: 2 },
          { code: '97140', minutes: 7, units: 1 },
        ],
        differences: null,
      },
    ]);
    const rows = await server.services.db.selectFrom('charge_proposals').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('Zanzibar');
  });

  test('are laid beside what was charged of that day', async () => {
    const { db, now } = server.services;
    const row = { clinic: clinic.clinic, connection: clinic.webpt, patient, date: today, modifiers: ['GP'] };
    const charge = (code: string, units: number) => ({ ...row, code, units, charge_cents: null, updated_at: now() });
    await db
      .insertInto('visit_charges')
      .values([
        { ref: newReference('rec'), ...charge('97110', 3) },
        { ref: newReference('rec'), ...charge('97140', 1) },
      ])
      .execute();
    expect((await list()).proposals).toMatchObject([{ differences: [{ code: '97110', captured: 2, charged: 3 }] }]);
  });

  test('are decided by a named biller with a reason where declined, and not by a therapist', async () => {
    const path = `/v1/console/charge-proposals/${session}/decide`;
    expect((await post(path, { revision: 1, decision: 'accepted' })).status).toBe(403);
    const without = await post(path, { revision: 1, decision: 'declined' }, biller);
    expect(without.json).toMatchObject({ error: { where: 'reason' } });
    expect((await post(path, { revision: 1, decision: 'accepted' }, biller)).json).toMatchObject({ state: 'accepted' });
    expect((await post(path, { revision: 1, decision: 'accepted' }, biller)).json).toMatchObject({
      error: { code: 'state.conflict' },
    });
    expect((await list('?state=accepted')).proposals).toMatchObject([{ decided: { by: 'Kim Adair', reason: null } }]);
  });

  test('of a session that was opened and changed are proposed anew', async () => {
    expect((await post(`/v1/console/session-records/${session}/reopen`, {})).status).toBe(200);
    await kept(48, 2, appointment);
    await rounds();
    expect((await list()).proposals).toMatchObject([{ revision: 2, state: 'proposed', timedUnits: 4 }]);
  });
});

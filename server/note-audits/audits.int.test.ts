// The sample of signed drafts: drawn once, marked by a specialist who did not sign, told as figures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { testDay } from '../testing/days.ts';
import { signIn } from '../testing/people.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import { drawSample, readAuditRules } from './audits.ts';
import type { AuditNeeds } from './audits.ts';

let server: TestServer;
let clinic: Followed;
let needs: AuditNeeds;
let specialist: string;
let author: string;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  const { services } = server;
  needs = { ...services, workItems: clinic.workItems, auditRules: await readAuditRules(services.validator) };
  specialist = await signIn(server, clinic.clinic, ['clinicalSpecialist']);
  const cookie = await signIn(server, clinic.clinic, ['clinicalSpecialist', 'therapist']);
  const { json } = await server.call('GET', '/v1/session', { cookie });
  author = (json as { user: { id: string } }).user.id;
  for (let note = 0; note < 11; note += 1) await signed(new Date(Date.now() - (20 - note) * 3_600_000));
});
afterAll(() => server.stop());

/** A note as signing leaves it, with what was changed of one section. */
async function signed(at: Date): Promise<void> {
  const { db, vault } = server.services;
  const place = { clinic: clinic.clinic, connection: clinic.webpt, patient: clinic.patient, date: today };
  const appointment = await addVisit(server.services, place);
  const [session, note] = [newReference('ses'), newReference('not')];
  const own = { clinic: clinic.clinic, patient: clinic.patient, date: today };
  await vault.put(clinic.clinic, 'session', {}, { ref: session });
  await vault.put(clinic.clinic, 'note', {}, { ref: note });
  const record = await vault.put(clinic.clinic, 'noteVersion', {});
  await db
    .insertInto('session_records')
    .values({
      ref: session,
      ...own,
      appointment,
      revision: 1,
      state: 'open',
      clinician: author,
      begun_at: at,
      updated_at: at,
      closed_at: null,
      closed_by: null,
    })
    .execute();
  await db
    .insertInto('notes')
    .values({
      ref: note,
      ...own,
      session,
      session_revision: 1,
      kind: 'daily',
      system: 'plain',
      revision: 1,
      state: 'signed',
      author,
      written_by: 'composer',
      open_block: 0,
      open_ask: 0,
      open_gaps: 0,
      open_missing: 0,
      drafted_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .insertInto('note_versions')
    .values({
      note,
      version: 1,
      clinic: clinic.clinic,
      kind: 'document',
      record,
      hash: '0'.repeat(64),
      signed_by: author,
      signed_at: at,
      credential: 'PT',
      attestation: 'attestation/2026',
      cosign_needed: false,
      cosign_rule: null,
    })
    .execute();
  await db
    .insertInto('note_edits')
    .values({ note, section: 'assessment', drafted_words: 20, signed_words: 25, changed_words: 5 })
    .execute();
}

const draw = () => drawSample(needs, clinic.clinic, today, systemPrincipal('test'));

interface Listed {
  readonly id: string;
  readonly subject: string;
}

async function openItems(): Promise<readonly Listed[]> {
  return server.services.db
    .selectFrom('work_items')
    .select(['id', 'subject'])
    .where('kind', '=', 'documentation.audit')
    .where('role', '=', 'clinicalSpecialist')
    .where('status', '=', 'open')
    .orderBy('opened_at')
    .execute();
}

async function decide(item: string, decision: string, cookie: string, reason?: string) {
  const read = await server.call('GET', `/v1/console/work-items/${item}`, { cookie });
  expect([read.status, read.text]).toEqual([200, read.text]);
  const { hash } = (read.json as { revision: { hash: string } }).revision;
  const body = { decision, hash, ...(reason === undefined ? {} : { reason }) };
  const headers = { 'x-gait-console': '1' };
  return server.call('POST', `/v1/console/work-items/${item}/decisions`, { body, cookie, headers });
}

describe('the sample of signed drafts', () => {
  test('is the first and the eleventh of eleven, drawn once; a clinic that sets no days has none', async () => {
    await setAudit({ days: 0 });
    expect(await draw()).toBe(0);
    await setAudit(undefined);
    expect([await draw(), await draw(), (await openItems()).length]).toEqual([2, 0, 2]);
  });

  test('is marked by a specialist, with a reason where there are faults, and never by who signed', async () => {
    const [first, second] = await openItems();
    const signer = await signInAs(author);
    expect((await decide(first?.id ?? '', 'sound', signer)).json).toMatchObject({
      error: { code: 'decision.refused' },
    });
    expect((await decide(first?.id ?? '', 'minorFaults', specialist)).json).toMatchObject({
      error: { where: 'reason' },
    });
    expect((await decide(first?.id ?? '', 'minorFaults', specialist, 'A side was unclear.')).status).toBe(200);
    expect((await decide(second?.id ?? '', 'sound', specialist)).status).toBe(200);
    expect(await openItems()).toEqual([]);
  });

  test('is told as figures, with how much of each section was changed', async () => {
    const { json } = await server.call('GET', '/v1/console/documentation/figures', { cookie: specialist });
    expect(json).toMatchObject({
      signed: { composer: 11, model: 0 },
      sections: [{ section: 'assessment', notes: 11, draftedWords: 220, changedWords: 55, changedShare: 0.2 }],
      audits: { open: 0, sound: 1, minorFaults: 1, seriousFaults: 0, notLooked: 0 },
    });
  });
});

async function setAudit(noteAudit: { readonly days: number } | undefined): Promise<void> {
  const settings = JSON.stringify(noteAudit === undefined ? {} : { noteAudit });
  await server.services.db.updateTable('clinics').set({ settings }).where('id', '=', clinic.clinic).execute();
}

async function signInAs(user: string): Promise<string> {
  const row = await server.services.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', user)
    .executeTakeFirstOrThrow();
  const answer = await server.call('POST', '/v1/session', {
    body: { email: row.email, password: 'correct horse battery' },
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

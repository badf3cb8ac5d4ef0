// Documents over HTTP: drafted once, held against the record at every change, worded as the clinic set, read by whom they concern.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { followedClinic } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { createPatientLinks } from '../patient-links/links.ts';
import { addPatient } from '../patient-links/testing/patients.ts';
import { setClinicSettings } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import type { NoteFacts } from './facts.ts';
import { blocksOf, notesClinic } from './testing/notes-clinic.ts';
import type { NotesClinic, Person } from './testing/notes-clinic.ts';

let server: TestServer;
let at: NotesClinic;
let clinic: Followed;
let therapist: Person;
let assistant: Person;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  at = await notesClinic(server);
  ({ clinic, therapist, assistant } = at);
});
afterAll(() => server.stop());

describe('a draft', () => {
  test('is made once for a session and kind, by a flow that gets counts and no words', async () => {
    const session = await at.closed(at.wholeSession(therapist, 'PT'));
    const undrafted = await server.call('GET', '/v1/notes/undrafted', { key: clinic.key });
    expect(undrafted.text).toContain(session);
    const ask = () => server.call('POST', '/v1/notes/drafts', { key: clinic.key, body: { session } });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [facts] = answers.map(({ json }) => json as NoteFacts);
    expect(new Set(answers.map(({ json }) => (json as NoteFacts).note)).size).toBe(1);
    expect(facts).toMatchObject({
      kind: 'daily',
      state: 'draft',
      revision: 1,
      findings: { block: 0 },
      writtenBy: 'composer',
    });
    expect(answers.map(({ text }) => text).join()).not.toMatch(/knee|stairs|Quillon/i);
    const shown = await at.view(facts?.note ?? '');
    expect(shown.author).toMatchObject({ id: therapist.id, credential: 'PT' });
    expect(shown.patient.name).toEqual({ given: 'Quillon', family: 'Abernathy' });
    const flexion = shown.document.sections
      .flatMap(({ sentences }) => sentences)
      .find(({ text }) => text.includes('110'));
    const pointer = flexion?.sources.find(({ value }) => value === 110)?.pointer ?? '';
    expect(shown.sources[pointer]?.words).toContain('degrees 110');
    const after = await server.call('GET', '/v1/notes/undrafted', { key: clinic.key });
    expect(after.text).not.toContain(session);
  });

  test('of an open session is refused', async () => {
    const record = at.wholeSession(therapist, 'PT');
    const session = await at.closed(record);
    await at.post(`/v1/console/session-records/${session}/reopen`, {});
    const answer = await at.post(`/v1/console/session-records/${session}/draft`, {});
    expect([answer.status, answer.json]).toMatchObject([409, { error: { where: 'session' } }]);
  });
});

describe('what blocks a signature', () => {
  test('130 degrees where 110 were recorded; corrected, it is signed', async () => {
    const { note } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
    await at.reworded(note, (text) => text.replace('110°', '130°'));
    const lied = await at.acceptGaps(note);
    expect(blocksOf(lied).map((one) => one.class)).toEqual(['number', 'number', 'dropped']);
    expect(lied.signing.whyNot).toMatchObject([{ code: 'open' }]);
    const refused = await at.sign(lied);
    expect([refused.status, refused.json]).toMatchObject([409, { error: { code: 'decision.refused' } }]);
    expect(refused.text).not.toMatch(/130|shoulder/);
    await at.reworded(note, (text) => text.replace('130°', '110°'));
    const right = await at.acceptGaps(note);
    expect(right.signing).toMatchObject({ maySign: true, whyNot: [], as: 'author' });
    expect((await at.sign(right)).json).toMatchObject({ state: 'signed' });
  });

  test('left and right exchanged', async () => {
    const { note } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
    await at.reworded(note, (text) => (text.includes('110') ? text.replace(/left/g, 'right') : text));
    const lied = await at.acceptGaps(note);
    expect(lied.open.block).toBeGreaterThan(0);
    expect((await at.sign(lied)).status).toBe(409);
  });

  test('"denies pain" where nobody asked', async () => {
    const { note } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
    await at.reworded(note, (text) =>
      text.startsWith('The patient denies') ? `${text} The patient denies dizziness.` : text,
    );
    const lied = await at.acceptGaps(note);
    expect(lied.verification.findings.map((one) => one.class)).toContain('negation');
    expect((await at.sign(lied)).status).toBe(409);
  });

  test('a progress report made of an assistant’s text alone, whoever asks', async () => {
    const session = await at.closed(at.wholeSession(assistant, 'PTA', { date: addDays(today, -30) }), assistant);
    const { note, findings } = await at.draft(session, assistant, { kind: 'progress' });
    expect(findings.block).toBeGreaterThan(0);
    const own = await at.acceptGaps(note, assistant);
    const author = own.verification.findings.find((one) => one.class === 'author');
    expect(author).toMatchObject({ severity: 'block', mayStand: false });
    const stands = { revision: own.revision, findings: [author?.key], how: 'stands', reason: 'It is fine.' };
    expect((await at.post(`/v1/console/notes/${note}/resolve`, stands, assistant)).json).toMatchObject({
      error: { code: 'decision.refused' },
    });
    expect((await at.sign(own, assistant)).status).toBe(409);
    // A therapist who takes it over signs their own report, but there must be something a clinician saw.
    await at.post(`/v1/console/notes/${note}/take-over`, { revision: own.revision });
    const taken = await at.acceptGaps(note);
    expect(taken.verification.findings.map((one) => one.class)).toContain('author');
    expect((await at.sign(taken)).status).toBe(409);
  });

  test('a tap that calls an assistant a therapist changes nothing: what is on file counts', async () => {
    const session = await at.closed(at.wholeSession(assistant, 'PT', { date: addDays(today, -31) }), assistant);
    const { note } = await at.draft(session, assistant, { kind: 'progress' });
    expect((await at.view(note, assistant)).verification.findings.map((one) => one.class)).toContain('author');
  });

  test('a gap, until it is filled or accepted with a reason', async () => {
    const { note, gaps } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT', { pain: [] })));
    expect(gaps).toBeGreaterThan(0);
    const before = await at.view(note);
    expect((await at.sign(before)).status).toBe(409);
    const accepted = await at.acceptGaps(note);
    expect(accepted.document).toEqual(before.document);
    expect(accepted.resolutions[0]).toMatchObject({ how: 'gapAccepted', byName: 'Kim Adair', isVoid: false });
    expect((await at.sign(accepted)).json).toMatchObject({ state: 'signed' });
  });
});

test('a finding that stands is bound to its words: a later edit of the sentence voids it', async () => {
  const { note } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
  await at.reworded(note, (text) => text.replace('110°', '130°'));
  const lied = await at.acceptGaps(note);
  const keys = blocksOf(lied).map(({ key }) => key);
  const stands = { revision: lied.revision, findings: keys, how: 'stands', reason: 'Measured again by hand.' };
  const resolved = await at.post(`/v1/console/notes/${note}/resolve`, stands);
  expect(resolved.json).toMatchObject({ findings: { block: 0 }, maySign: true });
  const facts = await at.reworded(note, (text) => text.replace('130°', '135°'));
  // What was said of the dropped range of motion holds: the record is as it was, and still not told.
  expect(facts).toMatchObject({ findings: { block: 2 }, maySign: false });
  const after = await at.view(note);
  expect(after.resolutions.map(({ key, isVoid }) => keys.includes(key) && isVoid)).toEqual(
    expect.arrayContaining([true, true, false]),
  );
  const late = await at.post(`/v1/console/notes/${note}/resolve`, { ...stands, revision: after.revision });
  expect(late.json).toMatchObject({ error: { code: 'reference.unknown' } });
});

test('a discarded draft has its reason and stays away from flows; a person may draft anew', async () => {
  const session = await at.closed(at.wholeSession(therapist, 'PT'));
  const { note, revision } = await at.draft(session);
  expect((await at.post(`/v1/console/notes/${note}/discard`, { revision, reason: 'x' })).status).toBe(400);
  const gone = await at.post(`/v1/console/notes/${note}/discard`, { revision, reason: 'Wrong visit.' });
  expect(gone.json).toMatchObject({ state: 'discarded' });
  const flow = await server.call('POST', '/v1/notes/drafts', { key: clinic.key, body: { session } });
  expect(flow.json).toMatchObject({ note, state: 'discarded', maySign: false });
  expect((await at.draft(session)).note).not.toBe(note);
});

describe('a clinic’s own documents', () => {
  test('have its structure, payer’s structure, style and phrases; what cannot be composed is refused by its field', async () => {
    const { settings } = await server.services.db
      .selectFrom('clinics')
      .select('settings')
      .where('id', '=', clinic.clinic)
      .executeTakeFirstOrThrow();
    const set = (documentation: object) =>
      setClinicSettings(server.services, clinic.clinic, { ...settings, documentation });
    await expect(set({ structure: 'nowhere' })).rejects.toMatchObject({ where: 'settings.documentation.structure' });
    await expect(set({ phrases: [{ id: 'visit', text: 'Seen by {witch}.' }] })).rejects.toMatchObject({
      where: 'settings.documentation.phrases.0.text',
    });
    const before = await at.view((await at.draft(await at.closed(at.wholeSession(therapist, 'PT')))).note);
    expect(before.system).toBe('webpt');
    await set({
      structure: 'plain',
      style: 'brief',
      phrases: [{ id: 'visit', text: 'Visit of {date}.' }],
      automationSentence: 'A program drafted this; your therapist signed it.',
    });
    const own = await at.view((await at.draft(await at.closed(at.wholeSession(therapist, 'PT')))).note);
    expect(own.system).toBe('plain');
    expect(own.automation).toBe('A program drafted this; your therapist signed it.');
    expect(own.document.sections.flatMap(({ sentences }) => sentences.map(({ text }) => text)).join(' ')).toMatch(
      /Visit of /,
    );
    await set({ structure: 'plain', payers: [{ payer: 'sunrise-medicare', structure: 'breezynotes' }] });
    expect((await at.view((await at.draft(await at.closed(at.wholeSession(therapist, 'PT')))).note)).system).toBe(
      'breezynotes',
    );
    await setClinicSettings(server.services, clinic.clinic, settings);
  });
});

describe('who may', () => {
  test('therapists write, an admin and a specialist read, the front desk and billers do neither, a key gets counts only', async () => {
    const { note, revision } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
    const admin = await at.person(null, ['admin']);
    const specialist = await at.person(null, ['clinicalSpecialist']);
    const outside = [await at.person(null, ['frontDesk']), await at.person(null, ['biller'])];
    const reads = [`/v1/console/notes/${note}`, '/v1/console/notes'];
    for (const path of reads) {
      for (const { cookie } of [admin, specialist])
        expect((await server.call('GET', path, { cookie })).status, path).toBe(200);
      expect((await server.call('GET', path, { key: clinic.key })).status, path).toBe(401);
      for (const { cookie } of outside) expect((await server.call('GET', path, { cookie })).status, path).toBe(403);
    }
    const hash = 'a'.repeat(64);
    const writes: [string, object][] = [
      ['edit', { revision, sections: [] }],
      ['resolve', { revision, findings: ['a'.repeat(32)], how: 'stands', reason: 'None.' }],
      ['take-over', { revision }],
      ['discard', { revision, reason: 'None.' }],
      ['sign', { revision, hash, attestation: 'attest-author' }],
      ['cosign', { hash, attestation: 'attest-cosigner' }],
      ['addenda', { text: 'None.' }],
    ];
    for (const [action, body] of writes)
      for (const by of [admin, specialist, ...outside])
        expect((await at.post(`/v1/console/notes/${note}/${action}`, body, by)).status, action).toBe(403);
    const stranger = await followedClinic(server.services, { name: 'south', today });
    expect((await server.call('GET', `/v1/notes/${note}`, { key: stranger.key })).status).toBe(404);
    const facts = await server.call('GET', `/v1/notes/${note}`, { key: clinic.key });
    expect(facts.json).toMatchObject({ note, state: 'draft' });
    const list = await server.call('GET', '/v1/console/notes?state=draft&author=me', { cookie: therapist.cookie });
    expect(list.json).toMatchObject({ hasMore: false });
    expect(list.text).toContain(note);
  });

  test('nothing of a note lies readable in the database, the logs or the audit chain', async () => {
    const { note } = await at.draft(
      await at.closed(at.wholeSession(therapist, 'PT', { assessment: 'Zanzibar marker words' })),
    );
    const shown = await at.acceptGaps(note);
    expect(JSON.stringify(shown.document)).toContain('Zanzibar');
    await at.sign(shown);
    await at.post(`/v1/console/notes/${note}/addenda`, { text: 'Zanzibar once more.' });
    const { db } = server.services;
    const { rows } = await sql<{ line: string }>`
      select n::text as line from notes n union all select v::text from note_versions v
      union all select e::text from note_edits e union all select a::text from audit_entries a
      union all select encode(sealed, 'escape') from vault_records`.execute(db);
    expect([...server.logs, ...rows.map(({ line }) => line)].join('\n')).not.toContain('Zanzibar');
  });
});

test('records of one person put together: sessions and notes go along with the visit, and come back when it is undone', async () => {
  const of = { clinic: clinic.clinic, connection: clinic.webpt };
  const [stays, goes] = [await addPatient(server.services, of), await addPatient(server.services, of)];
  const record = at.wholeSession(therapist, 'PT', { patient: goes });
  const session = await at.closed(record);
  const { note } = await at.draft(session);
  const links = createPatientLinks(server.services);
  const { db } = server.services;
  const link = await db
    .transaction()
    .execute((trx) => links.merge(trx, { clinic: clinic.clinic, stays, goes, workItem: null, by: clinic.user.user }));
  const whose = async (): Promise<readonly string[]> => {
    const row = await db
      .selectFrom('session_records')
      .select(['patient'])
      .where('ref', '=', session)
      .executeTakeFirstOrThrow();
    return [row.patient, (await at.view(note)).patient.ref];
  };
  expect(await whose()).toEqual([stays, stays]);
  const mine = await server.call('GET', `/v1/console/notes?patient=${goes}`, { cookie: therapist.cookie });
  expect(mine.text).toContain(note);
  // A tablet that still knows the other record may save what it has.
  await at.post(`/v1/console/session-records/${session}/reopen`, {});
  const { appointment } = await db
    .selectFrom('session_records')
    .select('appointment')
    .where('ref', '=', session)
    .executeTakeFirstOrThrow();
  const save = { save: randomUUID(), appointment, base: 1, record: { ...record, plan: 'Later words' } };
  expect((await at.post(`/v1/console/session-records/${session}/saves`, save)).json).toEqual({
    outcome: 'saved',
    revision: 2,
  });
  await links.undo(clinic.clinic, link, clinic.user);
  expect(await whose()).toEqual([goes, goes]);
});

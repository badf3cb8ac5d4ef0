// Documents over HTTP: drafted once, held against the record at every change, signed by whom the rules let, and then never changed.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { Credential } from '../../domain/session/words.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Role } from '../http/principal.ts';
import { createPatientLinks } from '../patient-links/links.ts';
import { addPatient, addVisit } from '../patient-links/testing/patients.ts';
import { createUser, setClinicSettings } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import type { NoteFacts } from './facts.ts';
import { untoldVersions, versionTold } from './signed.ts';
import type { NoteView } from './view.ts';

let server: TestServer;
let clinic: Followed;
const today = testDay();

interface Person {
  readonly id: string;
  readonly cookie: string;
}
let therapist: Person;
let other: Person;
let assistant: Person;
let student: Person;

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  therapist = await person('PT');
  other = await person('PT');
  assistant = await person('PTA');
  student = await person('student');
});
afterAll(() => server.stop());

async function person(credential: Credential | null, roles: readonly Role[] = ['therapist']): Promise<Person> {
  const email = `${randomUUID()}@example.org`;
  const held = { license: 'L-100', licenseState: 'IL', licenseExpires: addDays(today, 300) };
  const { id } = await createUser(server.services, {
    clinic: clinic.clinic,
    email,
    displayName: 'Kim Adair',
    roles,
    password,
    ...(credential === null ? {} : { credential: { credential, ...held } }),
  });
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return { id, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

const post = (path: string, body: unknown, by: Person = therapist): Promise<Answer> =>
  server.call('POST', path, { body, cookie: by.cookie, headers: { 'x-gait-console': '1' } });

const quads = {
  ...blankIntervention('terminal knee extension'),
  code: '97110',
  minutes: 23,
  sets: 3,
  repetitions: 10,
  side: 'left' as const,
  skills: ['verbal cues' as const],
  response: 'well' as const,
  progression: 'same' as const,
};

/** A session of which nothing a daily note tells is missing. */
function wholeSession(by: Person, credential: Credential, change: Partial<Session> = {}): Session {
  return {
    ...blankSession({ ref: newReference('ses'), patient: clinic.patient, date: today, kind: 'treatment' }),
    visitNumber: 4,
    clinicians: [{ ref: by.id, credential }],
    totalMinutes: 30,
    timedMinutes: 23,
    subjective: {
      words: 'Stairs are easier',
      reports: [{ symptom: 'numbness', present: false, part: null, side: null }],
    },
    pain: [
      { when: 'before', score: 4, part: 'knee', side: 'left' },
      { when: 'after', score: 2, part: 'knee', side: 'left' },
    ],
    rangeOfMotion: [
      { part: 'shoulder', motion: 'flexion', side: 'left', mode: 'active', degrees: 110 },
      { part: 'shoulder', motion: 'flexion', side: 'right', mode: 'active', degrees: 165 },
    ],
    interventions: [quads],
    assessment: 'Quadriceps control improves',
    plan: 'Add step downs',
    ...change,
  };
}

/** Captures and closes it, on a visit of its own. */
async function closed(record: Session, by: Person = therapist): Promise<string> {
  const { clinic: id, webpt: connection } = clinic;
  const { patient, date } = record;
  const appointment = await addVisit(server.services, { clinic: id, connection, patient, date });
  const path = `/v1/console/session-records/${record.ref}`;
  const saved = await post(`${path}/saves`, { save: randomUUID(), appointment, base: 0, record }, by);
  expect([saved.status, saved.text]).toEqual([200, saved.text]);
  expect((await post(`${path}/close`, { revision: 1 }, by)).status).toBe(200);
  return record.ref;
}

async function draft(session: string, by: Person = therapist, body: object = {}): Promise<NoteFacts> {
  const answer = await post(`/v1/console/session-records/${session}/draft`, body, by);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as NoteFacts;
}

async function view(note: string, by: Person = therapist): Promise<NoteView> {
  const answer = await server.call('GET', `/v1/console/notes/${note}`, { cookie: by.cookie });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as NoteView;
}

const textsOf = ({ document }: NoteView) =>
  document.sections.map(({ id, sentences }) => ({ id, texts: sentences.map(({ text }) => text) }));

/** Saves the note with every sentence changed as `change` says. */
async function reworded(note: string, change: (text: string) => string, by: Person = therapist): Promise<NoteFacts> {
  const shown = await view(note, by);
  const sections = textsOf(shown).map(({ id, texts }) => ({ id, texts: texts.map(change) }));
  const answer = await post(`/v1/console/notes/${note}/edit`, { revision: shown.revision, sections }, by);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as NoteFacts;
}

const blocksOf = ({ verification }: NoteView) =>
  verification.findings.filter(({ severity, resolution }) => severity === 'block' && resolution === null);

/** Accepts every gap and everything that is missing. */
async function acceptGaps(note: string, by: Person = therapist): Promise<NoteView> {
  const { gaps, completeness, revision } = await view(note, by);
  const findings = [...gaps, ...completeness.missing].filter((one) => one.resolution === null).map(({ key }) => key);
  if (findings.length > 0) {
    const body = { revision, findings, how: 'gapAccepted', reason: 'Not part of this visit.' };
    const answer = await post(`/v1/console/notes/${note}/resolve`, body, by);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
  }
  return view(note, by);
}

const signatureOf = ({ revision, signing }: NoteView) => ({
  revision,
  hash: signing.hash,
  attestation: signing.attestation?.id ?? '',
});

const sign = async (shown: NoteView, by: Person = therapist, more: object = {}): Promise<Answer> =>
  post(`/v1/console/notes/${shown.note}/sign`, { ...signatureOf(shown), ...more }, by);

describe('a draft', () => {
  test('is made once for a session and kind, by a flow that gets counts and no words', async () => {
    const session = await closed(wholeSession(therapist, 'PT'));
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
    const shown = await view(facts?.note ?? '');
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
    const record = wholeSession(therapist, 'PT');
    const session = await closed(record);
    await post(`/v1/console/session-records/${session}/reopen`, {});
    const answer = await post(`/v1/console/session-records/${session}/draft`, {});
    expect([answer.status, answer.json]).toMatchObject([409, { error: { where: 'session' } }]);
  });
});

describe('what blocks a signature', () => {
  test('130 degrees where 110 were recorded; corrected, it is signed', async () => {
    const { note } = await draft(await closed(wholeSession(therapist, 'PT')));
    await reworded(note, (text) => text.replace('110°', '130°'));
    const lied = await acceptGaps(note);
    expect(blocksOf(lied).map((one) => one.class)).toEqual(['number', 'number', 'dropped']);
    expect(lied.signing.whyNot).toMatchObject([{ code: 'open' }]);
    const refused = await sign(lied);
    expect([refused.status, refused.json]).toMatchObject([409, { error: { code: 'decision.refused' } }]);
    expect(refused.text).not.toMatch(/130|shoulder/);
    await reworded(note, (text) => text.replace('130°', '110°'));
    const right = await acceptGaps(note);
    expect(right.signing).toMatchObject({ maySign: true, whyNot: [], as: 'author' });
    expect((await sign(right)).json).toMatchObject({ state: 'signed' });
  });

  test('left and right exchanged', async () => {
    const { note } = await draft(await closed(wholeSession(therapist, 'PT')));
    await reworded(note, (text) => (text.includes('110') ? text.replace(/left/g, 'right') : text));
    const lied = await acceptGaps(note);
    expect(lied.open.block).toBeGreaterThan(0);
    expect((await sign(lied)).status).toBe(409);
  });

  test('"denies pain" where nobody asked', async () => {
    const { note } = await draft(await closed(wholeSession(therapist, 'PT')));
    await reworded(note, (text) =>
      text.startsWith('The patient denies') ? `${text} The patient denies dizziness.` : text,
    );
    const lied = await acceptGaps(note);
    expect(lied.verification.findings.map((one) => one.class)).toContain('negation');
    expect((await sign(lied)).status).toBe(409);
  });

  test('a progress report made of an assistant’s text alone, whoever asks', async () => {
    const session = await closed(wholeSession(assistant, 'PTA', { date: addDays(today, -30) }), assistant);
    const { note, findings } = await draft(session, assistant, { kind: 'progress' });
    expect(findings.block).toBeGreaterThan(0);
    const own = await acceptGaps(note, assistant);
    const author = own.verification.findings.find((one) => one.class === 'author');
    expect(author).toMatchObject({ severity: 'block', mayStand: false });
    const stands = { revision: own.revision, findings: [author?.key], how: 'stands', reason: 'It is fine.' };
    expect((await post(`/v1/console/notes/${note}/resolve`, stands, assistant)).json).toMatchObject({
      error: { code: 'decision.refused' },
    });
    expect((await sign(own, assistant)).status).toBe(409);
    // A therapist who takes it over signs their own report, but there must be something a clinician saw.
    await post(`/v1/console/notes/${note}/take-over`, { revision: own.revision });
    const taken = await acceptGaps(note);
    expect(taken.verification.findings.map((one) => one.class)).toContain('author');
    expect((await sign(taken)).status).toBe(409);
  });

  test('a tap that calls an assistant a therapist changes nothing: what is on file counts', async () => {
    const session = await closed(wholeSession(assistant, 'PT', { date: addDays(today, -31) }), assistant);
    const { note } = await draft(session, assistant, { kind: 'progress' });
    expect((await view(note, assistant)).verification.findings.map((one) => one.class)).toContain('author');
  });

  test('a gap, until it is filled or accepted with a reason', async () => {
    const { note, gaps } = await draft(await closed(wholeSession(therapist, 'PT', { pain: [] })));
    expect(gaps).toBeGreaterThan(0);
    const before = await view(note);
    expect((await sign(before)).status).toBe(409);
    const accepted = await acceptGaps(note);
    expect(accepted.document).toEqual(before.document);
    expect(accepted.resolutions[0]).toMatchObject({ how: 'gapAccepted', byName: 'Kim Adair', isVoid: false });
    expect((await sign(accepted)).json).toMatchObject({ state: 'signed' });
  });
});

test('a finding that stands is bound to its words: a later edit of the sentence voids it', async () => {
  const { note } = await draft(await closed(wholeSession(therapist, 'PT')));
  await reworded(note, (text) => text.replace('110°', '130°'));
  const lied = await acceptGaps(note);
  const keys = blocksOf(lied).map(({ key }) => key);
  const stands = { revision: lied.revision, findings: keys, how: 'stands', reason: 'Measured again by hand.' };
  const resolved = await post(`/v1/console/notes/${note}/resolve`, stands);
  expect(resolved.json).toMatchObject({ findings: { block: 0 }, maySign: true });
  const facts = await reworded(note, (text) => text.replace('130°', '135°'));
  // What was said of the dropped range of motion holds: the record is as it was, and still not told.
  expect(facts).toMatchObject({ findings: { block: 2 }, maySign: false });
  const after = await view(note);
  expect(after.resolutions.map(({ key, isVoid }) => keys.includes(key) && isVoid)).toEqual(
    expect.arrayContaining([true, true, false]),
  );
  const late = await post(`/v1/console/notes/${note}/resolve`, { ...stands, revision: after.revision });
  expect(late.json).toMatchObject({ error: { code: 'reference.unknown' } });
});

describe('a signature', () => {
  const ready = async (by: Person = therapist, credential: Credential = 'PT'): Promise<NoteView> =>
    acceptGaps((await draft(await closed(wholeSession(by, credential), by), by)).note, by);

  test('covers exactly what was shown, is the author’s alone, and told twice it is one', async () => {
    const shown = await ready();
    const wrong = { ...signatureOf(shown), hash: 'f'.repeat(64) };
    const path = `/v1/console/notes/${shown.note}/sign`;
    expect((await post(path, wrong)).json).toMatchObject({ error: { code: 'state.conflict', where: 'hash' } });
    expect((await post(path, { ...signatureOf(shown), attestation: 'attest-none' })).json).toMatchObject({
      error: { where: 'attestation' },
    });
    expect((await sign(shown, other)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    const answers = await Promise.all([sign(shown), sign(shown)]);
    expect(answers.map(({ json }) => json)).toMatchObject([{ state: 'signed' }, { state: 'signed' }]);
    const signed = await view(shown.note);
    expect(signed.versions).toMatchObject([
      {
        version: 1,
        kind: 'document',
        hash: shown.signing.hash,
        signedBy: { id: therapist.id },
        credential: 'PT',
        isIntact: true,
      },
    ]);
    const untold = (await untoldVersions(server.services.db, 50)).filter(({ note }) => note === shown.note);
    expect(untold).toEqual([{ clinic: clinic.clinic, note: shown.note, version: 1 }]);
    for (const version of untold) await versionTold(server.services.db, version, server.services.now());
    expect((await untoldVersions(server.services.db, 50)).filter(({ note }) => note === shown.note)).toEqual([]);
    expect(
      (await actionsOf(server.services, clinic.clinic)).filter((action) => action === 'note.signed').length,
    ).toBeGreaterThan(0);
  });

  test('while the text is edited: one of the two is refused, and never an unseen text signed', async () => {
    const shown = await ready();
    const sections = textsOf(shown).map(({ id, texts }) => ({
      id,
      texts: texts.map((text) => text.replace('Add step downs', 'Add step-downs')),
    }));
    const [edited, signed] = await Promise.all([
      post(`/v1/console/notes/${shown.note}/edit`, { revision: shown.revision, sections }, other),
      sign(shown),
    ]);
    expect([edited.status, signed.status].sort()).toEqual([200, 409]);
    const { versions, state } = await view(shown.note);
    expect(versions.map(({ hash }) => hash)).toEqual(state === 'signed' ? [shown.signing.hash] : []);
  });

  test('is refused once the session was opened again; drafted anew the edits are kept and held against the change', async () => {
    const record = wholeSession(therapist, 'PT');
    const session = await closed(record);
    const { note } = await draft(session);
    await reworded(note, (text) => (text.startsWith('Plan') ? text : text.replace('The patient was seen', 'Seen')));
    const shown = await acceptGaps(note);
    const path = `/v1/console/session-records/${session}`;
    await post(`${path}/reopen`, {});
    expect((await sign(shown)).json).toMatchObject({ error: { where: 'session' } });
    const visit = await server.services.db
      .selectFrom('session_records')
      .select('appointment')
      .where('ref', '=', session)
      .executeTakeFirstOrThrow();
    const rangeOfMotion = record.rangeOfMotion.map((one) => (one.side === 'left' ? { ...one, degrees: 120 } : one));
    const save = { save: randomUUID(), appointment: visit.appointment, base: 1, record: { ...record, rangeOfMotion } };
    await post(`${path}/saves`, save);
    await post(`${path}/close`, { revision: 2 });
    const kept = await draft(session);
    expect(kept).toMatchObject({ note, state: 'draft' });
    expect(kept.findings.block).toBeGreaterThan(0);
    expect((await view(note)).document.sections[0]?.sentences[0]?.text).toMatch(/^Seen/);
    const anew = await draft(session, therapist, { anew: true });
    expect(anew).toMatchObject({ note, findings: { block: 0 } });
    const again = await acceptGaps(note);
    expect((await sign(again)).json).toMatchObject({ state: 'signed' });
    expect((await post(`${path}/reopen`, {})).json).toMatchObject({
      error: { fix: 'Write an addendum to the signed document.' },
    });
  });

  test('of nobody whose license is not on file or has run out', async () => {
    const nobody = await person(null);
    const shown = await ready();
    const path = `/v1/console/notes/${shown.note}/take-over`;
    expect((await post(path, { revision: shown.revision }, nobody)).json).toMatchObject({
      error: { code: 'access.forbidden' },
    });
    expect((await view(shown.note, nobody)).signing.whyNot.map(({ code }) => code)).toContain('noCredential');
    const { db } = server.services;
    const late = await person('PT');
    await post(path, { revision: shown.revision }, late);
    await db
      .updateTable('clinician_credentials')
      .set({ license_expires: addDays(today, -1) })
      .where('user_id', '=', late.id)
      .execute();
    const taken = await view(shown.note, late);
    expect(taken.signing).toMatchObject({ maySign: false, whyNot: [{ code: 'licenseExpired' }] });
    expect((await sign(taken, late)).status).toBe(403);
  });

  test('is kept for good: neither row nor record can be changed, not even by the server’s own hand', async () => {
    const shown = await ready();
    await sign(shown);
    const { db, vault } = server.services;
    const version = await db
      .selectFrom('note_versions')
      .selectAll()
      .where('note', '=', shown.note)
      .executeTakeFirstOrThrow();
    const refused = 'never changed';
    await expect(
      db
        .updateTable('note_versions')
        .set({ hash: '0'.repeat(64) })
        .where('note', '=', shown.note)
        .execute(),
    ).rejects.toThrow(refused);
    await expect(db.deleteFrom('note_versions').where('note', '=', shown.note).execute()).rejects.toThrow(refused);
    await expect(vault.replace(clinic.clinic, version.record, { shown: {} })).rejects.toThrow(refused);
    await expect(db.deleteFrom('vault_records').where('ref', '=', version.record).execute()).rejects.toThrow(refused);
    const sections = textsOf(shown);
    const late = await post(`/v1/console/notes/${shown.note}/edit`, { revision: shown.revision, sections });
    expect(late.json).toMatchObject({ error: { code: 'state.conflict', fix: 'Write an addendum.' } });
  });

  test('keeps how far the text is from its draft, for each section', async () => {
    const { note } = await draft(await closed(wholeSession(therapist, 'PT')));
    await reworded(note, (text) => text.replace('The patient was seen', 'The patient was duly seen'));
    await sign(await acceptGaps(note));
    const figures = await server.services.db.selectFrom('note_edits').selectAll().where('note', '=', note).execute();
    expect(figures.reduce((sum, one) => sum + one.changed_words, 0)).toBe(1);
    expect(figures.every((one) => one.signed_words > 0)).toBe(true);
  });

  test('is followed by addenda under their own signature; the document stays as it was', async () => {
    const shown = await ready();
    const path = `/v1/console/notes/${shown.note}/addenda`;
    expect((await post(path, { text: 'Too early.' })).status).toBe(409);
    await sign(shown);
    expect((await post(path, { text: 'The brace was fitted on the same day.' }, other)).json).toMatchObject({
      version: 2,
    });
    const after = await view(shown.note);
    expect(after.versions).toMatchObject([
      { version: 1, hash: shown.signing.hash, isIntact: true },
      {
        version: 2,
        kind: 'addendum',
        text: 'The brace was fitted on the same day.',
        signedBy: { id: other.id },
        isIntact: true,
      },
    ]);
    expect(after.document).toEqual(shown.document);
    const untold = (await untoldVersions(server.services.db, 50)).filter(({ note }) => note === shown.note);
    expect(untold.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe('a co-signature', () => {
  const written = async (by: Person, credential: Credential): Promise<NoteView> =>
    acceptGaps((await draft(await closed(wholeSession(by, credential), by), by)).note, by);

  test('is asked for where no rule says: the assistant says it, or the clinic’s setting does', async () => {
    const shown = await written(assistant, 'PTA');
    expect(shown.signing.cosignature).toMatchObject({ needs: 'asked', by: ['PT'] });
    expect((await sign(shown, assistant)).json).toMatchObject({ error: { code: 'input.invalid', where: 'cosign' } });
    expect((await sign(shown, assistant, { cosign: 'needed' })).json).toMatchObject({ state: 'awaitingCosign' });
    expect((await untoldVersions(server.services.db, 50)).some(({ note }) => note === shown.note)).toBe(false);
    const waiting = await view(shown.note, other);
    expect(waiting.signing).toMatchObject({ as: 'cosigner', maySign: true, hash: shown.signing.hash });
    const path = `/v1/console/notes/${shown.note}/cosign`;
    const body = { hash: waiting.signing.hash, attestation: waiting.signing.attestation?.id };
    expect((await post(path, body, assistant)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    expect((await post(path, body, student)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    for (let round = 0; round < 2; round += 1)
      expect((await post(path, body, other)).json).toMatchObject({ state: 'signed' });
    expect((await view(shown.note)).versions[0]?.cosigned).toMatchObject({ by: { id: other.id }, credential: 'PT' });
    expect((await untoldVersions(server.services.db, 50)).some(({ note }) => note === shown.note)).toBe(true);
  });

  test('of a student’s note is always needed; a clinic may set what its state asks of assistants', async () => {
    const mine = await written(student, 'student');
    expect((await sign(mine, student)).json).toMatchObject({ state: 'awaitingCosign' });
    const { settings } = await server.services.db
      .selectFrom('clinics')
      .select('settings')
      .where('id', '=', clinic.clinic)
      .executeTakeFirstOrThrow();
    await setClinicSettings(server.services, clinic.clinic, {
      ...settings,
      documentation: { cosignature: { PTA: 'required' } },
    });
    const theirs = await written(assistant, 'PTA');
    expect(theirs.signing.cosignature.needs).toBe('required');
    await setClinicSettings(server.services, clinic.clinic, settings);
  });
});

test('a discarded draft has its reason and stays away from flows; a person may draft anew', async () => {
  const session = await closed(wholeSession(therapist, 'PT'));
  const { note, revision } = await draft(session);
  expect((await post(`/v1/console/notes/${note}/discard`, { revision, reason: 'x' })).status).toBe(400);
  const gone = await post(`/v1/console/notes/${note}/discard`, { revision, reason: 'Wrong visit.' });
  expect(gone.json).toMatchObject({ state: 'discarded' });
  const flow = await server.call('POST', '/v1/notes/drafts', { key: clinic.key, body: { session } });
  expect(flow.json).toMatchObject({ note, state: 'discarded', maySign: false });
  expect((await draft(session)).note).not.toBe(note);
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
    const before = await view((await draft(await closed(wholeSession(therapist, 'PT')))).note);
    expect(before.system).toBe('webpt');
    await set({
      structure: 'plain',
      style: 'brief',
      phrases: [{ id: 'visit', text: 'Visit of {date}.' }],
      automationSentence: 'A program drafted this; your therapist signed it.',
    });
    const own = await view((await draft(await closed(wholeSession(therapist, 'PT')))).note);
    expect(own.system).toBe('plain');
    expect(own.automation).toBe('A program drafted this; your therapist signed it.');
    expect(own.document.sections.flatMap(({ sentences }) => sentences.map(({ text }) => text)).join(' ')).toMatch(
      /Visit of /,
    );
    await set({ structure: 'plain', payers: [{ payer: 'sunrise-medicare', structure: 'breezynotes' }] });
    expect((await view((await draft(await closed(wholeSession(therapist, 'PT')))).note)).system).toBe('breezynotes');
    await setClinicSettings(server.services, clinic.clinic, settings);
  });
});

describe('who may', () => {
  test('therapists write, an admin reads, the front desk and billers do neither, a key gets counts only', async () => {
    const { note, revision } = await draft(await closed(wholeSession(therapist, 'PT')));
    const admin = await person(null, ['admin']);
    const outside = [await person(null, ['frontDesk']), await person(null, ['biller'])];
    const reads = [`/v1/console/notes/${note}`, '/v1/console/notes'];
    for (const path of reads) {
      expect((await server.call('GET', path, { cookie: admin.cookie })).status, path).toBe(200);
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
      for (const by of [admin, ...outside])
        expect((await post(`/v1/console/notes/${note}/${action}`, body, by)).status, action).toBe(403);
    const stranger = await followedClinic(server.services, { name: 'south', today });
    expect((await server.call('GET', `/v1/notes/${note}`, { key: stranger.key })).status).toBe(404);
    const facts = await server.call('GET', `/v1/notes/${note}`, { key: clinic.key });
    expect(facts.json).toMatchObject({ note, state: 'draft' });
    const list = await server.call('GET', '/v1/console/notes?state=draft&author=me', { cookie: therapist.cookie });
    expect(list.json).toMatchObject({ hasMore: false });
    expect(list.text).toContain(note);
  });

  test('nothing of a note lies readable in the database, the logs or the audit chain', async () => {
    const { note } = await draft(await closed(wholeSession(therapist, 'PT', { assessment: 'Zanzibar marker words' })));
    const shown = await acceptGaps(note);
    expect(JSON.stringify(shown.document)).toContain('Zanzibar');
    await sign(shown);
    await post(`/v1/console/notes/${note}/addenda`, { text: 'Zanzibar once more.' });
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
  const record = wholeSession(therapist, 'PT', { patient: goes });
  const session = await closed(record);
  const { note } = await draft(session);
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
    return [row.patient, (await view(note)).patient.ref];
  };
  expect(await whose()).toEqual([stays, stays]);
  const mine = await server.call('GET', `/v1/console/notes?patient=${goes}`, { cookie: therapist.cookie });
  expect(mine.text).toContain(note);
  // A tablet that still knows the other record may save what it has.
  await post(`/v1/console/session-records/${session}/reopen`, {});
  const { appointment } = await db
    .selectFrom('session_records')
    .select('appointment')
    .where('ref', '=', session)
    .executeTakeFirstOrThrow();
  const save = { save: randomUUID(), appointment, base: 1, record: { ...record, plan: 'Later words' } };
  expect((await post(`/v1/console/session-records/${session}/saves`, save)).json).toEqual({
    outcome: 'saved',
    revision: 2,
  });
  await links.undo(clinic.clinic, link, clinic.user);
  expect(await whose()).toEqual([goes, goes]);
});

test('what breaks off while a draft is worded or signed leaves nothing half done', async () => {
  const session = await closed(wholeSession(therapist, 'PT'));
  const { db } = server.services;
  const counts = async () => {
    const { rows } = await sql<{ notes: number; versions: number; records: number; told: number }>`
      select (select count(*) from notes) as notes, (select count(*) from note_versions) as versions,
        (select count(*) from vault_records where kind in ('note', 'noteVersion')) as records,
        (select count(*) from signed_notes) as told`.execute(db);
    return rows[0];
  };
  /** Makes the database refuse the last thing a transaction writes. */
  const without = async (table: string, work: () => Promise<Answer>): Promise<Answer> => {
    await sql`create trigger broken before insert on ${sql.table(table)} for each row execute function refuse_change()`.execute(
      db,
    );
    try {
      return await work();
    } finally {
      await sql`drop trigger broken on ${sql.table(table)}`.execute(db);
    }
  };
  const before = await counts();
  const broken = await without('audit_entries', () => post(`/v1/console/session-records/${session}/draft`, {}));
  expect(broken.status).toBe(500);
  expect(await counts()).toEqual(before);
  const { note } = await draft(session);
  const shown = await acceptGaps(note);
  const drafted = await counts();
  expect((await without('signed_notes', () => sign(shown))).status).toBe(500);
  expect(await counts()).toEqual(drafted);
  expect((await sign(shown)).json).toMatchObject({ state: 'signed' });
});

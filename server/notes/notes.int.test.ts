// Documents over HTTP: drafted once, held against the record at every change, signed by whom the rules let, and then never changed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import type { Credential } from '../../domain/session/words.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import type { Role } from '../http/principal.ts';
import { addVisit } from '../patient-links/testing/patients.ts';
import { createUser } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { newReference } from '../vault/reference.ts';
import type { NoteFacts } from './facts.ts';
import type { NoteView } from './view.ts';

let server: TestServer;
let clinic: Followed;
const today = testDay();

interface Person {
  readonly id: string;
  readonly cookie: string;
}
let therapist: Person;
let assistant: Person;

beforeAll(async () => {
  server = await startServer();
  clinic = await followedClinic(server.services, { today });
  therapist = await person('PT');
  assistant = await person('PTA');
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
  const { clinic: id, patient, webpt: connection } = clinic;
  const appointment = await addVisit(server.services, { clinic: id, connection, patient, date: record.date });
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

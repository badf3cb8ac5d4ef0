// A clinic with clinicians of every kind and what they do with documents over HTTP, for tests.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { addDays } from '../../../domain/calendar.ts';
import { blankIntervention, blankSession } from '../../../domain/session/blank.ts';
import type { Session } from '../../../domain/session/schema.ts';
import type { Credential } from '../../../domain/session/words.ts';
import { followedClinic, password } from '../../authorizations/testing/followed.ts';
import type { Followed } from '../../authorizations/testing/followed.ts';
import type { Role } from '../../http/principal.ts';
import { addVisit } from '../../patient-links/testing/patients.ts';
import { createUser } from '../../setup.ts';
import { testDay } from '../../testing/days.ts';
import type { Answer, TestServer } from '../../testing/server.ts';
import { newReference } from '../../vault/reference.ts';
import type { NoteFacts } from '../facts.ts';
import type { NoteView } from '../view.ts';

export interface Person {
  readonly id: string;
  readonly cookie: string;
}

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

export const textsOf = ({ document }: NoteView) =>
  document.sections.map(({ id, sentences }) => ({ id, texts: sentences.map(({ text }) => text) }));

export const blocksOf = ({ verification }: NoteView) =>
  verification.findings.filter(({ severity, resolution }) => severity === 'block' && resolution === null);

export const signatureOf = ({ revision, signing }: NoteView) => ({
  revision,
  hash: signing.hash,
  attestation: signing.attestation?.id ?? '',
});

/** Made over a server that runs. Whoever is not named does it as the therapist. */
export async function notesClinic(server: TestServer) {
  const today = testDay();
  const clinic: Followed = await followedClinic(server.services, { today });
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

  const [therapist, other] = [await person('PT'), await person('PT')];
  const [assistant, student] = [await person('PTA'), await person('student')];
  const post = (path: string, body: unknown, by: Person = therapist): Promise<Answer> =>
    server.call('POST', path, { body, cookie: by.cookie, headers: { 'x-gait-console': '1' } });

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

  /** Saves the note with every sentence changed as `change` says. */
  async function reworded(note: string, change: (text: string) => string, by: Person = therapist): Promise<NoteFacts> {
    const shown = await view(note, by);
    const sections = textsOf(shown).map(({ id, texts }) => ({ id, texts: texts.map(change) }));
    const answer = await post(`/v1/console/notes/${note}/edit`, { revision: shown.revision, sections }, by);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json as NoteFacts;
  }

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

  const sign = async (shown: NoteView, by: Person = therapist, more: object = {}): Promise<Answer> =>
    post(`/v1/console/notes/${shown.note}/sign`, { ...signatureOf(shown), ...more }, by);

  return {
    today,
    clinic,
    therapist,
    other,
    assistant,
    student,
    person,
    post,
    wholeSession,
    closed,
    draft,
    view,
    reworded,
    acceptGaps,
    sign,
  };
}

export type NotesClinic = Awaited<ReturnType<typeof notesClinic>>;

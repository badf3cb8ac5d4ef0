// Signing over HTTP: who may, exactly what, once, kept for good, beside whom, and what is added later.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { setClinicSettings } from '../setup.ts';
import { testDay } from '../testing/days.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { rewrapAll, rotateClinicKey } from '../vault/rotation.ts';
import { untoldVersions, versionTold } from './signed.ts';
import { notesClinic, signatureOf, textsOf } from './testing/notes-clinic.ts';
import type { NotesClinic, Person } from './testing/notes-clinic.ts';
import type { NoteView } from './view.ts';

let server: TestServer;
let at: NotesClinic;
let clinic: Followed;
let therapist: Person;
let other: Person;
let assistant: Person;
let student: Person;
const today = testDay();

beforeAll(async () => {
  server = await startServer();
  at = await notesClinic(server);
  ({ clinic, therapist, other, assistant, student } = at);
});
afterAll(() => server.stop());

describe('a signature', () => {
  const ready = async (by: Person = therapist, credential: Credential = 'PT'): Promise<NoteView> =>
    at.acceptGaps((await at.draft(await at.closed(at.wholeSession(by, credential), by), by)).note, by);

  test('covers exactly what was shown, is the author’s alone, and told twice it is one', async () => {
    const shown = await ready();
    const wrong = { ...signatureOf(shown), hash: 'f'.repeat(64) };
    const path = `/v1/console/notes/${shown.note}/sign`;
    expect((await at.post(path, wrong)).json).toMatchObject({ error: { code: 'state.conflict', where: 'hash' } });
    expect((await at.post(path, { ...signatureOf(shown), attestation: 'attest-none' })).json).toMatchObject({
      error: { where: 'attestation' },
    });
    expect((await at.sign(shown, other)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    const answers = await Promise.all([at.sign(shown), at.sign(shown)]);
    expect(answers.map(({ json }) => json)).toMatchObject([{ state: 'signed' }, { state: 'signed' }]);
    const signed = await at.view(shown.note);
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
      at.post(`/v1/console/notes/${shown.note}/edit`, { revision: shown.revision, sections }, other),
      at.sign(shown),
    ]);
    expect([edited.status, signed.status].sort()).toEqual([200, 409]);
    const { versions, state } = await at.view(shown.note);
    expect(versions.map(({ hash }) => hash)).toEqual(state === 'signed' ? [shown.signing.hash] : []);
  });

  test('is refused once the session was opened again; drafted anew the edits are kept and held against the change', async () => {
    const record = at.wholeSession(therapist, 'PT');
    const session = await at.closed(record);
    const { note } = await at.draft(session);
    await at.reworded(note, (text) => (text.startsWith('Plan') ? text : text.replace('The patient was seen', 'Seen')));
    const shown = await at.acceptGaps(note);
    const path = `/v1/console/session-records/${session}`;
    await at.post(`${path}/reopen`, {});
    expect((await at.sign(shown)).json).toMatchObject({ error: { where: 'session' } });
    const visit = await server.services.db
      .selectFrom('session_records')
      .select('appointment')
      .where('ref', '=', session)
      .executeTakeFirstOrThrow();
    const rangeOfMotion = record.rangeOfMotion.map((one) => (one.side === 'left' ? { ...one, degrees: 120 } : one));
    const save = { save: randomUUID(), appointment: visit.appointment, base: 1, record: { ...record, rangeOfMotion } };
    await at.post(`${path}/saves`, save);
    await at.post(`${path}/close`, { revision: 2 });
    const kept = await at.draft(session);
    expect(kept).toMatchObject({ note, state: 'draft' });
    expect(kept.findings.block).toBeGreaterThan(0);
    expect((await at.view(note)).document.sections[0]?.sentences[0]?.text).toMatch(/^Seen/);
    const anew = await at.draft(session, therapist, { anew: true });
    expect(anew).toMatchObject({ note, findings: { block: 0 } });
    const again = await at.acceptGaps(note);
    expect((await at.sign(again)).json).toMatchObject({ state: 'signed' });
    expect((await at.post(`${path}/reopen`, {})).json).toMatchObject({
      error: { fix: 'Write an addendum to the signed document.' },
    });
  });

  test('of nobody whose license is not on file or has run out', async () => {
    const nobody = await at.person(null);
    const shown = await ready();
    const path = `/v1/console/notes/${shown.note}/take-over`;
    expect((await at.post(path, { revision: shown.revision }, nobody)).json).toMatchObject({
      error: { code: 'access.forbidden' },
    });
    expect((await at.view(shown.note, nobody)).signing.whyNot.map(({ code }) => code)).toContain('noCredential');
    const { db } = server.services;
    const late = await at.person('PT');
    await at.post(path, { revision: shown.revision }, late);
    await db
      .updateTable('clinician_credentials')
      .set({ license_expires: addDays(today, -1) })
      .where('user_id', '=', late.id)
      .execute();
    const taken = await at.view(shown.note, late);
    expect(taken.signing).toMatchObject({ maySign: false, whyNot: [{ code: 'licenseExpired' }] });
    expect((await at.sign(taken, late)).status).toBe(403);
  });

  test('is kept for good: neither row nor record can be changed, not even by the server’s own hand', async () => {
    const shown = await ready();
    await at.sign(shown);
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
    // New keys seal it anew and leave it as it is.
    const needs = server.services;
    await rotateClinicKey(needs, clinic.clinic, clinic.user);
    expect(await rewrapAll(needs, clinic.clinic, clinic.user)).toBeGreaterThan(0);
    expect((await at.view(shown.note)).versions).toMatchObject([{ hash: shown.signing.hash, isIntact: true }]);
    const sections = textsOf(shown);
    const late = await at.post(`/v1/console/notes/${shown.note}/edit`, { revision: shown.revision, sections });
    expect(late.json).toMatchObject({ error: { code: 'state.conflict', fix: 'Write an addendum.' } });
  });

  test('keeps how far the text is from its draft, for each section', async () => {
    const { note } = await at.draft(await at.closed(at.wholeSession(therapist, 'PT')));
    await at.reworded(note, (text) => text.replace('The patient was seen', 'The patient was duly seen'));
    await at.sign(await at.acceptGaps(note));
    const figures = await server.services.db.selectFrom('note_edits').selectAll().where('note', '=', note).execute();
    expect(figures.reduce((sum, one) => sum + one.changed_words, 0)).toBe(1);
    expect(figures.every((one) => one.signed_words > 0)).toBe(true);
  });

  test('is followed by addenda under their own signature; the document stays as it was', async () => {
    const shown = await ready();
    const path = `/v1/console/notes/${shown.note}/addenda`;
    expect((await at.post(path, { text: 'Too early.' })).status).toBe(409);
    await at.sign(shown);
    expect((await at.post(path, { text: 'The brace was fitted on the same day.' }, other)).json).toMatchObject({
      version: 2,
    });
    const after = await at.view(shown.note);
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
    at.acceptGaps((await at.draft(await at.closed(at.wholeSession(by, credential), by), by)).note, by);

  test('is asked for where no rule says: the assistant says it, or the clinic’s setting does', async () => {
    const shown = await written(assistant, 'PTA');
    expect(shown.signing.cosignature).toMatchObject({ needs: 'asked', by: ['PT'] });
    expect((await at.sign(shown, assistant)).json).toMatchObject({ error: { code: 'input.invalid', where: 'cosign' } });
    expect((await at.sign(shown, assistant, { cosign: 'needed' })).json).toMatchObject({ state: 'awaitingCosign' });
    expect((await untoldVersions(server.services.db, 50)).some(({ note }) => note === shown.note)).toBe(false);
    const waiting = await at.view(shown.note, other);
    expect(waiting.signing).toMatchObject({ as: 'cosigner', maySign: true, hash: shown.signing.hash });
    const path = `/v1/console/notes/${shown.note}/cosign`;
    const body = { hash: waiting.signing.hash, attestation: waiting.signing.attestation?.id };
    expect((await at.post(path, body, assistant)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    expect((await at.post(path, body, student)).json).toMatchObject({ error: { code: 'access.forbidden' } });
    for (let round = 0; round < 2; round += 1)
      expect((await at.post(path, body, other)).json).toMatchObject({ state: 'signed' });
    expect((await at.view(shown.note)).versions[0]?.cosigned).toMatchObject({ by: { id: other.id }, credential: 'PT' });
    expect((await untoldVersions(server.services.db, 50)).some(({ note }) => note === shown.note)).toBe(true);
  });

  test('of a student’s note is always needed; a clinic may set what its state asks of assistants', async () => {
    const mine = await written(student, 'student');
    expect((await at.sign(mine, student)).json).toMatchObject({ state: 'awaitingCosign' });
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

test('what breaks off while a draft is worded or signed leaves nothing half done', async () => {
  const session = await at.closed(at.wholeSession(therapist, 'PT'));
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
  const broken = await without('audit_entries', () => at.post(`/v1/console/session-records/${session}/draft`, {}));
  expect(broken.status).toBe(500);
  expect(await counts()).toEqual(before);
  const { note } = await at.draft(session);
  const shown = await at.acceptGaps(note);
  const drafted = await counts();
  expect((await without('signed_notes', () => at.sign(shown))).status).toBe(500);
  expect(await counts()).toEqual(drafted);
  expect((await at.sign(shown)).json).toMatchObject({ state: 'signed' });
});

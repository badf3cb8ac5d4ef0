// A data audit over a clinic's records, what a person decides on two that look like one, and the way back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findingsCsv } from '../../domain/data-audit/export.ts';
import { followedClinic, password } from '../authorizations/testing/followed.ts';
import type { Followed } from '../authorizations/testing/followed.ts';
import { systemPrincipal } from '../http/principal.ts';
import { createPatientLinks } from '../patient-links/links.ts';
import { allOf, sameAs } from '../patient-links/same-as.ts';
import { addPatient, addVisit, changePatient } from '../patient-links/testing/patients.ts';
import { createUser } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { testDay } from '../testing/days.ts';
import { createDataAudits } from './audits.ts';
import type { DataAudits } from './audits.ts';
import { openFindings } from './findings.ts';
import { readDataRules } from './rules.ts';
import type { DataRules } from './rules.ts';

const by = systemPrincipal('test');
const today = testDay();

let server: TestServer;
let rules: DataRules;
let clinic: Followed;
let audits: DataAudits;
let cookie: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  rules = await readDataRules(server.services.validator);
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  clinic = await followedClinic(server.services, { name: `audit${count}`, today });
  audits = createDataAudits({ ...server.services, ...clinic, rules, audit: server.services.audit });
  const signedIn = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});

const get = (path: string): Promise<Answer> => server.call('GET', `/v1/console/${path}`, { cookie });
const post = (path: string, body: object): Promise<Answer> =>
  server.call('POST', `/v1/console/${path}`, { cookie, headers: { 'x-gait-console': '1' }, body });
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);

/** Rosa as two systems have her: the second record is the first's, under a nickname of nobody's. */
async function twoRecords(change: Parameters<typeof addPatient>[1]['patient'] = {}): Promise<[string, string]> {
  const { clinic: of, webpt, availity } = clinic;
  const first = await addPatient(server.services, { clinic: of, connection: webpt });
  const second = await addPatient(server.services, { clinic: of, connection: availity, patient: change });
  const [one = '', other = ''] = [first, second].sort();
  return [one, other];
}

const run = (): Promise<string> => audits.run(clinic.clinic, by);
const items = () =>
  server.services.db
    .selectFrom('work_items')
    .select(['id', 'status', 'reason', 'close_reason'])
    .where('clinic', '=', clinic.clinic)
    .where('kind', '=', 'patient.merge')
    .orderBy('opened_at')
    .execute();
const codes = async (): Promise<string[]> =>
  (await openFindings(server.services.db, clinic.clinic)).map(({ code, field }) => `${code} ${field ?? '-'}`);

async function decide(item: string, decision: string, more: object = {}): Promise<Answer> {
  const { json } = await get(`work-items/${item}`);
  return post(`work-items/${item}/decisions`, { decision, hash: at(json, 'revision', 'hash'), ...more });
}

describe('two records of one person', () => {
  test('are laid before a person side by side with their weights; the reason names nobody', async () => {
    const [one] = await twoRecords();
    await run();
    const [item] = await items();
    expect(item?.reason).toContain('One person, as far as the records tell');
    const { json } = await get(`work-items/${item?.id ?? ''}`);
    expect(at(json, 'item', 'decisions')).toEqual(['merge', 'keepApart']);
    expect(at(json, 'item', 'subject')).toBe(one);
    expect(at(json, 'draftKind')).toBe('patientPair');
    expect(at(json, 'draft', 'rows', 1)).toMatchObject({ label: 'Last name', first: 'Delgado', second: 'Delgado' });
    const systems = [at(json, 'draft', 'sources', 'first', 'system'), at(json, 'draft', 'sources', 'second', 'system')];
    expect(systems.sort()).toEqual(['Availity', 'WebPT']);
    expect(await actionsOf(server.services, clinic.clinic)).toContain('record.audited');
  });

  test('answer as one after a merge, visits and numbers go along, and an undo puts everything back', async () => {
    const [one, other] = await twoRecords();
    const { db } = server.services;
    const own = { clinic: clinic.clinic, connection: clinic.webpt };
    const kept = await addVisit(server.services, { ...own, patient: one, date: '2026-10-01' });
    const same = await addVisit(server.services, { ...own, patient: other, date: '2026-10-01' });
    const goes = await addVisit(server.services, { ...own, patient: other, date: '2026-10-08' });
    const before = await db
      .selectFrom('imported_rows')
      .select(['kind', 'source', 'ref'])
      .where('clinic', '=', clinic.clinic)
      .orderBy('source')
      .execute();
    await run();
    const [item] = await items();
    const answer = await decide(item?.id ?? '', 'merge', { outcome: { stays: 'first' } });
    expect(answer.status).toBe(200);
    expect(await sameAs(db, clinic.clinic, other)).toBe(one);
    expect(await allOf(db, clinic.clinic, other)).toEqual([one, other]);
    const visits = await db
      .selectFrom('appointments')
      .select(['ref', 'patient'])
      .where('ref', 'in', [kept, same, goes])
      .execute();
    // The visit that both have is counted once: the second stays where it was.
    expect(new Map(visits.map(({ ref, patient }) => [ref, patient]))).toEqual(
      new Map([
        [kept, one],
        [same, other],
        [goes, one],
      ]),
    );
    const numbers = await db
      .selectFrom('imported_rows')
      .select('ref')
      .where('clinic', '=', clinic.clinic)
      .where('kind', '=', 'patient')
      .where('ref', '=', one)
      .execute();
    expect(numbers.length).toBe(2);
    const vaulted = await db.selectFrom('vault_records').select('ref').where('ref', 'in', [one, other]).execute();
    expect(vaulted.length).toBe(2);

    // A second audit asks nothing more and sees no double.
    await run();
    expect((await items()).map(({ status }) => status)).toEqual(['decided']);
    expect((await codes()).filter((code) => code.startsWith('duplicate'))).toEqual([]);

    // A visit that the other system told since goes back with its record.
    const late = await addVisit(server.services, {
      clinic: clinic.clinic,
      connection: clinic.availity,
      patient: one,
      date: '2026-10-15',
    });
    const page = await get('data-audit');
    const link = at(page.json, 'links', 0, 'id');
    expect((await post(`patient-links/${String(link)}/undo`, {})).status).toBe(200);
    expect(await sameAs(db, clinic.clinic, other)).toBe(other);
    const after = await db
      .selectFrom('imported_rows')
      .select(['kind', 'source', 'ref'])
      .where('clinic', '=', clinic.clinic)
      .where('ref', '<>', late)
      .orderBy('source')
      .execute();
    expect(after).toEqual(before);
    const back = await db
      .selectFrom('appointments')
      .select(['ref', 'patient'])
      .where('ref', 'in', [goes, late])
      .execute();
    const second = await db
      .selectFrom('imported_rows')
      .select('connection')
      .where('ref', '=', other)
      .where('kind', '=', 'patient')
      .executeTakeFirstOrThrow();
    const lateGoes = second.connection === clinic.availity ? other : one;
    expect(new Map(back.map(({ ref, patient }) => [ref, patient]))).toEqual(
      new Map([
        [goes, other],
        [late, lateGoes],
      ]),
    );
    const actions = await actionsOf(server.services, clinic.clinic);
    expect(actions).toEqual(expect.arrayContaining(['patient.merged', 'patient.takenApart']));
    // Whoever took them apart has said that they are two.
    await run();
    expect((await items()).filter(({ status }) => status === 'open')).toEqual([]);
  });

  test('that a person kept apart come again only when one of them changes', async () => {
    const [one] = await twoRecords();
    await run();
    const [item] = await items();
    expect((await decide(item?.id ?? '', 'keepApart')).status).toBe(200);
    await run();
    expect((await items()).length).toBe(1);
    expect((await codes()).filter((code) => code.startsWith('duplicate'))).toEqual([]);
    await changePatient(server.services, clinic.clinic, one, { contact: { phone: '(312) 555-0188', email: null } });
    await run();
    expect((await items()).map(({ status }) => status)).toEqual(['decided', 'open']);
  });

  test('that are corrected meanwhile need nobody: the item is closed', async () => {
    const [one] = await twoRecords();
    await run();
    await changePatient(server.services, clinic.clinic, one, {
      name: { given: 'Tobias', family: 'Whitlock' },
      birthDate: '1984-11-23',
    });
    await run();
    expect(await items()).toMatchObject([{ status: 'closed', close_reason: 'noLongerAlike' }]);
  });

  test('with two followed authorizations are not put together: it says why and what to do', async () => {
    const { db } = server.services;
    const { name, birthDate, gender, contact } = {
      name: { given: 'Quillon', family: 'Abernathy' },
      birthDate: '1961-03-14',
      gender: 'male' as const,
      contact: { phone: '555-0142', email: 'quillon@example.org' },
    };
    const double = await addPatient(server.services, {
      clinic: clinic.clinic,
      connection: clinic.availity,
      patient: { name, birthDate, gender, contact, address: null },
      memberId: 'SUN000111222',
    });
    const followed = await db
      .selectFrom('authorizations')
      .selectAll()
      .where('ref', '=', clinic.authorization)
      .executeTakeFirstOrThrow();
    await server.services.vault.put(clinic.clinic, 'authorization', { numbers: {} }, { ref: 'auth_copy' });
    const { held: _held, assessment: _assessment, periods, ...row } = followed;
    await db
      .insertInto('authorizations')
      .values({ ...row, ref: 'auth_copy', patient: double, periods: JSON.stringify(periods) })
      .execute();
    await run();
    const [item] = await items();
    const refused = await decide(item?.id ?? '', 'merge', { outcome: { stays: 'first' } });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Both records have an authorization that is followed');
    expect((await items()).map(({ status }) => status)).toEqual(['open']);

    // The one that nobody follows changes sides with the followed one.
    await db.updateTable('authorizations').set({ periods: '[]' }).where('ref', '=', 'auth_copy').execute();
    const [first = '', second = ''] = [clinic.patient, double].sort();
    const stays = first === double ? 'first' : 'second';
    expect([first, second]).toContain(double);
    expect((await decide(item?.id ?? '', 'merge', { outcome: { stays } })).status).toBe(200);
    const moved = await db
      .selectFrom('authorizations')
      .select(['ref', 'patient', 'to_track'])
      .where('clinic', '=', clinic.clinic)
      .orderBy('ref')
      .execute();
    expect(new Map(moved.map(({ ref, patient }) => [ref, patient]))).toEqual(
      new Map([
        [clinic.authorization, double],
        ['auth_copy', clinic.patient],
      ]),
    );
    expect(moved.every(({ to_track: told }) => told)).toBe(true);
  });

  test('of which one was put to a third meanwhile are refused', async () => {
    const [one, other] = await twoRecords();
    const third = await addPatient(server.services, { clinic: clinic.clinic, connection: clinic.webpt });
    await run();
    const open = await items();
    expect(open.length).toBe(2);
    const links = createPatientLinks(server.services);
    const merge = (stays: string, goes: string) =>
      server.services.db
        .transaction()
        .execute((trx) =>
          links.merge(trx, { clinic: clinic.clinic, stays, goes, workItem: null, by: clinic.user.user }),
        );
    await merge(third, one);
    await expect(merge(other, one)).rejects.toThrow('put to another one');
    await merge(other, third);
    expect(await sameAs(server.services.db, clinic.clinic, one)).toBe(other);
  });
});

describe('an audit', () => {
  test('tells what is new, gone and unchanged, its figures and its table without a value', async () => {
    const patient = await addPatient(server.services, {
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient: { birthDate: '1900-01-01', contact: { phone: '111-111-1111', email: null } },
    });
    await run();
    const found = await openFindings(server.services.db, clinic.clinic);
    expect(
      found.filter(({ subject }) => subject === patient).map(({ code, field }) => `${code} ${field ?? ''}`),
    ).toEqual(
      expect.arrayContaining(['placeholder.value birthDate', 'placeholder.value phone', 'missing.value email']),
    );
    const page = await get('data-audit');
    expect(at(page.json, 'last', 'figures', 'since')).toBeNull();
    expect(at(page.json, 'last', 'figures', 'records')).toBe(2);

    await changePatient(server.services, clinic.clinic, patient, { birthDate: '1961-03-09' });
    await run();
    const second = await get('data-audit');
    const since = at(second.json, 'last', 'figures', 'since');
    expect(since).toMatchObject({ gone: 1 });
    expect(at(since, 'unchanged')).toBeGreaterThan(2);

    const csv = findingsCsv(await openFindings(server.services.db, clinic.clinic), (system) => system);
    const exported = await get('data-audit/export');
    for (const text of [csv, exported.text, second.text, JSON.stringify(server.logs)])
      for (const value of ['Delgado', 'Rosa', '1961-03-09', '111-111-1111']) expect(text).not.toContain(value);
    const listed = await get('data-audit/findings?code=placeholder.value&field=phone');
    expect(at(listed.json, 'findings', 0, 'subject')).toMatchObject({ ref: patient, name: 'Delgado, Rosa' });
  });

  test('is started from the page once, and the server works it off', async () => {
    const first = await post('data-audit', {});
    const again = await post('data-audit', {});
    expect(at(first.json, 'created')).toBe(true);
    expect(at(again.json, 'audit')).toBe(at(first.json, 'audit'));
    await expect
      .poll(async () => at((await get('data-audit')).json, 'newest', 'state'), { timeout: 20_000, interval: 200 })
      .toBe('done');
  });

  test('of a crashed server is taken up by another after its lease', async () => {
    const { audit } = await audits.ask(clinic.clinic, by);
    await server.services.db
      .updateTable('data_audits')
      .set({ state: 'running', running_until: new Date(Date.now() - 1_000) })
      .where('id', '=', audit)
      .execute();
    await expect
      .poll(async () => at((await get('data-audit')).json, 'newest', 'state'), { timeout: 20_000, interval: 200 })
      .toBe('done');
  });

  test('is for admins only', async () => {
    const email = `desk${count}@example.org`;
    const desk = { clinic: clinic.clinic, email, displayName: 'Desk', roles: ['frontDesk' as const], password };
    await createUser(server.services, desk);
    const signedIn = await server.call('POST', '/v1/session', { body: { email, password } });
    const own = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    for (const path of ['data-audit', 'data-audit/findings', 'data-audit/export'])
      expect((await server.call('GET', `/v1/console/${path}`, { cookie: own })).status).toBe(403);
  });
});

describe('whom nobody can reach', () => {
  const queued = async (patient: string, occasion: string): Promise<string> => {
    const { text } = await server.call('POST', '/v1/messages', {
      key: clinic.key,
      body: { messages: [{ patient, purpose: 'visit.missed', occasion }] },
    });
    const message = /msg_\w{22}/.exec(text)?.[0];
    if (message === undefined) throw new Error(text);
    return message;
  };
  const ended = (message: string, state: 'failed' | 'delivered') =>
    server.services.db
      .updateTable('messages')
      .set({
        state: 'over',
        ways: JSON.stringify([{ channel: 'text', state, reason: null, notBefore: null, sentAt: null }]),
      })
      .where('ref', '=', message)
      .execute();
  const contactCodes = async (): Promise<string[]> => (await codes()).filter((code) => code.startsWith('contact.'));

  beforeEach(async () => {
    await server.services.db
      .updateTable('clinics')
      .set({
        settings: JSON.stringify({
          outreach: { name: 'North PT', phone: '555-0100' },
        }),
      })
      .where('id', '=', clinic.clinic)
      .execute();
    await clinic.report({ contact: { phone: '(312) 555-0142', email: null } });
  });

  test('is told without a number: none is known, messages to it fail, or the patient wants none', async () => {
    const rosa = await addPatient(server.services, { clinic: clinic.clinic, connection: clinic.webpt });
    await addPatient(server.services, {
      clinic: clinic.clinic,
      connection: clinic.webpt,
      patient: { name: { given: 'Ines', family: 'Okafor' }, contact: { phone: null, email: null } },
    });
    await run();
    expect(await contactCodes()).toEqual(['contact.none -']);

    await ended(await queued(clinic.patient, 'one'), 'failed');
    await run();
    expect(await contactCodes()).toEqual(['contact.none -']);
    await ended(await queued(clinic.patient, 'two'), 'failed');
    const word = { state: 'revoked' };
    expect((await post(`patients/${rosa}/consents`, word)).status).toBe(200);
    await run();
    expect(await contactCodes()).toEqual(['contact.failing phone', 'contact.none -', 'contact.wantsNone -']);
    const kept = JSON.stringify(await openFindings(server.services.db, clinic.clinic));
    expect(kept).not.toMatch(/555-?0142|Okafor/);

    // A corrected number has not failed yet.
    await clinic.report({ contact: { phone: '(312) 555-0163', email: null } });
    await run();
    expect(await contactCodes()).toEqual(['contact.none -', 'contact.wantsNone -']);
  });
});

// A partner's API over real HTTP by a profile: three ways to prove oneself, every way of paging, and rows like any report's.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { partnerApiControl } from '../../sandbox/partner-api/control.ts';
import { partnerNumber, partnerVisit } from '../../sandbox/partner-api/records.ts';
import { partnerApiRouter, partnerStore } from '../../sandbox/partner-api/router.ts';
import type { ConnectorContext } from '../connector.ts';
import { at } from '../json.ts';
import type { RecordKind } from '../pt-records/rows.ts';
import type { RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { restContext, smallClinic, startSystem } from '../testing/rest-systems.ts';
import type { RunningSystem } from '../testing/rest-systems.ts';
import { readRestSettings } from './settings.ts';
import { restSource } from './source.ts';
import { partnerProfile } from './testing/profile.ts';

const zone = 'America/Denver';
const clinic = smallClinic('2026-11-16');
const [first] = clinic.patients;

let partner: RunningSystem;
beforeAll(async () => {
  partner = await startSystem((folder, now) => {
    const parts = { store: partnerStore(folder), clinic: () => clinic, now };
    return { '/partner': partnerApiRouter(parts), '/sandbox/partner-api': partnerApiControl(parts) };
  });
});
afterAll(() => partner.stop());
beforeEach(() => partner.post('/sandbox/partner-api/reset', {}));

const url = () => `${partner.url}/partner`;
const fail = (on: string, ...faults: object[]) =>
  partner.post('/sandbox/partner-api/faults', { next: faults.map((fault) => ({ ...fault, on })) });
const change = (id: string, changes: object) => partner.post('/sandbox/partner-api/change', { id, changes });
const calls = async (operation: string) =>
  Number(at(at(await partner.get('/sandbox/partner-api/journal'), 'calls'), operation) ?? 0);

const keys = { apiKey: 'key-1', username: 'clinic', password: 'secret', clientId: 'clinic', clientSecret: 'secret' };
const context = (changes: object = {}, secrets: ConnectorContext['secrets'] = keys): ConnectorContext =>
  restContext({ config: { rest: { ...partnerProfile(url()), ...changes } }, secrets, now: partner.now });
const records = (kind: RecordKind, changes: object) => {
  const profile = partnerProfile(url());
  return { records: { ...profile.records, [kind]: { ...profile.records[kind], ...changes } } };
};

async function fetched(own: ConnectorContext, request: Partial<RecordsRequest> = {}): Promise<RecordsFetched> {
  const outcome = await restSource.fetch(own, { cursor: null, skip: [], clinic: { zone }, ...request });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}
const rowsOf = ({ deliveries }: RecordsFetched, kind: string): readonly object[] =>
  deliveries.flatMap((one): readonly object[] => (one.kind === kind ? one.rows : []));

describe('the records', () => {
  test('come to the end, whatever the way of paging, as any report’s would', async () => {
    const told = await fetched(context(), { limit: 100_000 });
    const past = clinic.visits.filter(({ status }) => status === 'arrived').length;
    const counts = ['patients', 'authorizations', 'appointments', 'notes', 'charges', 'outcomes'].map(
      (kind) => rowsOf(told, kind).length,
    );
    const scores = clinic.patients.flatMap(({ clinical }) => clinical.outcomeMeasures).length;
    const { patients, authorizations, visits } = clinic;
    expect(counts).toEqual([patients.length, authorizations.length, visits.length, past, past, scores]);
    expect(told.more).toBe(false);
    const problems = told.deliveries.flatMap(({ problems: own }) => own);
    expect(new Set(problems.map(({ reason }) => reason))).toEqual(new Set(['unknown payer']));
    expect(problems.some(({ rejected }) => rejected)).toBe(false);
  });

  test('are a patient with a payer, a visit on the wall clock, a note that was signed, a charge in cents', async () => {
    const told = await fetched(context(), { limit: 100_000 });
    const number = partnerNumber(first?.recordNumber ?? '');
    expect(rowsOf(told, 'patients')[0]).toMatchObject({
      recordNumber: number,
      name: { family: first?.name.family.toUpperCase(), given: first?.name.given },
      birthDate: first?.birthDate,
      gender: first?.gender,
      address: first?.address,
      coverage: { payerName: first?.coverage.payerName, memberId: first?.coverage.memberId, order: 'primary' },
      diagnoses: first?.diagnoses,
    });
    const [visit] = clinic.visits;
    expect(rowsOf(told, 'appointments')[0]).toMatchObject({
      date: visit?.date,
      time: visit?.time,
      status: visit?.status,
    });
    expect(rowsOf(told, 'appointments')[0]).toHaveProperty('startsAt', expect.stringMatching(/Z$/));
    expect(rowsOf(told, 'authorizations')[0]).toMatchObject({ status: clinic.authorizations[0]?.status, approved: clinic.authorizations[0]?.approved }); // prettier-ignore
    const signed = rowsOf(told, 'notes').filter((note) => at(note, 'signedOn') !== null);
    expect(signed[0]).toMatchObject({ clinicianName: 'Dana Quill', signedOn: at(signed[0], 'date') });
    expect(signed.length).toBeLessThan(rowsOf(told, 'notes').length);
    expect(rowsOf(told, 'charges')[0]).toMatchObject({ code: '97110', modifiers: ['GP'], chargeCents: 8550 });
    expect(rowsOf(told, 'outcomes')[0]).toMatchObject({ measure: first?.clinical.outcomeMeasures[0]?.measure, score: first?.clinical.outcomeMeasures[0]?.score }); // prettier-ignore
  });

  test('of an API that gives instants stand in the clinic’s zone, and need one', async () => {
    await change(partnerVisit(clinic.visits[0]?.appointmentId ?? ''), { startsAt: '2026-11-17T01:30:00Z' });
    const { date: _date, time: _time, ...fields } = partnerProfile(url()).records.appointments.fields;
    const own = context(records('appointments', { fields: { ...fields, startsAt: '/startsAt' } }));
    const told = await fetched(own, { kinds: ['appointments'], limit: 10 });
    expect(rowsOf(told, 'appointments')).toMatchObject([{ date: '2026-11-16', time: '18:30', startsAt: '2026-11-17T01:30:00.000Z' }]); // prettier-ignore
    expect(told.deliveries[0]?.problems[0]).toMatchObject({ row: 2, reason: 'empty', rejected: true });
    const outcome = await restSource.fetch(own, { kinds: ['appointments'], cursor: null, skip: [], clinic: {} });
    expect(outcome).toMatchObject({ kind: 'rejected', reasons: [{ code: 'missing', field: 'zone' }] });
  });

  test('that were deleted or merged are told, and only what changed is asked for', async () => {
    const { cursor } = await fetched(context(), { kinds: ['patients', 'appointments'] });
    const [one, two] = [clinic.patients[1], clinic.patients[2]].map((each) => partnerNumber(each?.recordNumber ?? ''));
    partner.advance(600_000);
    await change(one ?? '', { recordState: 'merged', survivor: two });
    await change(partnerVisit(clinic.visits[9]?.appointmentId ?? ''), { recordState: 'deleted' });
    await change(partnerVisit(clinic.visits[8]?.appointmentId ?? ''), { state: 'No Show' });
    const told = await fetched(context(), { kinds: ['patients', 'appointments'], cursor });
    expect(told.gone).toEqual([
      { of: 'patient', id: one, mergedInto: two },
      { of: 'appointment', id: partnerVisit(clinic.visits[9]?.appointmentId ?? ''), mergedInto: null },
    ]);
    expect([rowsOf(told, 'patients'), rowsOf(told, 'appointments')]).toMatchObject([[], [{ status: 'missed' }]]);
  });

  test.each([-7200, 7200])('of an API whose clock is %i seconds off are asked for as if it were right', async (off) => {
    await partner.post('/sandbox/partner-api/settings', { clockAheadSeconds: off });
    const own = context({ authentication: { kind: 'clientCredentials', tokenUrl: `${url()}/oauth/token` } });
    const { cursor } = await fetched(own, { kinds: ['appointments'] });
    partner.advance(200_000);
    await change(partnerVisit(clinic.visits[8]?.appointmentId ?? ''), { state: 'No Show' });
    const told = await fetched(own, { kinds: ['appointments'], cursor });
    expect(rowsOf(told, 'appointments')).toMatchObject([{ status: 'missed' }]);
    expect(await calls('token')).toBe(1);
  });

  test('that change there and back are told again where nothing says when they changed', async () => {
    const own = context(records('outcomes', {}));
    const before = await fetched(own, { kinds: ['outcomes'] });
    const skip = before.deliveries.map(({ id }) => id);
    partner.advance(1000);
    const again = await fetched(own, { kinds: ['outcomes'], cursor: before.cursor, skip });
    expect(again).toMatchObject({ skipped: 0, deliveries: [{ kind: 'outcomes' }] });
    const stamped = context(records('outcomes', { stamped: true }));
    const once = (await fetched(stamped, { kinds: ['outcomes'] })).deliveries.map(({ id }) => id);
    expect(await fetched(stamped, { kinds: ['outcomes'], skip: once })).toMatchObject({ skipped: 1, deliveries: [] });
  });

  test('of a whole schedule say that it is whole', async () => {
    const own = context(records('appointments', { path: '/visits', query: { limit: '5000' }, paging: { kind: 'none' }, whole: true })); // prettier-ignore
    expect((await fetched(own, { kinds: ['appointments'] })).deliveries).toMatchObject([{ whole: true }]);
  });
});

describe('who asks', () => {
  test.each([
    ['a key in a header', { kind: 'header', header: 'x-api-key' }],
    ['a name and a password', { kind: 'basic' }],
    ['a token for a secret in the body', { kind: 'clientCredentials', tokenUrl: '/oauth/token' }],
    [
      'a token for a secret in the header',
      { kind: 'clientCredentials', tokenUrl: '/oauth/token', credentialsIn: 'header' },
    ],
  ])('proves it by %s', async (_name, authentication) => {
    const proof = 'tokenUrl' in authentication ? { ...authentication, tokenUrl: `${url()}${authentication.tokenUrl}` } : authentication; // prettier-ignore
    expect(await restSource.test(context({ authentication: proof }))).toMatchObject({ kind: 'done' });
    const wrong = { ...keys, apiKey: 'key-2', password: 'guess', clientSecret: 'guess' };
    expect(await restSource.test(context({ authentication: proof }, wrong))).toEqual({
      kind: 'notSent',
      code: 'connection.credentials',
    });
    await expect(restSource.test(context({ authentication: proof }, {}))).rejects.toThrow(/is missing/);
  });

  test('gets a fresh token when one is refused or has ended', async () => {
    const own = context({ authentication: { kind: 'clientCredentials', tokenUrl: `${url()}/oauth/token` } });
    await fail('patients', { fault: 'tokenExpired' });
    expect(await restSource.test(own)).toMatchObject({ kind: 'done' });
    partner.advance(3_600_000);
    expect(await restSource.test(own)).toMatchObject({ kind: 'done' });
    expect(await calls('token')).toBe(3);
  });
});

describe('what goes wrong', () => {
  const ask = (own: ConnectorContext, kind: RecordKind) =>
    restSource.fetch(own, { kinds: [kind], cursor: null, skip: [], clinic: { zone }, limit: 100_000 });

  test.each([
    [
      { fault: 'throttled', retryAfterSeconds: 4 },
      { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 4 },
    ],
    [{ fault: 'errorBeforeAccepting' }, { kind: 'notSent', code: 'vendor.unavailable' }],
    [{ fault: 'resetBeforeAccepting' }, { kind: 'notSent', code: 'vendor.unavailable' }],
    [{ fault: 'malformed' }, { kind: 'notSent', code: 'vendor.malformed' }],
  ])('%j', async (fault, outcome) => {
    await fail('patients', fault);
    expect(await ask(context(), 'patients')).toMatchObject(outcome);
  });

  test('a link to another host is not followed: the key would go there', async () => {
    const own = context();
    await fail('authorizations', { fault: 'linkElsewhere' });
    const told = await ask(own, 'authorizations');
    expect(told).toMatchObject({ kind: 'done', result: { more: true } });
    const cursor = told.kind === 'done' ? told.result.cursor : null;
    const next = await restSource.fetch(own, { kinds: ['authorizations'], cursor, skip: [], clinic: { zone } });
    // The round begins again, and this time ends.
    expect(next).toMatchObject({ kind: 'done', result: { more: false } });
    const header = context(records('authorizations', { paging: { kind: 'link' } }));
    expect(rowsOf(await fetched(header, { kinds: ['authorizations'] }), 'authorizations')).toHaveLength(clinic.authorizations.length); // prettier-ignore
  });

  test('the same page for ever is malformed, not an endless import', async () => {
    await fail('patients', ...Array.from({ length: 3 }, () => ({ fault: 'samePage' })));
    expect(await ask(context(), 'patients')).toMatchObject({ kind: 'notSent', code: 'vendor.malformed' });
  });

  test('a list that is not where the profile says is malformed, and fields that are not there leave a row out', async () => {
    expect(await ask(context(records('patients', { items: '/rows' })), 'patients')).toMatchObject({ code: 'vendor.malformed' }); // prettier-ignore
    const fields = { recordNumber: '/nobody', name: '/demographics/fullName' };
    const told = await fetched(context(records('patients', { fields })), { kinds: ['patients'] });
    expect(rowsOf(told, 'patients')).toEqual([]);
    expect(told.deliveries[0]?.problems[0]).toEqual({ row: 1, column: 'nobody', reason: 'empty', rejected: true });
    const payerless = { ...fields, recordNumber: '/patientNumber' };
    const without = await fetched(context(records('patients', { fields: payerless })), { kinds: ['patients'] });
    expect(rowsOf(without, 'patients')[0]).toMatchObject({ coverage: null });
    expect(without.deliveries.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test.each([
    ['an address without encryption', { baseUrl: 'http://partner.example/v1' }, 'baseUrl'],
    ['another way to prove oneself', { authentication: { kind: 'handshake' } }, 'rest/authentication/kind'],
    ['a field nobody knows', records0({ fields: { recordNumber: '/n', name: '/x', shoeSize: '/s' } }), 'rest/records/patients/fields/shoeSize'],
    ['no name', records0({ fields: { recordNumber: '/n', given: '/g' } }), 'rest/records/patients/fields/name'],
    ['a pointer that is none', records0({ fields: { recordNumber: 'n' } }), 'rest/records/patients/fields/recordNumber'],
    ['a whole list of patients', records0({ whole: true }), 'rest/records/patients/whole'],
    ['a zone that is none', { zone: 'Mars/Olympus' }, 'rest/zone'],
    ['words for nothing', { words: { mood: {} } }, 'rest/words/mood'],
  ])('a profile with %s is refused at its place', (_name, changes, where) => {
    const config = { rest: { ...partnerProfile('https://partner.example'), ...changes } };
    expect(() => readRestSettings(config)).toThrow(expect.objectContaining({ code: 'input.invalid', where }));
  }); // prettier-ignore

  test('a connection without such settings has no such records', () => {
    expect(restSource.kinds({})).toEqual([]);
    expect(restSource.kinds(context().config)).toHaveLength(6);
  });
});

function records0(changes: object) {
  const profile = partnerProfile('https://partner.example');
  return { records: { patients: { ...profile.records.patients, ...changes } } };
}

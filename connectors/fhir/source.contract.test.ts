// A FHIR endpoint over real HTTP: all of a clinic's records and then what changed, by searches; and every way in which pages can lie.
import { expect, test } from 'vitest';
import { noteKindOf, isSigned } from '../../sandbox/fhir/billing-records.ts';
import { ownNumber } from '../../sandbox/fhir/ids.ts';
import type { RecordKind, RowsByKind } from '../pt-records/rows.ts';
import type { Delivery, RecordsFetched } from '../pt-records/source.ts';
import { fhirSource } from './source.ts';
import { clinic, fetched, fetchedAll, privateJwk, simulatedEndpoint } from './testing/endpoint.ts';

const endpoint = simulatedEndpoint(5);
const { context, fail, lever, calls, advance } = endpoint;
const told = () => endpoint.sandbox().clinic();

type Of<Kind extends RecordKind> = Extract<Delivery, { readonly kind: Kind }>;

function rowsOf<Kind extends RecordKind>(answers: readonly RecordsFetched[], kind: Kind): RowsByKind[Kind][] {
  const isOf = (one: Delivery): one is Of<Kind> => one.kind === kind;
  const rows: RowsByKind[Kind][] = [];
  for (const delivery of answers.flatMap(({ deliveries }) => deliveries))
    if (isOf(delivery)) rows.push(...delivery.rows);
  return rows;
}

function problemsOf(answers: readonly RecordsFetched[]) {
  return answers.flatMap(({ deliveries }) => deliveries.flatMap(({ problems }) => problems));
}

const everything = {
  read: ['Patient', 'Coverage', 'ClaimResponse', 'Appointment', 'DocumentReference', 'ChargeItem', 'Observation'],
};
const run = (fhir: object = {}) => fhirSource.fetch(context(fhir), { cursor: null, skip: [], clinic });
const people = { read: ['Patient', 'Coverage'] };

test('everything is told as the clinic knows it, under the system’s own numbers and on the clinic’s clock', async () => {
  const { answers } = await fetchedAll(context(everything));
  const { patients, authorizations, visits } = told();
  const number = (recordNumber: string) => ownNumber(told(), recordNumber);
  expect(problemsOf(answers)).toEqual([]);

  const expected = patients.flatMap((one) =>
    [one.coverage, ...one.further].map((coverage) => [
      number(one.recordNumber), one.name.family.toUpperCase(), one.name.given.toUpperCase(), one.birthDate, one.gender,
      one.contact, coverage.order, coverage.payerId, coverage.memberId, coverage.groupNumber, coverage.planName, coverage.from,
    ]),
  ); // prettier-ignore
  expect(
    rowsOf(answers, 'patients').map(({ recordNumber, name, birthDate, gender, contact, coverage }) => [
      recordNumber, name.family, name.given, birthDate, gender,
      contact, coverage?.order, coverage?.payerId, coverage?.memberId, coverage?.groupNumber, coverage?.planName, coverage?.from,
    ]), // prettier-ignore
  ).toEqual(expected);

  expect(rowsOf(answers, 'appointments')).toHaveLength(visits.length);
  expect(
    rowsOf(answers, 'appointments').map(({ appointmentId, recordNumber, date, time, status }) => [
      appointmentId, recordNumber, date, time, status,
    ]), // prettier-ignore
  ).toEqual(
    visits.map((one) => [`rt-a${one.appointmentId}`, number(one.recordNumber), one.date, one.time, one.status]),
  );

  expect(
    rowsOf(answers, 'authorizations').map(
      ({ visitsUsed: _used, weekLimit: _week, maxGapDays: _gap, payerName: _name, decidedOn, ...row }) => ({
        ...row,
        decidedOn: row.status === 'pended' ? null : decidedOn,
      }),
    ),
  ).toEqual(
    authorizations.map(({ visitsUsed: _used, weekLimit: _week, maxGapDays: _gap, payerName: _name, ...row }) => ({
      ...row,
      recordNumber: number(row.recordNumber),
    })),
  );

  const kept = visits.filter(({ status }) => status === 'arrived');
  expect(
    rowsOf(answers, 'notes').map(({ recordNumber, date, kind, signedOn, clinicianName, credential }) => [
      recordNumber, date, kind, signedOn, clinicianName?.split(' ').length, credential,
    ]), // prettier-ignore
  ).toEqual(
    kept.map((one) => [
      number(one.recordNumber),
      one.date,
      noteKindOf(told(), one),
      isSigned(told(), one) ? one.date : null,
      2,
      'PT',
    ]),
  );
  const charges = rowsOf(answers, 'charges');
  expect(new Set(charges.map(({ recordNumber, date }) => `${recordNumber} ${date}`)).size).toBe(kept.length);
  expect(charges.every(({ units, chargeCents }) => (units ?? 0) > 0 && (chargeCents ?? 0) > 0)).toBe(true);
  expect(rowsOf(answers, 'outcomes').map(({ measure, score }) => [measure, score])).toEqual(
    patients.flatMap(({ clinical }) => clinical.outcomeMeasures.map(({ measure, score }) => [measure, score])),
  );
});

test('the kinds are those of what is read', () => {
  expect(fhirSource.kinds(context(people).config)).toEqual(['patients']);
  expect(fhirSource.kinds(context(everything).config)).toEqual([
    'patients', 'authorizations', 'appointments', 'notes', 'charges', 'outcomes',
  ]); // prettier-ignore
});

test('later only what changed is told, and a coverage that changed brings its patient', async () => {
  const one = context({ ...people, overlapSeconds: 0 });
  const first = await fetched(one);
  advance(3600);
  const nothing = await fetched(one, { cursor: first.cursor });
  const last = ownNumber(told(), told().patients.at(-1)?.recordNumber ?? '');
  expect(new Set(rowsOf([nothing], 'patients').map(({ recordNumber }) => recordNumber))).toEqual(new Set([last]));
  await lever('change', { type: 'Coverage', id: 'rt-p1003-c1', set: { subscriberId: 'CHANGED-1' } });
  advance(10);
  const next = await fetched(one, { cursor: nothing.cursor });
  expect(
    rowsOf([next], 'patients').map(({ recordNumber, coverage }) => [recordNumber, coverage?.memberId]),
  ).toContainEqual(['RT-204021', 'CHANGED-1']);
  expect(rowsOf([next], 'patients').length).toBeLessThan(4);
});

test('a change written late, by a clock behind, falls within the overlap; what was taken is not taken again', async () => {
  const one = context({ read: ['Appointment'], overlapSeconds: 300 });
  const first = await fetched(one);
  advance(3600);
  await lever('change', {
    type: 'Appointment',
    id: told().visits.map((v) => `rt-a${v.appointmentId}`)[0] ?? '',
    set: {},
  });
  const second = await fetched(one, { cursor: first.cursor });
  expect(rowsOf([second], 'appointments').length).toBeLessThan(10);
  const late = told().visits.map((v) => `rt-a${v.appointmentId}`)[5] ?? '';
  await lever('change', { type: 'Appointment', id: late, set: { status: 'entered-in-error' }, secondsAgo: 200 });
  const third = await fetched(one, { cursor: second.cursor });
  expect(rowsOf([third], 'appointments').map(({ appointmentId, status }) => [appointmentId, status])).toContainEqual([
    late,
    'cancelled',
  ]);
  const again = await fetched(one, { cursor: second.cursor, skip: third.deliveries.map(({ id }) => id) });
  expect([again.deliveries, again.skipped]).toEqual([[], 1]);
});

test('a limit is kept page by page, and nothing is lost between the answers though many changed at the same time', async () => {
  for (const { appointmentId } of told().visits.slice(0, 30))
    await lever('change', { type: 'Appointment', id: `rt-a${appointmentId}`, set: {}, secondsAgo: 60 });
  const { answers } = await fetchedAll(context({ ...everything, pageSize: 10 }), { limit: 25 });
  expect(answers.length).toBeGreaterThan(10);
  expect(Math.max(...answers.map(({ deliveries }) => deliveries.flatMap(({ rows }) => [...rows]).length))).toBeLessThan(
    60,
  );
  const ids = new Set(rowsOf(answers, 'appointments').map(({ appointmentId }) => appointmentId));
  expect(ids.size).toBe(told().visits.length);
  expect(new Set(rowsOf(answers, 'patients').map(({ recordNumber }) => recordNumber)).size).toBe(5);
});

test('an endpoint that does not sort is read to the end of each type', async () => {
  await lever('settings', { ignores: ['_sort'] });
  await lever('change', { type: 'Appointment', id: `rt-a${told().visits[0]?.appointmentId ?? ''}`, set: {} });
  const answer = await fetched(context({ read: ['Appointment'], pageSize: 10 }), { limit: 5 });
  expect(rowsOf([answer], 'appointments')).toHaveLength(told().visits.length);
  expect(answer.more).toBe(false);
});

test('the cursor holds instants and no name, number or id of a patient', async () => {
  const { cursor } = await fetchedAll(context(everything), { limit: 40 });
  const said: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString());
  expect(Object.keys(said as object).sort()).toEqual(['of', 'since']);
  expect(JSON.stringify(said)).not.toMatch(/rt-|RT-|Patient\//);
});

test('a change time in the future hides nothing that comes after it', async () => {
  await lever('change', {
    type: 'Appointment',
    id: `rt-a${told().visits[0]?.appointmentId ?? ''}`,
    set: {},
    secondsAgo: -86_400,
  });
  const one = context({ read: ['Appointment'] });
  const first = await fetched(one);
  advance(1200);
  await lever('change', {
    type: 'Appointment',
    id: `rt-a${told().visits[1]?.appointmentId ?? ''}`,
    set: { status: 'noshow' },
  });
  const next = await fetched(one, { cursor: first.cursor });
  expect(rowsOf([next], 'appointments').map(({ status }) => status)).toContain('missed');
});

test('a merged patient is gone into the other, one not active is gone', async () => {
  await lever('merge', { from: 'rt-p1001', into: 'rt-p1002' });
  await lever('change', { type: 'Patient', id: 'rt-p1004', set: { active: false } });
  const { gone, deliveries } = await fetched(context(people));
  expect(gone).toEqual([
    { of: 'patient', id: 'RT-204007', mergedInto: 'RT-204014' },
    { of: 'patient', id: 'RT-204028', mergedInto: null },
  ]);
  expect(JSON.stringify(deliveries)).not.toMatch(/RT-204007|RT-204028/);
});

test.each([
  ['a next page at another host', { fault: 'nextElsewhere' }, 'next-link-elsewhere'],
  ['a next page that is this page', { fault: 'nextLoops' }, 'next-link-repeats'],
])('%s is not followed', async (_name, fault, code) => {
  await fail(fault);
  expect(await run({ read: ['Appointment'], pageSize: 10 })).toEqual({
    kind: 'rejected',
    code: 'vendor.malformed',
    reasons: [{ code, field: 'Bundle.link' }],
  });
});

test('the same page again under another link ends the search', async () => {
  await fail({ fault: 'pageRepeats' });
  expect(await run({ read: ['Appointment'], pageSize: 10 })).toMatchObject({ reasons: [{ code: 'page-repeats' }] });
});

test('a search without an end is given up', async () => {
  expect(await run({ read: ['Appointment'], pageSize: 10, pagesAtMost: 3 })).toMatchObject({
    reasons: [{ code: 'too-many-pages' }],
  });
});

test.each([
  ['words instead of a resource', { fault: 'html' }, 'vendor.malformed'],
  ['XML', { fault: 'xml' }, 'vendor.malformed'],
  ['JSON that breaks off', { fault: 'malformed' }, 'vendor.malformed'],
  ['an error of the server', { fault: 'errorBeforeAccepting' }, 'vendor.unavailable'],
  ['a reset', { fault: 'resetBeforeAccepting' }, 'vendor.unavailable'],
  ['no answer in time', { fault: 'hangBeforeAccepting', milliseconds: 1200 }, 'vendor.unavailable'],
])('%s: asked again later', async (_name, fault, code) => {
  await fail(fault);
  expect(await run({ requestTimeoutSeconds: 0.5 })).toMatchObject({ kind: 'notSent', code, retryAfterSeconds: 30 });
});

test('a refusal is told by code and element, without the sentence that quotes what was asked', async () => {
  await fail({ fault: 'outcome' });
  expect(await run()).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'invalid', field: 'Patient.birthDate' }],
  });
});

test('an error among the entries fails the page: a part is not taken for all', async () => {
  await fail({ fault: 'outcomeInBundle' });
  expect(await run()).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'incomplete', field: 'Patient' }],
  });
});

test('too many requests: the delay the endpoint names, and the connection holds its breath', async () => {
  const one = context();
  await fail({ fault: 'throttled', retryAfterSeconds: 9 });
  const again = () => fhirSource.fetch(one, { cursor: null, skip: [], clinic });
  expect(await again()).toEqual({ kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 9 });
  expect(await again()).toMatchObject({ kind: 'notSent', code: 'vendor.throttled' });
  expect(await calls('search')).toBe(1);
});

test('what was won before a failure is told, and the next look goes on behind it', async () => {
  await fail({ fault: 'errorBeforeAccepting', type: 'Appointment' });
  const one = context({ read: ['Patient', 'Appointment'] });
  const first = await fetched(one);
  expect([rowsOf([first], 'patients').length, rowsOf([first], 'appointments').length, first.more]).toEqual([
    5,
    0,
    true,
  ]);
  const second = await fetched(one, { cursor: first.cursor });
  expect([rowsOf([second], 'patients').length, second.more]).toEqual([0, false]);
  expect(rowsOf([second], 'appointments')).toHaveLength(told().visits.length);
});

test('clinicians that may not be read leave their names out, and nothing else', async () => {
  const scope = ['Patient', 'DocumentReference', 'Encounter'].map((type) => `system/${type}.rs`).join(' ');
  const { answers } = await fetchedAll(context({ read: ['DocumentReference'], scope }));
  const notes = rowsOf(answers, 'notes');
  expect(notes.length).toBeGreaterThan(0);
  expect(new Set(notes.map(({ clinicianName }) => clinicianName))).toEqual(new Set([null]));
});

test('a token refused once is fetched afresh; refused twice, the credentials are to be looked at', async () => {
  const one = context(people);
  await fetched(one);
  await fail({ fault: 'tokenExpired' });
  await fetched(one);
  expect(await calls('token')).toBe(2);
  await fail({ fault: 'tokenExpired' }, { fault: 'tokenExpired' });
  expect(await fhirSource.fetch(one, { cursor: null, skip: [], clinic })).toEqual({
    kind: 'notSent',
    code: 'connection.credentials',
  });
});

test('a token lasts as long as the endpoint said, and is replaced before', async () => {
  const one = context(people);
  await fetched(one);
  advance(200);
  await fetched(one);
  expect(await calls('token')).toBe(1);
  advance(80);
  await fetched(one);
  expect(await calls('token')).toBe(2);
});

test.each([
  ['a client nobody registered', { clientId: 'stranger' }],
  ['another key id', { keyId: 'gait-2' }],
  ['no scope that is known', { scope: 'openid' }],
])('%s gets no token', async (_name, fhir) => {
  expect(await run(fhir)).toEqual({ kind: 'notSent', code: 'connection.credentials' });
  expect(await calls('search')).toBeUndefined();
});

test('the key may be a JWK, the token endpoint may be named', async () => {
  const one = context(
    { ...people, tokenEndpoint: `${endpoint.url()}/fhir/auth/token` },
    { secrets: { privateKey: privateJwk } },
  );
  expect((await fetched(one)).deliveries.length).toBeGreaterThan(0);
  expect(await calls('discovery')).toBeUndefined();
});

test('a key that does not fit the signature is told before anything is sent', async () => {
  await expect(run({ algorithm: 'RS384' })).rejects.toMatchObject({
    code: 'connection.credentials',
    where: 'privateKey',
  });
});

test('an endpoint says what it cannot do of what the settings ask', async () => {
  await lever('settings', { ignores: ['if-none-exist'] });
  const outcome = await fhirSource.test(context({ read: ['Patient', 'Coverage', 'Claim'], write: ['Patient'] }));
  expect(outcome).toEqual({
    kind: 'done',
    result: {
      facts: [
        { label: 'FHIR version', value: '4.0.1' },
        { label: 'Sign-in', value: 'accepted' },
        { label: 'Search tried', value: 'Patient' },
        { label: 'To be read, but not offered for search', value: 'none' },
        { label: 'To be written, but not offered', value: 'none' },
        { label: 'To be written, without protection against a second creation', value: 'Patient' },
      ],
    },
  });
});

test('without a zone nobody can say on which day a visit is', async () => {
  expect(await fhirSource.fetch(context(), { cursor: null, skip: [], clinic: {} })).toMatchObject({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ field: 'fhir.zone' }],
  });
});

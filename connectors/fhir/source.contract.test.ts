// A FHIR endpoint over real HTTP: all of a clinic's records and then what changed, by searches.
import { expect, test } from 'vitest';
import { noteKindOf, isSigned } from '../../sandbox/fhir/billing-records.ts';
import { ownNumber } from '../../sandbox/fhir/ids.ts';
import { fhirSource } from './source.ts';
import { fetched, fetchedAll, problemsOf, rowsOf, simulatedEndpoint } from './testing/endpoint.ts';

const endpoint = simulatedEndpoint(5);
const { context, lever, advance } = endpoint;
const told = () => endpoint.sandbox().clinic();

const everything = {
  read: ['Patient', 'Coverage', 'ClaimResponse', 'Appointment', 'DocumentReference', 'ChargeItem', 'Observation'],
};
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

test('without a zone nobody can say on which day a visit is', async () => {
  expect(await fhirSource.fetch(context(), { cursor: null, skip: [], clinic: {} })).toMatchObject({
    kind: 'rejected',
    code: 'input.invalid',
    reasons: [{ field: 'fhir.zone' }],
  });
});

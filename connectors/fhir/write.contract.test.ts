// Writing to a FHIR endpoint over real HTTP: at most once, whatever is lost on the way, and never over what somebody else wrote.
import { expect, test } from 'vitest';
import { at, listAt } from '../json.ts';
import { fhirEffects } from './effects.ts';
import { simulatedEndpoint } from './testing/endpoint.ts';
import type { NewAppointment, NewDocument, NewPatient, PatientChange } from './written-resources.ts';

const endpoint = simulatedEndpoint(2);
const { context, fail, lever, journal, calls } = endpoint;
const { createPatient, updatePatient, createDocument, createAppointment } = fhirEffects('raintree');

const newcomer: NewPatient = {
  identifier: { system: 'https://gait.example/patient', value: 'GP-1|a' },
  patient: {
    name: { given: 'Orla', family: 'Fenwick-Test' },
    birthDate: '1958-03-14',
    gender: 'female',
    contact: { phone: '(303) 555-0111', email: null },
    address: null,
  },
};
const note: NewDocument = {
  identifier: { system: 'https://gait.example/note', value: 'N-1' },
  patientId: 'rt-p1000',
  authorId: 'rt-d1',
  encounterId: null,
  kind: 'daily',
  title: 'PT daily note',
  text: 'Climbs six steps — without the rail.',
  signedAt: '2026-11-17T22:00:00Z',
};
const visit: NewAppointment = {
  identifier: { system: 'https://gait.example/visit', value: 'V-1' },
  patientId: 'rt-p1000',
  practitionerId: 'rt-d1',
  type: 'PT Treatment',
  startsAt: '2026-12-01T16:00:00Z',
  endsAt: '2026-12-01T16:45:00Z',
};
const change: PatientChange = {
  id: 'rt-p1000',
  version: '1',
  patient: { ...newcomer.patient, contact: { phone: '(303) 555-0122', email: 'orla@example.org' } },
};
const stored = (type: string, id: string) => endpoint.sandbox().store.find(type, id);

test('the effects bear the system’s name, and their times are those of the connection', () => {
  expect([createPatient.name, createDocument.system]).toEqual(['raintree.patient.create', 'raintree']);
  expect(createPatient.times?.(context({ requestTimeoutSeconds: 10 }).config)).toEqual({
    requestTimeoutSeconds: 105,
    inquireAfterSeconds: 5,
  });
});

test('a new patient is created once, and found the second time', async () => {
  const first = await createPatient.run(context(), newcomer);
  expect(first).toMatchObject({ kind: 'done', result: { version: '1', created: true } });
  const second = await createPatient.run(context(), newcomer);
  expect(second).toMatchObject({ kind: 'done', result: { created: false } });
  expect(await journal()).toHaveLength(1);
  const id = String(at(at(first, 'result'), 'id'));
  expect(stored('Patient', id)).toMatchObject({
    identifier: [newcomer.identifier],
    name: [{ family: 'Fenwick-Test', given: ['Orla'] }],
    telecom: [{ system: 'phone', value: '(303) 555-0111' }],
  });
});

test('an endpoint that pays no heed to the condition still gets no second patient', async () => {
  await lever('settings', { ignores: ['if-none-exist'] });
  await createPatient.run(context(), newcomer);
  await createPatient.run(context(), newcomer);
  expect(await journal()).toHaveLength(1);
});

test('an endpoint that does not know the search by identifier gives nobody’s record for the new patient', async () => {
  await lever('settings', { ignores: ['identifier', 'if-none-exist'] });
  expect(await createPatient.run(context(), newcomer)).toMatchObject({ kind: 'done', result: { created: true } });
});

test.each([
  ['a gateway time-out after acceptance', { fault: 'gatewayTimeoutAfterAccepting' }, 1],
  ['a reset after acceptance', { fault: 'resetAfterAccepting' }, 1],
  ['no answer after acceptance', { fault: 'hangAfterAccepting', milliseconds: 900 }, 1],
  ['an acceptance that does not say what', { fault: 'withoutLocation' }, 1],
  ['a reset before acceptance', { fault: 'resetBeforeAccepting' }, 0],
  ['an error before acceptance', { fault: 'errorBeforeAccepting' }, 0],
])('%s leaves the creation uncertain, sent once, and an inquiry tells', async (_name, fault, accepted) => {
  await fail({ ...fault, on: 'create' });
  const one = context({ requestTimeoutSeconds: 0.5 });
  expect(await createPatient.run(one, newcomer)).toMatchObject({ kind: 'uncertain', inquireAfterSeconds: 5 });
  expect([await calls('create'), listAt({ entries: await journal() }, 'entries').length]).toEqual([1, accepted]);
  expect((await createPatient.inquire(one, newcomer)).kind).toBe(accepted === 1 ? 'found' : 'notFound');
  expect(await calls('create')).toBe(1);
});

test('a refused connection, a throttle and a refusal are told apart, and nothing of the patient with them', async () => {
  const elsewhere = context({ baseUrl: 'http://127.0.0.1:20001/fhir', auth: 'none' });
  expect(await createPatient.run(elsewhere, newcomer)).toMatchObject({ kind: 'notSent', code: 'connection.refused' });
  await fail({ fault: 'throttled', on: 'create', retryAfterSeconds: 3 });
  expect(await createPatient.run(context(), newcomer)).toEqual({
    kind: 'notSent',
    code: 'vendor.throttled',
    retryAfterSeconds: 3,
  });
  await fail({ fault: 'outcome', on: 'create' });
  const refused = await createPatient.run(context(), newcomer);
  expect(refused).toEqual({
    kind: 'rejected',
    code: 'vendor.rejected',
    reasons: [{ code: 'invalid', field: 'Patient.birthDate' }],
  });
  expect(await journal()).toEqual([]);
});

test('a token refused while writing is fetched afresh, and the patient is written once', async () => {
  await fail({ fault: 'tokenExpired', on: 'create' });
  expect(await createPatient.run(context(), newcomer)).toMatchObject({ kind: 'done' });
  expect([await calls('create'), (await journal()) instanceof Array]).toEqual([2, true]);
  expect(await journal()).toHaveLength(1);
});

test('two patients under one identifier are left to a person', async () => {
  for (const id of ['rt-p1000', 'rt-p1001'])
    await lever('change', { type: 'Patient', id, set: { identifier: [newcomer.identifier] } });
  expect(await createPatient.run(context(), newcomer)).toMatchObject({
    kind: 'rejected',
    code: 'state.conflict',
    reasons: [{ code: 'multiple-matches' }],
  });
  expect(await createPatient.inquire(context(), newcomer)).toMatchObject({ kind: 'uncertain', code: 'state.conflict' });
});

test('what the settings do not allow is not written', async () => {
  const one = context({ write: ['Patient'] });
  for (const outcome of [await createDocument.run(one, note), await createAppointment.run(one, visit)])
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'access.forbidden', reasons: [{ field: 'fhir.write' }] });
  expect(await calls('token')).toBeUndefined();
});

test('an update changes what it names and keeps what it knows nothing of', async () => {
  const before = stored('Patient', 'rt-p1000');
  expect(await updatePatient.run(context(), change)).toMatchObject({
    kind: 'done',
    result: { id: 'rt-p1000', version: '2' },
  });
  const after = stored('Patient', 'rt-p1000');
  expect(after?.['identifier']).toEqual(before?.['identifier']);
  expect(after?.['address']).toEqual(before?.['address']);
  expect(after?.['name']).toMatchObject([{ use: 'official', family: 'Fenwick-Test', given: ['Orla', 'A'] }]);
  expect(after?.['telecom']).toMatchObject([{ value: '(303) 555-0122', rank: 1 }, { value: 'orla@example.org' }]);
  expect(await updatePatient.run(context(), { ...change, version: '2' })).toMatchObject({ result: { version: '2' } });
  expect(await calls('update')).toBe(1);
});

test('a record that somebody changed meanwhile is not overwritten', async () => {
  await lever('change', { type: 'Patient', id: 'rt-p1000', set: { gender: 'other' } });
  expect(await updatePatient.run(context(), change)).toEqual({
    kind: 'rejected',
    code: 'state.conflict',
    reasons: [{ code: 'another-version', field: 'Patient.meta.versionId' }],
  });
  expect(await calls('update')).toBeUndefined();
});

test('a change between the look and the writing is refused by the endpoint', async () => {
  const one = context();
  const racing = {
    ...one,
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      if (init?.method === 'PUT') await lever('change', { type: 'Patient', id: 'rt-p1000', set: { gender: 'other' } });
      return fetch(input, init);
    },
  };
  expect(await updatePatient.run(racing, change)).toEqual({
    kind: 'rejected',
    code: 'state.conflict',
    reasons: [{ code: 'conflict' }],
  });
});

test('an update in doubt is found by reading the record', async () => {
  expect(await updatePatient.inquire(context(), change)).toEqual({ kind: 'notFound' });
  await fail({ fault: 'gatewayTimeoutAfterAccepting', on: 'update' });
  expect(await updatePatient.run(context(), change)).toMatchObject({ kind: 'uncertain' });
  expect(await updatePatient.inquire(context(), change)).toMatchObject({ kind: 'found', result: { version: '2' } });
  await lever('change', { type: 'Patient', id: 'rt-p1000', set: { name: [{ family: 'Other' }] } });
  expect(await updatePatient.inquire(context(), change)).toMatchObject({ kind: 'uncertain', code: 'state.conflict' });
});

test('a patient that is gone cannot be changed, an id that is none is not asked for', async () => {
  await lever('change', { type: 'Patient', id: 'rt-p1001', remove: true });
  expect(await updatePatient.run(context(), { ...change, id: 'rt-p1001' })).toEqual({
    kind: 'rejected',
    code: 'reference.unknown',
    reasons: [{ code: 'gone' }],
  });
  expect(await updatePatient.run(context(), { ...change, id: '../Group/1' })).toMatchObject({ code: 'input.invalid' });
});

test('a signed note is created with its text, final and under its own identifier', async () => {
  const outcome = await createDocument.run(context(), note);
  const document = stored('DocumentReference', String(at(at(outcome, 'result'), 'id')));
  expect(document).toMatchObject({
    docStatus: 'final',
    subject: { reference: 'Patient/rt-p1000' },
    date: note.signedAt,
  });
  const [content] = listAt(document, 'content');
  expect(Buffer.from(String(at(at(content, 'attachment'), 'data')), 'base64').toString()).toBe(note.text);
  expect(await createDocument.inquire(context(), note)).toMatchObject({ kind: 'found' });
});

test('an appointment is booked once', async () => {
  await createAppointment.run(context(), visit);
  await createAppointment.run(context(), visit);
  const [entry] = listAt({ entries: await journal() }, 'entries');
  expect(stored('Appointment', String(at(entry, 'id')))).toMatchObject({
    status: 'booked',
    start: visit.startsAt,
    participant: [{ actor: { reference: 'Patient/rt-p1000' } }, { actor: { reference: 'Practitioner/rt-d1' } }],
  });
  expect(await journal()).toHaveLength(1);
});

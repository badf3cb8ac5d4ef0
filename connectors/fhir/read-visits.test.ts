// What FHIR says of a visit: the appointment, the note on it, what was charged and what was measured.
import { expect, test } from 'vitest';
import { bundled, patient, readAll } from './testing/reading.ts';

const subject = { reference: 'Patient/p1' };
const read = (resource: object, fhir: object = {}, ...others: readonly object[]) =>
  readAll(bundled(patient(), resource, ...others), fhir);
const reasons = (resource: object, fhir: object = {}) =>
  read(resource, fhir).problems.map(({ row, column, reason, rejected }) => [row, column, reason, rejected]);

function appointment(changes: object = {}): object {
  return {
    resourceType: 'Appointment',
    id: 'a1',
    status: 'booked',
    start: '2026-05-12T23:30:00-05:00',
    appointmentType: { coding: [{ code: 'FU', display: 'Follow-up' }] },
    participant: [{ actor: subject }, { actor: { reference: 'Practitioner/d1' } }],
    ...changes,
  };
}

test('an instant is a day and a time on the clinic’s clock', () => {
  expect(read(appointment()).rows.appointments).toEqual([
    {
      appointmentId: 'a1',
      recordNumber: 'R-1',
      date: '2026-05-12',
      time: '22:30',
      startsAt: '2026-05-13T04:30:00.000Z',
      status: 'booked',
      type: 'Follow-up',
      units: null,
      therapist: { id: 'd1', name: null },
      room: null,
      location: null,
      minutes: null,
    },
  ]);
});

test('who treats, the room and its site are participants; the length is told, or lies between start and end', () => {
  const participant = [
    { actor: subject },
    { actor: { reference: 'Practitioner/d1', display: 'Dana Quill, PT' } },
    { actor: { reference: 'Location/site', display: 'Mesa Falls' } },
    { actor: { reference: '#gym' } },
  ];
  const contained = [{ resourceType: 'Location', id: 'gym', name: 'Gym', physicalType: { coding: [{ code: 'ro' }] } }];
  const told = (changes: object) => read(appointment({ participant, contained, ...changes })).rows.appointments[0];
  expect(told({ minutesDuration: 45 })).toMatchObject({
    therapist: { id: 'd1', name: 'Dana Quill' },
    room: 'Gym',
    location: 'Mesa Falls',
    minutes: 45,
  });
  expect(told({ end: '2026-05-13T00:00:00-05:00' })).toMatchObject({ minutes: 30 });
  expect(told({ end: '2026-05-12T23:30:00-05:00' })).toMatchObject({ minutes: null });
});

test('of an hour that comes twice in autumn the offset tells which one it is', () => {
  const at = (start: string) => read(appointment({ start })).rows.appointments[0];
  expect(at('2026-11-01T01:30:00-06:00')).toMatchObject({ time: '01:30', startsAt: '2026-11-01T07:30:00.000Z' });
  expect(at('2026-11-01T01:30:00-07:00')).toMatchObject({ time: '01:30', startsAt: '2026-11-01T08:30:00.000Z' });
});

test.each([
  ['proposed', 'booked'],
  ['pending', 'booked'],
  ['booked', 'booked'],
  ['arrived', 'arrived'],
  ['checked-in', 'arrived'],
  ['fulfilled', 'arrived'],
  ['cancelled', 'cancelled'],
  ['entered-in-error', 'cancelled'],
  ['noshow', 'missed'],
])('%s is %s', (code, status) => {
  expect(read(appointment({ status: code })).rows.appointments[0]?.status).toBe(status);
});

test('a clinic that books "fulfilled" before the visit says so in its own words', () => {
  const words = { appointmentStatus: { fulfilled: 'booked' } };
  expect(read(appointment({ status: 'fulfilled' }), { words }).rows.appointments[0]?.status).toBe('booked');
});

test.each([
  ['a waiting list', { status: 'waitlist' }, 'Appointment.status', 'unknown word'],
  ['no time', { start: undefined }, 'Appointment.start', 'empty'],
  ['a day only', { start: '2026-05-12' }, 'Appointment.start', 'not a time'],
  ['no patient', { participant: [{ actor: { reference: 'Location/l1' } }] }, 'Appointment.participant', 'empty'],
  ['a patient who is not there', { participant: [{ actor: { reference: 'Patient/p9' } }] }, 'Appointment.participant[0].actor', 'reference not found'],
])('%s is no visit that can be told', (_name, changes, column, reason) => {
  expect(read(appointment(changes)).rows.appointments).toEqual([]);
  expect(reasons(appointment(changes))).toEqual([[2, column, reason, true]]);
}); // prettier-ignore

test('a class has a visit for each of its patients', () => {
  const other = patient({ id: 'p2', identifier: [{ type: { coding: [{ code: 'MR' }] }, value: 'R-2' }] });
  const shared = appointment({ participant: [{ actor: subject }, { actor: { reference: 'Patient/p2' } }] });
  expect(
    read(shared, {}, other).rows.appointments.map(({ appointmentId, recordNumber }) => [appointmentId, recordNumber]),
  ).toEqual([
    ['a1.1', 'R-1'],
    ['a1.2', 'R-2'],
  ]);
});

test('a reference that carries the record number needs no look-up', () => {
  const identifier = { system: 'urn:own', value: 'R-7' };
  const visit = appointment({ participant: [{ actor: { type: 'Patient', identifier } }] });
  expect(read(visit, { recordNumberSystem: 'urn:own' }).rows.appointments[0]?.recordNumber).toBe('R-7');
});

function document(changes: object = {}): object {
  return {
    resourceType: 'DocumentReference',
    id: 'n1',
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '18735-1' }] },
    subject,
    date: '2026-05-13T03:00:00Z',
    author: [{ display: 'Dana Quill, PT' }],
    ...changes,
  };
}

test('a signed evaluation, written the evening of the visit', () => {
  expect(read(document()).rows.notes).toEqual([
    {
      noteId: 'n1',
      recordNumber: 'R-1',
      date: '2026-05-12',
      kind: 'evaluation',
      signedOn: '2026-05-12',
      clinicianName: 'Dana Quill',
      credential: 'PT',
    },
  ]);
});

test('the day of the visit is that of the encounter, not of the paper', () => {
  const encounter = {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'in-progress',
    period: { start: '2026-05-08T10:00:00-06:00' },
  };
  const note = document({ context: { encounter: [{ reference: 'Encounter/e1' }] } });
  expect(read(note, {}, encounter).rows.notes[0]).toMatchObject({ date: '2026-05-08', signedOn: '2026-05-12' });
});

test.each([
  ['PT RE-EVAL', 'progress'],
  ['Progress Report', 'progress'],
  ['Recertification of plan of care', 'recertification'],
  ['Initial Evaluation', 'evaluation'],
  ['Discharge Summary', 'discharge'],
  ['Daily Note', 'daily'],
  ['Consent form', 'other'],
])('a document titled %s is of the kind %s', (text, kind) => {
  expect(read(document({ type: { text } })).rows.notes[0]?.kind).toBe(kind);
});

test('a clinic’s own titles go before the usual words', () => {
  const words = { noteKind: { 'tx encounter / eval': 'daily' } };
  expect(read(document({ type: { text: 'Tx Encounter / Eval' } }), { words }).rows.notes[0]?.kind).toBe('daily');
});

test('a draft is not signed; whether one without a status is, nobody said', () => {
  expect(read(document({ docStatus: 'preliminary' })).rows.notes[0]?.signedOn).toBeNull();
  const unsaid = read(document({ docStatus: undefined }));
  expect(unsaid.rows.notes[0]?.signedOn).toBeNull();
  expect(unsaid.problems).toMatchObject([{ column: 'DocumentReference.docStatus', reason: 'empty', rejected: false }]);
  const attested = read(document({ docStatus: undefined, authenticator: { display: 'Teo Marsh, DPT' }, author: [] }));
  expect(attested.rows.notes[0]).toMatchObject({
    signedOn: '2026-05-12',
    clinicianName: 'Teo Marsh',
    credential: 'DPT',
  });
});

test('a note entered in error or superseded is told as withdrawn', () => {
  expect(reasons(document({ status: 'entered-in-error' }))).toEqual([
    [2, 'DocumentReference.status', 'withdrawn', true],
  ]);
});

test('an encounter tells of a visit’s note and never that it is signed', () => {
  const encounter = { resourceType: 'Encounter', id: 'e1', status: 'finished', type: [{ text: 'PT Treatment' }], subject, period: { start: '2026-05-08T10:00:00-06:00' } }; // prettier-ignore
  expect(read(encounter).rows.notes).toMatchObject([{ date: '2026-05-08', kind: 'daily', signedOn: null }]);
});

const cpt = (code: string) => ({ coding: [{ system: 'http://www.ama-assn.org/go/cpt', code }] });

test('a charge item with its units and its price', () => {
  const item = { resourceType: 'ChargeItem', id: 'x1', status: 'billable', code: cpt('97110'), subject, occurrenceDateTime: '2026-05-08', quantity: { value: 2 }, priceOverride: { value: 124.5, currency: 'USD' } }; // prettier-ignore
  expect(read(item).rows.charges).toEqual([
    {
      chargeId: 'x1',
      recordNumber: 'R-1',
      date: '2026-05-08',
      code: '97110',
      modifiers: [],
      units: 2,
      chargeCents: 12_450,
    },
  ]);
  const odd = read({ ...item, quantity: { value: 1.5 }, priceOverride: { value: 1, currency: 'EUR' } });
  expect(odd.rows.charges).toMatchObject([{ units: null, chargeCents: null }]);
  expect(odd.problems.map(({ column, reason }) => [column, reason])).toEqual([
    ['ChargeItem.quantity.value', 'not a whole number'],
    ['ChargeItem.priceOverride', 'not an amount'],
  ]);
});

function claim(item: object, changes: object = {}): object {
  return { resourceType: 'Claim', id: 'k1', status: 'active', use: 'claim', patient: subject, billablePeriod: { start: '2026-05-08' }, item: [{ sequence: 3, productOrService: cpt('97140'), ...item }], ...changes }; // prettier-ignore
}

test('a line of a claim with its modifiers; the price of a unit is not the price of the line', () => {
  const [line] = read(claim({ modifier: [{ coding: [{ code: 'GP' }] }, { coding: [{ code: '59' }] }], quantity: { value: 2 }, unitPrice: { value: 50, currency: 'USD' } })).rows.charges; // prettier-ignore
  expect(line).toEqual({ chargeId: 'k1/3', recordNumber: 'R-1', date: '2026-05-08', code: '97140', modifiers: ['GP', '59'], units: 2, chargeCents: 10_000 }); // prettier-ignore
  const net = read(claim({ servicedDate: '2026-05-09', net: { value: 40 }, unitPrice: { value: 50 } })).rows.charges[0];
  expect(net).toMatchObject({ date: '2026-05-09', units: null, chargeCents: 4000 });
});

test('a line that names no procedure is no charge of ours, a request for leave charges nothing', () => {
  const snomed = { productOrService: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] } };
  expect(reasons(claim(snomed))).toEqual([[2, 'Claim.item[0].productOrService', 'unknown word', true]]);
  expect(read(claim({}, { use: 'preauthorization' }))).toMatchObject({ rows: { charges: [] }, problems: [] });
  expect(reasons(claim({}, { status: 'cancelled' }))).toEqual([[2, 'Claim.status', 'withdrawn', true]]);
});

function observation(changes: object): object {
  return { resourceType: 'Observation', id: 's1', status: 'final', subject, effectiveDateTime: '2026-05-08T20:00:00-06:00', ...changes }; // prettier-ignore
}

test.each([
  [{ code: { text: 'LEFS total' }, valueQuantity: { value: 41 } }, 'LEFS', 41],
  [{ code: { coding: [{ display: 'Neck Disability Index' }] }, valueInteger: 22 }, 'NDI', 22],
  [{ code: { coding: [{ code: '97909-6' }] }, valueQuantity: { value: 34.5 } }, 'ODI', 34.5],
  [{ code: { text: 'QuickDASH' }, valueString: '27.3' }, 'QuickDASH', 27.3],
  [{ code: { text: 'DASH' }, valueQuantity: { value: 0 } }, 'DASH', 0],
  [{ code: { coding: [{ code: '72514-3' }] }, valueQuantity: { value: 6 } }, 'NPRS', 6],
])('an outcome measure by its code or its name', (changes, measure, score) => {
  expect(read(observation(changes)).rows.outcomes).toEqual([
    { recordNumber: 'R-1', measure, score, date: '2026-05-08' },
  ]);
});

test('a weight is none; a clinic may name its own measures', () => {
  const weight = observation({
    code: { coding: [{ code: '29463-7', display: 'Body weight' }] },
    valueQuantity: { value: 70 },
  });
  expect(read(weight)).toMatchObject({ rows: { outcomes: [] }, problems: [] });
  const words = { outcomeMeasure: { 'Berg total': 'BBS' } };
  expect(
    read(observation({ code: { text: 'BERG TOTAL' }, valueInteger: 50 }), { words }).rows.outcomes[0]?.measure,
  ).toBe('BBS');
});

test.each([
  ['no value', {}, 'empty'],
  ['a reason why there is none', { dataAbsentReason: { text: 'declined' } }, 'said to be absent'],
  ['words', { valueString: 'better' }, 'not a number'],
])('a score with %s is left out', (_name, changes, reason) => {
  expect(reasons(observation({ code: { text: 'LEFS' }, ...changes }))).toEqual([
    [2, 'Observation.value', reason, true],
  ]);
});

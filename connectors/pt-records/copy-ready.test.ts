// Writes that a person makes: in the labels, words and formats of the system, nothing invented and nothing left out.
import { expect, test } from 'vitest';
import { readClinicientProfile } from '../clinicient/config.ts';
import { readPromptProfile } from '../prompt/config.ts';
import { copyReady } from './copy-ready.ts';

const config = { dropFolder: '/drop' };
const clinicient = readClinicientProfile(config);
const prompt = readPromptProfile(config);

const patient = {
  name: { given: 'Bram', family: 'Ashgrove' },
  birthDate: '1958-03-14',
  gender: 'male',
  contact: { phone: '(303) 555-0100', email: null },
  address: null,
  coverage: { payerName: 'Harbor Health', payerId: 'harbor-health', memberId: 'HBR1', relationship: 'self' },
} as const;

test('a new patient under the labels and in the words of the system; what is empty is left out', () => {
  const { outcome, fields } = copyReady('patient', 'create', patient, clinicient.recordLabels, clinicient);
  expect(outcome).toBe('workItem');
  expect(fields).toEqual([
    { label: 'Patient Last', value: 'Ashgrove', phi: 'name' },
    { label: 'Patient First', value: 'Bram', phi: 'name' },
    { label: 'DOB', value: '03/14/1958', phi: 'birthDate' },
    { label: 'Sex', value: 'M', phi: null },
    { label: 'Home Phone', value: '(303) 555-0100', phi: 'contact' },
    { label: 'Payer Name', value: 'Harbor Health', phi: 'coverage' },
    { label: 'Subscriber ID', value: 'HBR1', phi: 'memberId' },
    { label: 'Patient Relation to Subscriber', value: 'Self', phi: null },
  ]);
});

test('of a change only what it speaks of, and what was taken out as empty', () => {
  const change = { recordNumber: '2004003', contact: { phone: '(303) 555-0101', email: null } };
  expect(copyReady('patient', 'update', change, null, prompt).fields).toEqual([
    { label: 'Record number', value: '2004003', phi: 'recordNumber' },
    { label: 'Phone', value: '(303) 555-0101', phi: 'contact' },
    { label: 'Email', value: null, phi: 'contact' },
  ]);
});

test('a visit, a note and a charge, days and times as the system writes them', () => {
  const visit = {
    recordNumber: 'P-4000',
    date: '2026-11-18',
    time: '13:05',
    status: 'booked',
    type: 'PT Treatment',
  } as const;
  expect(
    copyReady('appointment', 'create', visit, prompt.recordLabels, prompt).fields.map(({ value }) => value),
  ).toEqual(['P-4000', '2026-11-18', '13:05', 'Scheduled', 'PT Treatment']);
  const halfDay = { ...prompt, timeFormats: ['hh:mm A'] };
  expect(copyReady('appointment', 'update', { time: '00:05' }, null, halfDay).fields).toEqual([
    { label: 'Start time', value: '12:05 AM', phi: 'visitTime' },
  ]);
  const note = { recordNumber: 'P-4000', date: '2026-11-18', kind: 'daily', text: 'Climbs six steps.' } as const;
  expect(copyReady('note', 'create', note, prompt.recordLabels, prompt).fields).toContainEqual({
    label: 'Note Type',
    value: 'Daily Note',
    phi: null,
  });
  const charge = { code: '97110', modifiers: ['GP', '59'], units: 2, chargeCents: 9_005 };
  expect(copyReady('charge', 'create', charge, null, prompt).fields.map(({ value }) => value)).toEqual([
    '97110',
    'GP, 59',
    '2',
    '90.05',
  ]);
});

test('a word the profile has none for is ours, a status it has none for stays open', () => {
  const bare = { dateFormats: ['YYYY-MM-DD'], words: {} };
  expect(copyReady('appointment', 'update', { status: 'missed' }, null, bare).fields[0]?.value).toBe('Missed');
  const answer = {
    status: 'partlyApproved',
    number: null,
    visitsApproved: 8,
    unitsApproved: null,
    from: '2026-12-01',
    to: null,
    reasonCodes: [],
    reasonText: null,
    vendorRequestId: null,
    receivedAt: '2026-11-18T12:00:00Z',
  } as const;
  const { fields } = copyReady('authorization', 'record', { ...answer, reasonCodes: [] }, null, bare);
  expect(fields.map(({ label, value }) => [label, value])).toEqual([
    ['Authorization number', null],
    ['Status', null],
    ['Effective date', '2026-12-01'],
    ['Expiration date', null],
    ['Visits authorized', '8'],
    ['Units authorized', null],
  ]);
});
